import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { joinPath } from '../../module-resolver.ts';
import type { OperationOf } from '../../operations.ts';
import type { ModelFacts, ProjectSnapshot } from '../../project-model.ts';
import { appendToModule } from '../append.ts';
import type { Draft } from '../draft.ts';
import { assertModelName, requireApp } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { exportFromPackage } from './models-package.ts';
import { assertFields, boundNames, modelClass, modelFile } from './plan-model.ts';

/** Adds several models to an app as one change; they may lead to each other. */
export function planModelAddMany(
  { app: label, models }: OperationOf<'model.addMany'>,
  context: PlanContext,
  draft: Draft,
): void {
  const app = requireApp(context.snapshot, label);
  const repeated = models.find(({ name }, at) => models.findIndex((each) => each.name === name) !== at);
  if (repeated !== undefined)
    throw new Failure(
      'invalid-input',
      `Two of the models are called ${repeated.name}: give each a name of its own.`,
    );
  const snapshot = withModels(
    context.snapshot,
    label,
    models.map(({ name }) => name),
  );
  const byFile = Map.groupBy(models, ({ name }) => modelFile(app.folder, name, context));
  for (const [path, own] of byFile) {
    const source = draft.exists(path) ? draft.source(path) : null;
    const imports: ImportRequest[] = [];
    const code = own.map(({ name, fields }) => {
      assertModelName(name, label, context.snapshot, boundNames(source));
      assertFields(fields);
      const made = modelClass(name, fields, {
        file: path,
        style: draft.style(path),
        module: source?.module ?? null,
        known: new Set(fields.map((field) => field.name)),
        files: context.files,
        snapshot,
        app: label,
        model: `${label}.${name}`,
      });
      imports.push(...made.imports);
      return made.code;
    });
    const text = code.join('\n\n\n');
    if (source === null) draft.createModule(path, { code: text, imports });
    else {
      draft.edit(path, [appendToModule(source, text)]);
      draft.require(path, imports);
    }
    const packageFile = joinPath(app.folder, 'models', '__init__.py');
    if (source === null && path !== packageFile && draft.exists(packageFile)) {
      for (const { name } of own) exportFromPackage(packageFile, path, name, draft);
    }
  }
}

/** The snapshot as if the models were there, for relations that lead to them. */
function withModels(snapshot: ProjectSnapshot, app: string, names: readonly string[]): ProjectSnapshot {
  const place = { file: '', start: 0, end: 0, line: 1 };
  const added = names.map((name): ModelFacts => ({
    id: `${app}.${name}`,
    app,
    name,
    bases: ['models.Model'],
    abstract: false,
    proxy: false,
    fields: [],
    meta: [],
    methods: [],
    docstring: null,
    place,
    stale: false,
  }));
  return { ...snapshot, models: [...snapshot.models, ...added] };
}
