import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { layoutStrings } from '../../../python/layout.ts';
import { joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { AppFacts, ModelFacts } from '../../project-model.ts';
import { addToModule } from '../add-to-module.ts';
import type { Draft, NewCode } from '../draft.ts';
import { exportFromPackage } from '../models/models-package.ts';
import { snakeCase } from '../models/plan-model.ts';
import { moduleFrom, nameFinder } from '../named-imports.ts';
import { assertViewName, requireApp, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { VIEW_BASES, type ViewBase } from './view-bases.ts';
import { methodCode } from './view-method.ts';

/** Adds a view to an app: a function, a class-based view, or a viewset, by what it derives from. */
export function planViewAdd(operation: OperationOf<'view.add'>, context: PlanContext, draft: Draft): void {
  const app = requireApp(context.snapshot, operation.app);
  const { name } = operation;
  assertViewName(name);
  const model = operation.model === null ? null : requireModel(context.snapshot, operation.model);
  if (model?.abstract === true)
    throw new Failure('invalid-input', `${model.id} is abstract: it has no rows to show.`);
  const path = viewFile(app.folder, name, context);
  const base = VIEW_BASES.get(operation.base);
  const view = new NewView(operation, base ?? null, model, app, path, context, draft);
  addToModule(path, name, view.code(), draft);
  const packageFile = joinPath(app.folder, 'views', '__init__.py');
  if (path !== packageFile && path.startsWith(joinPath(app.folder, 'views/')))
    exportFromPackage(packageFile, path, name, draft);
  if (base !== undefined && base.family !== 'django' && base.family !== 'function')
    draft.package('djangorestframework');
}

/** `views.py`, or a module of its own in a `views` package. */
function viewFile(folder: string, name: string, { files }: PlanContext): string {
  const packageFile = joinPath(folder, 'views', '__init__.py');
  if (!files.has(packageFile)) return joinPath(folder, 'views.py');
  const holds = files.get(packageFile)?.module;
  if ((holds?.classes.length ?? 0) + (holds?.functions.length ?? 0) > 0) return packageFile;
  return joinPath(folder, 'views', `${snakeCase(name)}.py`);
}

class NewView {
  private readonly operation: OperationOf<'view.add'>;
  private readonly base: ViewBase | null;
  private readonly model: ModelFacts | null;
  private readonly app: AppFacts;
  private readonly path: string;
  private readonly context: PlanContext;
  private readonly draft: Draft;
  private readonly imports: ImportRequest[] = [];

  constructor(
    operation: OperationOf<'view.add'>,
    base: ViewBase | null,
    model: ModelFacts | null,
    app: AppFacts,
    path: string,
    context: PlanContext,
    draft: Draft,
  ) {
    this.operation = operation;
    this.base = base;
    this.model = model;
    this.app = app;
    this.path = path;
    this.context = context;
    this.draft = draft;
  }

  code(): NewCode {
    const { name } = this.operation;
    const { indent } = this.draft.style(this.path);
    if (this.base?.family === 'function') {
      const body = `def ${name}(request):\n${indent}return HttpResponse()`;
      return { code: body, imports: [{ module: 'django.http', name: 'HttpResponse' }] };
    }
    const head = `class ${name}(${this.baseName()}):`;
    const attributes = this.attributes();
    const handler = this.handler();
    const parts = [attributes.join('\n'), handler].filter((part) => part !== '');
    const body = parts.length === 0 ? 'pass' : parts.join('\n\n');
    const lines = body.split('\n').map((line) => (line === '' ? '' : indent + line));
    return { code: [head, ...lines].join('\n'), imports: this.imports };
  }

  /** As the file names it: `ListView`, `generic.ListView`, `viewsets.ModelViewSet`. */
  private baseName(): string {
    const { base: wanted } = this.operation;
    if (this.base === null) {
      const found = nameFinder(this.path, this.context)(wanted);
      const own = this.context.files.get(this.path)?.module;
      if (own?.classes.some(({ name }) => name === wanted) === true || own?.imports.has(wanted) === true)
        return wanted;
      if (found === null)
        throw new Failure(
          'invalid-input',
          `“${wanted}” is not a view of Django, of its REST framework or of this project.`,
          { base: wanted },
        );
      this.imports.push(...found.imports);
      return found.code;
    }
    const { module, qualified } = this.base;
    const dot = module.lastIndexOf('.');
    const [parent, last] = [module.slice(0, dot), module.slice(dot + 1)];
    for (const [local, imported] of this.context.files.get(this.path)?.module.imports ?? []) {
      if (imported.module === parent && imported.name === last) return `${local}.${wanted}`;
    }
    this.imports.push(qualified ? { module: parent, name: last } : { module, name: wanted });
    return qualified ? `${last}.${wanted}` : wanted;
  }

  private attributes(): readonly string[] {
    const { base, model } = this;
    const { quote: q } = this.draft.style(this.path);
    const needs = base?.model ?? 'none';
    const family = base?.family;
    const locked = family === 'api' || family === 'viewset' ? this.permissions() : [];
    const template = base?.template === true ? [`template_name = ${q}${this.template()}${q}`] : [];
    if (this.operation.base === 'FormView')
      this.draft.note('A FormView needs form_class: set it to the form it shows.');
    if (model === null) {
      if (needs !== 'none')
        throw new Failure('invalid-input', `${this.operation.base} shows a model: choose one.`, {
          base: this.operation.base,
        });
      return [...locked, ...template];
    }
    this.imports.push({ module: moduleFrom(this.path, model.place.file, this.context), name: model.name });
    if (needs === 'queryset') {
      return [
        `queryset = ${this.queryset(model)}`,
        `serializer_class = ${this.serializer(model)}`,
        ...locked,
      ];
    }
    const shown = [`model = ${model.name}`];
    if (needs === 'form') shown.push(this.formFields(model));
    if (needs === 'delete' || (needs === 'form' && !model.methods.includes('get_absolute_url')))
      shown.push(this.successUrl(model));
    if (base?.family === 'django') this.noteTemplate(model);
    return [...shown, ...locked, ...template];
  }

  private template(): string {
    const name = snakeCase(this.operation.name.replace(/View$/, ''));
    const path = `${this.app.label}/${name}.html`;
    this.draft.note(`The view shows the template ${path}: make it if it is not there.`);
    return path;
  }

  /** The names Django looks for by itself: https://docs.djangoproject.com/en/5.2/ref/class-based-views/mixins-multiple-object/ */
  private noteTemplate(model: ModelFacts): void {
    const suffixes: Readonly<Record<string, string>> = {
      ListView: '_list',
      DetailView: '_detail',
      CreateView: '_form',
      UpdateView: '_form',
      DeleteView: '_confirm_delete',
    };
    const suffix = suffixes[this.operation.base];
    if (suffix === undefined) return;
    const path = `${model.app}/${model.name.toLowerCase()}${suffix}.html`;
    this.draft.note(`The view shows the template ${path}: make it if it is not there.`);
  }

  private queryset(model: ModelFacts): string {
    const { quote: q } = this.draft.style(this.path);
    // Pages of an unordered list can repeat and miss rows.
    return model.meta.some(({ name }) => name === 'ordering')
      ? `${model.name}.objects.all()`
      : `${model.name}.objects.order_by(${q}pk${q})`;
  }

  private serializer(model: ModelFacts): string {
    const name = `${model.name}Serializer`;
    const own = this.context.files.get(this.path)?.module;
    if (own?.classes.some((each) => each.name === name) === true || own?.imports.has(name) === true)
      return name;
    const found = nameFinder(this.path, this.context)(name);
    if (found === null)
      throw new Failure('refused', `There is no ${name} yet: add a serializer for ${model.id} first.`);
    for (const request of found.imports) this.imports.push(this.asRelative(request));
    return found.code;
  }

  private asRelative(request: ImportRequest): ImportRequest {
    const file = this.context.resolver.findModule(request.module);
    return file === null ? request : { ...request, module: moduleFrom(this.path, file, this.context) };
  }

  /** An endpoint that says nothing about permissions is open where the settings do not say more. */
  private permissions(): readonly string[] {
    const found = nameFinder(this.path, this.context)('IsAuthenticated');
    if (found === null) return [];
    this.imports.push(...found.imports);
    return [`permission_classes = [${found.code}]`];
  }

  private formFields(model: ModelFacts): string {
    const computed = new Set([
      'GeneratedField',
      'AutoField',
      'BigAutoField',
      'SmallAutoField',
      'CompositePrimaryKey',
      'GenericForeignKey',
      'GenericRelation',
    ]);
    const editable = model.fields.filter(({ type, options }) => {
      const set = (name: string, value: boolean): boolean =>
        options.some((option) => option.name === name && option.value === value);
      return (
        !computed.has(type) && !set('editable', false) && !set('auto_now', true) && !set('auto_now_add', true)
      );
    });
    const through = editable.filter(({ relation }) => relation?.through === null || relation === null);
    const names = through.map(({ name }) => name);
    if (names.length === 0) throw new Failure('refused', `${model.id} has no field that a form could show.`);
    const style = this.draft.style(this.path);
    return layoutStrings('fields = ', names, style, style.indent);
  }

  /** The list of the model where a route has it, else the front page. */
  private successUrl(model: ModelFacts): string {
    const { quote: q } = this.draft.style(this.path);
    const lower = model.name.toLowerCase();
    const list = new RegExp(`^(.*:)?${lower}[-_]list$`);
    const route = this.context.snapshot.routes.find(({ name }) => name !== null && list.test(name));
    if (route === undefined) {
      this.draft.note('The view leads to the front page when it is done: set success_url to another one.');
      return `success_url = ${q}/${q}`;
    }
    this.imports.push({ module: 'django.urls', name: 'reverse_lazy' });
    return `success_url = reverse_lazy(${q}${String(route.name)}${q})`;
  }

  private handler(): string {
    const { base } = this;
    if (base?.handler === null || base === null || base.family === 'function') return '';
    const style = this.draft.style(this.path);
    const made = methodCode(base.handler, { family: base.family, hasSuper: false, lookup: 'pk', style });
    this.imports.push(...(made?.imports ?? []));
    return made?.code ?? '';
  }
}
