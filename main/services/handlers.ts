import type { Handlers } from '../../shared/contract/contract.ts';
import type { AppInfo } from '../../shared/contract/app-calls.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { DatabaseService } from './database/database-service.ts';
import type { ExportService } from './export/export-service.ts';
import type { JobService } from './jobs/job-service.ts';
import type { LayoutService } from './layout/layout-service.ts';
import type { CommandsService } from './commands/commands-service.ts';
import type { MigrationsService } from './migrations/migrations-service.ts';
import type { PythonService } from './python/python-service.ts';
import type { RequestsService } from './requests/requests-service.ts';
import type { RunMode } from './server/run-mode.ts';
import type { RuntimeService } from './server/runtime-service.ts';
import type { ServerService } from './server/server-service.ts';
import type { TracesService } from './server/traces-service.ts';
import type { ServicesOptions } from './services.ts';
import type { RevisionsService } from './revisions/revisions-service.ts';
import type { ShellService } from './shell/shell-service.ts';
import type { SettingsService } from './settings/settings-service.ts';
import type { SourceService } from './source/source-service.ts';
import type { ProjectCreation } from './workspace/create-project.ts';
import type * as folders from './workspace/folders.ts';
import type { TestsService } from './tests/tests-service.ts';
import type { WorkspaceService } from './workspace/workspace-service.ts';

/** The services that answer the calls. */
export interface AnsweringServices {
  readonly info: () => AppInfo;
  readonly pickFolder: ServicesOptions['pickFolder'];
  readonly settings: SettingsService;
  readonly jobs: JobService;
  readonly workspace: WorkspaceService;
  readonly folders: Pick<typeof folders, 'listFolder' | 'createFolder'>;
  readonly creation: ProjectCreation;
  readonly python: PythonService;
  readonly source: SourceService;
  readonly layout: LayoutService;
  readonly revisions: RevisionsService;
  readonly server: ServerService;
  readonly traces: TracesService;
  readonly runtime: RuntimeService;
  readonly migrations: MigrationsService;
  readonly commands: CommandsService;
  readonly runMode: RunMode;
  readonly tests: TestsService;
  readonly shell: ShellService;
  readonly requests: RequestsService;
  readonly database: DatabaseService;
  readonly exporting: ExportService;
}

/** Who answers which call: a line a call, and no logic. */
export function createHandlers(services: AnsweringServices): Handlers {
  const { settings, jobs, workspace, folders, creation, python, source, layout, revisions } = services;
  const { server, traces, runtime, migrations, commands, requests, database, exporting } = services;
  const { tests, shell, runMode } = services;
  return {
    'app.info': () => services.info(),
    'settings.read': () => settings.read(),
    'settings.change': (input) => settings.change(input),
    'job.list': () => jobs.list(),
    'job.log': ({ jobId }) => jobs.log(jobId),
    'job.cancel': ({ jobId }) => jobs.cancel(jobId),

    'workspace.current': () => workspace.current(),
    'workspace.open': (input) => workspace.open(input),
    'workspace.close': () => workspace.close(),
    'workspace.recent': () => workspace.recent(),
    'workspace.forget': (input) => workspace.forget(input),
    'workspace.pickFolder': ({ title }) => (services.pickFolder ?? noNativeDialog)(title),
    'workspace.listFolder': (input) => folders.listFolder(input),
    'workspace.createFolder': (input) => folders.createFolder(input),
    'workspace.checkNew': (input) => creation.checkNew(input),
    'workspace.create': (input) => creation.create(input),
    'workspace.removeUnfinished': (input) => creation.removeUnfinished(input),
    'trust.grant': () => workspace.grantTrust(),
    'trust.revoke': (input) => workspace.revokeTrust(input),
    'trust.list': () => workspace.listTrusted(),
    'python.interpreters': () => python.interpreters(),
    'python.inspect': (input) => python.inspect(input),
    'python.choose': (input) => workspace.chooseInterpreter(input),
    'python.installRequirements': () => python.installRequirements(),

    'source.snapshot': () => source.snapshot(),
    'source.list': () => source.list(),
    'source.read': (input) => source.read(input),
    'source.write': (input) => source.write(input),
    'source.plan': (input) => source.plan(input),
    'source.apply': (input) => source.apply(input),
    'source.history': () => source.history(),
    'source.undo': () => source.undo(),
    'source.redo': () => source.redo(),
    'source.fileHistory': (input) => source.fileHistory(input),
    'source.fileHistoryText': (input) => source.fileHistoryText(input),
    'source.restoreFile': (input) => source.restoreFile(input),
    'source.removedFiles': () => source.removedFiles(),
    'layout.read': () => layout.read(),
    'layout.write': (input) => layout.write(input),
    'revisions.list': () => revisions.list(),
    'revisions.models': (input) => revisions.models(input),

    'server.status': () => server.status(),
    'server.start': (input) => server.start(input),
    'server.stop': () => server.stop(),
    'server.restart': () => server.restart(),
    'server.runMode': () => runMode.read(),
    'server.setRunMode': (input) => runMode.write(input),
    'server.tabs': (input) => server.tabs(input),
    'server.processes': () => server.processes(),
    'server.log': () => server.log(),
    'server.clearLog': () => server.clearLog(),
    'traces.list': () => traces.list(),
    'traces.read': (input) => traces.read(input),
    'traces.clear': () => traces.clear(),
    'traces.switch': (input) => traces.switchTo(input),
    'traces.explain': (input) => traces.explain(input),
    'runtime.read': () => runtime.read(),
    'migrations.state': () => migrations.state(),
    'migrations.plan': (input) => migrations.plan(input),
    'migrations.make': (input) => migrations.make(input),
    'migrations.sql': (input) => migrations.sql(input),
    'migrations.preview': (input) => migrations.preview(input),
    'migrations.apply': (input) => migrations.apply(input),
    'migrations.show': (input) => migrations.show(input),
    'migrations.rehearse': (input) => migrations.rehearse(input),
    'migrations.merge': (input) => migrations.merge(input),
    'migrations.squash': (input) => migrations.squash(input),
    'migrations.stub': (input) => migrations.stub(input),
    'migrations.drift': () => migrations.drift(),
    'migrations.copies': () => migrations.copies(),
    'migrations.copy': () => migrations.copy(),
    'migrations.restore': (input) => migrations.restore(input),
    'commands.list': () => commands.list(),
    'commands.describe': (input) => commands.describe(input),
    'commands.run': (input) => commands.run(input),
    'tests.list': () => tests.list(),
    'tests.find': (input) => tests.find(input),
    'tests.run': (input) => tests.run(input),
    'tests.read': (input) => tests.read(input),
    'shell.read': () => shell.read(),
    'shell.open': () => shell.open(),
    'shell.restart': () => shell.restart(),
    'shell.close': () => shell.close(),
    'shell.run': (input) => shell.run(input),
    'shell.complete': (input) => shell.complete(input),
    'shell.interrupt': () => shell.interrupt(),
    'shell.clear': () => shell.clear(),
    'users.list': (input) => requests.listUsers(input),
    'users.createSuperuser': (input) => requests.createSuperuser(input),
    'requests.send': (input) => requests.send(input),

    'database.list': (input) => database.list(input),
    'database.tables': (input) => database.tables(input),
    'database.rows': (input) => database.rows(input),
    'database.count': (input) => database.count(input),
    'database.sample': (input) => database.sample(input),
    'database.cell': (input) => database.cell(input),
    'database.previewEdits': (input) => database.previewEdits(input),
    'database.applyEdits': (input) => database.applyEdits(input),
    'database.undoEdits': (input) => database.undoEdits(input),
    'database.defaultOf': (input) => database.defaultOf(input),
    'database.describe': (input) => database.describe(input),
    'database.labels': (input) => database.labels(input),
    'database.export': (input) => database.export(input),
    'database.previewImport': (input) => database.previewImport(input),
    'database.import': (input) => database.import(input),
    'database.backups': (input) => database.backups(input),
    'database.backup': (input) => database.backup(input),
    'database.restore': (input) => database.restore(input),
    'database.vacuum': (input) => database.vacuum(input),
    'database.savedQueries': (input) => database.savedQueries(input),
    'database.saveQuery': (input) => database.saveQuery(input),
    'database.deleteQuery': (input) => database.deleteQuery(input),
    'database.history': (input) => database.history(input),
    'database.remember': (input) => database.remember(input),
    'database.query': (input) => database.query(input),
    'database.cancel': (input) => database.cancel(input),
    'database.explain': (input) => database.explain(input),
    'database.structure': (input) => database.structure(input),
    'database.health': (input) => database.health(input),
    'database.check': (input) => database.check(input),
    'export.preview': (input) => exporting.preview(input),
    'export.run': (input) => exporting.run(input),
  };
}

function noNativeDialog(): never {
  throw new Failure('not-available', 'There is no native folder dialog here; the window shows its own.');
}
