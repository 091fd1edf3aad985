import Database from 'better-sqlite3';
import { Failure } from '../../../shared/contract/failure.ts';
import type { IndexAdvice, PlanStep } from '../../../shared/contract/query-calls.ts';
import { splitStatements } from '../../../shared/sql/sql-statements.ts';
import type { RequestInput, RequestOutput } from './database-requests.ts';
import type { ReadHandle, SqlRow } from './handles.ts';
import { tableUses, type TableUse } from './table-uses.ts';
import { valuesFor } from './run-query.ts';
import { quoteName } from './sql-text.ts';

/** The plan of one statement, and the indexes that would spare it a full scan. */
export function explainQuery(handle: ReadHandle, input: RequestInput<'explain'>): RequestOutput<'explain'> {
  const [statement, second] = splitStatements(input.sql);
  if (statement === undefined || second !== undefined) {
    throw new Failure('invalid-input', 'The plan of exactly one statement can be shown: select it.');
  }
  const values = valuesFor(statement, input.parameters);
  const columnsOf = (table: string): readonly string[] =>
    handle.all('SELECT name FROM pragma_table_xinfo(?)', table).map(([name]) => String(name));
  const tables = handle
    .all(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`)
    .map(([name]) => String(name));
  const uses = tableUses(statement.text, tables, columnsOf);
  const steps = stepsOf(handle.all(`EXPLAIN QUERY PLAN ${statement.text}`, ...values), uses);
  const scanned = uses.filter(({ table }) => steps.some(({ fullScan }) => fullScan === table));
  if (scanned.length === 0) return { steps, advice: [] };
  return { steps, advice: proven(handle, statement.text, scanned) };
}

/** https://www.sqlite.org/eqp.html: "SCAN" reads all of a table, "SEARCH" a part. */
function stepsOf(rows: readonly SqlRow[], uses: readonly TableUse[]): readonly PlanStep[] {
  return rows.map(([id, parent, , detail]) => {
    const text = String(detail);
    const scanned = /^SCAN (\S+)/.exec(text)?.[1];
    const use = uses.find(({ alias, table }) => alias === scanned || table === scanned);
    return { id: Number(id), parent: Number(parent), detail: text, fullScan: use?.table ?? null };
  });
}

/** Makes each candidate in an empty copy of the schema, with the statistics, and keeps those that are used. */
function proven(
  handle: ReadHandle,
  sql: string,
  scanned: readonly TableUse[],
): readonly Omit<IndexAdvice, 'model'>[] {
  const copy = emptyCopy(handle);
  try {
    return scanned.flatMap((use) => {
      const found = candidates(use).find((columns) => isUsed(copy, sql, use.table, columns));
      if (found === undefined) return [];
      const name = `${use.table}_${found.join('_')}`;
      const list = found.map(quoteName).join(', ');
      return [
        {
          table: use.table,
          columns: found,
          sql: `CREATE INDEX ${quoteName(name)} ON ${quoteName(use.table)} (${list})`,
        },
      ];
    });
  } finally {
    copy.close();
  }
}

/** Columns compared for equality first, then one compared otherwise: https://www.sqlite.org/queryplanner.html */
function candidates({ equal, ranged, ordered }: TableUse): readonly (readonly string[])[] {
  const all = [
    [...equal, ...ranged.slice(0, 1)],
    ...equal.map((column) => [column]),
    ...ranged.map((column) => [column]),
    ordered,
  ];
  return all.filter((columns) => columns.length > 0);
}

const CANDIDATE = 'studio_candidate';

function isUsed(copy: Database.Database, sql: string, table: string, columns: readonly string[]): boolean {
  const list = [...new Set(columns)].map(quoteName).join(', ');
  copy.exec(`CREATE INDEX ${CANDIDATE} ON ${quoteName(table)} (${list})`);
  try {
    const plan = copy.prepare<unknown[], SqlRow>(`EXPLAIN QUERY PLAN ${sql}`).raw(true).all();
    return plan.some(([, , , detail]) => String(detail).includes(`INDEX ${CANDIDATE}`));
  } finally {
    copy.exec(`DROP INDEX ${CANDIDATE}`);
  }
}

/** The tables and indexes without a row; what a virtual table or an unknown function makes is left out. */
function emptyCopy(handle: ReadHandle): Database.Database {
  const copy = new Database(':memory:');
  const objects = handle.all(
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'
     AND type IN ('table', 'index', 'view') ORDER BY type = 'view', type = 'index'`,
  );
  for (const [sql] of objects) {
    try {
      copy.exec(String(sql));
    } catch (error) {
      if (!(error instanceof Database.SqliteError)) throw error; // advice for the other tables is still good
    }
  }
  copyStatistics(handle, copy);
  return copy;
}

/** What ANALYZE has gathered, if it ever ran: https://www.sqlite.org/fileformat2.html#stat1tab */
function copyStatistics(handle: ReadHandle, copy: Database.Database): void {
  if (handle.first(`SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'`) === null) return;
  copy.exec('ANALYZE sqlite_schema');
  copy.unsafeMode(true).pragma('writable_schema = ON');
  const insert = copy.prepare('INSERT INTO sqlite_stat1 VALUES (?, ?, ?)');
  for (const row of handle.all('SELECT tbl, idx, stat FROM sqlite_stat1')) insert.run(...row);
  copy.exec('ANALYZE sqlite_schema');
}
