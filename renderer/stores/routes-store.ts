import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RouteReference } from '../../shared/django/operations/parts.ts';

/** A form about routes that stands in front of the list. */
export type RouteDialog =
  | { readonly kind: 'add' }
  | { readonly kind: 'include' }
  | { readonly kind: 'add-view' }
  | {
      readonly kind: 'path' | 'rename' | 'move';
      readonly route: RouteReference;
      /** With its namespace; null without a name. */
      readonly name: string | null;
    };

/** What is chosen and asked in the list of routes. */
export interface RoutesState {
  /** Id of the route whose details are shown. */
  readonly chosen: string | null;
  readonly dialog: RouteDialog | null;
}

/** Shared by the list of routes and the commands about them. */
export interface RoutesStore {
  readonly state: StoreApi<RoutesState>;
  readonly choose: (id: string | null) => void;
  readonly open: (dialog: RouteDialog) => void;
  readonly close: () => void;
  readonly clear: () => void;
}

const nothing: RoutesState = { chosen: null, dialog: null };

/** Makes the store of the list of routes. */
export function createRoutesStore(): RoutesStore {
  const state = createStore<RoutesState>(() => nothing);
  return {
    state,
    choose: (chosen) => {
      state.setState({ chosen });
    },
    open: (dialog) => {
      state.setState({ dialog });
    },
    close: () => {
      state.setState({ dialog: null });
    },
    clear: () => {
      state.setState(nothing);
    },
  };
}
