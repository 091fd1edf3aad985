import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import { Failure } from '../../shared/contract/failure.ts';
import {
  stoppedServer,
  type HostFootprint,
  type LogLine,
  type PortConflict,
  type ServerStatus,
} from '../../shared/contract/host-calls.ts';

/** The user's own server and what it said. */
export interface ServerState {
  readonly status: ServerStatus;
  readonly log: readonly LogLine[];
  /** Lines that were dropped before the first one. */
  readonly dropped: number;
  /** A start, stop or restart that was asked for is on its way. */
  readonly busy: boolean;
  /** Why the last start did not work: the wanted port is somebody else's. */
  readonly conflict: PortConflict | null;
  /** The command that runs the project instead of the studio's server; null where none does. */
  readonly command: string | null;
  /** Browser tabs of the site reload by themselves. */
  readonly tabs: boolean;
}

/** Starts, stops and follows the user's server. */
export interface ServerStore {
  readonly state: StoreApi<ServerState>;
  readonly load: () => Promise<void>;
  readonly clear: () => void;
  /** Fails with `port-in-use` and a `PortConflict` as detail when the port is taken. */
  readonly start: (port?: number) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly reloadTabs: (on: boolean) => Promise<void>;
  /** What keeps the project warm, and what it costs. */
  readonly processes: () => Promise<HostFootprint>;
  readonly clearLog: () => Promise<void>;
  /** Reads which command runs the project. */
  readonly readRunMode: () => Promise<void>;
  /** From the next start on; null for the studio's own server. */
  readonly runWith: (command: string | null) => Promise<void>;
}

const KEPT_LINES = 10_000;
const nothing: ServerState = {
  status: stoppedServer,
  log: [],
  dropped: 0,
  busy: false,
  conflict: null,
  command: null,
  tabs: true,
};

/** Makes the store of the user's server. */
export function createServerStore(api: Client): ServerStore {
  const state = createStore<ServerState>(() => nothing);
  const take = (status: ServerStatus): void => {
    state.setState({ status });
  };
  api.subscribe('server.changed', take);
  api.subscribe('server.logged', ({ lines, dropped }) => {
    state.setState((before) => withLog(before, lines, dropped));
  });

  const busyWith = async (work: () => Promise<ServerStatus>): Promise<void> => {
    state.setState({ busy: true, conflict: null });
    try {
      take(await work());
    } catch (error) {
      state.setState({ conflict: portConflict(error) });
      throw error;
    } finally {
      state.setState({ busy: false });
    }
  };

  return {
    state,
    load: async () => {
      const [status, { lines, dropped }] = await Promise.all([
        api.call('server.status', {}),
        api.call('server.log', {}),
      ]);
      state.setState({ status, log: lines, dropped });
    },
    clear: () => {
      state.setState(({ tabs }) => ({ ...nothing, tabs }));
    },
    start: (port) => busyWith(() => api.call('server.start', port === undefined ? {} : { port })),
    stop: () => busyWith(() => api.call('server.stop', {})),
    restart: () => busyWith(() => api.call('server.restart', {})),
    reloadTabs: async (on) => {
      await api.call('server.tabs', { on });
      state.setState({ tabs: on });
    },
    processes: () => api.call('server.processes', {}),
    readRunMode: async () => {
      state.setState(await api.call('server.runMode', {}));
    },
    runWith: async (command) => {
      state.setState(await api.call('server.setRunMode', { command }));
    },
    clearLog: async () => {
      await api.call('server.clearLog', {});
      state.setState({ log: [], dropped: 0 });
    },
  };
}

/** Who holds the wanted port, where that is why a start failed. */
export function portConflict(error: unknown): PortConflict | null {
  if (!(error instanceof Failure) || error.code !== 'port-in-use') return null;
  const { port, holder, free } = (error.detail ?? {}) as Partial<PortConflict>;
  return port === undefined ? null : { port, holder: holder ?? null, free: free ?? 0 };
}

/**
 * The log with new lines; lines that are there already are not repeated, the oldest make room. The main
 * process keeps as many lines and counts all that were left out, so its count holds here too.
 */
export function withLog(
  before: ServerState,
  lines: readonly LogLine[],
  dropped: number,
): Pick<ServerState, 'log' | 'dropped'> {
  const last = before.log.at(-1)?.id ?? -1;
  const log = [...before.log, ...lines.filter((line) => line.id > last)];
  const surplus = Math.max(log.length - KEPT_LINES, 0);
  return { log: surplus > 0 ? log.slice(surplus) : log, dropped };
}
