import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const entry = join(import.meta.dirname, '..', '..', 'dist', 'main', 'web', 'entry.js');

/** The built studio in browser mode, as `npm start -- --web` runs it, with a state folder of its own. */
export interface StudioProcess {
  /** The one-time address. */
  readonly link: string;
  readonly pid: number;
  readonly stateFolder: string;
  /** Ctrl-C, and waits for the end; gives the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Ends it in another way, and waits for the end. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** What it has complained about so far. */
  readonly complaints: () => string;
}

/** How the studio is started. */
export interface StudioStart {
  /** Opened at once. */
  readonly folder?: string;
  readonly stateFolder?: string;
  /** A program that runs it, with its arguments: `strace`. */
  readonly under?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Another user of this machine, for a test that runs as root. */
  readonly user?: number;
}

/** Starts the studio and waits for its link. */
export async function startStudio(options: StudioStart): Promise<StudioProcess> {
  const stateFolder = options.stateFolder ?? (await mkdtemp(join(tmpdir(), 'samois-state-')));
  const studio = [
    process.execPath,
    entry,
    '--no-open',
    ...(options.folder === undefined ? [] : [options.folder]),
  ];
  const [command = '', ...args] = [...(options.under ?? []), ...studio];
  const child = spawn(command, args, {
    env: { ...process.env, SAMOIS_STATE_FOLDER: stateFolder, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.user === undefined ? {} : { uid: options.user, gid: options.user }),
  });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    const code = await ended;
    if (options.stateFolder === undefined) await rm(stateFolder, { recursive: true, force: true });
    return code;
  };
  const link = await new Promise<string>((resolve, reject) => {
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      const found = /http:\/\/127\.0\.0\.1:\d+\/\S+/.exec(output);
      if (found !== null) resolve(found[0]);
    });
    void ended.then((code) => {
      reject(new Error(`The studio ended with ${String(code)}: ${output}${complaints}`));
    });
  });
  return {
    link,
    pid: child.pid ?? -1,
    stateFolder,
    stop: () => end('SIGINT'),
    end,
    complaints: () => complaints,
  };
}
