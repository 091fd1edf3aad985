import { type ChildProcess, execFile, spawn, type StdioOptions } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';

/** A program with everything it starts: none of it outlives the studio, however that ends. */
export interface GuardedProcess {
  readonly child: ChildProcess;
  /** Signals the program and everything of its group; gone already is no error. */
  readonly signal: (signal: 'SIGTERM' | 'SIGKILL') => void;
}

/** What to run. The program gets no input. */
export interface GuardedRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Its descriptors from 1 on; 0 is empty. */
  readonly outputs: readonly ('ignore' | 'pipe')[];
}

/** Everything that a guarded program starts has it in its environment, with a value of its own. */
const MARKER = 'SAMOIS_PROCESS';

/**
 * The shell becomes the program itself, so that pid, exit code and signals are the program's. What stays beside
 * it in the group waits for the end of a pipe whose other end only the studio has, and then ends the group: a
 * studio that was killed can't do it any more. What left the group is known by its environment, where the
 * system shows it (Linux); it goes first, because the program may end its own group, and the guard with it, as
 * soon as one of the group is gone. `$1` is the descriptor of that pipe, `$2` the marker; the third word after
 * the name in `/proc/N/stat` is the group.
 */
const GUARD = [
  'guard=$1 marker=$2; shift 2',
  '(trap "" TERM INT HUP; eval "exec 0<&$guard $guard<&- 1>/dev/null 2>&1 3>&- 4>&-"; cd /; read -r line',
  'for each in $(grep -la "$marker" /proc/[0-9]*/environ); do',
  '  folder=${each%/environ} stat=""; read -r stat < "$folder/stat"; set -- ${stat##*) }',
  '  [ "$3" = "$$" ] || kill -s KILL "${folder#/proc/}"',
  'done',
  // Not `kill -9 -- -N`: Debian's shell refuses that form.
  'kill -s KILL -- "-$$") &',
  'eval "exec $guard<&-"',
  'export "$marker"',
  'exec "$@"',
].join('\n');

/** Starts a program in a process group of its own, with a guard beside it where there are process groups. */
export function spawnGuarded(run: GuardedRun): GuardedProcess {
  const windows = process.platform === 'win32';
  const stdio: StdioOptions = ['ignore', ...run.outputs];
  const guard = String(stdio.length);
  const marker = `${MARKER}=${randomUUID()}`;
  const child = windows
    ? spawn(run.command, run.args, { cwd: run.cwd, env: run.env, windowsHide: true, stdio })
    : spawn('/bin/sh', ['-c', GUARD, 'sh', guard, marker, run.command, ...run.args], {
        cwd: run.cwd,
        env: run.env,
        detached: true,
        stdio: [...stdio, 'pipe'],
      });
  // Its end is told by the process; nothing is ever written.
  child.stdio[Number(guard)]?.on('error', () => undefined);
  const signal: GuardedProcess['signal'] = (name) => {
    if (child.pid !== undefined) signalGroup(child, child.pid, name);
  };
  // What the program left behind ends with it, and so does the guard.
  child.once('exit', () => {
    signal('SIGKILL');
    endMarked(marker);
  });
  return { child, signal };
}

/** The guard is of the group as long as the studio lives, so the number of the group is no other's. */
function signalGroup(child: ChildProcess, pid: number, signal: 'SIGTERM' | 'SIGKILL'): void {
  if (process.platform === 'win32') {
    if (child.exitCode === null) execFile('taskkill', ['/pid', String(pid), '/t', '/f'], () => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // all gone already
  }
}

/** Ends what left the group with a session of its own, where the system tells whose it was. */
function endMarked(marker: string): void {
  if (process.platform !== 'linux') return;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
      if (environment.split('\0').includes(marker)) process.kill(Number(pid), 'SIGKILL');
    } catch {
      continue; // it has just ended, or is another user's
    }
  }
}
