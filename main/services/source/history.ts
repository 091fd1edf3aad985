import { copyFile, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { History, HistoryEntry } from '../../../shared/contract/source-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { makeFolder } from '../storage/make-folder.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { setAside } from '../storage/set-aside.ts';

const hash = z.string().max(100).nullable();

/** One saved gesture: its files with the hashes of their contents before and after. */
export const historyRecord = z.strictObject({
  id: z.string(),
  title: z.string(),
  at: z.number(),
  files: z.array(z.strictObject({ path: z.string(), before: hash, after: hash, mode: z.number() })),
  /** Folders it made, for undo to remove; outermost first. */
  madeFolders: z.array(z.string()),
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
  /** Durable when it returns; a step that is known already changes nothing. */
  readonly append: (step: HistoryStep) => Promise<void>;
  /** Writes the fewest steps that lead to the same; a damaged log was set aside before. */
  readonly shorten: () => Promise<void>;
  /** What was wrong with the log, in a sentence; null when nothing was. */
  readonly problem: string | null;
}

const KEPT_RECORDS = 1000;
const LARGEST_LOG = 256 * 1024 * 1024;

/** Opens the history of one workspace: a log of steps, a line each. Writes nothing yet. */
export async function openHistory(path: string): Promise<HistoryLog> {
  let undo: HistoryRecord[] = [];
  let redo: HistoryRecord[] = [];

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

  const { steps, problem } = await readSteps(path);
  for (const step of steps) take(step);
  undo = undo.slice(-KEPT_RECORDS);

  return {
    problem,
    shorten: () => writeFileAtomically(path, shortened(undo, redo).map(lineOf).join(''), 0o600),
    nextUndo: () => undo.at(-1) ?? null,
    nextRedo: () => redo.at(-1) ?? null,
    view: () => ({ undo: entryOf(undo.at(-1)), redo: entryOf(redo.at(-1)) }),
    hashes: () =>
      new Set(
        [...undo, ...redo]
          .flatMap((record) => record.files.flatMap((file) => [file.before, file.after]))
          .filter((found) => found !== null),
      ),
    append: async (step) => {
      if (take(step)) await appendLine(path, lineOf(step));
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

async function readSteps(
  path: string,
): Promise<{ readonly steps: readonly HistoryStep[]; readonly problem: string | null }> {
  const lines = linesOf(path);
  if (lines === null) return { steps: [], problem: damaged(await setAside(path)) };
  const steps = lines.map((line) => historyStep.safeParse(parseLine(line)).data);
  // The last line may be cut by a crash: its save never returned.
  const lost = steps.slice(0, -1).includes(undefined);
  if (lost) await copyFile(path, `${path}.damaged`).catch(() => undefined); // what can't be kept twice is kept once
  return {
    steps: steps.filter((step) => step !== undefined),
    problem: lost ? damaged(`${path}.damaged`) : null,
  };
}

/** Null for what is no file that can be read. */
function linesOf(path: string): readonly string[] | null {
  try {
    const file = readRegularFile(path, path, LARGEST_LOG);
    return file === null ? [] : new TextDecoder().decode(file.bytes).split('\n');
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function damaged(place: string | null): string {
  const where = place === null ? '' : ` The damaged one is ${place}.`;
  return `The history of this project was damaged, so not everything that was done before can be undone.${where}`;
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function appendLine(path: string, line: string): Promise<void> {
  await makeFolder(dirname(path));
  const file = await open(path, 'a', 0o600);
  try {
    await file.writeFile(line);
    await file.sync();
  } finally {
    await file.close();
  }
}

function lineOf(step: HistoryStep): string {
  return `${JSON.stringify(step)}\n`;
}

function entryOf(record: HistoryRecord | undefined): HistoryEntry | null {
  if (record === undefined) return null;
  return { id: record.id, title: record.title, at: record.at, files: record.files.map((file) => file.path) };
}
