import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangedOutside } from '../../shared/contract/source-calls.ts';

/** The places of the activity bar. */
export type ViewId =
  | 'models'
  | 'routes'
  | 'project'
  | 'code'
  | 'server'
  | 'database'
  | 'migrations'
  | 'requests'
  | 'export'
  | 'settings';

/** The parts of the server's view. */
export type ServerTab = 'log' | 'requests' | 'tests' | 'shell' | 'commands' | 'processes' | 'checks';

/** What stands in front of everything else. */
export type ShellDialog =
  | { readonly kind: 'new-project'; readonly template: 'blank' | 'example' }
  | { readonly kind: 'open-folder' }
  | { readonly kind: 'trust' }
  | { readonly kind: 'difference'; readonly change: ChangedOutside }
  | { readonly kind: 'interpreter' }
  | { readonly kind: 'shortcuts' };

/** What the window shows where. */
export interface ShellState {
  readonly view: ViewId;
  readonly serverTab: ServerTab;
  readonly palette: 'commands' | 'files' | null;
  readonly dialog: ShellDialog | null;
  /** The panel below the view. */
  readonly panel: 'jobs' | 'problems' | null;
}

/** Moves the user around the window. */
export interface ShellStore {
  readonly state: StoreApi<ShellState>;
  readonly show: (view: ViewId) => void;
  /** Goes to a part of the server's view. */
  readonly showServer: (tab: ServerTab) => void;
  readonly openPalette: (palette: 'commands' | 'files') => void;
  readonly closePalette: () => void;
  readonly openDialog: (dialog: ShellDialog) => void;
  readonly closeDialog: () => void;
  /** Opens the panel, or closes it when it is the open one. */
  readonly togglePanel: (panel: 'jobs' | 'problems') => void;
  readonly openPanel: (panel: 'jobs' | 'problems') => void;
  readonly closePanel: () => void;
}

/** Makes the store of the window's frame. */
export function createShellStore(): ShellStore {
  const state = createStore<ShellState>(() => ({
    view: 'models',
    serverTab: 'log',
    palette: null,
    dialog: null,
    panel: null,
  }));
  return {
    state,
    show: (view) => {
      state.setState({ view });
    },
    showServer: (serverTab) => {
      state.setState({ view: 'server', serverTab });
    },
    openPalette: (palette) => {
      state.setState({ palette });
    },
    closePalette: () => {
      state.setState({ palette: null });
    },
    openDialog: (dialog) => {
      state.setState({ dialog, palette: null });
    },
    closeDialog: () => {
      state.setState({ dialog: null });
    },
    togglePanel: (panel) => {
      state.setState((before) => ({ panel: before.panel === panel ? null : panel }));
    },
    openPanel: (panel) => {
      state.setState({ panel });
    },
    closePanel: () => {
      state.setState({ panel: null });
    },
  };
}
