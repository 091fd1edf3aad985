import type { SyntaxNode } from '../../../python/parser.ts';
import type { Draft } from '../draft.ts';
import type { FieldReference, PossibleReference } from './field-references.ts';
import type { Reference } from './model-references.ts';
import { noteUncertain } from './references-shown.ts';
import { emptiesCall, removalOf, takeOut, type Removal } from './removals.ts';

/** A range of a file. */
export interface FileRange {
  readonly path: string;
  readonly start: number;
  readonly end: number;
}

/** What names a thing that goes. */
export interface GoingUses {
  readonly certain: readonly FieldReference[];
  readonly uncertain: readonly PossibleReference[];
  /** What goes anyway: uses in it need nothing. */
  readonly gone: readonly FileRange[];
}

interface Taken extends FileRange {
  readonly node: SyntaxNode;
}

/**
 * Takes out what surely names a thing that goes, and offers what may; the answer are the sure uses that can't be
 * taken out, with which nothing is to be done at all.
 */
export function removeUses(
  { certain, uncertain, gone }: GoingUses,
  what: string,
  draft: Draft,
): readonly Reference[] {
  const left = certain.filter((use) => !gone.some((range) => isIn(use, range)));
  const found = left.flatMap((use): readonly Taken[] => {
    const node = itemOf(use, draft) ?? safeRemoval(use, draft);
    return node === null ? [] : [taken(use.path, node)];
  });
  const nodes = found.map(({ node }) => node);
  const going = found.filter(({ node }) => !emptiesCall(nodes, node));
  const blocking = left.filter((use) => !going.some((range) => isIn(use, range)));
  if (blocking.length > 0) return blocking;
  const open = uncertain.filter((use) => ![...gone, ...going].some((range) => isIn(use, range)));
  const accepted = offerUses(open, what, draft);
  for (const [path, each] of Map.groupBy([...going, ...accepted], ({ path: file }) => file)) {
    takeOut(
      path,
      each.map(({ node }) => node),
      draft,
    );
  }
  return [];
}

function isIn(use: FileRange, range: FileRange): boolean {
  return use.path === range.path && use.start >= range.start && use.end <= range.end;
}

function taken(path: string, node: SyntaxNode): Taken {
  return { path, start: node.startIndex, end: node.endIndex, node };
}

function itemOf({ path, item }: FieldReference, draft: Draft): SyntaxNode | null {
  return item === null ? null : draft.source(path).root.descendantForIndex(item.start, item.end);
}

function safeRemoval(use: Reference, draft: Draft): SyntaxNode | null {
  const removal = draft.canEdit(use.path) ? removalOf(draft.source(use.path), use) : null;
  return removal?.isSafe === true ? removal.node : null;
}

/** A tick box for what can be taken out by itself, a note for what can't; the answer is what was ticked. */
function offerUses(uses: readonly PossibleReference[], what: string, draft: Draft): readonly Taken[] {
  const kept: Reference[] = [];
  const accepted = uses.flatMap((use): readonly Taken[] => {
    const found = draft.canEdit(use.path) ? removalOf(draft.source(use.path), use) : null;
    const removal = use.removal === undefined ? found : use.removal;
    if (removal === null) kept.push(use);
    return removal !== null && askFor(removal, use, draft) ? [taken(use.path, removal.node)] : [];
  });
  noteUncertain(kept, `may use ${what}, can’t be taken out by itself and is not changed`, draft);
  return accepted;
}

/** Offers to take something out; says whether it is ticked. */
function askFor({ kind, node }: Removal, use: PossibleReference, draft: Draft): boolean {
  const shown = kind === 'line' ? '' : ` ${firstLine(node.text)}`;
  return draft.ask(use.path, use, use.why, `removes the ${kind}${shown}`);
}

function firstLine(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1);
  return line.length > 60 || line !== text ? `${line.slice(0, 60).trimEnd()}…` : line;
}
