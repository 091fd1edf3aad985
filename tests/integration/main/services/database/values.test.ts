import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CellValue } from '../../../../../shared/contract/cell-value.ts';
import type { CellEdit } from '../../../../../shared/contract/database-changes.ts';
import { AWKWARD } from './awkward-values.ts';
import { ownFolder, rowsInput, serviceFor, writeDatabase } from './open-database.ts';

const text = (value: string): CellValue => ({ kind: 'text', text: value });

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
