import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { FailureValue } from '../../shared/contract/failure.ts';
import type { LensDifference } from '../../shared/django/lens-difference.ts';
import type { RuntimeLens } from '../../shared/django/runtime-lens.ts';
import { failureOf } from './notices.ts';

/** What Django itself says of the project. */
export interface RuntimeState {
  /** The last one that could be read; kept while the project does not boot. */
  readonly lens: RuntimeLens | null;
  /** Where it did not agree with the source when it was read; what is edited afterwards is not held against it. */
  readonly differences: readonly LensDifference[];
  readonly reading: boolean;
  /** Why it could not be read the last time. */
  readonly failure: FailureValue | null;
}

/** Reads the runtime lens once somebody needs it, and again whenever it changed. */
export interface RuntimeStore {
  readonly state: StoreApi<RuntimeState>;
  /** Makes sure that the lens is read; for views that show it. Does nothing before the project is trusted. */
  readonly need: () => void;
  readonly clear: () => void;
}

const nothing: RuntimeState = { lens: null, differences: [], reading: false, failure: null };

/** Makes the store of the runtime lens; `compare` holds it against the source as it is at that moment. */
export function createRuntimeStore(
  api: Client,
  mayRead: () => boolean,
  compare: (lens: RuntimeLens) => readonly LensDifference[],
): RuntimeStore {
  const state = createStore<RuntimeState>(() => nothing);
  let wanted = false;
  let epoch = 0;

  const read = async (): Promise<void> => {
    if (!mayRead()) return;
    const mine = (epoch += 1);
    state.setState({ reading: true });
    try {
      const lens = await api.call('runtime.read', {});
      if (mine === epoch) {
        state.setState({ lens, differences: compare(lens), reading: false, failure: null });
      }
    } catch (error) {
      if (mine === epoch) state.setState({ reading: false, failure: failureOf(error) });
    }
  };

  api.subscribe('runtime.changed', () => {
    if (wanted) void read();
  });

  return {
    state,
    need: () => {
      wanted = true;
      const { lens, reading } = state.getState();
      if (lens === null && !reading) void read();
    },
    clear: () => {
      epoch += 1;
      state.setState(nothing);
    },
  };
}
