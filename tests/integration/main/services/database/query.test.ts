import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { calls, type CallParsed } from '../../../../../shared/contract/contract.ts';
import { failureOf, ownFolder, serviceFor, writeDatabase } from './open-database.ts';

const SHOP = `
  CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL);
  CREATE TABLE catalog_book (id integer PRIMARY KEY, title text, price real, author_id integer REFERENCES author);
  CREATE INDEX book_price ON catalog_book (price);
  INSERT INTO author VALUES (1, 'Django'), (2, 'Grappelli');
  WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 500)
  INSERT INTO catalog_book SELECT x, 'Book ' || x, x / 10.0, 1 + x % 2 FROM c;`;

function shop(limits: Parameters<typeof serviceFor>[1] = {}) {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(file, SHOP);
  return { file, ...serviceFor(file, limits) };
}

function queryInput(
  sql: string,
  more: Partial<CallParsed<'database.query'>> = {},
): CallParsed<'database.query'> {
  const input = { database: 'default', sql, parameters: {}, write: false, limit: 100, ...more };
  return calls['database.query'].input.parse(input);
}

const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

it('runs several statements, with their columns as they are named, and cuts at the limit', async () => {
  const { service } = shop();
  const results = await service.query(
    queryInput(
      'SELECT id, title AS "id", 2 FROM catalog_book ORDER BY price DESC; -- the rest\nSELECT 1 WHERE 0',
      {
        limit: 3,
      },
    ),
  );
  expect(results).toMatchObject([
    {
      columns: ['id', 'id', '2'],
      hasMore: true,
      rows: [
        [{ text: '500' }, { text: 'Book 500' }, { kind: 'integer', text: '2' }],
        [{ text: '499' }, {}, {}],
        [{ text: '498' }, {}, {}],
      ],
    },
    { columns: ['1'], rows: [], hasMore: false, changes: null },
  ]);
});

it('gives parameters their values, exact to the last digit', async () => {
  const { service } = shop();
  const [result] = await service.query(
    queryInput('SELECT :big, $text, ?, typeof(:big)', {
      parameters: {
        big: { kind: 'integer', text: '9007199254740993' },
        text: { kind: 'text', text: "it's" },
        '1': { kind: 'null' },
      },
    }),
  );
  expect(result?.rows).toEqual([
    [
      { kind: 'integer', text: '9007199254740993' },
      { kind: 'text', text: "it's" },
      { kind: 'null' },
      { kind: 'text', text: 'integer' },
    ],
  ]);
  expect(await failureOf(service.query(queryInput('SELECT :missing')))).toMatchObject({
    code: 'invalid-input',
    message: expect.stringContaining('missing') as string,
  });
});

it('never loads a large cell', async () => {
  const { service } = shop();
  const [result] = await service.query(queryInput(`SELECT zeroblob(200000000) AS blob, 'x' AS t`));
  expect(result?.rows[0]?.[0]).toMatchObject({ kind: 'blob', bytes: 200_000_000 });
});

it('refuses what would write until it is wanted, and then undoes all when one statement fails', async () => {
  const { service, file, events } = shop();
  const before = hashOf(file);
  const update = `UPDATE author SET name = 'Reinhardt' WHERE id = 1`;
  expect(await failureOf(service.query(queryInput(update)))).toMatchObject({
    code: 'refused',
    detail: { writes: true },
  });
  const failing = `${update}; INSERT INTO author (id, name) VALUES (3, NULL)`;
  expect(await failureOf(service.query(queryInput(failing, { write: true })))).toMatchObject({
    code: 'refused',
  });
  expect(hashOf(file)).toBe(before);
  const written = await service.query(
    queryInput(`${update}; DELETE FROM catalog_book WHERE id > 498 RETURNING id`, { write: true }),
  );
  expect(written).toMatchObject([
    { changes: 1 },
    { changes: 2, columns: ['id'], rows: [[{ text: '499' }], [{ text: '500' }]] },
  ]);
  expect(events).toContain('database.changed');
});

it.each(['ATTACH DATABASE "/tmp/other" AS o', 'BEGIN; SELECT 1', 'VACUUM INTO "/tmp/copy"', 'ROLLBACK'])(
  'refuses %s with a reason',
  async (sql) => {
    const { service } = shop();
    for (const write of [false, true]) {
      expect(await failureOf(service.query(queryInput(sql, { write })))).toMatchObject({ code: 'refused' });
    }
  },
);

it('leaves the file as it is, whatever PRAGMA says', async () => {
  const { service, file } = shop();
  const before = hashOf(file);
  await service.query(queryInput('PRAGMA journal_mode = WAL; PRAGMA user_version')).catch(() => null);
  await service.query(queryInput('PRAGMA query_only = OFF; PRAGMA user_version = 7')).catch(() => null);
  expect(hashOf(file)).toBe(before);
});

it('stops a statement that does not end, and one that is cancelled within a second', async () => {
  const { service } = shop({ read: 700 });
  const endless = 'WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c';
  expect(await failureOf(service.query(queryInput(endless)))).toMatchObject({ code: 'not-available' });
  const patient = shop({ read: 60_000 });
  const running = failureOf(patient.service.query(queryInput(endless)));
  await patient.service.health({ database: 'default' }); // the processes run by now
  const asked = performance.now();
  await patient.service.cancel({});
  expect(await running).toMatchObject({ code: 'cancelled' });
  expect(performance.now() - asked).toBeLessThan(1000);
  expect(await patient.service.query(queryInput('SELECT 1'))).toHaveLength(1);
});

it('shows the plan, names the full scan, and proves the index that spares it', async () => {
  const { service } = shop();
  const explain = (sql: string) => service.explain({ database: 'default', sql, parameters: {} });
  const plan = await explain(
    `SELECT b.title FROM catalog_book AS b JOIN author a ON a.id = b.author_id WHERE b.title = 'x' AND b.id > 3`,
  );
  expect(plan.steps.some(({ fullScan }) => fullScan === null)).toBe(true);
  expect(plan.advice).toMatchObject([]);
  const scan = await explain(`SELECT * FROM catalog_book WHERE title = 'Book 7' AND author_id = 2`);
  expect(scan.steps).toMatchObject([{ parent: 0, fullScan: 'catalog_book' }]);
  expect(scan.advice).toMatchObject([
    { table: 'catalog_book', columns: ['title', 'author_id'], model: 'catalog.Book' },
  ]);
  const good = await explain('SELECT * FROM catalog_book WHERE price = 3');
  expect(good).toMatchObject({ steps: [{ fullScan: null }], advice: [] });
  expect(await failureOf(explain('SELECT 1; SELECT 2'))).toMatchObject({ code: 'invalid-input' });
});

it('tells the structure of a table, and who refers to it', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `${SHOP} CREATE UNIQUE INDEX book_title ON catalog_book (lower(title)) WHERE price > 0;
     CREATE TRIGGER t AFTER DELETE ON author BEGIN DELETE FROM catalog_book WHERE author_id = old.id; END;`,
  );
  const { service } = serviceFor(file);
  const book = await service.structure({ database: 'default', table: 'catalog_book' });
  expect(book.sql).toMatch(/^CREATE TABLE catalog_book/);
  expect(book.indexes).toMatchObject([
    { name: 'book_price', unique: false, columns: ['price'], partial: false },
    { name: 'book_title', unique: true, columns: [null], partial: true },
  ]);
  expect(book.references).toMatchObject([{ columns: ['author_id'], toTable: 'author' }]);
  const author = await service.structure({ database: 'default', table: 'author' });
  expect(author.triggers).toMatchObject([{ name: 't' }]);
  expect(author.referencedBy).toMatchObject([{ table: 'catalog_book', columns: ['author_id'] }]);
});

it('tells the health of a file, and what its checks find', async () => {
  const { service, file } = shop();
  const health = await service.health({ database: 'default' });
  expect(health).toMatchObject({ journalMode: 'delete', encoding: 'UTF-8' });
  expect(health.bytes).toBe(health.pages * health.pageSize);
  expect(await service.check({ database: 'default' })).toEqual({
    damage: [],
    dangling: [],
    hasMoreDangling: false,
  });
  writeDatabase(file, 'PRAGMA foreign_keys = OFF; UPDATE catalog_book SET author_id = 9 WHERE id = 5');
  expect(await service.check({ database: 'default' })).toMatchObject({
    dangling: [{ table: 'catalog_book', rowid: '5', toTable: 'author' }],
  });
});
