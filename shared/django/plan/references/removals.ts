import type { SyntaxNode } from '../../../python/parser.ts';
import { removeItems } from '../../../python/list-edit.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import { partsOf } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { Draft } from '../draft.ts';

/** What goes with a name that stands in it. */
export interface Removal {
  readonly kind: 'entry' | 'argument' | 'line';
  readonly node: SyntaxNode;
  /** What is left means the same without it: where the name is surely meant, nobody has to be asked. */
  readonly isSafe: boolean;
}

/** Dictionaries of classes that say something of each field. */
const BY_FIELD =
  /^(extra_kwargs|widgets|labels|help_texts|error_messages|field_classes|radio_fields|filterset_fields|filter_fields|fields|prepopulated_fields)$/;
/** Methods whose names are independent of each other, so long as one is left. */
const LISTING = /^(order_by|select_related|prefetch_related|only|defer|values)$/;
/** Calls that a keyword is not a part of, but a condition in. */
const CONDITIONS = /^(Q|When|FilteredRelation|CheckConstraint|Index|UniqueConstraint|ExclusionConstraint)$/;
/** Names that say together what they say. */
const TOGETHER = /^(unique_together|index_together)$/;

/** What can be taken out with the name in this range; null where the code around needs it. */
export function removalOf(
  { root }: SourceText,
  { start, end }: { readonly start: number; readonly end: number },
): Removal | null {
  const node = root.descendantForIndex(start, end);
  const parent = node?.parent ?? null;
  if (node === null || parent === null) return null;
  if (node.type === 'string_content') return entryOf(parent);
  if (parent.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id)
    return keywordOf(parent);
  const isAttribute = parent.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id;
  return isAttribute ? lineOfTarget(parent) : null;
}

/** The entry of a list, a set or a dictionary that an expression is, or its place among the names of a call. */
export function entryOf(node: SyntaxNode): Removal | null {
  const holder = node.parent;
  switch (holder?.type) {
    case 'pair':
      return holder.childForFieldName('key')?.id === node.id ? pairOf(holder) : null;
    case 'list':
    case 'set':
    case 'tuple':
      return itemOf(node, holder);
    case 'argument_list': {
      const isListed = LISTING.test(calleeOf(holder)) && partsOf(holder).length > 1;
      return isListed ? { kind: 'argument', node, isSafe: true } : null;
    }
    default:
      return null;
  }
}

/** The name of the function or method that is called with these arguments. */
function calleeOf(list: SyntaxNode): string {
  const callee = list.parent?.type === 'call' ? list.parent.childForFieldName('function') : null;
  return callee?.childForFieldName('attribute')?.text ?? callee?.text ?? '';
}

function pairOf(pair: SyntaxNode): Removal | null {
  const owner = pair.parent?.parent ?? null;
  // `filter(**{"title": "x"})` finds other rows without it.
  if (owner === null || owner.type === 'dictionary_splat') return null;
  const isSafe =
    owner.type === 'assignment'
      ? BY_FIELD.test(owner.childForFieldName('left')?.text ?? '')
      : /^(create_)?defaults$/.test(keywordName(owner));
  return { kind: 'entry', node: pair, isSafe };
}

function keywordName(node: SyntaxNode): string {
  return node.type === 'keyword_argument' ? (node.childForFieldName('name')?.text ?? '') : '';
}

function itemOf(node: SyntaxNode, holder: SyntaxNode): Removal | null {
  const owner = holder.parent;
  if (owner === null || /^(list|set|tuple|subscript)$/.test(owner.type)) return null;
  const isAssigned = owner.type === 'assignment';
  if (isAssigned && TOGETHER.test(owner.childForFieldName('left')?.text ?? '')) return null;
  const list = owner.type === 'keyword_argument' ? owner.parent : owner;
  const callee = list?.type === 'argument_list' ? calleeOf(list) : '';
  if (CONDITIONS.test(callee)) return null;
  // Without any name, `update_fields` saves nothing and `{}` is no set.
  const isLast = partsOf(holder).length === 1;
  if (isLast && (!isAssigned || holder.type === 'set')) return null;
  const isFieldset =
    owner.type === 'pair' && /^["']fields["']$/.test(owner.childForFieldName('key')?.text ?? '');
  const isSafe = isFieldset || keywordName(owner) === 'update_fields' || /^a?bulk_update$/.test(callee);
  return { kind: 'entry', node, isSafe };
}

function keywordOf(node: SyntaxNode): Removal | null {
  const list = node.parent;
  if (list?.type !== 'argument_list') return null;
  const callee = calleeOf(list);
  const isLast = partsOf(list).length === 1;
  // A lookup finds other rows without it.
  const gives =
    /^(a?create|dict)$/.test(callee) || (/^a?update$/.test(callee) && !isLast) || /^[A-Z]/.test(callee);
  return gives && !CONDITIONS.test(callee) ? { kind: 'argument', node, isSafe: true } : null;
}

/** `book.title = …` as a line of its own. */
function lineOfTarget(target: SyntaxNode): Removal | null {
  const { parent } = target;
  if (parent?.type === 'del_statement') return { kind: 'line', node: parent, isSafe: true };
  const isTarget = /^(augmented_)?assignment$/.test(parent?.type ?? '');
  if (!isTarget || parent?.childForFieldName('left')?.id !== target.id) return null;
  const value = parent.childForFieldName('right');
  const statement = parent.parent;
  if (value?.type === 'assignment' || statement?.type !== 'expression_statement') return null;
  // What is called for the value may do more than make it.
  const isSafe = value === null || value.descendantsOfType(['call', 'await', 'yield']).length === 0;
  return { kind: 'line', node: statement, isSafe };
}

/** Whether calls among these removals would be left without any name, which is another thing than fewer names. */
export function emptiesCall(nodes: readonly SyntaxNode[], node: SyntaxNode): boolean {
  const list = node.parent;
  if (list?.type !== 'argument_list' || !LISTING.test(calleeOf(list))) return false;
  return partsOf(list).every(({ id }) => nodes.some((each) => each.id === id));
}

/** Takes entries, arguments and lines out of a file, with the imports that only they needed. */
export function takeOut(path: string, nodes: readonly SyntaxNode[], draft: Draft): void {
  const { text } = draft.source(path);
  const unique = [...new Map(nodes.map((node) => [node.id, node])).values()];
  const outer = unique.filter((node) => !unique.some((other) => other.id !== node.id && holds(other, node)));
  for (const group of Map.groupBy(outer, ({ parent }) => parent?.id).values()) {
    const holder = group[0]?.parent ?? null;
    if (holder === null) continue;
    const isBody = /^(block|module)$/.test(holder.type);
    draft.edit(path, isBody ? removeStatements(group, text) : removeItems(holder, text, group));
  }
  if (outer.length > 0) draft.dropUnused(path);
}

function holds(outer: SyntaxNode, inner: SyntaxNode): boolean {
  return outer.startIndex <= inner.startIndex && inner.endIndex <= outer.endIndex;
}
