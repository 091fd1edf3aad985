import { Failure } from '../../../contract/failure.ts';
import { indentAt, type FileStyle } from '../../../python/file-style.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { layoutCall } from '../../../python/layout.ts';
import { insertItems } from '../../../python/list-edit.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { assignmentsOf, partsOf, statementsOf, unwrap } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';

/** A `path()` that is to stand in a URLconf. */
export interface NewPattern {
  /** What is called, `path` unless it says otherwise. */
  readonly callee?: string;
  /** Code of its arguments. */
  readonly args: readonly string[];
  readonly imports: readonly ImportRequest[];
}

/** The code of a pattern that stands at an indentation. */
export function patternCode({ args, callee = 'path' }: NewPattern, style: FileStyle, indent: string): string {
  return layoutCall(`${callee}(`, args, style, `${indent} `).replaceAll('\n', `\n${indent}`);
}

/** Adds patterns to `urlpatterns` of a URLconf. */
export function addPatterns(path: string, patterns: readonly NewPattern[], draft: Draft): void {
  if (patterns.length === 0) return;
  const source = draft.source(path);
  const list = patternsList(source);
  const style = draft.style(path);
  const items = partsOf(list);
  const [item] = items;
  const vertical = item !== undefined && item.startPosition.row > list.startPosition.row;
  const indent = vertical ? indentAt(source.text, item.startIndex) : style.indent;
  const codes = patterns.map((pattern) => patternCode(pattern, style, indent));
  if (vertical || list.descendantsOfType('comment').length > 0)
    draft.edit(path, insertItems(list, source.text, codes));
  else {
    // Django projects give every pattern a line of its own.
    const lines = [...items.map(({ text }) => text), ...codes].map((code) => `${indent}${code},\n`);
    draft.edit(path, [{ start: list.startIndex, end: list.endIndex, text: `[\n${lines.join('')}]` }]);
  }
  for (const { imports } of patterns) draft.require(path, imports);
}

/** The list display that `urlpatterns` is, or starts with. */
function patternsList({ root, path }: SourceText): SyntaxNode {
  let found: SyntaxNode | null = null;
  for (const statement of statementsOf(root)) {
    for (const { target, value } of assignmentsOf(statement)) {
      if (target.text === 'urlpatterns') found = firstList(unwrap(value));
    }
  }
  if (found !== null) return found;
  throw new Failure(
    'unclear-source',
    `urlpatterns is not a plain list in ${path}: add the route there in the editor.`,
    {
      file: path,
      line: 1,
    },
  );
}

function firstList(node: SyntaxNode): SyntaxNode | null {
  if (node.type === 'list') return node;
  const left = node.type === 'binary_operator' ? node.childForFieldName('left') : null;
  return left === null ? null : firstList(unwrap(left));
}

/** The file of ROOT_URLCONF. */
export function rootUrlconf({ snapshot, resolver }: PlanContext): string {
  const module = snapshot.settings?.rootUrlconf ?? null;
  const path = module === null ? null : resolver.findModule(module);
  if (path !== null) return path;
  throw new Failure(
    'not-available',
    'ROOT_URLCONF was not found in the settings: routes have no place to stand.',
  );
}

/** `path('books/', include('catalog.urls'))` */
export function includePattern(prefix: string, module: string, quote: string): NewPattern {
  return {
    args: [quote + prefix + quote, `include(${quote}${module}${quote})`],
    imports: [
      { module: 'django.urls', name: 'include' },
      { module: 'django.urls', name: 'path' },
    ],
  };
}
