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
}

/** Starts the studio; `folder` is opened at once, `env` is added to the suite's own. */
export async function startStudio(options: {
  readonly folder?: string;
  readonly stateFolder?: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<StudioProcess> {
  const stateFolder = options.stateFolder ?? (await mkdtemp(join(tmpdir(), 'samois-state-')));
  const child = spawn(
    process.execPath,
    [entry, '--no-open', ...(options.folder === undefined ? [] : [options.folder])],
    {
      env: { ...process.env, ...options.env, SAMOIS_STATE_FOLDER: stateFolder },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const stop = async (): Promise<number | null> => {
    child.kill('SIGINT');
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
    void ended.then((code) => reject(new Error(`The studio ended with ${String(code)}: ${output}`)));
  });
  return { link, pid: child.pid ?? -1, stateFolder, stop };
}
