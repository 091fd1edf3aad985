import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import {
  closedShell,
  type ShellEntry,
  type ShellOption,
  type ShellStatus,
} from '../../shared/contract/shell-calls.ts';

/** The Django shell and what stands in it. */
export interface DjangoShellState {
  readonly status: ShellStatus;
  readonly entries: readonly ShellEntry[];
  /** What was typed before, oldest first. */
  readonly history: readonly string[];
}

/** Types in the Django shell, and follows it. */
export interface DjangoShellStore {
  readonly state: StoreApi<DjangoShellState>;
  /** Makes sure that it is followed; for views that show it. Starts nothing. */
  readonly need: () => Promise<void>;
  readonly open: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** False when more has to follow. */
  readonly run: (text: string, whole: boolean) => Promise<boolean>;
  readonly complete: (
    before: string,
  ) => Promise<{ readonly start: number; readonly options: readonly ShellOption[] }>;
  readonly interrupt: () => Promise<void>;
  readonly forget: () => Promise<void>;
  readonly clear: () => void;
}

const KEPT_ENTRIES = 2000;
const nothing: DjangoShellState = { status: closedShell, entries: [], history: [] };

/** Makes the store of the Django shell. */
export function createDjangoShellStore(api: Client): DjangoShellStore {
  const state = createStore<DjangoShellState>(() => nothing);
  let wanted = false;
  const read = async (): Promise<void> => {
    state.setState(await api.call('shell.read', {}));
  };

  api.subscribe('shell.changed', (status) => {
    state.setState({ status });
  });
  api.subscribe('shell.wrote', ({ entries: newer }) => {
    state.setState(({ entries, history }) => ({
      entries: joined(entries, newer),
      history: [...history, ...newer.filter(({ kind }) => kind === 'input').map(({ text }) => text)],
    }));
  });
  api.onReconnect(() => {
    if (wanted) void read(); // events may have passed
  });
  return {
    state,
    need: async () => {
      if (wanted) return;
      wanted = true;
      await read();
    },
    open: async () => {
      await api.call('shell.open', {});
    },
    restart: async () => {
      await api.call('shell.restart', {});
    },
    close: async () => {
      await api.call('shell.close', {});
    },
    run: async (text, whole) => (await api.call('shell.run', { text, whole })).ran,
    complete: (text) => api.call('shell.complete', { text }),
    interrupt: async () => {
      await api.call('shell.interrupt', {});
    },
    forget: async () => {
      await api.call('shell.clear', {});
      state.setState({ entries: [] });
    },
    clear: () => {
      wanted = false;
      state.setState(nothing);
    },
  };
}

/** What stands there with what is new. */
export function joined(before: readonly ShellEntry[], newer: readonly ShellEntry[]): readonly ShellEntry[] {
  const last = before.at(-1)?.id ?? 0;
  return [...before, ...newer.filter(({ id }) => id > last)].slice(-KEPT_ENTRIES);
}
