import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startUtilityModule } from '../../../main/electron/utility-module.ts';
import { createJobService } from '../../../main/services/jobs/job-service.ts';
import {
  createDatabaseService,
  type DatabaseService,
} from '../../../main/services/database/database-service.ts';

vi.mock('electron', () => import('../../support/electron-stand-in/utility-process.ts'));

let folder: string;
let database: DatabaseService;
const reported: unknown[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'samois-utility-'));
  const file = join(folder, 'db.sqlite3');
  const connection = new Sqlite(file);
  connection.exec(
    "create table book (id integer primary key, title text); insert into book values (1, 'Nuages')",
  );
  connection.exec(
    'create view endless as with recursive n(i) as (select 1 union all select i + 1 from n) select i from n',
  );
  connection.close();
  database = createDatabaseService({
    untrusted: () => Promise.resolve(null),
    jobs: createJobService({ emit: () => undefined, report: (error) => reported.push(error) }),
    stateFolder: folder,
    workspaceRoot: () => folder,
    emit: () => undefined,
    databases: () => [{ alias: 'default', engine: 'django.db.backends.sqlite3', file }],
    modelOfTable: () => null,
    report: (error) => reported.push(error),
    limits: { read: 1_000, count: 500 },
    startModule: startUtilityModule,
  });
});
afterEach(async () => {
  await database.dispose();
  await rm(folder, { recursive: true, force: true });
});

const rows = (table: string) =>
  database.rows({ database: 'default', table, limit: 10, order: null, search: '', after: null });

test('databases are read in a utility process, which a package can start', async () => {
  expect((await rows('book')).rows[0]?.cells).toEqual([
    { kind: 'integer', text: '1' },
    { kind: 'text', text: 'Nuages' },
  ]);
});

test('an endless statement is ended with its process, and the next one works', async () => {
  await expect(database.count({ database: 'default', table: 'endless', search: '' })).resolves.toEqual({
    rows: null,
  });
  expect((await rows('book')).rows).toHaveLength(1);
  expect(reported).toEqual([]);
});

test('a module that can’t be started is gone', async () => {
  await writeFile(join(folder, 'broken.mjs'), 'process.exit(3)');
  const child = startUtilityModule(new URL(`file://${join(folder, 'broken.mjs')}`));
  await child.gone;
  child.send({ kind: 'late' });
});
