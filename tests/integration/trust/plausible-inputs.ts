import { join } from 'node:path';
import type { CallInput, CallName } from '../../../shared/contract/contract.ts';

/** What a window would ask, for every call: one that is missing here fails the type-check. */
export type PlausibleInputs = { readonly [N in CallName]: readonly CallInput<N>[] };

const NO_KEY = { kind: 'integer' as const, text: '1' };
const exportOptions: CallInput<'export.preview'> = {
  hosts: ['example.com'],
  webReplicas: 2,
  continuousIntegration: 'github',
};

/** Inputs about one project, which stands in `parent`. */
export function plausibleInputs(project: string, parent: string): PlausibleInputs {
  const databases = ['default', join(project, 'db.sqlite3')];
  const interpreters = ['.venv/bin/python', 'python', 'venv/bin/python3'].map((path) => join(project, path));
  const tables = databases.flatMap((database) => [
    { database, table: 't' },
    { database, table: 'endless' },
  ]);
  const edit: CallInput<'database.applyEdits'>['edits'][number] = {
    key: [NO_KEY],
    column: 'v',
    before: NO_KEY,
    after: { kind: 'integer', text: '2' },
  };
  const newProjects = interpreters.map((interpreter) => ({
    name: 'fresh',
    parent,
    interpreter,
    template: 'blank' as const,
    database: { kind: 'sqlite' as const },
    packages: { kind: 'wheels' as const, folder: project },
    superuser: null,
  }));
  const paths = [
    'manage.py',
    'catalog/models.py',
    'pyproject.toml',
    'catalog/extra.py',
    'long.py',
    'huge.py',
    '.git/config',
  ];
  return {
    'app.info': [{}],
    'settings.read': [{}],
    'settings.change': [{ theme: 'dark' }],
    'job.list': [{}],
    'job.log': [{ jobId: 'none' }],
    'job.cancel': [{ jobId: 'none' }],
    'workspace.current': [{}],
    'workspace.open': [{ path: project }],
    'workspace.close': [{}],
    'workspace.recent': [{}],
    'workspace.forget': [{ path: join(parent, 'another') }],
    'workspace.pickFolder': [{ title: 'Open' }],
    'workspace.listFolder': [{ path: project, showHidden: true }],
    'workspace.createFolder': [{ parent: project, name: 'made' }],
    'workspace.checkNew': newProjects,
    'workspace.create': newProjects,
    'workspace.removeUnfinished': [{ path: project }],
    'trust.grant': [{}],
    'trust.revoke': [{ path: project }],
    'trust.list': [{}],
    'python.interpreters': [{}],
    'python.inspect': interpreters.map((path) => ({ path })),
    'python.choose': interpreters.map((path) => ({ path })),
    'python.installRequirements': [{}],
    'source.snapshot': [{}],
    'source.list': [{}],
    'source.read': paths.map((path) => ({ path })),
    'source.write': [
      { path: 'notes.txt', text: 'x\n', baseHash: '' },
      ...paths.map((path) => ({ path, text: 'x\n', baseHash: '' })),
    ],
    'source.plan': [{ operation: { kind: 'model.remove', model: 'catalog.Book' } }],
    'source.apply': [{ operation: { kind: 'model.remove', model: 'catalog.Book' }, planId: 'none' }],
    'source.history': [{}],
    'source.undo': [{}],
    'source.redo': [{}],
    'source.fileHistory': [{ path: 'catalog/models.py' }],
    'source.fileHistoryText': [{ path: 'catalog/models.py', version: 'x' }],
    'source.restoreFile': [{ path: 'catalog/models.py', version: 'x', baseHash: '' }],
    'source.removedFiles': [{}],
    'layout.read': [{}],
    'layout.write': [{ positions: { 'catalog.Book': { x: 1, y: 2 } } }],
    'server.status': [{}],
    'server.start': [{}],
    'server.stop': [{}],
    'server.restart': [{}],
    'server.log': [{}],
    'server.clearLog': [{}],
    'runtime.read': [{}],
    'migrations.state': [{}],
    'migrations.plan': [{ answers: [] }],
    'migrations.make': [{ answers: [] }],
    'migrations.sql': [{ app: 'catalog', name: '0001_initial' }],
    'migrations.preview': [{}],
    'migrations.apply': [{}],
    'commands.list': [{}],
    'commands.describe': [{ name: 'migrate' }],
    'commands.run': [{ name: 'check', arguments: [] }],
    'users.list': [{ search: '' }],
    'users.createSuperuser': [{ username: 'a', email: 'a@example.com', password: 'b' }],
    'requests.send': [{ method: 'GET', path: '/', headers: [], body: null, as: { kind: 'anonymous' } }],
    'server.tabs': [{ on: true }],
    'traces.list': [{}],
    'traces.read': [{ id: 1 }],
    'traces.clear': [{}],
    'traces.switch': [{ on: true }],
    'traces.explain': [{ id: 1, query: 0 }],
    'database.list': [{}],
    'database.tables': databases.map((database) => ({ database })),
    'database.rows': tables.map((table) => ({ ...table, limit: 10, order: null, search: '', after: null })),
    'database.count': tables.slice(0, 1).map((table) => ({ ...table, search: '' })),
    'database.sample': tables.slice(0, 1),
    'database.cell': tables.slice(0, 1).map((table) => ({ ...table, key: [NO_KEY], column: 'v' })),
    'database.previewEdits': tables.slice(0, 1).map((table) => ({ ...table, edits: [edit] })),
    'database.query': databases.map((database) => ({
      database,
      sql: 'SELECT 1',
      parameters: {},
      write: true,
      limit: 10,
    })),
    'database.cancel': [{}],
    'database.explain': databases.map((database) => ({ database, sql: 'SELECT 1', parameters: {} })),
    'database.structure': tables.slice(0, 1),
    'database.health': databases.map((database) => ({ database })),
    'database.check': databases.map((database) => ({ database })),
    'database.applyEdits': tables.slice(0, 1).map((table) => ({ ...table, edits: [edit] })),
    'export.preview': [exportOptions],
    'export.run': [{ options: exportOptions, target: { kind: 'folder', path: join(parent, 'exported') } }],
  };
}
