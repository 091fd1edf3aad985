import { z } from 'zod';
import type { History, HistoryEntry } from '../../../shared/contract/source-calls.ts';
import { appendLines, readLines, rewriteLines } from './line-log.ts';

const hash = z.string().max(100).nullable();

/** One saved gesture: its files with the hashes of their contents before and after. */
export const historyRecord = z.strictObject({
  id: z.string(),
  title: z.string(),
  at: z.number(),
  files: z.array(z.strictObject({ path: z.string(), before: hash, after: hash, mode: z.number() })),
  /** Folders it made, for undo to remove; outermost first. */
  madeFolders: z.array(z.string()),
  /** Folders it moved, one after the other, once the files were written; `files` stand where they stood before. */
  moves: z.array(z.strictObject({ from: z.string(), to: z.string() })).default([]),
  /** Folders that were left empty and went, for undo to make again; outermost first. */
  removedFolders: z.array(z.string()).default([]),
});
export type HistoryRecord = z.infer<typeof historyRecord>;

/** What happened to a record: it was done, taken back, or done again. */
export const historyStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('do'), record: historyRecord }),
  z.strictObject({ kind: z.literal('undo'), record: historyRecord }),
  z.strictObject({ kind: z.literal('redo'), record: historyRecord }),
]);
export type HistoryStep = z.infer<typeof historyStep>;

/** What can be taken back and done again; survives a restart. */
export interface HistoryLog {
  readonly nextUndo: () => HistoryRecord | null;
  readonly nextRedo: () => HistoryRecord | null;
  readonly view: () => History;
  /** Every hash that an undo or a redo may ask for. */
  readonly hashes: () => ReadonlySet<string>;
  /** Durable when it returns; a step that is known already changes nothing but what could not be written before. */
  readonly append: (step: HistoryStep) => Promise<void>;
  /** Whether this is the step that was noted last. */
  readonly isLast: (step: HistoryStep) => boolean;
  /** Writes the fewest steps that lead to the same; a damaged log was set aside before. */
  readonly shorten: () => Promise<void>;
  /** What was wrong with the log, in a sentence; null when nothing was. */
  readonly problem: string | null;
}

const KEPT_RECORDS = 1000;

/** Opens the history of one workspace: a log of steps, a line each. Writes nothing yet. */
export async function openHistory(path: string): Promise<HistoryLog> {
  let undo: HistoryRecord[] = [];
  let redo: HistoryRecord[] = [];
  /** Known, and not in the log: it could not be written to. */
  let unwritten: HistoryStep[] = [];

  const take = (step: HistoryStep): boolean => {
    const { record } = step;
    if (step.kind === 'do') {
      if (undo.some((known) => known.id === record.id)) return false;
      undo.push(record);
      redo = [];
      return true;
    }
    const [from, to] = step.kind === 'undo' ? [undo, redo] : [redo, undo];
    if (from.at(-1)?.id !== record.id) return false;
    from.pop();
    to.push(record);
    return true;
  };

  const { items, damaged } = await readLines(path, historyStep);
  for (const step of items) take(step);
  undo = undo.slice(-KEPT_RECORDS);

  return {
    problem: damaged === null ? null : damagedLog(damaged.place),
    shorten: () => rewriteLines(path, shortened(undo, redo)),
    nextUndo: () => undo.at(-1) ?? null,
    nextRedo: () => redo.at(-1) ?? null,
    view: () => ({ undo: entryOf(undo.at(-1)), redo: entryOf(redo.at(-1)) }),
    hashes: () =>
      new Set(
        [...undo, ...redo]
          .flatMap((record) => record.files.flatMap((file) => [file.before, file.after]))
          .filter((found) => found !== null),
      ),
    isLast: ({ kind, record }) => (kind === 'undo' ? redo : undo).at(-1)?.id === record.id,
    append: async (step) => {
      if (take(step)) unwritten.push(step);
      if (unwritten.length === 0) return;
      await appendLines(path, unwritten);
      unwritten = [];
    },
  };
}

/** The fewest steps that lead to the same two stacks. */
function shortened(undo: readonly HistoryRecord[], redo: readonly HistoryRecord[]): readonly HistoryStep[] {
  return [
    ...undo.map((record): HistoryStep => ({ kind: 'do', record })),
    ...redo.toReversed().map((record): HistoryStep => ({ kind: 'do', record })),
    ...redo.map((record): HistoryStep => ({ kind: 'undo', record })),
  ];
}

function damagedLog(place: string | null): string {
  const where = place === null ? '' : ` The damaged one is ${place}.`;
  return `The history of this project was damaged, so not everything that was done before can be undone.${where}`;
}

function entryOf(record: HistoryRecord | undefined): HistoryEntry | null {
  if (record === undefined) return null;
  return { id: record.id, title: record.title, at: record.at, files: record.files.map((file) => file.path) };
}
