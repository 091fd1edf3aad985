import { mergeLenses } from '../../shared/django/merge-lenses.ts';
import type { Api } from '../api/client.ts';
import { createDesignerStore, type DesignerStore } from './designer-store.ts';
import { createDjangoShellStore, type DjangoShellStore } from './django-shell-store.ts';
import { createEditorStore, type EditorStore } from './editor-store.ts';
import { createFileHistoryStore, type FileHistoryStore } from './file-history-store.ts';
import { createJobsStore, type JobsStore } from './jobs-store.ts';
import { createMigrationsStore, type MigrationsStore } from './migrations-store.ts';
import { attempt, type Notify } from './notices.ts';
import { createPlacesStore, type PlacesStore } from './places-store.ts';
import { createPlanStore, type PlanStore } from './plan-store.ts';
import { createProjectStore, type ProjectStore } from './project-store.ts';
import { createRequestsStore, type RequestsStore } from './requests-store.ts';
import { createRoutesStore, type RoutesStore } from './routes-store.ts';
import { createRuntimeStore, type RuntimeStore } from './runtime-store.ts';
import { createServerStore, type ServerStore } from './server-store.ts';
import { createSettingsStore, type SettingsStore } from './settings-store.ts';
import { createShellStore, type ShellStore } from './shell-store.ts';
import { createSqlStore, type SqlStore } from './sql-store.ts';
import { createSourceStore, type SourceStore } from './source-store.ts';
import { createTestsStore, type TestsStore } from './tests-store.ts';
import { createTracesStore, type TracesStore } from './traces-store.ts';
import { createWorkspaceStore, pathInWorkspace, type WorkspaceStore } from './workspace-store.ts';

/** Everything a feature or a command works with: the way to the main process, and the state of the window. */
export interface Studio {
  readonly api: Api;
  readonly notify: Notify;
  readonly settings: SettingsStore;
  readonly workspace: WorkspaceStore;
  readonly source: SourceStore;
  readonly plan: PlanStore;
  readonly places: PlacesStore;
  readonly jobs: JobsStore;
  readonly server: ServerStore;
  readonly traces: TracesStore;
  readonly tests: TestsStore;
  readonly djangoShell: DjangoShellStore;
  readonly runtime: RuntimeStore;
  readonly migrations: MigrationsStore;
  readonly routes: RoutesStore;
  readonly project: ProjectStore;
  readonly requests: RequestsStore;
  readonly sql: SqlStore;
  readonly editor: EditorStore;
  readonly fileHistory: FileHistoryStore;
  readonly shell: ShellStore;
  readonly designer: DesignerStore;
  /** Reads all state from the main process: at the start, and after events were missed. */
  readonly load: () => Promise<void>;
}

/** Makes the stores of one window and ties them together. */
export function createStudio(api: Api, tell: Notify): Studio {
  const notify: Notify = ({ place, difference, ...notice }) => {
    if (difference !== undefined) {
      const compare = (): void => {
        shell.openDialog({ kind: 'difference', change: difference });
      };
      tell({ ...notice, action: { label: 'Show both texts', onChoose: compare } });
      return;
    }
    const show = (): void => {
      if (place !== undefined) void attempt(tell, 'The code can’t be shown', () => editor.reveal(place));
    };
    tell(place === undefined ? notice : { ...notice, action: { label: 'Show in code', onChoose: show } });
  };
  const settings = createSettingsStore(api);
  const workspace = createWorkspaceStore(api);
  const source = createSourceStore(api);
  const jobs = createJobsStore(api, notify);
  const server = createServerStore(api);
  const traces = createTracesStore(api);
  const tests = createTestsStore(api);
  const djangoShell = createDjangoShellStore(api);
  const shell = createShellStore();
  const designer = createDesignerStore();
  const openWorkspace = () => workspace.state.getState().workspace;
  const trusted = (): boolean => openWorkspace()?.trusted === true;
  const runtime = createRuntimeStore(api, trusted, (lens) => {
    const { snapshot } = source.state.getState();
    const current = openWorkspace();
    if (snapshot === null || current === null) return [];
    return mergeLenses(snapshot, lens, (file) => pathInWorkspace(current, file)).differences;
  });
  const migrations = createMigrationsStore(api, jobs);
  const routes = createRoutesStore();
  const project = createProjectStore();
  const requests = createRequestsStore(api);
  const sql = createSqlStore(api);
  const places = createPlacesStore({
    source: source.state,
    write: async (positions) => {
      await api.call('layout.write', { positions: { ...positions } });
    },
  });
  const plan = createPlanStore({
    api,
    notify,
    confirmChanges: () => settings.state.getState().settings.confirmChanges,
    canInstall: trusted,
    undo: (title) => {
      // Others may have followed while the message stood there: none of them was meant.
      if (source.state.getState().history.undo?.title === title) {
        void attempt(notify, 'The change was not taken back', source.undo);
      } else {
        notify({
          kind: 'info',
          title: 'This is not the last change any more',
          description: 'Changes are taken back one by one, the last one first.',
        });
      }
    },
  });
  const fileHistory = createFileHistoryStore(api);
  const editor = createEditorStore({
    api,
    notify,
    autoSave: () => settings.state.getState().settings.autoSave,
    showCode: () => {
      shell.show('code');
    },
    pathInWorkspace: (path) => {
      const current = openWorkspace();
      return current === null ? null : pathInWorkspace(current, path);
    },
  });

  const loadProject = async (): Promise<void> => {
    if (openWorkspace() === null) return;
    await Promise.all([source.load(), server.load()]);
  };

  const studio: Studio = {
    api,
    notify,
    settings,
    workspace,
    source,
    plan,
    places,
    jobs,
    server,
    traces,
    tests,
    djangoShell,
    runtime,
    migrations,
    routes,
    project,
    requests,
    sql,
    editor,
    fileHistory,
    shell,
    designer,
    load: async () => {
      await Promise.all([settings.load(), jobs.load(), workspace.load()]);
    },
  };
  editor.state.subscribe(({ active }, before) => {
    if (active !== before.active) fileHistory.close(); // it is the past of the file in sight
  });
  followWorkspace(studio, loadProject);
  api.onReconnect(() => {
    void attempt(notify, 'The state of the studio could not be read again', async () => {
      await studio.load();
      await loadProject();
    });
  });
  return studio;
}

// Another folder is another world: nothing of the former one may stay in sight.
function followWorkspace(studio: Studio, loadProject: () => Promise<void>): void {
  const { workspace, source, server, runtime, migrations, plan, places, notify } = studio;
  const { editor, fileHistory, designer, routes, project, requests, sql } = studio;
  workspace.state.subscribe(({ workspace: now }, { workspace: before }) => {
    if (now === before) return;
    const another = now?.realPath !== before?.realPath || now?.project !== before?.project;
    if (another) {
      plan.cancel();
      const lenses = [source, server, runtime, migrations, studio.tests, studio.djangoShell];
      for (const store of [...lenses, editor, fileHistory, designer, places, routes, project, requests, sql])
        store.clear();
      void attempt(notify, 'The project could not be read', loadProject);
    } else if (now?.trusted !== before?.trusted)
      for (const store of [runtime, migrations, studio.tests, studio.djangoShell]) store.clear();
  });
}
