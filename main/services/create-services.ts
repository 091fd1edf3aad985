import { homedir } from 'node:os';
import { join } from 'node:path';
import { calls } from '../../shared/contract/contract.ts';
import { createDispatch } from '../../shared/contract/dispatch.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Workspace } from '../../shared/contract/workspace-calls.ts';
import { modelOfTable } from '../../shared/django/database-tables.ts';
import type { ProjectSnapshot } from '../../shared/django/project-model.ts';
import { applyChange, type SnapshotChange } from '../../shared/django/snapshot-change.ts';
import { createCommandsService } from './commands/commands-service.ts';
import { createDatabaseService } from './database/database-service.ts';
import { createDjangoRows } from './database/django-rows.ts';
import { createErrorLog } from './error-log.ts';
import { createEventHub } from './event-hub.ts';
import { createExportService } from './export/export-service.ts';
import { createHandlers } from './handlers.ts';
import type { HostTarget } from './host/host-process.ts';
import { createHostService } from './host/host-service.ts';
import { createJobService } from './jobs/job-service.ts';
import { createLayoutService } from './layout/layout-service.ts';
import { createMigrationsService } from './migrations/migrations-service.ts';
import { childEnvironment } from './python/child-environment.ts';
import { createPythonService } from './python/python-service.ts';
import { createRequestsService } from './requests/requests-service.ts';
import { isServedCode } from './server/reload-rule.ts';
import { createRunMode } from './server/run-mode.ts';
import { createRuntimeService } from './server/runtime-service.ts';
import { createRevisionsService } from './revisions/revisions-service.ts';
import { createServerService } from './server/server-service.ts';
import { createTracesService } from './server/traces-service.ts';
import type { Services, ServicesOptions } from './services.ts';
import { createShellService } from './shell/shell-service.ts';
import { createSettingsService } from './settings/settings-service.ts';
import { createSourceService } from './source/source-service.ts';
import { createTestsService } from './tests/tests-service.ts';
import { createTrustService } from './trust/trust-service.ts';
import { createProjectCreation } from './workspace/create-project.ts';
import * as folders from './workspace/folders.ts';
import { createRecentWorkspaces } from './workspace/recent-workspaces.ts';
import { createWorkspaceService } from './workspace/workspace-service.ts';

/** The only place where services meet: makes each with what it needs of the others. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const { stateFolder, resourcesFolder } = options;
  const errors = createErrorLog(join(stateFolder, 'errors.log'));
  const report = (error: unknown): void => errors.report(error);
  const hub = createEventHub(report);
  const { emit } = hub;
  let snapshot: ProjectSnapshot | null = null;
  hub.subscribe((message) => {
    if (message.event === 'source.changed')
      snapshot = applyChange(snapshot, message.payload as SnapshotChange);
    // A user may be gone, or have another password: no session of before is taken for granted.
    if (message.event === 'database.changed') requests.forgetSessions();
  });

  const notices = new Set<string>();
  const tell = (sentence: string): void => {
    if (!notices.has(sentence)) process.stderr.write(`${sentence}\n`);
    notices.add(sentence);
  };
  const settings = createSettingsService({ stateFolder, emit, tell });
  const jobs = createJobService({ emit, report });
  const trust = createTrustService({ stateFolder, tell });
  const recent = createRecentWorkspaces(stateFolder, tell);
  const opened = (): Workspace | null => workspace.current();
  const python = createPythonService({
    stateFolder,
    jobs,
    opened,
    untrusted: () => workspace.untrusted(),
    useInterpreter: (path) => workspace.chooseInterpreter({ path }),
  });
  const creation = createProjectCreation({
    templatesFolder: join(resourcesFolder, 'templates'),
    jobs,
    python,
    trust,
    recent,
    opened,
  });
  const source = createSourceService({
    emit,
    storageFolder: join(stateFolder, 'source'),
    report,
    // What was written stands, also where the studio cannot remember that it was a rename.
    onApplied: (operation) => migrations.noteOperation(operation).catch(report),
    onFilesChanged: (changes) => {
      workspace.isTrusted().catch(report); // it may be another folder that shows these files
      server.filesChanged(changes);
      runtime.filesChanged(changes);
      if (!changes.some(({ place }) => isServedCode(place))) return;
      tests.codeChanged();
      shell.codeChanged();
    },
  });
  const layout = createLayoutService({ workspaceRoot: () => opened()?.realPath ?? null });
  const revisions = createRevisionsService({ workspace: opened });
  const host = createHostService({
    hostFolder: join(resourcesFolder, 'host'),
    environment: childEnvironment(process.env),
    target: async () => {
      if (!(await workspace.isTrusted())) throw notTrusted();
      return hostTarget(opened(), snapshot);
    },
    report,
  });
  const runtime = createRuntimeService({
    emit,
    host,
    // A command of the user's own does not tell of its reloads.
    isServed: () => server.status().state !== 'stopped' && server.status().command === undefined,
  });
  const runMode = createRunMode({
    opened: () => {
      const workspace = opened();
      if (workspace === null || workspace.project === null) return null;
      return { root: workspace.realPath, project: workspace.project };
    },
  });
  const environment = childEnvironment(process.env);
  const server = createServerService({
    emit,
    host,
    ownCommand: async () => {
      const { command } = runMode.read();
      if (command === null) return null;
      if (!(await workspace.isTrusted())) throw notTrusted();
      const { interpreter, projectFolder } = hostTarget(opened(), snapshot);
      return { command, place: { folder: projectFolder, interpreter, environment } };
    },
    wantedPort: async () => (await settings.read()).serverPort,
    onServing: (generation) => runtime.served(generation),
    report,
  });
  const traces = createTracesService({ emit, host });
  const requests = createRequestsService({ host, serverStatus: server.status });
  const migrations = createMigrationsService({
    emit,
    host,
    jobs,
    stateFolder,
    project: () => opened()?.realPath ?? null,
    onWritten: (places) => void source.noteWritten(places).catch(report),
    onApplied: () => requests.forgetSessions(),
  });
  const commands = createCommandsService({
    host,
    jobs,
    onRan: () => {
      requests.forgetSessions();
      emit('migrations.changed', null);
    },
  });
  const tests = createTestsService({ emit, host, jobs });
  const shell = createShellService({ emit, host });
  const database = createDatabaseService({
    emit,
    ...(options.startModule === undefined ? {} : { startModule: options.startModule }),
    databases: () => snapshot?.settings?.databases ?? [],
    untrusted: () => workspace.untrusted(),
    ...{ jobs, stateFolder, workspaceRoot: () => opened()?.realPath ?? null },
    django: createDjangoRows({ job: host.job, isTrusted: () => workspace.isTrusted() }),
    modelOfTable: (table) => (snapshot === null ? null : modelOfTable(snapshot, table)),
    report,
  });
  const exporting = createExportService({
    jobs,
    runHostJob: host.job,
    workspace: opened,
    snapshot: () => snapshot,
    resourcesFolder,
    tools: python.tools,
  });

  const stopProject = async (): Promise<void> => {
    await Promise.all([host.stop(), server.endCommand()]);
    server.reset();
    runtime.reset();
    tests.reset();
    shell.reset();
    requests.forgetSessions();
  };
  const workspace = createWorkspaceService({
    trust,
    recent,
    python,
    emit,
    report,
    hooks: {
      onOpened: async ({ realPath, project }) => {
        await source.open(realPath, project);
      },
      onClosed: async () => {
        jobs.cancelOfProject();
        await stopProject();
        await source.close();
        snapshot = null;
      },
      onTrusted: () => undefined, // the host starts when it is first needed
      onRevoked: async () => {
        jobs.cancelOfProject();
        await stopProject();
      },
      onInterpreterChosen: async () => {
        requests.forgetSessions();
        await server.throughAnotherHost(() => host.stop());
        runtime.environmentChanged();
      },
    },
  });

  const handlers = createHandlers({
    info: () => ({
      version: options.version,
      shell: options.shell,
      platform: platformName(),
      nativeDialogs: options.pickFolder !== null,
      home: homedir(),
      notices: [...notices],
    }),
    pickFolder: options.pickFolder,
    ...{ settings, jobs, workspace, folders, creation, python, source, layout, revisions },
    ...{ recent, server, traces, runtime, migrations, commands, requests, database, exporting },
    ...{ tests, shell, runMode },
  });

  let ending: Promise<void> | null = null;
  const end = async (): Promise<void> => {
    // At the same time: a job may wait for a host that does not answer.
    await Promise.all([jobs.dispose(), workspace.dispose()]);
    await server.endCommand();
    server.dispose();
    traces.dispose();
    tests.dispose();
    await shell.dispose();
    await Promise.all([host.dispose(), source.dispose(), database.dispose()]);
    await errors.written();
  };

  if (options.openWorkspace !== undefined) {
    // A wrong folder on the command line must not keep the window from opening.
    await workspace.open({ path: options.openWorkspace }).catch((error: unknown) => {
      if (!(error instanceof Failure)) throw error;
      process.stderr.write(`${error.message}\n`);
    });
  }

  return {
    dispatch: createDispatch({ calls, handlers, isTrusted: workspace.isTrusted, report: errors.report }),
    subscribe: hub.subscribe,
    dispose: () => (ending ??= end()),
  };
}

function notTrusted(): Failure {
  return new Failure('not-trusted', 'The project is not trusted, so nothing of it runs. Trust it first.');
}

function hostTarget(workspace: Workspace | null, snapshot: ProjectSnapshot | null): HostTarget {
  if (workspace === null) throw new Failure('not-available', 'No project is open. Open a folder first.');
  if (workspace.project === null || !snapshot?.settings) {
    throw new Failure(
      'not-available',
      workspace.problem ??
        'The settings module of the project could not be found: manage.py names none that is there.',
    );
  }
  if (workspace.interpreter === null) {
    throw new Failure(
      'not-available',
      'The project has no Python interpreter yet. Choose one in the status bar, or install the requirements.',
    );
  }
  return {
    interpreter: workspace.interpreter,
    projectFolder: join(workspace.realPath, workspace.project),
    settingsModule: snapshot.settings.module,
  };
}

function platformName(): 'linux' | 'darwin' | 'win32' {
  return process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux';
}
