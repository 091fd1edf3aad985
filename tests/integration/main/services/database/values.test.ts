import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CellValue } from '../../../../../shared/contract/cell-value.ts';
import type { CellEdit } from '../../../../../shared/contract/database-changes.ts';
import { ownFolder, rowsInput, serviceFor, writeDatabase } from './open-database.ts';

const integer = (text: string): CellValue => ({ kind: 'integer', text });
const real = (text: string): CellValue => ({ kind: 'real', text });
const text = (value: string): CellValue => ({ kind: 'text', text: value });
const blob = (hex: string): CellValue => ({ kind: 'blob', bytes: hex.length / 2, hex });

/** Values that other tools are known to round, cut, reinterpret or lose: as SQL, and as the window must get them. */
const AWKWARD: readonly (readonly [sql: string, cell: CellValue])[] = [
  ['NULL', { kind: 'null' }],
  ["''", text('')],
  ["'NULL'", text('NULL')],
  ["x''", blob('')],
  ["x'00'", blob('00')],
  ['0', integer('0')],
  ['9223372036854775807', integer('9223372036854775807')],
  ['-9223372036854775807 - 1', integer('-9223372036854775808')],
  ['9007199254740993', integer('9007199254740993')],
  ['-9007199254740993', integer('-9007199254740993')],
  ['9223372036854775808', real('9223372036854776000.0')],
  ['0.1', real('0.1')],
  ['0.1 + 0.2', real('0.30000000000000004')],
  ['1.0', real('1.0')],
  ['-0.0', real('-0.0')],
  ['9e999', real('Infinity')],
  ['-9e999', real('-Infinity')],
  ['9e999 - 9e999', { kind: 'null' }],
  ['5e-324', real('5e-324')],
  ['1.7976931348623157e308', real('1.7976931348623157e+308')],
  ["'1'", text('1')],
  ["'1.0'", text('1.0')],
  ["'a' || char(0) || 'b'", text('a\0b')],
  ['char(0)', text('\0')],
  ["CAST(x'80ff41' AS TEXT)", blob('80ff41')],
  ["CAST(x'c3' AS TEXT)", blob('c3')],
  ["CAST(x'eda080' AS TEXT)", blob('eda080')],
  ["'\ufeffmark'", text('\ufeffmark')],
  ["'\ufffd'", text('\ufffd')],
  ["'é'", text('é')],
  ["'e\u0301'", text('e\u0301')],
  ["'😀👨‍👩‍👧'", text('😀👨‍👩‍👧')],
  ["'\u202egnp.exe'", text('\u202egnp.exe')],
  ["'line\r\nend\n'", text('line\r\nend\n')],
  ["' spaces '", text(' spaces ')],
  ["'it''s \"quoted\" \\'", text('it\'s "quoted" \\')],
  ["'=1+1'", text('=1+1')],
  ["'2024-02-30'", text('2024-02-30')],
  ["'2024-05-31 14:30:00+05:30'", text('2024-05-31 14:30:00+05:30')],
  ['\'{"a": 9007199254740993}\'', text('{"a": 9007199254740993}')],
  ["'true'", text('true')],
  ["'0x1F'", text('0x1F')],
  ["'12345678901234567890.12'", text('12345678901234567890.12')],
];

it('shows awkward values exactly, and an edit of the neighbour cell leaves each as it was', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  const inserts = AWKWARD.map(([sql], place) => `(${String(place + 1)}, ${sql}, 'before')`).join(', ');
  writeDatabase(file, `CREATE TABLE t (id integer PRIMARY KEY, v, n text); INSERT INTO t VALUES ${inserts};`);
  const { service } = serviceFor(file);
  const page = await service.rows(rowsInput('t'));
  expect(page.rows.map((row) => row.cells[1])).toEqual(AWKWARD.map(([, cell]) => cell));

  const stored = () => {
    const database = new Database(file, { readonly: true });
    const rows = database.prepare('SELECT typeof(v), hex(CAST(v AS BLOB)), quote(v) FROM t').raw().all();
    database.close();
    return rows;
  };
  const before = stored();
  const neighbours = page.rows.map((row): CellEdit => ({
    key: [...row.key],
    column: 'n',
    before: text('before'),
    after: text('after'),
  }));
  expect(await service.applyEdits({ database: 'default', table: 't', edits: neighbours })).toMatchObject({
    changed: AWKWARD.length,
  });
  expect(stored()).toEqual(before);

  // Comparing the old value must know each of them again, too.
  const same = page.rows.map((row): CellEdit => ({
    key: [...row.key],
    column: 'v',
    before: row.cells[1] as CellEdit['before'],
    after: text('new'),
  }));
  expect(await service.applyEdits({ database: 'default', table: 't', edits: same })).toMatchObject({
    changed: AWKWARD.length,
  });
});

it('never loads a 50 MB cell into the window, refuses to edit what it shows in part, and keeps it whole', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `CREATE TABLE t (id integer PRIMARY KEY, big text, raw blob, n text);
     INSERT INTO t VALUES (1, printf('%.*c', 50000000, 'x'), zeroblob(50000000), 'n');`,
  );
  const { service } = serviceFor(file);
  const { rows } = await service.rows(rowsInput('t'));
  const [row] = rows;
  expect(row?.cells[1]).toEqual({ kind: 'text', text: 'x'.repeat(200), bytes: 50_000_000 });
  expect(row?.cells[2]).toEqual({ kind: 'blob', bytes: 50_000_000, hex: '00'.repeat(32) });
  const cell = await service.cell({
    database: 'default',
    table: 't',
    key: [...(row?.key ?? [])],
    column: 'big',
  });
  expect(cell).toMatchObject({ kind: 'text', bytes: 50_000_000 });
  expect(cell.kind === 'text' && cell.text.length).toBe(1_000_000);

  const edit = { key: [...(row?.key ?? [])], after: text('short') };
  const preview = await service.previewEdits({
    database: 'default',
    table: 't',
    edits: [{ ...edit, column: 'big', before: row?.cells[1] as CellEdit['before'] }],
  });
  expect(preview.problems.join()).toMatch(/longer than what is shown/);
  await service.applyEdits({
    database: 'default',
    table: 't',
    edits: [{ ...edit, column: 'n', before: text('n') }],
  });
  const database = new Database(file, { readonly: true });
  expect(database.prepare('SELECT length(big), length(raw), n FROM t').raw().get()).toEqual([
    50_000_000,
    50_000_000,
    'short',
  ]);
  database.close();
});

it('reads UTF-16 databases', async () => {
  const file = join(ownFolder(), 'db.sqlite3');
  writeDatabase(
    file,
    `PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (id integer PRIMARY KEY, v text);
     INSERT INTO t VALUES (1, 'Zürich 😀'), (2, '${'ä'.repeat(500)}');`,
  );
  const { service } = serviceFor(file);
  const { rows } = await service.rows(rowsInput('t', { order: { column: 'v', descending: false } }));
  expect(rows.map((row) => row.cells[1])).toEqual([
    text('Zürich 😀'),
    { kind: 'text', text: 'ä'.repeat(200), bytes: 1000 },
  ]);
});
