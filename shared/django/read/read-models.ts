import type { ExpressionFacts, NamedExpression, PythonClass, Span } from '../../python/python-module.ts';
import type { Derivations } from '../derivations.ts';
import { derivedField, fieldClassOf, isModelBase, resolveClass, type FieldClass } from './known-classes.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import { isInFolders } from './other-projects.ts';
import type { FileStore } from '../project-files.ts';
import type {
  AppFacts,
  FieldFacts,
  ModelFacts,
  OptionFacts,
  Place,
  RelationFacts,
} from '../project-model.ts';
import { appLabelOf } from './read-apps.ts';

/** What the model reader needs to know of the project. */
export interface ModelContext {
  readonly files: FileStore;
  readonly resolver: ModuleResolver;
  readonly derivations: Derivations;
  readonly apps: () => readonly AppFacts[];
  readonly authUserModel: () => string;
  /** Settings that name a model. */
  readonly swappableModels: () => Readonly<Record<string, string>>;
  /** Folders of the other projects of the workspace. */
  readonly others: () => readonly string[];
}

/** A model class before its bases' fields are added. */
interface ModelClass {
  readonly path: string;
  readonly facts: PythonClass;
  readonly id: string;
  readonly app: string;
  readonly abstract: boolean;
}

const MAY_HOLD_MODELS = /models?\b|Model/;
const TESTS = /(^|\/)(tests?\/|tests?\.py$|test_[^/]*\.py$|conftest\.py$)/;

/** Whether a file is a test; an app that is installed may itself stand in a folder of tests. */
function isTest(path: string, installed: readonly string[]): boolean {
  if (!TESTS.test(path)) return false;
  const app = installed
    .filter((folder) => path.startsWith(`${folder}/`))
    .reduce((deepest, folder) => (folder.length > deepest.length ? folder : deepest), '');
  return app === '' || TESTS.test(path.slice(app.length + 1));
}

/** Gives a function that reads every model of the project's own code, with what its abstract bases of the project bring. */
export function createModelReader(context: ModelContext): () => readonly ModelFacts[] {
  const { files, apps } = context;
  const reader = new ModelReader(context);
  return () => {
    const models: ModelFacts[] = [];
    const others = context.others();
    const installed = apps().flatMap(({ folder, installed }) =>
      installed && folder !== null ? [folder] : [],
    );
    for (const path of files.paths()) {
      if (!path.endsWith('.py') || isTest(path, installed)) continue;
      if (isInFolders(path, others) && !isInFolders(path, installed)) continue;
      models.push(...reader.modelsIn(path));
      files.trim(); // no node of a tree is in use here, and the trees of all files are too much memory
    }
    const order = new Map(apps().map(({ label }, at) => [label, at]));
    const orderOf = ({ app }: ModelFacts): number => order.get(app) ?? order.size;
    return models.sort((a, b) => orderOf(a) - orderOf(b));
  };
}

class ModelReader {
  /** The models of one file, in their order. */
  readonly modelsIn: (path: string) => readonly ModelFacts[];
  /** The class as a model; null when its bases do not lead to one. */
  private readonly modelOf: (path: string, facts: PythonClass) => ModelClass | null;
  private readonly describe: (path: string, facts: PythonClass) => ModelFacts | null;
  private readonly appLabel: (path: string) => string;
  private readonly fieldClass: (path: string, callee: string) => FieldClass | null;
  /** Model that a name of a file stands for. */
  private readonly modelBehind: (path: string, dotted: string) => string | null;
  private readonly context: ModelContext;

  constructor(context: ModelContext) {
    this.context = context;
    const { derive } = context.derivations;
    const { resolver } = context;
    this.modelsIn = derive((path: string) => this.readFile(path));
    this.modelOf = derive((path: string, facts: PythonClass) => this.readModelClass(path, facts));
    this.describe = derive((path: string, facts: PythonClass) => this.readModel(path, facts));
    this.appLabel = derive((path: string) => appLabelOf(path, context.apps()));
    this.fieldClass = derive((path: string, callee: string) => fieldClassOf(path, callee, resolver));
    this.modelBehind = derive((path: string, dotted: string) => this.readModelBehind(path, dotted));
  }

  private readFile(path: string): readonly ModelFacts[] {
    const source = this.context.files.get(path);
    if (source === null || !(MAY_HOLD_MODELS.test(path) || MAY_HOLD_MODELS.test(source.text))) return [];
    return source.module.classes.flatMap((facts) => {
      const model = this.describe(path, facts);
      if (model === null) return [];
      return source.stale.has(facts.name) ? { ...model, stale: true } : model;
    });
  }

  private readModelClass(path: string, facts: PythonClass): ModelClass | null {
    if (!this.isModel(path, facts, new Set())) return null;
    const meta = facts.classes.find(({ name }) => name === 'Meta');
    const option = (name: string): ExpressionFacts['literal'] =>
      meta?.attributes.findLast((attribute) => attribute.name === name)?.value.literal;
    const label = option('app_label');
    const app = typeof label === 'string' ? label : this.appLabel(path);
    return { path, facts, id: `${app}.${facts.name}`, app, abstract: option('abstract') === true };
  }

  /** Whether its bases lead to a model; `seen` because a class that inherits from itself leads nowhere. */
  private isModel(path: string, facts: PythonClass, seen: Set<PythonClass>): boolean {
    if (seen.has(facts)) return false;
    seen.add(facts);
    const hasFields = (): boolean => facts.attributes.some((each) => this.isField(path, each));
    return facts.bases.some(({ dotted }) => {
      const found = dotted === null ? null : resolveClass(path, dotted, this.context.resolver);
      if (found?.kind === 'class') return this.isModel(found.path, found.facts, seen);
      if (found?.kind === 'external') return isModelBase(found.name, hasFields);
      // `get_user_model()`, `with_metaclass(…)`: nobody can know it, but fields of Django stand in models only.
      return facts.attributes.some((each) => this.isDjangoField(path, each));
    });
  }

  private readModel(path: string, facts: PythonClass): ModelFacts | null {
    const model = this.modelOf(path, facts);
    if (model === null) return null;
    const meta = this.metaOf(model);
    return {
      id: model.id,
      app: model.app,
      name: facts.name,
      bases: facts.bases.map(({ code }) => code),
      abstract: model.abstract,
      proxy: meta.some(({ name, value }) => name === 'proxy' && value === true),
      fields: this.fieldsOf(model, model, new Set()),
      meta,
      methods: facts.methods.map(({ name }) => name),
      docstring: facts.docstring,
      place: placeIn(path, facts.span),
      stale: false,
    };
  }

  private metaOf(model: ModelClass): readonly OptionFacts[] {
    const meta = model.facts.classes.find(({ name }) => name === 'Meta');
    return (meta?.attributes ?? []).map((attribute) => optionFacts(model.path, attribute));
  }

  /** Django adds the fields of abstract bases first; a name that is bound again replaces or removes them. */
  private fieldsOf(model: ModelClass, owner: ModelClass, seen: Set<PythonClass>): readonly FieldFacts[] {
    if (seen.has(model.facts)) return [];
    seen.add(model.facts);
    const own = new Set(model.facts.attributes.map(({ name }) => name));
    const fields = new Map<string, FieldFacts>();
    for (const base of this.basesOf(model)) {
      if (!base.abstract) continue;
      for (const field of this.fieldsOf(base, owner, seen)) {
        if (own.has(field.name) || fields.has(field.name)) continue;
        fields.set(field.name, { ...field, inheritedFrom: field.inheritedFrom ?? base.id });
      }
    }
    for (const attribute of model.facts.attributes) {
      const field = this.readField(model, owner, attribute);
      if (field === null) fields.delete(attribute.name);
      else fields.set(attribute.name, field);
    }
    return [...fields.values()];
  }

  private basesOf(model: ModelClass): readonly ModelClass[] {
    return model.facts.bases.flatMap((base) => {
      const { dotted } = base;
      const found = dotted === null ? null : resolveClass(model.path, dotted, this.context.resolver);
      const parent = found?.kind === 'class' ? this.modelOf(found.path, found.facts) : null;
      return parent === null ? [] : [parent];
    });
  }

  private isField(path: string, attribute: NamedExpression): boolean {
    const callee = attribute.value.call?.callee ?? null;
    return callee !== null && this.fieldClass(path, callee) !== null;
  }

  private isDjangoField(path: string, attribute: NamedExpression): boolean {
    const callee = attribute.value.call?.callee ?? null;
    return callee !== null && (this.fieldClass(path, callee)?.base ?? null) !== null;
  }

  private readField(model: ModelClass, owner: ModelClass, attribute: NamedExpression): FieldFacts | null {
    const { path, facts } = model;
    const call = attribute.value.call;
    const callee = call?.callee ?? null;
    if (call === null || callee === null) return null;
    const nested = facts.classes.findLast(({ name }) => name === callee);
    const made =
      nested === undefined
        ? this.fieldClass(path, callee)
        : derivedField(path, nested, this.context.resolver);
    if (made === null) return null;
    const { type, base, relation } = made;
    return {
      name: attribute.name,
      type,
      ...(base === type ? {} : { base }),
      typeCode: callee,
      positional: call.positional.map(({ code }) => code),
      options: call.keywords.map((keyword) => optionFacts(path, keyword)),
      relation: relation === null ? null : this.readRelation(path, owner, relation, call),
      place: placeIn(path, attribute.span),
      inheritedFrom: null,
      ...(attribute.when === undefined ? {} : { when: attribute.when }),
    };
  }

  private readRelation(
    path: string,
    owner: ModelClass,
    kind: RelationFacts['kind'],
    call: NonNullable<ExpressionFacts['call']>,
  ): RelationFacts {
    const option = (name: string): ExpressionFacts | undefined =>
      call.keywords.find((keyword) => keyword.name === name)?.value;
    const to =
      option('to') ?? (kind === 'generic' && call.positional.length !== 1 ? undefined : call.positional[0]);
    const onDelete =
      option('on_delete') ?? (kind === 'many-to-many' || kind === 'generic' ? undefined : call.positional[1]);
    const related = option('related_name')?.literal;
    const through = option('through');
    return {
      kind,
      target: to === undefined ? null : this.modelNamed(path, owner, to),
      targetCode: to?.code ?? '',
      onDelete: onDelete?.dotted?.replace(/^.*\./, '') ?? onDelete?.code ?? null,
      relatedName: typeof related === 'string' ? related : null,
      through: through === undefined ? null : this.modelNamed(path, owner, through),
    };
  }

  /** https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey */
  private modelNamed(path: string, owner: ModelClass, code: ExpressionFacts): string | null {
    if (typeof code.literal === 'string') {
      if (code.literal === 'self') return owner.id;
      return code.literal.includes('.') ? code.literal : `${owner.app}.${code.literal}`;
    }
    const swapped = code.dotted === null ? null : this.modelOfSetting(code.dotted);
    if (swapped !== null) return swapped;
    return code.dotted === null ? this.modelMadeBy(code) : this.modelBehind(path, code.dotted);
  }

  /** `settings.AUTH_USER_MODEL` */
  private modelOfSetting(dotted: string): string | null {
    const name = /(?:^|\.)settings\.(\w+_MODEL)$/.exec(dotted)?.[1];
    if (name === 'AUTH_USER_MODEL') return this.context.authUserModel();
    return name === undefined ? null : (this.context.swappableModels()[name] ?? null);
  }

  /** `get_user_model()`, `apps.get_model('catalog', 'Book')`, `'catalog.Book'`. */
  private modelMadeBy({ literal, call }: ExpressionFacts): string | null {
    if (typeof literal === 'string') return literal.includes('.') ? literal : null;
    const callee = call?.callee ?? '';
    if (/(^|\.)get_user_model$/.test(callee)) return this.context.authUserModel();
    const [owner, attribute] = call?.positional ?? [];
    if (callee === 'getattr' && owner !== undefined && typeof attribute?.literal === 'string') {
      return this.modelOfSetting(`${owner.dotted ?? ''}.${attribute.literal}`);
    }
    // `apps.get_model`, and that of the package swapper
    if (!/(^|\.)get_model(_name)?$/.test(callee)) return null;
    const [app, name] = (call?.positional ?? []).map((argument) => argument.literal);
    if (typeof app !== 'string') return null;
    if (typeof name === 'string') return `${app}.${name}`;
    return app.includes('.') ? app : null;
  }

  private readModelBehind(path: string, dotted: string): string | null {
    const found = resolveClass(path, dotted, this.context.resolver);
    if (found?.kind === 'class') return this.modelOf(found.path, found.facts)?.id ?? null;
    if (found?.kind === 'variable') return this.modelMadeBy(found.value);
    return found?.kind === 'external' ? externalModel(found.name, this.context.apps()) : null;
  }
}

/** `django.contrib.auth.models.User` is `auth.User` when `django.contrib.auth` is installed. */
function externalModel(name: string, apps: readonly AppFacts[]): string | null {
  const app = apps.find((candidate) => name.startsWith(`${candidate.name}.`));
  return app === undefined ? null : `${app.label}.${name.slice(name.lastIndexOf('.') + 1)}`;
}

function optionFacts(path: string, named: NamedExpression): OptionFacts {
  const { literal, code } = named.value;
  const plain = literal === undefined || (literal !== null && typeof literal === 'object');
  return { name: named.name, code, ...(plain ? {} : { value: literal }), place: placeIn(path, named.span) };
}

function placeIn(file: string, { start, end, line }: Span): Place {
  return { file, start, end, line };
}
