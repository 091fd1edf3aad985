import type { SyntaxNode } from '../../python/parser.ts';
import { applyEdits, type TextEdit } from '../../python/text-edit.ts';
import { folderOf } from '../module-resolver.ts';

/** The text of a module that goes to another place, with its relative imports as they are from there. */
export function rebasedImports(root: SyntaxNode, text: string, from: string, to: string): string {
  const edits = root
    .descendantsOfType('relative_import')
    .map(({ startIndex, endIndex, text: module }): TextEdit => ({
      start: startIndex,
      end: endIndex,
      text: rebased(module, folderOf(from).split('/'), folderOf(to).split('/')),
    }));
  return applyEdits(text, edits);
}

/** `.managers` of a module `models.py` is `..managers` in `models/__init__.py`. */
function rebased(module: string, old: readonly string[], folder: readonly string[]): string {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const rest = module.slice(dots).trim();
  const target = [...old.slice(0, old.length - dots + 1), ...(rest === '' ? [] : rest.split('.'))];
  let common = 0;
  while (common < folder.length && common < target.length && folder[common] === target[common]) common += 1;
  return '.'.repeat(folder.length - common + 1) + target.slice(common).join('.');
}
