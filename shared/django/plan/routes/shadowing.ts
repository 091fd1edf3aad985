import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName, partsOf, unwrap } from '../../../python/syntax.ts';
import type { Draft } from '../draft.ts';
import { asRegExp } from './route-path.ts';

/** What the built-in converters match, and a text each of them takes. */
const CONVERTERS: Readonly<Record<string, readonly [match: string, sample: string]>> = {
  int: ['[0-9]+', '7'],
  str: ['[^/]+', 'a b'],
  slug: ['[-a-zA-Z0-9_]+', 'a-b'],
  uuid: [
    '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
    '075194d3-6885-417e-a8a8-6c931e272f00',
  ],
  path: ['.+', 'a/b'],
};

interface Pattern {
  readonly shown: string;
  readonly match: RegExp;
  /** An address it is there for; null where none can be made of it. */
  readonly sample: string | null;
}

/** Says which routes of a list are never reached because one before them takes their addresses. */
export function noteShadowed(items: readonly SyntaxNode[], draft: Draft): void {
  const patterns = items.flatMap((item) => patternOf(unwrap(item)) ?? []);
  for (const [index, { sample, shown }] of patterns.entries()) {
    const before =
      sample === null ? undefined : patterns.slice(0, index).find(({ match }) => match.test(sample));
    if (before !== undefined)
      draft.note(`“${shown}” is never reached: “${before.shown}” stands before it and takes its addresses.`);
  }
}

function patternOf(node: SyntaxNode): Pattern | null {
  const callee = node.type === 'call' ? (dottedName(node.childForFieldName('function')) ?? '') : '';
  const [first, view] = argumentsOf(node.childForFieldName('arguments')).positional;
  const text = first === undefined ? undefined : readString(first.value);
  // Of an include Django goes on with the next pattern where none of it fits.
  if (text === undefined || view === undefined || /(^|\.)include\(|\.urls$/.test(view.value.text))
    return null;
  if (/(^|\.)(re_path|url)$/.test(callee)) {
    const match = asRegExp(text);
    return match === null ? null : { shown: text, match, sample: null };
  }
  if (!/(^|\.)path$/.test(callee)) return null;
  let sample = '';
  let match = '';
  for (const [whole, part, converter = 'str'] of text.matchAll(/(<(?:(\w+):)?\w+>)|[^<]+/g)) {
    const known = part === undefined ? undefined : CONVERTERS[converter];
    if (part !== undefined && known === undefined) return null;
    sample += known?.[1] ?? whole;
    match += known?.[0] ?? whole.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
  }
  return { shown: text, match: new RegExp(`^${match}$`), sample };
}

/** The patterns of a list with one of them at another place. */
export function reordered(
  list: SyntaxNode,
  item: SyntaxNode,
  after: SyntaxNode | null,
): readonly SyntaxNode[] {
  const others = partsOf(list).filter(({ id }) => id !== item.id);
  const at = after === null ? 0 : others.findIndex(({ id }) => id === after.id) + 1;
  return [...others.slice(0, at), item, ...others.slice(at)];
}
