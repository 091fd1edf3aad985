import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import { stripVTControlCharacters } from 'node:util';
import { Failure } from '../../../shared/contract/failure.ts';
import { spawnGuarded } from '../guarded-process.ts';

/** One program to run to its end. */
export interface ToolRun {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly timeoutMilliseconds?: number;
  /** Hears every line of both outputs, without control sequences. */
  readonly onLine?: (line: string) => void;
}

/** How a program ended. */
export interface ToolResult {
  /** Null when a signal or the timeout ended it. */
  readonly code: number | null;
  readonly timedOut: boolean;
  /** Standard output, at most the last million characters. */
  readonly stdout: string;
  /** The last lines of both outputs as they came: where tools say why they failed. */
  readonly tail: readonly string[];
}

const KEPT_CHARACTERS = 1_000_000;
const KEPT_LINES = 400;
const LONGEST_LINE = 4000;
const PATIENCE_MILLISECONDS = 2000;

/**
 * Runs a program in a process group of its own, so that a cancel ends it with everything it started.
 * Rejects with a Failure when it can't be started or was cancelled; its exit code is the caller's to judge.
 */
export async function runTool(run: ToolRun): Promise<ToolResult> {
  await refuseMissing(run.command);
  if (run.signal?.aborted === true) throw cancelled();
  return followTool(run);
}

function followTool(run: ToolRun): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const { command, args, cwd, env } = run;
    const { child, signal } = spawnGuarded({ command, args, cwd, env, outputs: ['pipe', 'pipe'] });
    const output = collectOutput(run.onLine);
    child.stdout?.on('data', output.stdout);
    child.stderr?.on('data', output.stderr);

    let timedOut = false;
    let impatience: NodeJS.Timeout | undefined;
    const end = (): void => {
      signal('SIGTERM');
      impatience = setTimeout(() => {
        signal('SIGKILL');
        // A grandchild that left the group may hold the pipes open for ever.
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, PATIENCE_MILLISECONDS);
    };
    const timeout =
      run.timeoutMilliseconds === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            end();
          }, run.timeoutMilliseconds);
    run.signal?.addEventListener('abort', end);
    const settle = (): void => {
      clearTimeout(timeout);
      clearTimeout(impatience);
      run.signal?.removeEventListener('abort', end);
    };
    child.on('error', (error) => {
      settle();
      reject(notStarted(run.command, error));
    });
    child.on('close', (code) => {
      settle();
      if (run.signal?.aborted === true) reject(cancelled());
      else resolve({ code, timedOut, ...output.end() });
    });
  });
}

/** Gathers both outputs of a child; lines are told as soon as they are whole. */
function collectOutput(onLine: ((line: string) => void) | undefined) {
  const tail: string[] = [];
  let stdout = '';
  const line = (raw: string): void => {
    const text = stripVTControlCharacters(raw).slice(0, LONGEST_LINE).trimEnd();
    if (text === '') return;
    tail.push(text);
    if (tail.length > KEPT_LINES) tail.shift();
    onLine?.(text);
  };
  const lines = () => {
    const decoder = new StringDecoder('utf8');
    let rest = '';
    const take = (text: string): void => {
      const parts = (rest + text).split(/[\r\n]+/u); // progress bars end their lines with \r
      rest = (parts.pop() ?? '').slice(-LONGEST_LINE);
      parts.forEach(line);
    };
    return {
      write: (chunk: Buffer): string => {
        const text = decoder.write(chunk);
        take(text);
        return text;
      },
      end: (): void => {
        take(`${decoder.end()}\n`);
      },
    };
  };
  const out = lines();
  const error = lines();
  return {
    stdout: (chunk: Buffer): void => {
      stdout = (stdout + out.write(chunk)).slice(-KEPT_CHARACTERS);
    },
    stderr: (chunk: Buffer): void => {
      error.write(chunk);
    },
    end: () => {
      out.end();
      error.end();
      return { stdout, tail };
    },
  };
}

/** Asked before, because a shell starts the program: it would answer with words of its own. */
async function refuseMissing(command: string): Promise<void> {
  if (!isAbsolute(command)) return; // looked up on PATH
  try {
    await access(command, constants.X_OK);
  } catch (error) {
    throw notStarted(command, error);
  }
}

function cancelled(): Failure {
  return new Failure('cancelled', 'It was cancelled.');
}

function notStarted(command: string, error: unknown): Failure {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return new Failure('not-found', `${command} is not there any more.`);
  if (code === 'EACCES')
    return new Failure('not-allowed', `${command} may not be run: it is not executable.`);
  return new Failure('tool-failed', `${command} could not be started: ${message}`);
}
