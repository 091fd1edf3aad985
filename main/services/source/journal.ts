import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { backOut } from '../storage/backing-out.ts';
import { makeFolder, syncFolder } from '../storage/make-folder.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { setAside } from '../storage/set-aside.ts';
import { systemCode } from '../storage/system-reasons.ts';
import type { BlobStore } from './blob-store.ts';
import { type HistoryLog, type HistoryStep, historyStep } from './history.ts';
import { settleStep } from './perform-step.ts';

/** What is being written, on disk before the first file is: a crash in between leaves nothing half. */
export interface Journal {
  /** Durable when it returns; the answer ends the entry. */
  readonly begin: (step: HistoryStep) => Promise<() => Promise<void>>;
  /** Finishes or takes back what a crash left. Answers with a sentence for each file it could not decide. */
  readonly recover: (root: string, history: HistoryLog, blobs: BlobStore) => Promise<readonly string[]>;
}

// What an earlier start could not decide.
const DAMAGED = /\.damaged(?:-\d+)?$/;
// No save takes this long: the entry of a process that lives is still being written, or its pid is another's.
const LONGEST_SAVE_MILLISECONDS = 60_000;

/** Keeps the journal in a folder of the studio's storage; its file names tell whose entry it is. */
export function createJournal(folder: string): Journal {
  return {
    begin: async (step) => {
      const path = join(folder, `${process.pid}-${step.record.id}-${step.kind}.json`);
      try {
        await writeFileAtomically(path, JSON.stringify(step), 0o600);
      } catch (error) {
        // It may stand there and only not be durable: later it would tell of something that never was.
        await backOut(error, () => rm(path, { force: true }));
      }
      return async () => {
        await rm(path);
        await syncFolder(folder);
      };
    },
    recover: async (root, history, blobs) => {
      await makeFolder(folder);
      const problems: string[] = [];
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        if (DAMAGED.test(name) || (await isBusy(name, path))) continue;
        if (!name.endsWith('.json')) {
          await rm(path, { recursive: true, force: true });
          continue;
        }
        const left = await settle(root, path, history, blobs);
        if (left.decided) await rm(path, { force: true });
        else await setAside(path);
        problems.push(...left.problems);
      }
      await syncFolder(folder);
      return problems;
    },
  };
}

/** Not decided: the entry is kept, for people to look at, and is not tried again. */
async function settle(
  root: string,
  path: string,
  history: HistoryLog,
  blobs: BlobStore,
): Promise<{ readonly decided: boolean; readonly problems: readonly string[] }> {
  const step = readStep(path);
  if (step === null) {
    const sentence = `A note of an interrupted save, ${path}, is damaged. Look at the files you changed last.`;
    return { decided: false, problems: [sentence] };
  }
  try {
    return { decided: true, problems: await finish(root, step, history, blobs) };
  } catch (error) {
    // What the system refuses now it may allow at the next try.
    if (!(error instanceof Failure) || systemCode(error) !== undefined) throw error;
    const sentence = `“${step.record.title}” was interrupted and could not be taken back. ${error.message}`;
    return { decided: false, problems: [sentence] };
  }
}

async function finish(
  root: string,
  step: HistoryStep,
  history: HistoryLog,
  blobs: BlobStore,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const isDone =
    history.isLast(step) || (await settleStep(root, step, blobs, (sentence) => void problems.push(sentence)));
  if (isDone) await history.append(step); // all was written, only the note of it was not
  return problems;
}

/** An entry that is still being written, by another studio on the same workspace. */
async function isBusy(name: string, path: string): Promise<boolean> {
  const pid = Number(/\d+/.exec(name)?.[0]); // also of an entry whose own writing was cut short
  if (pid === process.pid || (Number.isInteger(pid) && !isAlive(pid))) return false;
  const facts = await stat(path).catch(() => null); // its save has ended meanwhile
  return facts === null || Date.now() - facts.mtimeMs < LONGEST_SAVE_MILLISECONDS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readStep(path: string): HistoryStep | null {
  try {
    const file = readRegularFile(path);
    if (file === null) return null;
    return historyStep.safeParse(JSON.parse(new TextDecoder().decode(file.bytes))).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof Failure && systemCode(error) === undefined))
      return null;
    throw error;
  }
}
