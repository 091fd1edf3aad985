import type { ChildProcess } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { Failure } from '../../../shared/contract/failure.ts';
import { type GuardedProcess, spawnGuarded } from '../guarded-process.ts';

/** Which project a host is for. */
export interface HostTarget {
  readonly interpreter: string;
  /** Where `manage.py` stands; absolute. */
  readonly projectFolder: string;
  /** Dotted: `shop.settings`. */
  readonly settingsModule: string;
}

/** How a host ended. */
export interface HostExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last it wrote to stderr, which it uses for defects of its own only. */
  readonly stderr: string;
}

/** A running host: a process group of its own, and lines in both directions. */
export interface HostProcess {
  readonly send: (message: unknown) => void;
  readonly exited: Promise<HostExit>;
  /** Ends the whole group: the pipe is closed, then the group is asked, then it is killed. */
  readonly end: () => Promise<void>;
  /** Ends the whole group at once. */
  readonly kill: () => Promise<void>;
}

const STDERR_KEPT = 20_000;
/** The host takes everything down within two seconds of the end of its pipe. */
const FAREWELL_MILLISECONDS = 3000;
const TERMINATE_MILLISECONDS = 1000;

/** Starts the host with the project's interpreter. Fails when the system can't start it at all. */
export async function startHostProcess(options: {
  readonly target: HostTarget;
  /** Folder of `run.py`. */
  readonly hostFolder: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  readonly onMessage: (message: unknown) => void;
  readonly report: (error: unknown) => void;
}): Promise<HostProcess> {
  const { target, hostFolder } = options;
  await refuseMissing(target);
  const guarded = spawnGuarded({
    command: target.interpreter,
    // The unsafe path of `-P` is the script's own folder here, and run.py leaves it by itself; so hosts of
    // interpreters older than the option (3.11) are no less safe.
    args: [
      ...['-u', join(hostFolder, 'run.py')],
      ...['--project', target.projectFolder, '--settings', target.settingsModule],
    ],
    cwd: target.projectFolder,
    outputs: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: {
      ...options.environment,
      PYTHONDONTWRITEBYTECODE: '1',
    },
  });
  await started(guarded.child, target.interpreter);
  return follow(guarded, options);
}

/** Asked before, because a shell starts the interpreter: it would answer with words of its own. */
async function refuseMissing({ interpreter, projectFolder }: HostTarget): Promise<void> {
  try {
    await access(interpreter, constants.X_OK);
    await access(projectFolder);
  } catch (error) {
    throw notStarted(interpreter, error);
  }
}

function started(child: ChildProcess, interpreter: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      reject(notStarted(interpreter, error));
    });
  });
}

function notStarted(interpreter: string, error: unknown): Failure {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'it, or the folder of the project, is not there any more' : code;
  const message = `The interpreter ${interpreter} could not be started: ${why}. Choose another one.`;
  return new Failure('host-failed', message, { interpreter, code });
}

function follow(
  { child, signal }: GuardedProcess,
  on: { readonly onMessage: (message: unknown) => void; readonly report: (error: unknown) => void },
): HostProcess {
  const [, , , requests, replies] = child.stdio as unknown as [null, null, Readable, Writable, Readable];
  let stderr = '';
  let running = true;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-STDERR_KEPT);
  });
  // Writing to a host that has just died is no news: its exit tells everybody who waits.
  requests.on('error', () => undefined);
  readLines(replies, (line) => {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch (error) {
      on.report(error); // Python writes NaN, which JSON does not know
      return;
    }
    on.onMessage(message);
  });
  const exited = new Promise<HostExit>((resolve) => {
    child.once('exit', () => {
      running = false;
    });
    // "close" comes after the last line has been read.
    child.once('close', (code, by) => {
      resolve({ code, signal: by, stderr });
    });
  });
  return {
    exited,
    send: (message) => {
      requests.write(`${JSON.stringify(message)}\n`);
    },
    end: async () => {
      requests.end();
      if (running && !(await within(exited, FAREWELL_MILLISECONDS))) signal('SIGTERM');
      if (running && !(await within(exited, TERMINATE_MILLISECONDS))) signal('SIGKILL');
      await exited;
    },
    kill: async () => {
      if (running) signal('SIGKILL');
      await exited;
    },
  };
}

function readLines(stream: Readable, onLine: (line: string) => void): void {
  let parts: string[] = [];
  stream.setEncoding('utf8').on('data', (text: string) => {
    const [first = '', ...rest] = text.split('\n');
    parts.push(first);
    for (const next of rest) {
      onLine(parts.join(''));
      parts = [next];
    }
  });
}

async function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = setTimeout(resolve, milliseconds, false);
  const done = await Promise.race([promise.then(() => true as const), late]);
  clearTimeout(timer);
  return done;
}
