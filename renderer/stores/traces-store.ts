import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { FailureValue } from '../../shared/contract/failure.ts';
import type { Trace, TracePlan, TraceSummary } from '../../shared/contract/trace-calls.ts';
import { failureOf } from './notices.ts';

/** The requests that the user's server answered, and the one in sight. */
export interface TracesState {
  /** Oldest first; at most as many as the host keeps. */
  readonly traces: readonly TraceSummary[];
  readonly on: boolean;
  readonly shown: number | null;
  /** The whole of the one in sight, once it is read. */
  readonly trace: Trace | null;
  readonly failure: FailureValue | null;
}

/** Follows the requests to the user's server. */
export interface TracesStore {
  readonly state: StoreApi<TracesState>;
  /** Makes sure that they are followed; for views that show them. */
  readonly need: () => Promise<void>;
  readonly show: (id: number | null) => Promise<void>;
  readonly forget: () => Promise<void>;
  readonly switchTo: (on: boolean) => Promise<void>;
  /** How the database carries out a query of the request in sight. */
  readonly explain: (query: number) => Promise<TracePlan>;
  readonly clear: () => void;
}

const KEPT = 1000;
const nothing: TracesState = { traces: [], on: true, shown: null, trace: null, failure: null };

/** Makes the store of traces. */
export function createTracesStore(api: Client): TracesStore {
  const state = createStore<TracesState>(() => nothing);
  let wanted = false;
  let epoch = 0;

  const list = async (): Promise<void> => {
    const mine = epoch;
    const { on, traces } = await api.call('traces.list', {});
    if (mine === epoch) state.setState(({ traces: newer }) => ({ on, traces: joined(traces, newer) }));
  };

  api.subscribe('traces.added', ({ traces }) => {
    if (wanted) state.setState(({ traces: before }) => ({ traces: joined(before, traces) }));
  });
  api.subscribe('traces.cleared', () => {
    state.setState({ traces: [], shown: null, trace: null, failure: null });
  });

  return {
    state,
    need: async () => {
      if (wanted) return;
      wanted = true;
      await list();
    },
    show: async (id) => {
      state.setState({ shown: id, trace: null, failure: null });
      if (id === null) return;
      try {
        const trace = await api.call('traces.read', { id });
        if (state.getState().shown === id) state.setState({ trace });
      } catch (error) {
        if (state.getState().shown === id) state.setState({ failure: failureOf(error) });
      }
    },
    forget: async () => {
      await api.call('traces.clear', {});
    },
    switchTo: async (on) => {
      await api.call('traces.switch', { on });
      state.setState({ on });
    },
    explain: async (query) => {
      const { shown } = state.getState();
      if (shown === null) return { plan: [], missingIndexes: [] };
      return api.call('traces.explain', { id: shown, query });
    },
    clear: () => {
      epoch += 1;
      wanted = false;
      state.setState(nothing);
    },
  };
}

/** The list with newer ones behind it; what stands in both is there once. */
export function joined(
  before: readonly TraceSummary[],
  newer: readonly TraceSummary[],
): readonly TraceSummary[] {
  const last = before.at(-1)?.id ?? 0;
  return [...before, ...newer.filter(({ id }) => id > last)].slice(-KEPT);
}
