import { createStore, type StoreApi } from 'zustand/vanilla';

/** What is chosen and asked in the list of routes. */
export interface RoutesState {
  /** Id of the route whose details are shown. */
  readonly chosen: string | null;
  /** The form of a new route is open. */
  readonly adding: boolean;
}

/** Shared by the list of routes and the commands about them. */
export interface RoutesStore {
  readonly state: StoreApi<RoutesState>;
  readonly choose: (id: string | null) => void;
  readonly add: () => void;
  readonly close: () => void;
  readonly clear: () => void;
}

const nothing: RoutesState = { chosen: null, adding: false };

/** Makes the store of the list of routes. */
export function createRoutesStore(): RoutesStore {
  const state = createStore<RoutesState>(() => nothing);
  return {
    state,
    choose: (chosen) => {
      state.setState({ chosen });
    },
    add: () => {
      state.setState({ adding: true });
    },
    close: () => {
      state.setState({ adding: false });
    },
    clear: () => {
      state.setState(nothing);
    },
  };
}
