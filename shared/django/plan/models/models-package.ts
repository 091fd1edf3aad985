import { insertItems } from '../../../python/list-edit.ts';
import { assignmentsOf, statementsOf, unwrap } from '../../../python/syntax.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import type { SourceText } from '../../project-files.ts';
import type { Draft } from '../draft.ts';

/** Makes a model of a module of a `models` package known to Django, which only reads the package. */
export function exportFromPackage(packageFile: string, path: string, name: string, draft: Draft): void {
  const module = `.${path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '')}`;
  draft.require(packageFile, [{ module, name }]);
  const source = draft.source(packageFile);
  const list = allList(source);
  const { quote } = draft.style(packageFile);
  if (list !== null) draft.edit(packageFile, insertItems(list, source.text, [quote + name + quote]));
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
