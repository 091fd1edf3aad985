import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Settings } from '../../shared/contract/app-calls.ts';
import type { Client } from '../../shared/contract/client.ts';

/** What the user chose for the studio itself. */
export interface SettingsState {
  readonly settings: Settings;
}

/** Reads and changes the studio's own settings. */
export interface SettingsStore {
  readonly state: StoreApi<SettingsState>;
  readonly load: () => Promise<void>;
  /** Shown at once, written by the main process. */
  readonly change: (change: Partial<Settings>) => Promise<void>;
  readonly rememberPanes: (group: string, layout: Readonly<Record<string, number>>) => Promise<void>;
}

/** What holds until the main process has answered. */
export const firstSettings: Settings = {
  theme: 'system',
  confirmChanges: true,
  autoSave: false,
  editorFontSize: 13,
  serverPort: 8000,
  panes: {},
  tableColumns: {},
};

/** Makes the store of the studio's settings. */
export function createSettingsStore(api: Client): SettingsStore {
  const state = createStore<SettingsState>(() => ({ settings: firstSettings }));
  const take = (settings: Settings): void => {
    state.setState({ settings });
  };
  api.subscribe('settings.changed', take);

  const change = async (wanted: Partial<Settings>): Promise<void> => {
    const before = state.getState().settings;
    take({ ...before, ...wanted });
    try {
      take(await api.call('settings.change', wanted));
    } catch (error) {
      take(before);
      throw error;
    }
  };

  return {
    state,
    load: async () => {
      take(await api.call('settings.read', {}));
    },
    change,
    rememberPanes: (group, layout) => {
      const { panes } = state.getState().settings;
      return change({ panes: { ...panes, [group]: { ...layout } } });
    },
  };
}
