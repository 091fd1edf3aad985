import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { syncFolder, TEMPORARY_PREFIX, writeFileAtomically } from '../storage/atomic-write.ts';
import type { BlobStore } from './blob-store.ts';
import { type HistoryLog, type HistoryStep, historyStep } from './history.ts';
import { type FileWrite, hashAt, removeMadeFolders, takeBack, writesOf } from './write-all.ts';

/** What is being written, on disk before the first file is: a crash in between leaves nothing half. */
export interface Journal {
  /** Durable when it returns; the answer ends the entry. */
  readonly begin: (step: HistoryStep) => Promise<() => Promise<void>>;
  /** Finishes or takes back what a crash left. Answers with a sentence for each file it could not decide. */
  readonly recover: (root: string, history: HistoryLog, blobs: BlobStore) => Promise<readonly string[]>;
}

// No save takes this long: the entry of a process that lives is still being written, or its pid is another's.
const LONGEST_SAVE_MILLISECONDS = 60_000;

/** Keeps the journal in a folder of the studio's storage; its file names tell whose entry it is. */
export function createJournal(folder: string): Journal {
  return {
    begin: async (step) => {
      const path = join(folder, `${process.pid}-${step.record.id}-${step.kind}.json`);
      await writeFileAtomically(path, JSON.stringify(step), 0o600);
      return async () => {
        await rm(path);
        await syncFolder(folder);
      };
    },
    recover: async (root, history, blobs) => {
      await mkdir(folder, { recursive: true });
      const problems: string[] = [];
      for (const name of await readdir(folder)) {
        const path = join(folder, name);
        if (await isBusy(name, path)) continue;
        const step = name.endsWith('.json') ? await readStep(path) : null;
        if (step !== null) problems.push(...(await finish(root, step, history, blobs)));
        await rm(path, { force: true });
      }
      await syncFolder(folder);
      return problems;
    },
  };
}

async function finish(
  root: string,
  step: HistoryStep,
  history: HistoryLog,
  blobs: BlobStore,
): Promise<readonly string[]> {
  const writes = writesOf(root, step);
  for (const write of writes) await removeTemporary(write);
  if (writes.every((write) => hashAt(write) === write.to)) {
    await history.append(step); // all was written, only the note of it was not
    return [];
  }
  const problems: string[] = [];
  for (const write of writes) {
    if (await takeBack(write, blobs)) continue;
    problems.push(
      `${write.path} was changed by another program while “${step.record.title}” was being saved and the studio ` +
        'ended. It was left as it is; look at it before you go on.',
    );
  }
  if (step.kind !== 'undo') await removeMadeFolders(root, step.record);
  return problems;
}

async function removeTemporary(write: FileWrite): Promise<void> {
  const folder = dirname(write.place);
  const start = `${TEMPORARY_PREFIX}${basename(write.place).slice(0, 60)}-`;
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const name of names) {
    if (name.startsWith(start)) await rm(join(folder, name), { force: true });
  }
}

/** An entry that is still being written, by another studio on the same workspace. */
async function isBusy(name: string, path: string): Promise<boolean> {
  const pid = Number(/\d+/.exec(name)?.[0]); // also of an entry whose own writing was cut short
  if (pid === process.pid || (Number.isInteger(pid) && !isAlive(pid))) return false;
  return Date.now() - (await stat(path)).mtimeMs < LONGEST_SAVE_MILLISECONDS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function readStep(path: string): Promise<HistoryStep | null> {
  const parsed = historyStep.safeParse(JSON.parse(await readFile(path, 'utf8')));
  return parsed.success ? parsed.data : null;
}
