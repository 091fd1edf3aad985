import { insertItems } from '../../../python/list-edit.ts';
import { assignmentsOf, statementsOf, unwrap } from '../../../python/syntax.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { joinPath } from '../../module-resolver.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';

/** Makes a model of a module of a `models` package known to Django, which only reads the package. */
export function exportFromPackage(packageFile: string, path: string, name: string, draft: Draft): void {
  const module = `.${path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '')}`;
  draft.require(packageFile, [{ module, name }]);
  const source = draft.source(packageFile);
  const list = allList(source);
  const { quote } = draft.style(packageFile);
  if (list !== null) draft.edit(packageFile, insertItems(list, source.text, [quote + name + quote]));
}

/** Lets the package give on a new class beside a model that it gives on. */
export function exportWith(
  { name: known, app, place }: ModelFacts,
  name: string,
  { snapshot, files }: PlanContext,
  draft: Draft,
): void {
  const folder = snapshot.apps.find(({ label }) => label === app)?.folder ?? '';
  const packageFile = joinPath(folder, 'models', '__init__.py');
  const isExported = files.get(packageFile)?.module.imports.has(known) === true;
  if (isExported && packageFile !== place.file) exportFromPackage(packageFile, place.file, name, draft);
}

/** The list display of `__all__`; null without one. */
export function allList({ root }: SourceText): SyntaxNode | null {
  for (const statement of statementsOf(root)) {
    for (const { target, value } of assignmentsOf(statement)) {
      const node = unwrap(value);
      if (target.text === '__all__' && (node.type === 'list' || node.type === 'tuple')) return node;
    }
  }
  return null;
}
