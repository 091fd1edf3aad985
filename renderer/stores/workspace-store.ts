import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AppInfo } from '../../shared/contract/app-calls.ts';
import type { Client } from '../../shared/contract/client.ts';
import type { RecentWorkspace, Workspace } from '../../shared/contract/workspace-calls.ts';

/** The open folder and what surrounds it. */
export interface WorkspaceState {
  readonly info: AppInfo | null;
  /** Whether it is known by now that a folder is open or that none is. */
  readonly loaded: boolean;
  readonly workspace: Workspace | null;
  readonly recent: readonly RecentWorkspace[];
}

/** Opens and closes folders, and grants trust. */
export interface WorkspaceStore {
  readonly state: StoreApi<WorkspaceState>;
  readonly load: () => Promise<void>;
  readonly open: (path: string, project?: string) => Promise<Workspace>;
  readonly close: () => Promise<void>;
  readonly forget: (path: string) => Promise<void>;
  readonly trust: () => Promise<void>;
}

/** Makes the store of the open folder. */
export function createWorkspaceStore(api: Client): WorkspaceStore {
  const state = createStore<WorkspaceState>(() => ({
    info: null,
    loaded: false,
    workspace: null,
    recent: [],
  }));
  const take = (workspace: Workspace | null): void => {
    state.setState({ workspace });
  };
  const loadRecent = async (): Promise<void> => {
    state.setState({ recent: await api.call('workspace.recent', {}) });
  };
  api.subscribe('workspace.changed', take);

  return {
    state,
    load: async () => {
      const [info, workspace] = await Promise.all([
        api.call('app.info', {}),
        api.call('workspace.current', {}),
        loadRecent(),
      ]);
      state.setState({ info, workspace, loaded: true });
    },
    open: async (path, project) => {
      const workspace = await api.call('workspace.open', {
        path,
        ...(project === undefined ? {} : { project }),
      });
      take(workspace);
      await loadRecent();
      return workspace;
    },
    close: async () => {
      await api.call('workspace.close', {});
      take(null);
      await loadRecent();
    },
    forget: async (path) => {
      await api.call('workspace.forget', { path });
      await loadRecent();
    },
    trust: async () => {
      take(await api.call('trust.grant', {}));
    },
  };
}

/** The path inside the workspace of a file that Python names by its absolute path; null for others' files. */
export function pathInWorkspace(workspace: Workspace, path: string): string | null {
  const slashes = path.replaceAll('\\', '/');
  for (const root of [workspace.realPath, workspace.path]) {
    const folder = `${root.replaceAll('\\', '/').replace(/\/+$/, '')}/`;
    if (slashes.startsWith(folder)) return slashes.slice(folder.length);
  }
  return /^(\/|[a-z]:\/)/i.test(slashes) ? null : slashes;
}
