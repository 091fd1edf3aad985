import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import type { History, HistoryEntry } from '../../../shared/contract/source-calls.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';

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
}

const KEPT_RECORDS = 1000;

/** Opens the history of one workspace: a log of steps, a line each, shortened when it is opened. */
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

  for (const step of await readSteps(path)) take(step);
  undo = undo.slice(-KEPT_RECORDS);
  await writeFileAtomically(path, shortened(undo, redo).map(lineOf).join(''), 0o600);

  return {
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

async function readSteps(path: string): Promise<readonly HistoryStep[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    const step = historyStep.safeParse(parseLine(line));
    return step.success ? [step.data] : []; // the last line may be cut by a crash: its save never returned
  });
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

async function appendLine(path: string, line: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
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
