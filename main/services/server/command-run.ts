import { existsSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';
import { type GuardedProcess, spawnGuarded } from '../guarded-process.ts';
import { createCommandLog } from './command-log.ts';
import { commandEnded, commandSilent } from './command-failures.ts';
import { untilPortIsFree } from './port-holder.ts';
import type { ServerLog } from './server-log.ts';

/** What a command of the user's own is run with. */
export interface CommandPlace {
  readonly folder: string;
  readonly interpreter: string;
  readonly environment: Readonly<NodeJS.ProcessEnv>;
}

/** How it is, judged by its port and by HTTP, and not by its process. */
export type CommandState =
  | { readonly state: 'booting' }
  | { readonly state: 'serving'; readonly milliseconds: number }
  | { readonly state: 'broken'; readonly failure: ProjectFailure; readonly ended: boolean };

/** One run of the command. */
export interface CommandRun {
  readonly port: number;
  /** Ends the whole process group and waits until the port is free. */
  readonly stop: () => Promise<void>;
}

const LOOK_MILLISECONDS = 200;
const LOOK_AGAIN_MILLISECONDS = 1000;
const ANSWER_MILLISECONDS = 2000;
/** After so long without an answer people want to know why. */
const PATIENCE_MILLISECONDS = 20_000;
const FAREWELL_MILLISECONDS = 5000;

/** The command as the shell gets it. */
export function commandLine(command: string, port: number): string {
  return command.replaceAll('{port}', String(port));
}

/** Starts it, and follows how it is until it is stopped. */
export function startCommand(options: {
  readonly command: string;
  readonly port: number;
  readonly place: CommandPlace;
  readonly log: Pick<ServerLog, 'add' | 'countDropped'>;
  readonly onState: (state: CommandState) => void;
}): CommandRun {
  const { command, port, place, onState } = options;
  const log = createCommandLog(options.log);
  const line = commandLine(command, port);
  const guarded = spawnLine(line, port, place);
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;
  let since = Date.now();
  let state: CommandState['state'] = 'booting';

  const tell = (next: CommandState): void => {
    if (stopping || (next.state === state && next.state !== 'broken')) return;
    state = next.state;
    onState(next);
  };
  const look = async (): Promise<void> => {
    const answers = state === 'serving' ? await accepts(port) : await speaksHttp(port);
    if (stopping) return;
    if (answers) tell({ state: 'serving', milliseconds: Date.now() - since });
    else if (state === 'serving') {
      since = Date.now(); // its own reloader, for one, lets go of the port for a moment
      tell({ state: 'booting' });
    } else if (state === 'booting' && Date.now() - since > PATIENCE_MILLISECONDS)
      tell({ state: 'broken', failure: commandSilent(command, port), ended: false });
    lookAgain(state === 'serving' ? LOOK_AGAIN_MILLISECONDS : LOOK_MILLISECONDS);
  };
  const lookAgain = (milliseconds: number): void => {
    timer = setTimeout(() => void look(), milliseconds);
  };

  for (const [name, stream] of [
    ['stdout', guarded.child.stdout],
    ['stderr', guarded.child.stderr],
  ] as const) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log.push(name, text);
    });
  }
  const exited = new Promise<void>((resolve) => {
    guarded.child.once('error', () => {
      resolve(); // the shell itself is gone
    });
    guarded.child.once('close', (code, signal) => {
      clearTimeout(timer);
      log.end();
      tell({ state: 'broken', failure: commandEnded(code, signal, log.last(), place.folder), ended: true });
      stopping = true;
      resolve();
    });
  });
  lookAgain(LOOK_MILLISECONDS);

  return {
    port,
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      await end(guarded, exited);
      await untilPortIsFree(port);
    },
  };
}

function spawnLine(line: string, port: number, place: CommandPlace): GuardedProcess {
  const { folder, interpreter, environment } = place;
  const bin = dirname(interpreter);
  const isVirtual = existsSync(join(dirname(bin), 'pyvenv.cfg'));
  return spawnGuarded({
    ...(process.platform === 'win32'
      ? { command: process.env['ComSpec'] ?? 'cmd.exe', args: ['/d', '/c', line] }
      : { command: '/bin/sh', args: ['-c', line] }),
    cwd: folder,
    env: {
      ...environment,
      // As in a terminal in which the environment was activated.
      PATH: [bin, environment['PATH'] ?? ''].join(delimiter),
      ...(isVirtual ? { VIRTUAL_ENV: dirname(bin) } : {}),
      PORT: String(port),
    },
    outputs: ['pipe', 'pipe'],
  });
}

async function end({ child, signal }: GuardedProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  signal('SIGTERM');
  const late = setTimeout(() => {
    signal('SIGKILL');
  }, FAREWELL_MILLISECONDS);
  await exited;
  clearTimeout(late);
}

const LOOPBACK = ['127.0.0.1', '::1'] as const;

async function accepts(port: number): Promise<boolean> {
  const answers = await Promise.all(LOOPBACK.map((host) => acceptsAt(host, port)));
  return answers.some(Boolean);
}

function acceptsAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ANSWER_MILLISECONDS });
    const done = (answer: boolean) => () => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', done(true)).once('timeout', done(false)).once('error', done(false));
  });
}

/** Any answer counts: a project may have nothing at `/`. */
async function speaksHttp(port: number): Promise<boolean> {
  const answers = await Promise.all(LOOPBACK.map((host) => speaksHttpAt(host, port)));
  return answers.some(Boolean);
}

function speaksHttpAt(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const asked = request({
      host,
      port,
      path: '/',
      method: 'HEAD',
      timeout: ANSWER_MILLISECONDS,
      agent: false,
    });
    asked.once('response', (response) => {
      response.resume();
      resolve(true);
    });
    asked.once('timeout', () => asked.destroy());
    asked.once('error', () => {
      resolve(false);
    });
    asked.end();
  });
}
