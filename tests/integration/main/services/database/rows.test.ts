import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CellValue } from '../../../../../shared/contract/cell-value.ts';
import { ownFolder, readAll, rowsInput, serviceFor, writeDatabase } from './open-database.ts';

const shown = (cells: readonly CellValue[] | undefined, place: number): string | null => {
  const cell = cells?.[place];
  if (cell === undefined || cell.kind === 'null') return null;
  return cell.kind === 'blob' ? cell.hex : cell.text;
};

it('lists tables with columns, keys, references, models and the reason why one is read-only', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `CREATE TABLE author (id integer PRIMARY KEY, name varchar(10) NOT NULL);
     CREATE TABLE catalog_book (id integer PRIMARY KEY, title text DEFAULT 'x',
       author_id bigint REFERENCES author, loud text GENERATED ALWAYS AS (upper(title)));
     CREATE TABLE pair (a int, b text, PRIMARY KEY (b, a)) WITHOUT ROWID;
     CREATE VIEW titles AS SELECT title FROM catalog_book;
     CREATE VIEW broken AS SELECT * FROM gone;
     CREATE VIRTUAL TABLE found USING fts5(body);`,
  );
  const { service } = serviceFor(file);
  const tables = await service.tables({ database: 'default' });
  const named = (name: string) => tables.find((table) => table.name === name);
  expect(named('catalog_book')).toMatchObject({ model: 'catalog.Book', kind: 'table', readOnly: null });
  expect(named('catalog_book')?.columns).toMatchObject([
    { name: 'id', type: 'INTEGER', primaryKey: 1 },
    { name: 'title', default: "'x'" },
    { name: 'author_id', references: { table: 'author', column: 'id' } },
    { name: 'loud', generated: true },
  ]);
  expect(named('pair')?.columns.map((column) => column.primaryKey)).toEqual([2, 1]);
  expect(named('titles')).toMatchObject({
    kind: 'view',
    readOnly: expect.stringContaining('view') as string,
  });
  expect(named('broken')?.readOnly).toContain('gone');
  expect(named('found')?.readOnly).toContain('virtual table');
  expect((await service.list({})) satisfies unknown).toMatchObject([
    { id: 'default', exists: true, problem: null },
  ]);
});

it.each([false, true])(
  'pages by column and key without a gap or a repetition, descending: %s',
  async (descending) => {
    const file = join(ownFolder(), 'db.sqlite3');
    writeDatabase(
      file,
      `CREATE TABLE t (id integer PRIMARY KEY, n, s text COLLATE NOCASE);
     WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 2000)
     INSERT INTO t SELECT x * 3, CASE x % 7 WHEN 0 THEN NULL WHEN 1 THEN 'text' || (x % 3) WHEN 2 THEN x'00ff'
       WHEN 3 THEN 1.5 ELSE x % 11 END, CASE x % 5 WHEN 0 THEN NULL WHEN 1 THEN 'A' ELSE 'a' END FROM c;
     CREATE INDEX t_n ON t (n);`,
    );
    const { service } = serviceFor(file);
    for (const column of ['n', 's', 'id']) {
      const rows = await readAll(service, 't', { limit: 37, order: { column, descending } });
      const ids = rows.map((row) => shown(row.cells, 0));
      expect(new Set(ids).size, column).toBe(2000);
      expect(ids.length).toBe(2000);
      const nulls = rows.map((row) => row.cells[column === 'n' ? 1 : 2]?.kind === 'null');
      if (column !== 'id') expect(nulls.indexOf(true) === 0).toBe(!descending);
    }
  },
);

it('pages tables without rowid, without a primary key, with a key that hides the rowid, and views', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  const numbers = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 250)';
  writeDatabase(
    file,
    `CREATE TABLE pair (a int, b text, v, PRIMARY KEY (b, a)) WITHOUT ROWID;
     ${numbers} INSERT INTO pair SELECT x, 'k' || (x % 4), x FROM c;
     CREATE TABLE keyless (v); ${numbers} INSERT INTO keyless SELECT x % 3 FROM c;
     CREATE TABLE uuid (id char(32) NOT NULL PRIMARY KEY, v);
     ${numbers} INSERT INTO uuid SELECT lower(hex(randomblob(16))), x FROM c;
     CREATE TABLE hidden (rowid text, _rowid_ text, oid text); ${numbers} INSERT INTO hidden SELECT x, x, x FROM c;
     CREATE VIEW seen AS SELECT v FROM pair WHERE v > 50;`,
  );
  const { service } = serviceFor(file);
  for (const [table, count] of [
    ['pair', 250],
    ['keyless', 250],
    ['uuid', 250],
    ['hidden', 250],
    ['seen', 200],
  ] as const) {
    const rows = await readAll(service, table, { limit: 33 });
    expect(rows.length, table).toBe(count);
    expect(new Set(rows.map((row) => JSON.stringify(row.key))).size, table).toBe(count);
    expect(await service.count({ database: 'default', table, search: '' })).toEqual({ rows: count });
    const row = rows[77];
    const column = (await service.rows(rowsInput(table, { limit: 1 }))).columns.at(-1) ?? '';
    expect(await service.cell({ database: 'default', table, key: [...(row?.key ?? [])], column })).toEqual(
      row?.cells.at(-1),
    );
  }
  const sorted = await service.rows(
    rowsInput('seen', { order: { column: 'v', descending: true }, search: '1' }),
  );
  const third = sorted.rows[2];
  expect(
    await service.cell({ database: 'default', table: 'seen', key: [...(third?.key ?? [])], column: 'v' }),
  ).toEqual(third?.cells[0]);
});

it('searches in every column, wildcards as written, and over many steps', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `CREATE TABLE t (id integer PRIMARY KEY, a text, b int);
     WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 60000)
     INSERT INTO t SELECT x, 'row ' || x, x % 10 FROM c;
     UPDATE t SET a = '100%_done' WHERE id IN (5, 59999);`,
  );
  const { service } = serviceFor(file);
  const ids = async (search: string, descending = false) =>
    (await readAll(service, 't', { search, limit: 1, order: { column: 'id', descending } })).map((row) =>
      shown(row.cells, 0),
    );
  expect(await ids('%_')).toEqual(['5', '59999']);
  expect(await ids('0%_D', true)).toEqual(['59999', '5']);
  expect(await ids('nowhere')).toEqual([]);
  expect(await service.count({ database: 'default', table: 't', search: '%_' })).toEqual({ rows: 2 });
  expect(await service.count({ database: 'default', table: 't', search: '' })).toEqual({ rows: 60000 });
});

it('continues from a value that the window has only in part', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `CREATE TABLE t (id integer PRIMARY KEY, s text);
     WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 100)
     INSERT INTO t SELECT x, printf('%.*c', 500, 'x') || printf('%03d', 1000 - x) FROM c;`,
  );
  const { service } = serviceFor(file);
  const rows = await readAll(service, 't', { limit: 7, order: { column: 's', descending: false } });
  expect(rows.map((row) => Number(shown(row.cells, 0)))).toEqual(
    Array.from({ length: 100 }, (_, x) => 100 - x),
  );
});

it('reads 2,000 columns, and a file is the same bytes after it was only looked at', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  const columns = Array.from({ length: 2000 }, (_, place) => `c${String(place)}`);
  writeDatabase(
    file,
    `CREATE TABLE wide (${columns.join(', ')}); INSERT INTO wide (c0, c1999) VALUES (1, 'end'), (2, 'END2');`,
  );
  const hash = () => createHash('sha256').update(readFileSync(file)).digest('hex');
  const before = hash();
  const { service } = serviceFor(file);
  const page = await service.rows(rowsInput('wide', { search: 'end' }));
  expect(page.rows.map((row) => [row.cells.length, shown(row.cells, 1999)])).toEqual([
    [2000, 'end'],
    [2000, 'END2'],
  ]);
  await service.tables({ database: 'default' });
  await service.count({ database: 'default', table: 'wide', search: '' });
  expect(hash()).toBe(before);
});

it('reaches any row from a sample, with the exact count', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `CREATE TABLE t (id integer PRIMARY KEY, n integer);
     WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 12345)
     INSERT INTO t SELECT x * x, x FROM c;
     INSERT INTO t VALUES (-9223372036854775808, 0);
     CREATE TABLE empty (id integer PRIMARY KEY);
     CREATE TABLE named (name text PRIMARY KEY);
     INSERT INTO named SELECT 'n' || n FROM t;
     CREATE TABLE pair (a int PRIMARY KEY) WITHOUT ROWID;`,
  );
  const { service } = serviceFor(file);
  const sample = await service.sample({ database: 'default', table: 't' });
  expect(sample).toMatchObject({ every: 1000, rows: 12_346 });
  expect(sample?.keys).toHaveLength(12);
  const place = sample?.keys[6] ?? []; // of row 7,000, whose n is 6,999
  const page = await service.rows(rowsInput('t', { after: { key: [...place], order: null }, limit: 2 }));
  expect(page.rows.map(({ cells }) => shown(cells, 1))).toEqual(['7000', '7001']);
  expect(await service.sample({ database: 'default', table: 'empty' })).toEqual({
    every: 1000,
    keys: [],
    rows: 0,
  });
  const named = await service.sample({ database: 'default', table: 'named' });
  expect(named?.keys[0]).toHaveLength(2);
  expect(await service.sample({ database: 'default', table: 'pair' })).toBeNull();
});
