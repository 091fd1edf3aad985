import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CellEdit } from '../../../../../shared/contract/database-changes.ts';
import {
  failureOf,
  ownFolder,
  rowsInput,
  serviceFor,
  sharedService,
  writeDatabase,
} from './open-database.ts';

const integer = (value: number) => ({ kind: 'integer', text: String(value) }) as const;
const text = (value: string) => ({ kind: 'text', text: value }) as const;
const edit = (
  id: number,
  column: string,
  before: CellEdit['before'],
  after: CellEdit['after'],
): CellEdit => ({
  key: [integer(id)],
  column,
  before,
  after,
});

const SHOP = `
  CREATE TABLE author (id integer PRIMARY KEY, name varchar(10) NOT NULL UNIQUE);
  CREATE TABLE book (id integer PRIMARY KEY, title varchar(20) NOT NULL COLLATE NOCASE, stock integer unsigned NOT NULL
    CHECK (stock >= 0), author_id bigint NOT NULL REFERENCES author (id) DEFERRABLE INITIALLY DEFERRED, shelf text,
    place integer, UNIQUE (shelf, place));
  INSERT INTO author VALUES (1, 'Ann'), (2, 'Bob');
  INSERT INTO book VALUES (1, 'One', 5, 1, 'a', 1), (2, 'Two', 6, 1, 'a', 2), (3, 'Three', 7, 2, 'b', 1);`;

const shared = sharedService();

function shop() {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(file, SHOP);
  const query = (sql: string): unknown => {
    const database = new Database(file, { readonly: true });
    const rows = database.prepare(sql).raw().all();
    database.close();
    return rows;
  };
  shared.open(file);
  return { file, query, ...shared };
}

it('shows the SQL and applies several edits at once', async () => {
  const { service, query, events } = shop();
  const edits = [
    edit(1, 'title', text('One'), text("It's")),
    edit(2, 'stock', integer(6), text('60')),
    edit(3, 'shelf', text('b'), { kind: 'null' }),
  ];
  expect(await service.previewEdits({ database: 'default', table: 'book', edits })).toMatchObject({
    sql: [
      `UPDATE "book" SET "title" = 'It''s' WHERE "id" = 1 AND "title" IS 'One';`,
      `UPDATE "book" SET "stock" = 60 WHERE "id" = 2 AND "stock" IS 6;`,
      `UPDATE "book" SET "shelf" = NULL WHERE "id" = 3 AND "shelf" IS 'b';`,
    ],
    problems: [],
  });
  expect(await service.applyEdits({ database: 'default', table: 'book', edits })).toMatchObject({
    changed: 3,
  });
  expect(query('SELECT title, stock, typeof(stock), shelf FROM book ORDER BY id')).toEqual([
    ["It's", 5, 'integer', 'a'],
    ['Two', 60, 'integer', 'a'],
    ['Three', 7, 'integer', null],
  ]);
  expect(events).toEqual(['database.changed']);
});

it.each<[string, CellEdit, RegExp]>([
  ['text in a number', edit(1, 'stock', integer(5), text('many')), /whole numbers/],
  ['a negative stock', edit(1, 'stock', integer(5), integer(-1)), /negative/],
  ['NULL', edit(1, 'title', text('One'), { kind: 'null' }), /NULL/],
  ['too long a title', edit(1, 'title', text('One'), text('x'.repeat(21))), /20 characters/],
  ['no such author', edit(1, 'author_id', integer(1), integer(9)), /points to author/],
  ['a taken key', edit(1, 'id', integer(1), integer(2)), /already has id 2/],
  ['a taken pair', edit(1, 'place', integer(1), integer(2)), /already has shelf 'a' with place 2/],
  ['an unknown column', edit(1, 'colour', text('a'), text('b')), /no column colour/],
])('refuses %s, in the preview and when it is applied all the same', async (_, wrong, reason) => {
  const { service, query } = shop();
  const before = query('SELECT * FROM book');
  const input = {
    database: 'default',
    table: 'book',
    edits: [edit(2, 'stock', integer(6), integer(1)), wrong],
  };
  expect((await service.previewEdits(input)).problems.join(' ')).toMatch(reason);
  const failure = await failureOf(service.applyEdits(input));
  expect(failure).toMatchObject({ code: 'invalid-input', message: expect.stringMatching(reason) as string });
  expect(query('SELECT * FROM book')).toEqual(before);
});

it('lets two rows swap nothing behind the back of a unique constraint', async () => {
  const { service, query } = shop();
  const edits = [edit(1, 'place', integer(1), integer(8)), edit(2, 'place', integer(2), integer(8))];
  const preview = await service.previewEdits({ database: 'default', table: 'book', edits });
  expect(preview.problems.join()).toMatch(/unique/);
  await service.applyEdits({
    database: 'default',
    table: 'book',
    edits: [edit(2, 'place', integer(2), integer(3)), edit(1, 'place', integer(1), integer(2))],
  });
  expect(query('SELECT id, place FROM book')).toEqual([
    [1, 2],
    [2, 3],
    [3, 1],
  ]);
});

it('says what a row became meanwhile and writes nothing, also where only the case differs', async () => {
  const { service, query, file } = shop();
  writeDatabase(file, `UPDATE book SET title = 'ONE' WHERE id = 1; DELETE FROM book WHERE id = 3;`);
  const apply = (edits: CellEdit[]) => service.applyEdits({ database: 'default', table: 'book', edits });
  const changed = await failureOf(
    apply([edit(2, 'stock', integer(6), integer(1)), edit(1, 'title', text('One'), text('Mine'))]),
  );
  expect(changed).toMatchObject({ code: 'conflict', detail: { now: text('ONE') } });
  expect(changed.message).toContain("'One' and is now 'ONE'");
  const gone = await failureOf(apply([edit(3, 'title', text('Three'), text('Mine'))]));
  expect(gone).toMatchObject({ code: 'conflict', detail: { now: null } });
  expect(query('SELECT title, stock FROM book')).toEqual([
    ['ONE', 5],
    ['Two', 6],
  ]);
});

it('keeps a foreign key whole when a referenced key changes', async () => {
  const { service, query } = shop();
  const failure = await failureOf(
    service.applyEdits({
      database: 'default',
      table: 'author',
      edits: [{ key: [integer(1)], column: 'id', before: integer(1), after: integer(7) }],
    }),
  );
  expect(failure).toMatchObject({
    code: 'refused',
    message: expect.stringContaining('foreign key') as string,
  });
  expect(query('SELECT id FROM author')).toEqual([[1], [2]]);
});

it('knows a row by its declared key too, where VACUUM may give its number to another', async () => {
  const { service, query, file } = shop();
  writeDatabase(
    file,
    `CREATE TABLE uuid (id char(32) NOT NULL PRIMARY KEY, n int);
     INSERT INTO uuid VALUES ('${'a'.repeat(32)}', 1), ('${'b'.repeat(32)}', 1);`,
  );
  const { rows } = await service.rows(rowsInput('uuid'));
  writeDatabase(file, `DELETE FROM uuid WHERE id LIKE 'a%'; UPDATE uuid SET rowid = 1;`);
  const failure = await failureOf(
    service.applyEdits({
      database: 'default',
      table: 'uuid',
      edits: [{ key: [...(rows[0]?.key ?? [])], column: 'n', before: integer(1), after: integer(2) }],
    }),
  );
  expect(failure.code).toBe('conflict');
  expect(query('SELECT n FROM uuid')).toEqual([[1]]);
});

it('keeps the edits when the file is locked, and applies them once it is free', async () => {
  const { service, query, file } = shop();
  const other = new Database(file);
  other.exec('BEGIN IMMEDIATE');
  const input = { database: 'default', table: 'book', edits: [edit(2, 'stock', integer(6), integer(1))] };
  const failure = await failureOf(service.applyEdits(input));
  expect(failure).toMatchObject({
    code: 'not-available',
    message: expect.stringContaining('locked') as string,
  });
  other.exec('ROLLBACK');
  other.close();
  expect(await service.applyEdits(input)).toMatchObject({ changed: 1 });
  expect(query('SELECT stock FROM book WHERE id = 2')).toEqual([[1]]);
});

it('ends a trigger that does not come to an end, and undoes what it had written', async () => {
  const { service, query, file } = shop();
  writeDatabase(
    file,
    `CREATE TRIGGER endless AFTER UPDATE ON author BEGIN
       UPDATE book SET stock = (WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c);
     END;`,
  );
  const impatient = serviceFor(file, { write: 800 }).service;
  const failure = await failureOf(
    impatient.applyEdits({
      database: 'default',
      table: 'author',
      edits: [edit(1, 'name', text('Ann'), text('Zoe'))],
    }),
  );
  expect(failure.message).toMatch(/took too long/);
  expect(query('SELECT name FROM author')).toEqual([['Ann'], ['Bob']]);
  expect((await service.rows(rowsInput('author'))).rows.length).toBe(2);
});

it('refuses to edit views and tables without a key, and says why', async () => {
  const { service, file } = shop();
  writeDatabase(file, 'CREATE VIEW titles AS SELECT title FROM book;');
  const preview = await service.previewEdits({
    database: 'default',
    table: 'titles',
    edits: [edit(1, 'title', text('One'), text('Two'))],
  });
  expect(preview.problems.join()).toContain('view');
});
