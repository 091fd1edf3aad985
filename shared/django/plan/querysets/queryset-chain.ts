import { insertItems } from '../../../python/list-edit.ts';
import { indentAt, lineStart } from '../../../python/file-style.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, unwrap } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';

/** A relation that shall be fetched with the objects, and how. */
export interface Related {
  readonly method: 'select_related' | 'prefetch_related';
  readonly relation: string;
}

/** One part of a chain: `.filter(…)`, `.objects`, `[:10]`. */
export interface ChainLink {
  /** null for a subscript. */
  readonly name: string | null;
  /** null for an attribute that is not called. */
  readonly call: SyntaxNode | null;
  /** The chain up to here. */
  readonly node: SyntaxNode;
}

/** `Book.objects.filter(…)[:10]`: the expression it starts with, and what is done with it in turn. */
export interface Chain {
  readonly root: SyntaxNode;
  readonly links: readonly ChainLink[];
}

/** Takes an expression of attributes, calls and subscripts apart. */
export function chainOf(expression: SyntaxNode): Chain {
  const links: ChainLink[] = [];
  let node = unwrap(expression);
  if (node.type === 'await') node = unwrap(node.namedChild(0) ?? node);
  for (;;) {
    const callee = node.type === 'call' ? node.childForFieldName('function') : node;
    if (callee?.type === 'attribute') {
      const name = callee.childForFieldName('attribute')?.text ?? null;
      links.unshift({ name, call: node.type === 'call' ? node : null, node });
    } else if (node.type === 'subscript') links.unshift({ name: null, call: null, node });
    else return { root: node, links };
    const inner = (node.type === 'subscript' ? node : callee)?.childForFieldName(
      node.type === 'subscript' ? 'value' : 'object',
    );
    if (inner === null || inner === undefined) return { root: node, links };
    node = unwrap(inner);
  }
}

/** What gives no objects whose relations could be followed. */
const WITHOUT_OBJECTS =
  /^a?(none|count|exists|aggregate|delete|update|values|values_list|dates|datetimes|explain|create|bulk_create|bulk_update|get_or_create|update_or_create|contains)$/;
/** Of several querysets: Django fetches no relations with their union. */
const COMBINED = /^(union|intersection|difference)$/;
/** Behind these nothing can be added to the query any more. */
const ENDS = /^a?(get|first|last|latest|earliest|iterator|in_bulk|__aiter__)$/;

/** Whether a chain fetches objects with a query to which a relation can be added. */
export function fetchesObjects({ links }: Chain): boolean {
  return !links.some(({ name }) => name !== null && (WITHOUT_OBJECTS.test(name) || COMBINED.test(name)));
}

/** The part of a chain that is still a query: `Book.objects.filter(…)` of `Book.objects.filter(…)[:10]`. */
export function queryPart({ root, links }: Chain): Chain {
  const end = links.findIndex(({ name }) => name === null || ENDS.test(name));
  return end === -1 ? { root, links } : { root, links: links.slice(0, end) };
}

/**
 * Edits that fetch a relation with the objects of a query; none where it does so already, null where a call of
 * the same method leaves open what it fetches (`select_related()`, `prefetch_related(None)`).
 */
export function addRelated(
  { root, links }: Chain,
  { method, relation }: Related,
  text: string,
  quote: string,
): readonly TextEdit[] | null {
  const present = links.findLast(({ name, call }) => name === method && call !== null)?.call;
  const code = quote + relation + quote;
  if (present !== undefined && present !== null) return addArgument(present, relation, code, text);
  const last = links.at(-1);
  const call = `${method}(${code})`;
  const name = last?.call?.childForFieldName('function')?.childForFieldName('attribute');
  if (last?.name === 'all' && name !== null && name !== undefined)
    return [{ start: name.startIndex, end: last.node.endIndex, text: call }];
  const at = (last?.node ?? root).endIndex;
  return [{ start: at, end: at, text: `${gapBefore(last, text)}.${call}` }];
}

/** One more relation for `select_related("author")`; it takes the place of one that leads to it. */
function addArgument(
  call: SyntaxNode,
  relation: string,
  code: string,
  text: string,
): readonly TextEdit[] | null {
  const list = call.childForFieldName('arguments');
  const { positional, open } = argumentsOf(list);
  if (list === null || positional.length === 0 || open) return null;
  if (positional.some(({ value }) => value.type === 'none')) return null;
  const named = positional.map(({ value }) => ({ value, name: readString(value) }));
  if (named.some(({ name }) => name === relation || name?.startsWith(`${relation}__`) === true)) return [];
  const shorter = named.find(({ name }) => name !== undefined && relation.startsWith(`${name}__`));
  if (shorter === undefined) return insertItems(list, text, [code]);
  return [{ start: shorter.value.startIndex, end: shorter.value.endIndex, text: code }];
}

/** A chain that has a line for each call gets one more line. */
function gapBefore(last: ChainLink | undefined, text: string): string {
  const callee = last?.call?.childForFieldName('function');
  const dot = callee?.children.find(({ type }) => type === '.')?.startIndex;
  if (dot === undefined) return '';
  const start = lineStart(text, dot);
  // Outside of brackets a line goes on behind a backslash alone.
  if (text.slice(start, dot).trim() !== '' || /\\\r?\n$/.test(text.slice(0, start))) return '';
  return `\n${indentAt(text, dot)}`;
}
