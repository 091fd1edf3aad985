import { Failure } from '../../../contract/failure.ts';
import { folderOf, joinPath } from '../../module-resolver.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { prepareMove, writeMove } from './move-class.ts';

/** Whether a model goes from `models.py` into a package of that name, which the module has to become for it. */
export function opensModelsPackage(target: string, { place }: ModelFacts, folder: string): boolean {
  const isModule = /\/(?!__init__)[A-Za-z_]\w*\.py$/.test(target);
  return (
    isModule &&
    place.file === joinPath(folder, 'models.py') &&
    folderOf(target) === joinPath(folder, 'models')
  );
}

/**
 * Makes `models/__init__.py` of `models.py`, with the model in a module beside it and given on:
 * https://docs.djangoproject.com/en/5.2/topics/db/models/#organizing-models-in-a-package
 */
export function moveIntoNewPackage(
  model: ModelFacts,
  target: string,
  context: PlanContext,
  draft: Draft,
): void {
  const module = model.place.file;
  const folder = folderOf(target);
  const source = draft.source(module);
  const inside = context.files.paths().find((path) => path.startsWith(`${folder}/`));
  if (inside !== undefined) {
    const message = `${folder} is there already, without an __init__.py: move ${inside} out of it first.`;
    throw new Failure('refused', message, { file: inside });
  }
  if (/\b__file__\b/.test(source.text)) {
    const message = `${module} works out paths from where it stands (__file__): make it a package in the editor.`;
    throw new Failure('refused', message, { file: module });
  }
  writeMove(
    prepareMove(model, target, [module], ({ name }) => name, [], context, draft),
    target,
    draft,
  );
  const packageFile = joinPath(folder, '__init__.py');
  const stem = target.slice(folder.length + 1).replace(/\.py$/, '');
  draft.require(module, [{ module: `.models.${stem}`, name: model.name }]);
  draft.moveModule(module, packageFile);
  draft.note(
    `${module} becomes ${packageFile}, which gives ${model.name} on: imports of it stay as they are.`,
  );
}
