import Database from 'better-sqlite3';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { AWKWARD } from './awkward-values.ts';
import { failureOf, ownFolder, sharedService, writeDatabase } from './open-database.ts';

const { service, open, finished } = sharedService();

function database(sql: string) {
  const folder = ownFolder();
  const file = join(folder, 'db.sqlite3');
  writeDatabase(file, sql);
  open(file);
  const query = (statement: string): readonly unknown[][] => {
    const handle = new Database(file, { readonly: true });
    try {
      return handle.prepare<[], unknown[]>(statement).safeIntegers().raw().all();
    } finally {
      handle.close();
    }
  };
  return { folder, file, query };
}

const EXACT = 'SELECT id, typeof(v), hex(CAST(v AS BLOB)), quote(v) FROM t ORDER BY id';

it.each(['csv', 'json', 'sql'] as const)(
  'takes awkward values out as %s and in again to the bit',
  async (format) => {
    const rows = AWKWARD.map(([sql], place) => `(${String(place + 1)}, ${sql})`).join(', ');
    const { folder, file, query } = database(
      `CREATE TABLE t (id integer PRIMARY KEY, v); INSERT INTO t VALUES ${rows};`,
    );
    const before = query(EXACT);
    expect(before.length).toBe(60);
    const path = join(folder, `out.${format}`);
    const base = { database: 'default', table: 't', path };
    const exported = await finished(service.export({ ...base, search: '', filter: null, format }));
    expect(exported).toMatchObject({ rows: 60, path });
    expect(readdirSync(dirname(path)).toSorted()).toEqual(['db.sqlite3', `out.${format}`]);
    writeDatabase(file, 'DELETE FROM t');
    if (format === 'sql') writeDatabase(file, readFileSync(path, 'utf8'));
    else {
      const options = { format, mapping: ['id', 'v'], patient: false };
      const tried = await finished(service.import({ ...base, ...options, dryRun: true }));
      expect(tried).toEqual({ rows: 60, inserted: 0, errors: [], hasMoreErrors: false });
      expect(query(EXACT)).toEqual([]);
      const done = await finished(service.import({ ...base, ...options, dryRun: false }));
      expect(done).toMatchObject({ inserted: 60 });
    }
    expect(query(EXACT)).toEqual(before);
  },
);

const BOOK = `CREATE TABLE book (id integer PRIMARY KEY, title varchar(10) NOT NULL UNIQUE, stock integer, out bool);
  INSERT INTO book VALUES (1, 'One', 1, 0);`;

it('lists the rows of a file that do not fit, and lets none of the others in', async () => {
  const { folder, query } = database(BOOK);
  const path = join(folder, 'in.csv');
  const lines = [
    '\ufeffTitle;Stock;Other',
    'Two;2;x',
    '',
    'One;3;x',
    ';4;x',
    'Far too long a title;many;x',
    'Three;;x',
  ];
  writeFileSync(path, lines.join('\r\n'));
  const preview = await service.previewImport({ path, format: 'csv' });
  expect(preview.names).toEqual(['Title', 'Stock', 'Other']);
  expect(preview.rows).toHaveLength(5);
  expect(preview.rows[2]).toEqual([null, '4', 'x']);
  const input = { database: 'default', table: 'book', path, dryRun: false, patient: false };
  const mapping = ['title', 'stock', null];
  expect(await finished(service.import({ ...input, format: 'csv', mapping }))).toMatchObject({
    ...{ rows: 5, inserted: 0 },
    errors: [
      { row: 2, problem: expect.stringContaining('UNIQUE') as string },
      { row: 3, problem: expect.stringContaining('NULL') as string },
      { row: 4, problem: expect.stringMatching(/10 characters.*whole numbers/) as string },
    ],
  });
  expect(query('SELECT count(*) FROM book')).toEqual([[1n]]);
  writeFileSync(path, '[{"title": "Two", "stock": 9007199254740993, "out": true}, {"title": "Three"}]');
  await finished(service.import({ ...input, format: 'json', mapping: ['title', 'stock', 'out'] }));
  expect(query('SELECT title, stock, out FROM book WHERE id > 1')).toEqual([
    ['Two', 9007199254740993n, 1n],
    ['Three', null, null],
  ]);
});

it('exports what is filtered, also of a table without a rowid and of a view', async () => {
  const { folder } = database(
    `CREATE TABLE w (a text, b int, PRIMARY KEY (a, b)) WITHOUT ROWID;
     INSERT INTO w VALUES ('x', 2), ('x', 1), ('y', 1); CREATE VIEW v AS SELECT b FROM w;`,
  );
  const test = { column: 'a', operator: 'equal' as const, values: [{ kind: 'text' as const, text: 'x' }] };
  const filter = { match: 'all' as const, groups: [{ match: 'all' as const, tests: [test] }] };
  const path = join(folder, 'out.csv');
  const input = { database: 'default', search: '', format: 'csv' as const, path };
  await finished(service.export({ ...input, table: 'w', filter }));
  expect(readFileSync(path, 'utf8')).toBe('a,b\r\n"x",1\r\n"x",2\r\n');
  await finished(service.export({ ...input, table: 'v', filter: null }));
  expect(readFileSync(path, 'utf8')).toBe('b\r\n1\r\n2\r\n1\r\n');
  const nowhere = { ...input, table: 'w', filter: null, path: join(folder, 'none', 'out.csv') };
  await expect(finished(service.export(nowhere))).rejects.toThrow('There is no folder');
});

it.each(['delete', 'wal'])(
  'backs up, restores in journal mode %s, and gives free pages back',
  async (mode) => {
    const { file, query } = database(`PRAGMA journal_mode = ${mode}; CREATE TABLE t (v);
    WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 20000) INSERT INTO t SELECT x FROM c;`);
    const input = { database: 'default' };
    const backup = await service.backup({ ...input, path: null });
    writeDatabase(file, 'DELETE FROM t WHERE v > 10');
    const { before, after } = await service.vacuum(input);
    expect(after).toBeLessThan(before);
    const { safety } = await service.restore({ ...input, path: backup.path });
    expect(query('SELECT count(*) FROM t')).toEqual([[20000n]]);
    expect(query('PRAGMA journal_mode')).toEqual([[mode]]);
    const kept = await service.backups(input);
    expect(kept.map(({ reason }) => reason)).toEqual(['before restoring', 'before vacuum', 'by hand']);
    expect(kept[0]?.path).toBe(safety.path);
    writeFileSync(backup.path, 'SQLite format 3\0 and nothing else');
    const failure = await failureOf(service.restore({ ...input, path: backup.path }));
    expect(failure.code).toMatch(/refused|not-available/);
    expect(query('SELECT count(*) FROM t')).toEqual([[20000n]]);
  },
);

it('keeps queries as files of the project, and what was run', async () => {
  await service.saveQuery({ name: 'Dear books', sql: 'SELECT 1' });
  expect(await service.savedQueries({})).toEqual([{ name: 'Dear books', sql: 'SELECT 1\n' }]);
  await service.deleteQuery({ name: 'Dear books' });
  expect(await service.savedQueries({})).toEqual([]);
  for (const sql of ['SELECT 1', 'SELECT 2', 'SELECT 1']) await service.remember({ sql });
  expect(await service.history({})).toEqual(['SELECT 1', 'SELECT 2']);
});
