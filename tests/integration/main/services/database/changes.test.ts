import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CallParsed } from '../../../../../shared/contract/contract.ts';
import type { DatabaseRow } from '../../../../../shared/contract/data-calls.ts';
import type { RowDelete } from '../../../../../shared/contract/database-changes.ts';
import { failureOf, ownFolder, rowsInput, sharedService, writeDatabase } from './open-database.ts';

const NULL = { kind: 'null' } as const;
const integer = (value: number) => ({ kind: 'integer', text: String(value) }) as const;
const text = (value: string) => ({ kind: 'text', text: value }) as const;

const SHOP = `
  CREATE TABLE author (id integer PRIMARY KEY, name varchar(10) NOT NULL UNIQUE, born date DEFAULT '1900-01-01');
  CREATE TABLE book (id integer PRIMARY KEY, title varchar(20) NOT NULL, author_id bigint NOT NULL
    REFERENCES author (id) ON DELETE CASCADE);
  CREATE TABLE note (id integer PRIMARY KEY, book_id bigint REFERENCES book (id) ON DELETE SET NULL, raw);
  CREATE TABLE loan (id char(4) NOT NULL PRIMARY KEY, book_id bigint NOT NULL REFERENCES book (id)
    DEFERRABLE INITIALLY DEFERRED);
  INSERT INTO author (id, name) VALUES (1, 'Ann'), (2, 'Bob');
  INSERT INTO book VALUES (1, 'One', 1), (2, 'Two', 1), (3, 'Three', 2);
  INSERT INTO note VALUES (1, 1, CAST(x'ff00fe' AS TEXT)), (2, 3, 9007199254740993), (3, NULL, x'00');
  INSERT INTO loan VALUES ('a', 3);`;

const shared = sharedService();

function shop() {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(file, SHOP);
  shared.open(file);
  const opened = shared;
  const all = (table: string, columns = 'rowid, *'): unknown => {
    const database = new Database(file, { readonly: true });
    try {
      return database.prepare(`SELECT ${columns} FROM ${table}`).safeIntegers().raw().all();
    } finally {
      database.close();
    }
  };
  const everything = (): unknown => ['author', 'book', 'note', 'loan'].map((table) => all(table));
  const apply = async (table: string, changes: Partial<CallParsed<'database.applyEdits'>>) =>
    opened.service.applyEdits({ database: 'default', table, edits: [], ...changes });
  const going = async (table: string, ...ids: readonly number[]): Promise<RowDelete[]> => {
    const { columns, rows } = await opened.service.rows(rowsInput(table));
    return rows
      .filter(({ key: [first] }) => first?.kind === 'integer' && ids.includes(Number(first.text)))
      .map((row) => ({ key: [...row.key], before: byColumn(columns, row) }));
  };
  return { ...opened, file, all, everything, apply, going };
}

function byColumn(columns: readonly string[], { cells }: DatabaseRow): RowDelete['before'] {
  return Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? NULL]));
}

it('makes rows with the defaults of the database, and takes them back', async () => {
  const { service, everything, all, apply } = shop();
  const before = everything();
  const inserts = [
    { values: { id: NULL, name: text("O'Hara") } },
    { values: { name: text('Zoe'), born: NULL } },
  ];
  const preview = await service.previewEdits({ database: 'default', table: 'author', edits: [], inserts });
  expect(preview).toMatchObject({
    sql: [
      `INSERT INTO "author" ("name") VALUES ('O''Hara');`,
      `INSERT INTO "author" ("name", "born") VALUES ('Zoe', NULL);`,
    ],
    problems: [],
  });
  const { changed, undo } = await apply('author', { inserts });
  expect(changed).toBe(2);
  expect(all('author', 'name, born')).toEqual([
    ['Ann', '1900-01-01'],
    ['Bob', '1900-01-01'],
    ["O'Hara", '1900-01-01'],
    ['Zoe', null],
  ]);
  expect(await service.undoEdits({ database: 'default', undo: undo ?? '' })).toEqual({ changed: 2 });
  expect(everything()).toEqual(before);
  expect((await failureOf(service.undoEdits({ database: 'default', undo: undo ?? '' }))).code).toBe(
    'not-found',
  );
});

it('says which value of a new row is missing or does not fit', async () => {
  const { service, everything, apply } = shop();
  const before = everything();
  const inserts = [
    { values: { title: text('x'.repeat(30)), author_id: integer(9) } },
    { values: { title: text('A') } },
  ];
  const { problems } = await service.previewEdits({ database: 'default', table: 'book', edits: [], inserts });
  expect(problems.join(' ')).toMatch(/20 characters.*author_id needs a value/);
  expect((await failureOf(apply('book', { inserts }))).code).toBe('invalid-input');
  const taken = [{ values: { name: text('Ann') } }];
  expect((await failureOf(apply('author', { inserts: taken }))).message).toMatch(/UNIQUE/);
  expect(everything()).toEqual(before);
});

it('shows what goes with a deleted row, deletes it, and brings all of it back to the byte', async () => {
  const { service, everything, all, apply, going } = shop();
  const before = everything();
  const deletes = await going('author', 1);
  const preview = await service.previewEdits({ database: 'default', table: 'author', edits: [], deletes });
  expect(preview.cascadeBy).toBe('foreign-keys');
  expect(preview.problems).toEqual([]);
  expect(preview.cascade).toMatchObject([
    { kind: 'set', table: 'note', values: [integer(1)], set: { column: 'book_id', value: NULL } },
    { kind: 'delete', table: 'book', values: [integer(1), integer(2)] },
  ]);
  expect(preview.sql.at(-1)).toBe('DELETE FROM "author" WHERE "id" = 1;');
  const { undo } = await apply('author', { deletes, cascade: [...preview.cascade] });
  expect(all('book', 'id')).toEqual([[3n]]);
  expect(all('note', 'book_id')).toEqual([[null], [3n], [null]]);
  await service.undoEdits({ database: 'default', undo: undo ?? '' });
  expect(everything()).toEqual(before);
});

it('refuses to delete what others need, and a row that was changed meanwhile', async () => {
  const { service, everything, apply, going, file } = shop();
  const { problems } = await service.previewEdits({
    ...{ database: 'default', table: 'author', edits: [] },
    deletes: await going('author', 2),
  });
  expect(problems.join()).toMatch(/1 row of loan points here by book_id/);
  const deletes = await going('note', 2);
  writeDatabase(file, 'UPDATE note SET raw = 9007199254740992 WHERE id = 2');
  const before = everything();
  const failure = await failureOf(apply('note', { deletes }));
  expect(failure).toMatchObject({
    code: 'conflict',
    detail: {
      conflicts: [{ column: 'raw', before: { text: '9007199254740993' }, now: { text: '9007199254740992' } }],
    },
  });
  expect(everything()).toEqual(before);
});

it('names every edit that others came before, and writes none', async () => {
  const { apply, file } = shop();
  writeDatabase(
    file,
    `UPDATE book SET title = 'Uno' WHERE id = 1; UPDATE book SET title = 'Due' WHERE id = 2;`,
  );
  const edits = [1, 2, 3].map((id) => ({
    ...{ key: [integer(id)], column: 'title' },
    ...{ before: text(['One', 'Two', 'Three'][id - 1] ?? ''), after: text('Mine') },
  }));
  expect(await failureOf(apply('book', { edits }))).toMatchObject({
    detail: { conflicts: [{ now: text('Uno') }, { now: text('Due') }] },
  });
});

it('takes an edit back, also of the key, unless somebody has edited since', async () => {
  const { service, everything, apply, file } = shop();
  const before = everything();
  const edits = [
    { key: [integer(2)], column: 'id', before: integer(2), after: integer(20) },
    { key: [integer(2)], column: 'title', before: text('Two'), after: text('Twenty') },
  ];
  const { undo } = await apply('book', { edits });
  await service.undoEdits({ database: 'default', undo: undo ?? '' });
  expect(everything()).toEqual(before);
  const again = await apply('book', { edits });
  writeDatabase(file, `UPDATE book SET title = 'Other' WHERE id = 20`);
  const changed = everything();
  const failure = await failureOf(service.undoEdits({ database: 'default', undo: again.undo ?? '' }));
  expect(failure).toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('changed since') as string,
  });
  expect(everything()).toEqual(changed);
});

it('tells the default of a column', async () => {
  const { service } = shop();
  const defaultOf = (column: string) => service.defaultOf({ database: 'default', table: 'author', column });
  expect(await defaultOf('born')).toEqual(text('1900-01-01'));
  expect(await defaultOf('name')).toEqual(NULL);
});
