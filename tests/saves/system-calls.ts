import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepName } from './fault-project.ts';
import { expectAllOrNothing, freshCopy, ONE_SAVE, prepare, resultOf, STEPS, type Trees } from './one-step.ts';
import { makeFolder } from './studio.ts';

/** What faults at system calls came to. */
export interface CallCounts {
  readonly runs: number;
  /** Runs that were killed, and those that were told that nothing was saved. */
  readonly killed: number;
  readonly refused: number;
  /** The fault was met where the save did not depend on it. */
  readonly saved: number;
  /** Runs for each kind of call. */
  readonly calls: Readonly<Record<string, number>>;
}

/** The calls that change a file or a folder; of those that another machine has not, strace is told not to mind. */
const CALLS: Readonly<Record<string, string>> = {
  fsync: 'fsync',
  rename: '?rename,?renameat,?renameat2',
  unlink: '?unlink,?unlinkat',
  mkdir: '?mkdir,?mkdirat',
  rmdir: '?rmdir',
  fchmod: 'fchmod',
};
const FAULTS = ['signal=KILL', 'error=EIO'];
// What the system refuses where permissions are lost in the middle.
const REFUSABLE = new Set(['rename', 'unlink', 'mkdir', 'rmdir']);
// One thread of the pool: calls are counted a thread, and this one makes all that do not belong to the main one.
const ENVIRONMENT = { ...process.env, UV_THREADPOOL_SIZE: '1' };

/** Whether strace is there and may look into processes. */
export function canTrace(): boolean {
  return spawnSync('strace', ['-f', '-o', '/dev/null', 'true']).status === 0;
}

/**
 * Kills a studio at its first call of a kind, at its second and so on, and lets each of them fail: fails where what is
 * left is neither all nor nothing, before the next start or behind it, or where undo does not fit to it. `every` leaves
 * out all but each so-manieth call.
 */
export async function faultEveryCall(every = 1): Promise<CallCounts> {
  const counts = { runs: 0, killed: 0, refused: 0, saved: 0, calls: {} as Record<string, number> };
  for (const step of STEPS) {
    const folder = makeFolder();
    try {
      const trees = await prepare(folder, step);
      const made = countCalls(folder, step);
      let turn = 0;
      for (const [name, calls] of Object.entries(CALLS)) {
        const faults = REFUSABLE.has(name) ? [...FAULTS, 'error=EACCES'] : FAULTS;
        for (let at = 1; at <= (made[name] ?? 0); at += 1) {
          for (const fault of faults) {
            turn += 1;
            if (turn % every !== 0) continue;
            const result = await faultOne(folder, step, `${calls}:${fault}:when=${at}`, trees);
            counts.runs += 1;
            counts[result] += 1;
            counts.calls[name] = (counts.calls[name] ?? 0) + 1;
          }
        }
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return counts;
}

/** How many calls of each kind a step makes, by the thread that makes most of them. */
function countCalls(folder: string, step: StepName): Readonly<Record<string, number>> {
  const { log } = runTraced(folder, step, `trace=${Object.values(CALLS).join()}`);
  const threads = new Map<string, Record<string, number>>();
  for (const line of log.split('\n')) {
    const [, thread, call] = /^(\d+) +([a-z]+?)(?:at|at2)?\(/.exec(line) ?? [];
    if (thread === undefined || call === undefined) continue;
    const counts = threads.get(thread) ?? {};
    counts[call] = (counts[call] ?? 0) + 1;
    threads.set(thread, counts);
  }
  return Object.fromEntries(
    Object.keys(CALLS).map((call) => [
      call,
      Math.max(...[...threads.values()].map((counts) => counts[call] ?? 0)),
    ]),
  );
}

/** Takes a step in a fresh copy of the workspace while strace looks on. */
function runTraced(folder: string, step: StepName, expression: string) {
  const { root, storage } = freshCopy(folder);
  const log = join(folder, 'log');
  const trace = ['-f', '-qq', '-o', log, '-e', 'signal=none', '-e', expression];
  const command = [...trace, process.execPath, ONE_SAVE, root, storage, step];
  const { stdout, stderr, signal } = spawnSync('strace', command, { encoding: 'utf8', env: ENVIRONMENT });
  return { root, storage, stdout, stderr, signal, log: readFileSync(log, 'utf8') };
}

async function faultOne(
  folder: string,
  step: StepName,
  inject: string,
  trees: Trees,
): Promise<'killed' | 'refused' | 'saved'> {
  const { root, storage, stdout, stderr, signal, log } = runTraced(folder, step, `inject=${inject}`);
  const what = `${step}, ${inject}`;
  if (signal === null && !log.includes('INJECTED'))
    throw new Error(`${what}: the call was not made. ${stderr}`);
  const result = signal === 'SIGKILL' ? null : resultOf(stdout, `${what}: ${stderr}`);
  await expectAllOrNothing({ root, storage, step, trees, result, what });
  return result?.kind ?? 'killed';
}
