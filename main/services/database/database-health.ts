import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseCheck, DatabaseHealth } from '../../../shared/contract/query-calls.ts';
import { copyDatabase, withReadHandle, type ReadHandle } from './handles.ts';

/** What a file says of itself; it takes no time. */
export function readHealth(handle: ReadHandle): DatabaseHealth {
  const value = (sql: string): unknown => handle.first(sql)?.[0];
  return {
    bytes: statSync(handle.file).size,
    pageSize: Number(value('PRAGMA page_size')),
    pages: Number(value('PRAGMA page_count')),
    freePages: Number(value('PRAGMA freelist_count')),
    journalMode: String(value('PRAGMA journal_mode')),
    encoding: handle.encoding,
    sqlite: String(value('SELECT sqlite_version()')),
  };
}

const MOST_SHOWN = 100;

/** A larger file takes so long to check that a writer would wait for it. */
const COPIED_BYTES = 20_000_000;

/** Checks a file without keeping its writers waiting: a large one in a copy, unless WAL lets both go on. */
export async function checkFreely(file: string): Promise<DatabaseCheck> {
  const { bytes, journalMode } = withReadHandle(file, readHealth);
  if (bytes < COPIED_BYTES || journalMode === 'wal') return withReadHandle(file, checkDatabase);
  const folder = mkdtempSync(join(tmpdir(), 'samois-check-'));
  try {
    const copy = join(folder, 'copy.sqlite3');
    await copyDatabase(file, copy);
    return withReadHandle(copy, checkDatabase);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function checkDatabase(handle: ReadHandle): DatabaseCheck {
  const damage = handle
    .all(`PRAGMA integrity_check(${String(MOST_SHOWN)})`)
    .map(([line]) => String(line))
    .filter((line) => line !== 'ok');
  // Rows of a damaged file are not worth a further look, and may not come to an end.
  if (damage.length > 0) return { damage, dangling: [], hasMoreDangling: false };
  const dangling = handle.all(
    `SELECT "table", rowid, parent FROM pragma_foreign_key_check LIMIT ${String(MOST_SHOWN + 1)}`,
  );
  return {
    damage,
    dangling: dangling.slice(0, MOST_SHOWN).map(([table, rowid, toTable]) => ({
      table: String(table),
      rowid: rowid === null || rowid === undefined ? null : String(rowid),
      toTable: String(toTable),
    })),
    hasMoreDangling: dangling.length > MOST_SHOWN,
  };
}
