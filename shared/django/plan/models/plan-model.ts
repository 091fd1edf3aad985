import type { ImportRequest } from '../../../python/import-edit.ts';
import { indentLines } from '../../../python/statement-edit.ts';
import { joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { FieldInput } from '../../operations/parts.ts';
import type { SourceText } from '../../project-files.ts';
import { registerInAdmin } from '../admin/admin-code.ts';
import { appendToModule } from '../append.ts';
import type { Draft, NewCode } from '../draft.ts';
import { modelsImport, modelsName } from '../expression.ts';
import { fieldStatement, type FieldPlace } from '../fields/field-code.ts';
import { assertFieldName, assertModelName, requireApp } from '../names.ts';
import { exportFromPackage } from './models-package.ts';
import type { PlanContext } from '../plan-context.ts';
import { noteNewColumn } from '../fields/plan-field.ts';

/** Adds a model to an app, at the end of its models. */
export function planModelAdd(operation: OperationOf<'model.add'>, context: PlanContext, draft: Draft): void {
  const app = requireApp(context.snapshot, operation.app);
  const path = modelFile(app.folder, operation.name, context);
  const source = draft.exists(path) ? draft.source(path) : null;
  assertModelName(operation.name, app.label, context.snapshot, boundNames(source));
  assertFields(operation.fields);
  const place: FieldPlace = {
    file: path,
    style: draft.style(path),
    module: source?.module ?? null,
    known: new Set(operation.fields.map(({ name }) => name)),
    files: context.files,
    snapshot: context.snapshot,
    app: app.label,
    model: `${app.label}.${operation.name}`,
  };
  const model = modelClass(operation.name, operation.fields, place);
  if (source === null) draft.createModule(path, model);
  else {
    draft.edit(path, [appendToModule(source, model.code)]);
    draft.require(path, model.imports);
  }
  for (const field of operation.fields) noteNewColumn(field, null, draft);
  const packageFile = joinPath(app.folder, 'models', '__init__.py');
  if (source === null && path !== packageFile) exportFromPackage(packageFile, path, operation.name, draft);
  if (operation.admin) registerInAdmin(app, operation, draft);
}

/** `models.py`, or a module of its own in a `models` package. */
export function modelFile(folder: string, name: string, { files }: PlanContext): string {
  const packageFile = joinPath(folder, 'models', '__init__.py');
  if (!files.has(packageFile)) return joinPath(folder, 'models.py');
  // A package that keeps its models in its own __init__ goes on doing so.
  if ((files.get(packageFile)?.module.classes.length ?? 0) > 0) return packageFile;
  return joinPath(folder, 'models', `${snakeCase(name)}.py`);
}

/** `BookReview` as a module is called: `book_review`. */
export function snakeCase(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
}

/** Names that mean something in a module already; the import of `except` may be there. */
export function boundNames(source: SourceText | null, except?: string): ReadonlySet<string> {
  if (source === null) return new Set();
  const { imports, classes, functions, variables } = source.module;
  return new Set([
    ...[...imports.keys()].filter((name) => name !== except),
    ...classes.map(({ name }) => name),
    ...functions.map(({ name }) => name),
    ...variables.keys(),
  ]);
}

/** Refuses fields that can't stand in one model. */
export function assertFields(fields: readonly FieldInput[]): void {
  const taken = ['id'];
  const key = fields.some(({ options }) => options['primary_key'] === 'True');
  for (const { name, type } of fields) {
    assertFieldName(name, key ? taken.filter((each) => each !== 'id') : taken, ['__str__']);
    taken.push(name);
    if (type === 'ForeignKey' || type === 'OneToOneField') taken.push(`${name}_id`);
  }
}

/** A model as code. Members in the order of Django's coding style: https://docs.djangoproject.com/en/5.2/internals/contributing/writing-code/coding-style/#model-style */
export function modelClass(name: string, fields: readonly FieldInput[], place: FieldPlace): NewCode {
  const { indent } = place.style;
  const imports: ImportRequest[] = [modelsImport(place)];
  const body: string[] = [];
  for (const field of fields) {
    const { code, imports: needed } = fieldStatement(field, place);
    imports.push(...needed);
    body.push(indentLines(code, indent));
  }
  if (fields.length > 0) body.push('');
  body.push(
    `${indent}def __str__(self):`,
    `${indent}${indent}return ${textOf(name, fields, place.style.quote)}`,
  );
  return { code: [`class ${name}(${modelsName(place)}.Model):`, ...body].join('\n'), imports };
}

/** What people call an object: its name or title, its first text, or else its key. */
function textOf(name: string, fields: readonly FieldInput[], quote: string): string {
  const texts = fields.filter(
    ({ type, options }) =>
      ['CharField', 'SlugField', 'EmailField', 'URLField'].includes(type) && options['null'] !== 'True',
  );
  const best = ['name', 'title']
    .map((wanted) => texts.find((field) => field.name === wanted))
    .find((found) => found !== undefined);
  const chosen = best ?? texts[0];
  return chosen === undefined ? `f${quote}${name} {self.pk}${quote}` : `self.${chosen.name}`;
}
