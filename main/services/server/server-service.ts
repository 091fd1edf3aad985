import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import {
  type CheckIssue,
  type HostFootprint,
  type PortConflict,
  type ServerStatus,
  stoppedServer,
} from '../../../shared/contract/host-calls.ts';
import type { HostEvent } from '../host/host-events.ts';
import type { HostService } from '../host/host-service.ts';
import type { FileNotice } from '../source/source-service.ts';
import {
  commandLine,
  type CommandPlace,
  type CommandRun,
  type CommandState,
  startCommand,
} from './command-run.ts';
import { findPortHolder, nextFreePort, untilPortIsFree } from './port-holder.ts';
import { reloadsFor } from './reload-rule.ts';
import { createServerLog } from './server-log.ts';

/** The calls `server.*`: the user's own server, and what it says. */
export interface ServerService {
  readonly status: () => CallOutput<'server.status'>;
  readonly start: (input: CallParsed<'server.start'>) => Promise<CallOutput<'server.start'>>;
  readonly stop: () => Promise<CallOutput<'server.stop'>>;
  readonly restart: () => Promise<CallOutput<'server.restart'>>;
  readonly tabs: (input: CallParsed<'server.tabs'>) => Promise<CallOutput<'server.tabs'>>;
  readonly processes: () => Promise<CallOutput<'server.processes'>>;
  readonly log: () => CallOutput<'server.log'>;
  readonly clearLog: () => CallOutput<'server.clearLog'>;
  /** Files were written, by us or others: what is served follows. */
  readonly filesChanged: (changes: readonly FileNotice[]) => void;
  /** Runs what ends the host for another one; what was served will be served again, at the same port. */
  readonly throughAnotherHost: (endHost: () => Promise<unknown>) => Promise<void>;
  /** Ends the command of the user's own, where one serves. */
  readonly endCommand: () => Promise<void>;
  /** The project was closed: forgets everything of it. */
  readonly reset: () => void;
  readonly dispose: () => void;
}

interface OwnCommand {
  readonly command: string;
  readonly place: CommandPlace;
}

type StateEvent = Extract<HostEvent, { event: 'serve.state' }>;

/** Follows the host's events as one status, and turns the calls into the host's. */
export function createServerService(deps: {
  readonly emit: Emit;
  readonly host: HostService;
  /** The port of the settings; 0 for any. */
  readonly wantedPort: () => Promise<number>;
  /** What runs the project instead of the host; null where the host serves it. */
  readonly ownCommand: () => Promise<OwnCommand | null>;
  /** A new generation serves: what was known of the running project is old. */
  readonly onServing: (generation: number) => void;
  readonly report: (error: unknown) => void;
}): ServerService {
  const { emit, host } = deps;
  const log = createServerLog(emit);
  let status = stoppedServer;
  // A new host counts from one again; the window must not take its first boot for an old one.
  let generationsBefore = 0;
  // The port to serve on again when the host is lost; null when nothing shall be served.
  let shallServe: number | null = null;
  // A new host reloads the tabs unless it is told not to.
  let reloadsTabs = true;
  // What the host says with each boot is said once.
  const told = new Set<string>();
  let own: { readonly run: CommandRun; readonly command: string } | null = null;

  const change = (next: ServerStatus): void => {
    status = next;
    emit('server.changed', status);
  };

  const onOwnState = (next: CommandState): void => {
    if (own === null) return;
    const { run, command } = own;
    const address = `http://localhost:${run.port}/`;
    const ended = next.state === 'broken' && next.ended;
    if (next.state === 'booting') generationsBefore += 1;
    change({
      state: next.state,
      port: run.port,
      address: ended ? null : address,
      failure: next.state === 'broken' ? next.failure : null,
      lastGood: false,
      bootMilliseconds: next.state === 'serving' ? next.milliseconds : status.bootMilliseconds,
      generation: next.state === 'booting' ? status.generation + 1 : status.generation,
      checks: [],
      slow: null,
      command,
    });
    if (next.state === 'serving') {
      log.note('info', `Serving ${address} after ${next.milliseconds} ms.`);
      deps.onServing(status.generation);
    }
    if (next.state === 'broken') log.note('error', next.failure.message);
  };

  const startOwn = async ({ command, place }: OwnCommand, wanted: number): Promise<void> => {
    const port = wanted === 0 ? await nextFreePort(FIRST_PORT) : wanted;
    if ((await nextFreePort(port)) !== port) {
      throw await withHolder(new Failure('port-in-use', `Port ${port} is taken.`), port);
    }
    log.note('info', `Running ${commandLine(command, port)}`);
    log.note('info', WITHOUT_STUDIO);
    const run = startCommand({ command, port, place, log, onState: onOwnState });
    own = { run, command };
    onOwnState({ state: 'booting' });
  };

  const endOwn = async (): Promise<void> => {
    const ending = own;
    own = null;
    await ending?.run.stop();
  };

  const stopOwn = async (): Promise<void> => {
    await endOwn();
    change({ ...stoppedServer, generation: status.generation });
    log.note('info', 'Stopped.');
  };

  const onState = (event: StateEvent): void => {
    if (own !== null) return; // the host tells that it serves nothing
    const { state, port, failure, lastGood } = event;
    const generation = generationsBefore + event.generation;
    const address = state === 'stopped' || port === null ? null : `http://localhost:${port}/`;
    change({
      state,
      port: address === null ? null : port,
      address,
      failure: state === 'booting' ? status.failure : failure,
      slow: state === 'booting' ? failure : null,
      lastGood: state === 'booting' ? isAnswering(status) : lastGood,
      bootMilliseconds: event.bootMilliseconds ?? status.bootMilliseconds,
      generation,
      checks: state === 'stopped' ? [] : status.checks,
    });
    if (state === 'serving') {
      log.note('info', `Serving ${address} after ${event.bootMilliseconds ?? 0} ms.`);
      deps.onServing(generation);
    }
    if (state === 'broken' && failure !== null) log.note('error', failure.traceback || failure.message);
    if (state === 'stopped') log.note('info', 'Stopped.');
  };

  const onLog = (event: Extract<HostEvent, { event: 'log' }>): void => {
    if (event.logger !== 'samois') log.add(lineOf(event));
    else if (!told.has(event.text)) {
      told.add(event.text);
      log.note(event.level, event.text);
    }
  };

  const onChecks = (checks: readonly CheckIssue[], generation: number): void => {
    if (generationsBefore + generation === status.generation) change({ ...status, checks });
  };

  const onLost = (message: string, final: boolean): void => {
    if (own !== null) return; // it ran jobs alone
    generationsBefore = status.generation;
    log.note('critical', message);
    const port = shallServe;
    change({ ...stoppedServer, generation: status.generation, failure: lostFailure(message) });
    if (port === null) return;
    if (final) {
      shallServe = null;
      log.note(
        'critical',
        'It did so too often within a minute and is not started again. Press Start to try once more.',
      );
      return;
    }
    void serveAgain(port);
  };

  const onEnded = (): void => {
    if (own !== null) return;
    shallServe = null;
    generationsBefore = status.generation;
    change({ ...stoppedServer, generation: status.generation });
  };

  const forget = host.onEvent((event) => {
    if (event.event === 'serve.state') onState(event);
    else if (event.event === 'checks') onChecks(event.issues, event.generation);
    else if (event.event === 'log') onLog(event);
    else if (event.event === 'request') log.add(requestLine(event));
    else if (event.event === 'dropped' && event.id === undefined)
      log.countDropped(event.lines + event.events);
    else if (event.event === 'lost') onLost(event.message, event.final);
    else if (event.event === 'ended') onEnded();
  });

  const serve = async (port: number): Promise<void> => {
    try {
      if (!reloadsTabs) await host.call('serve.tabs', { on: false });
      const served = await host.call('serve.start', { host: 'localhost', port });
      shallServe = (served as { readonly port: number }).port; // the very one, where any would do
    } catch (error) {
      throw await withHolder(error, port);
    }
  };

  const serveAgain = async (port: number): Promise<void> => {
    try {
      await untilPortIsFree(port);
      await serve(port);
    } catch (error) {
      const known = error instanceof Failure;
      log.note('error', known ? error.message : 'The server could not be started again.');
      if (!known) deps.report(error);
    }
  };

  const stop = async (): Promise<ServerStatus> => {
    shallServe = null;
    if (own !== null) await stopOwn();
    else if (host.isRunning()) await host.call('serve.stop');
    else if (status.state !== 'stopped' || status.failure !== null)
      change({ ...stoppedServer, generation: status.generation });
    return status;
  };

  const start: ServerService['start'] = async (input) => {
    const port = input.port ?? (await deps.wantedPort());
    if (status.state !== 'stopped') {
      if (input.port === undefined || port === status.port) return status;
      await stop();
    }
    const chosen = await deps.ownCommand();
    if (chosen !== null) await startOwn(chosen, port);
    else {
      host.forgiveCrashes();
      await serve(port);
    }
    return status;
  };

  const restart = async (): Promise<ServerStatus> => {
    if (own !== null) {
      const { port } = own.run;
      await stopOwn();
      return start({ port });
    }
    if (status.state === 'stopped') return start({});
    host.forgiveCrashes();
    await host.call('serve.restart');
    return status;
  };

  const reload = (changes: readonly FileNotice[]): void => {
    if (!host.isRunning()) return;
    for (const { kind, files } of reloadsFor(changes)) {
      host.call('serve.reload', { kind, files }).catch((error: unknown) => {
        if (!(error instanceof Failure)) deps.report(error); // a host that has just ended reloads by its restart
      });
    }
  };

  return {
    status: () => status,
    start,
    stop,
    restart,
    endCommand: endOwn,
    tabs: async ({ on }) => {
      reloadsTabs = on;
      if (host.isRunning()) await host.call('serve.tabs', { on });
      return null;
    },
    processes: async () => {
      if (!host.isRunning()) return noProcesses;
      try {
        return (await host.call('processes')) as HostFootprint;
      } catch (error) {
        if (error instanceof Failure) return noProcesses; // the host has just ended
        throw error;
      }
    },
    log: log.read,
    clearLog: () => {
      log.clear();
      return null;
    },
    filesChanged: reload,
    throughAnotherHost: async (endHost) => {
      const port = shallServe;
      if (own !== null) {
        await endHost();
        await restart(); // another interpreter runs it now
        return;
      }
      await endHost();
      if (port !== null) void serveAgain(port);
    },
    reset: () => {
      told.clear();
      log.clear();
      onEnded();
    },
    dispose: () => {
      forget();
      log.dispose();
    },
  };
}

const FIRST_PORT = 8000;
const WITHOUT_STUDIO =
  'A command of your own serves the project: what it does after a save is its own matter,\n' +
  'and the studio neither notes its requests nor reloads browser tabs.';

/** Names who holds the port that could not be had, and the next that can. */
async function withHolder(error: unknown, port: number): Promise<unknown> {
  if (!(error instanceof Failure) || error.code !== 'port-in-use') return error;
  const [holder, free] = await Promise.all([findPortHolder(port), nextFreePort(port + 1)]);
  const conflict: PortConflict = { port, holder, free };
  const way = free === 0 ? 'Choose another one.' : `Port ${free} is free.`;
  const message = `Port ${port} is taken by ${holder ?? 'another program'}. ${way}`;
  return new Failure('port-in-use', message, { ...conflict });
}

function isAnswering(status: ServerStatus): boolean {
  return status.state === 'serving' || status.lastGood;
}

const noProcesses: HostFootprint = { processes: [], preloaded: [], checkpoints: [] };

type Line = Parameters<ReturnType<typeof createServerLog>['add']>[0];

function lineOf(event: Extract<HostEvent, { event: 'log' }>): Line {
  const { time, stream, level, logger, text } = event;
  return { time, stream, level, logger, text };
}

/** As `runserver` logs a request, with its time. */
function requestLine(event: Extract<HostEvent, { event: 'request' }>): Line {
  const { time, method, path, status, milliseconds } = event;
  const code = status ?? 0;
  const level = code >= 500 ? 'error' : code >= 400 ? 'warning' : 'info';
  const text = `${method} ${path} ${status ?? 'no answer'} ${Math.round(milliseconds)} ms`;
  return { time, stream: 'stdout', level, logger: 'django.server', text };
}

function lostFailure(message: string): NonNullable<ServerStatus['failure']> {
  return { type: 'HostEnded', message, file: null, line: null, text: null, traceback: '', frames: [] };
}
