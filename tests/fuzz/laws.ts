import { Failure } from '../../shared/contract/failure.ts';
import type { Operation } from '../../shared/django/operations.ts';
import type { FileChange, Hunk, Plan } from '../../shared/django/plan/plan.ts';
import { createSourceIndex, type SourceIndex } from '../../shared/django/source-index.ts';
import type { PythonParser } from '../../shared/python/parser.ts';
import { sha256 } from '../unit/shared/source-fixture.ts';
import { unintended, type Intent } from './intent.ts';
import type { PythonJudge } from './python-judge.ts';

/** A law that an operation broke. */
export interface Breach {
  readonly law:
    | 'is planned or refused in words'
    | 'parses with no new error'
    | 'differs only where intended'
    | 'leaves other lines alone'
    | 'keeps comments'
    | 'keeps byte order mark and line endings'
    | 'hunks tell the whole change'
    | 'is sound with every tick'
    | 'changes nothing the second time';
  readonly detail: string;
}

/** What came of one operation. */
export type Outcome =
  | { readonly kind: 'kept'; readonly plan: Plan; readonly undo: () => void }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'broken'; readonly breach: Breach };

/** What the laws are checked with. */
export interface Bench {
  readonly parser: PythonParser;
  readonly judge: PythonJudge;
}

/** An index over files, as the studio has one. */
export function indexFiles(parser: PythonParser, files: ReadonlyMap<string, string>): SourceIndex {
  const index = createSourceIndex({ parser, hash: sha256, workspaceRoot: '/workspace' });
  for (const [path, text] of files) index.setFile(path, text, sha256(text));
  return index;
}

/** Plans an operation, checks every law, and leaves index and files as the plan has them. */
export async function perform(
  operation: Operation,
  intent: Intent,
  index: SourceIndex,
  files: Map<string, string>,
  bench: Bench,
): Promise<Outcome> {
  let plan: Plan;
  try {
    plan = index.plan(operation);
  } catch (error) {
    if (error instanceof Failure) return { kind: 'refused', message: error.message };
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return broken('is planned or refused in words', detail);
  }
  for (const change of plan.files) {
    const breach = await breachIn(change, plan, files.get(change.path) ?? '', intent, bench);
    if (breach !== null) return { kind: 'broken', breach };
  }
  const ticked = breachWithTicks(plan, operation, index, files, bench);
  if (ticked !== null) return { kind: 'broken', breach: ticked };
  const undo = takePlan(plan, index, files);
  const again = intent.isPositional === true ? null : plansAgain(index, operation);
  if (again === null) return { kind: 'kept', plan, undo };
  undo();
  return broken('changes nothing the second time', again);
}

function broken(law: Breach['law'], detail: string): Outcome {
  return { kind: 'broken', breach: { law, detail } };
}

/** What is wrong with a plan in which everything uncertain is accepted: it may change more, but nothing unsound. */
function breachWithTicks(
  { uncertain }: Plan,
  operation: Operation,
  index: SourceIndex,
  files: ReadonlyMap<string, string>,
  { parser }: Bench,
): Breach | null {
  if (uncertain.length === 0) return null;
  const unsound = (detail: string): Breach => ({ law: 'is sound with every tick', detail });
  let plan: Plan;
  try {
    plan = index.plan(
      operation,
      uncertain.map(({ id }) => id),
    );
  } catch (error) {
    return unsound(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  if (plan.uncertain.some(({ accepted }) => !accepted)) return unsound('A tick is not taken.');
  for (const change of plan.files) {
    const breach = breachOfText(change, files.get(change.path) ?? '', parser);
    if (breach !== null) return unsound(`${breach.law}: ${breach.detail}`);
  }
  return null;
}

/** Makes index and files what a plan says; the answer takes it back. */
export function takePlan(plan: Plan, index: SourceIndex, files: Map<string, string>): () => void {
  const before = new Map<string, string | null>();
  const set = (path: string, text: string | null): void => {
    if (!before.has(path)) before.set(path, files.get(path) ?? null);
    if (text === null) {
      files.delete(path);
      index.removeFile(path);
    } else {
      files.set(path, text);
      index.setFile(path, text, sha256(text));
    }
  };
  for (const { path, after } of plan.files) set(path, after);
  // Files are named by where they stand before any folder moves.
  for (const { from, to } of plan.folderMoves) {
    for (const [path, text] of [...files].filter(([each]) => each.startsWith(`${from}/`))) {
      set(path, null);
      set(to + path.slice(from.length), text);
    }
  }
  return () => {
    for (const [path, text] of [...before]) set(path, text);
  };
}

/** What a second application would do; null where it does nothing. */
function plansAgain(index: SourceIndex, operation: Operation): string | null {
  try {
    const { files, folderMoves } = index.plan(operation);
    if (files.length === 0 && folderMoves.length === 0) return null;
    return files.map(({ path, hunks }) => `${path}\n${hunks.map(hunkText).join('\n')}`).join('\n');
  } catch (error) {
    if (error instanceof Failure) return null;
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

/** What is wrong with the text of a file, whatever it was to say. */
function breachOfText(
  { path, kind, after, hunks }: FileChange,
  before: string,
  parser: PythonParser,
): Breach | null {
  if (kind === 'remove' || after === null) return null;
  const bytes = kind === 'edit' ? breachOfBytes(before, after) : null;
  if (bytes !== null) {
    return { law: 'keeps byte order mark and line endings', detail: `${path}: ${bytes}` };
  }
  if (
    kind === 'edit' &&
    before !== '' &&
    (!isSame(applyHunks(before, hunks, false), linesOf(after)) ||
      !isSame(applyHunks(after, hunks, true), linesOf(before)))
  ) {
    return { law: 'hunks tell the whole change', detail: path };
  }
  if (!path.endsWith('.py')) return null;
  const tree = parser.parse(after);
  const hasError = tree.rootNode.hasError;
  tree.delete();
  const detail = `${path}\n${hunks.map(hunkText).join('\n')}`;
  return hasError ? { law: 'parses with no new error', detail } : null;
}

async function breachIn(
  change: FileChange,
  plan: Plan,
  before: string,
  intent: Intent,
  { parser, judge }: Bench,
): Promise<Breach | null> {
  const { path, kind, after, hunks } = change;
  const unsound = breachOfText(change, before, parser);
  if (unsound !== null) return unsound;
  if (kind !== 'edit' || after === null || before === '' || !path.endsWith('.py')) return null;
  const judged = await judge.compare(before, after, intent);
  if (judged.kind === 'unread') return null;
  const shown = `${path}\n${hunks.map(hunkText).join('\n')}`;
  if (judged.kind === 'broken')
    return { law: 'parses with no new error', detail: `${judged.message}\n${shown}` };
  const others = unintended(judged.changes, intent);
  if (others.length > 0) {
    return { law: 'differs only where intended', detail: `${JSON.stringify(others)}\n${shown}` };
  }
  const lost = judged.lostComments.filter((comment) => !hasArrived(comment, plan));
  if (lost.length > 0) return { law: 'keeps comments', detail: `${lost.join('\n')}\n${shown}` };
  const line = strayLine(hunks, [before, judged.oldLines], [after, judged.newLines]);
  return line === null ? null : { law: 'leaves other lines alone', detail: `${line}\n${shown}` };
}

/** Code that moves takes its comments along to another file. */
function hasArrived(comment: string, { files }: Plan): boolean {
  return files.some(({ hunks }) =>
    hunks.some(({ lines }) => lines.some(({ kind, text }) => kind === 'added' && text.includes(comment))),
  );
}

function breachOfBytes(before: string, after: string): string | null {
  if (before !== '' && before.startsWith('\uFEFF') !== after.startsWith('\uFEFF')) return 'byte order mark';
  const lone = (text: string): number => text.split(/(?<!\r)\n/).length - 1;
  const crlf = (text: string): number => text.split('\r\n').length - 1;
  if (crlf(before) > 0 && lone(before) === 0 && lone(after) > 0) return 'a line feed among CRLF';
  return crlf(before) === 0 && crlf(after) > 0 ? 'CRLF among line feeds' : null;
}

type Ranges = readonly (readonly [number, number])[];

/** A line that changed though it belongs to no statement that differs. */
function strayLine(
  hunks: readonly Hunk[],
  [before, oldRanges]: readonly [string, Ranges],
  [after, newRanges]: readonly [string, Ranges],
): string | null {
  const isIn = (line: number, ranges: Ranges): boolean =>
    ranges.some(([first, last]) => line >= first && line <= last);
  // Where lines repeat, a diff may tell another one of them than was written.
  const textsIn = (text: string, ranges: Ranges): ReadonlySet<string> =>
    new Set(linesOf(text).filter((_, at) => isIn(at + 1, ranges)));
  const [oldTexts, newTexts] = [textsIn(before, oldRanges), textsIn(after, newRanges)];
  // A diff tells the last line again where that has no line break and gets one, or loses it.
  const unended = [before, after].flatMap((text) =>
    text.endsWith('\n') ? [] : (linesOf(text).at(-1) ?? []),
  );
  for (const hunk of hunks) {
    let [old, fresh] = [hunk.oldStart, hunk.newStart];
    for (const { kind, text } of hunk.lines) {
      const isSpared = text.trim() === '' || text.trim().startsWith('#') || unended.includes(text);
      if (kind === 'removed' && !isSpared && !isIn(old, oldRanges) && !oldTexts.has(text)) return `- ${text}`;
      if (kind === 'added' && !isSpared && !isIn(fresh, newRanges) && !newTexts.has(text)) return `+ ${text}`;
      if (kind !== 'added') old += 1;
      if (kind !== 'removed') fresh += 1;
    }
  }
  return null;
}

function hunkText({ oldStart, lines }: Hunk): string {
  const sign = { context: ' ', added: '+', removed: '-' };
  return [`@@ ${String(oldStart)}`, ...lines.map(({ kind, text }) => sign[kind] + text)].join('\n');
}

/** The lines of a text as hunks have them: without their endings, none of an empty text. */
function linesOf(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((line, at) => line === other[at]);
}

/** The lines that hunks make of a text; backwards, of the text they were made from. */
function applyHunks(text: string, hunks: readonly Hunk[], backwards: boolean): readonly string[] {
  const lines = linesOf(text);
  const fresh: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    const count = backwards ? hunk.newLines : hunk.oldLines;
    const from = (backwards ? hunk.newStart : hunk.oldStart) - (count === 0 ? 0 : 1);
    const kept = backwards ? 'removed' : 'added';
    const shown = hunk.lines.filter(({ kind }) => kind === 'context' || kind === kept);
    fresh.push(...lines.slice(at, from), ...shown.map((line) => line.text));
    at = from + count;
  }
  return [...fresh, ...lines.slice(at)];
}
