import Database from 'better-sqlite3';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, onTestFinished } from 'vitest';
import { calls, type CallParsed } from '../../../../../shared/contract/contract.ts';
import type { DatabasePage, DatabaseRow } from '../../../../../shared/contract/data-calls.ts';
import {
  createDatabaseService,
  type DatabaseLimits,
  type DatabaseService,
} from '../../../../../main/services/database/database-service.ts';
import { createJobService } from '../../../../../main/services/jobs/job-service.ts';

/** A folder of this test alone. */
export function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'samois-database-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Writes a database with another connection, as an application would. */
export function writeDatabase(file: string, sql: string): void {
  const database = new Database(file);
  database.unsafeMode(true);
  database.exec(sql);
  database.close();
}

export interface OpenService {
  readonly service: DatabaseService;
  readonly events: string[];
  readonly defects: unknown[];
}

/** A service whose only database, `default`, is this file. */
export function serviceFor(file: string, limits: Partial<DatabaseLimits> = {}): OpenService {
  const events: string[] = [];
  const defects: unknown[] = [];
  const around = surroundings((error) => defects.push(error));
  const service = createDatabaseService({
    untrusted: () => Promise.resolve(null),
    emit: (name) => {
      events.push(name);
    },
    databases: () => [{ alias: 'default', engine: 'django.db.backends.sqlite3', file }],
    modelOfTable: (table) => (table === 'catalog_book' ? 'catalog.Book' : null),
    report: (error) => defects.push(error),
    ...around.given,
    limits,
  });
  onTestFinished(async () => {
    await service.dispose();
    await around.end();
  });
  return { service, events, defects };
}

/** Jobs, and folders of their own; `end` removes them. */
function surroundings(report: (error: unknown) => void) {
  const stateFolder = realpathSync(mkdtempSync(join(tmpdir(), 'samois-state-')));
  const jobs = createJobService({ emit: () => undefined, report });
  const end = async (): Promise<void> => {
    await jobs.dispose();
    rmSync(stateFolder, { recursive: true, force: true });
  };
  return { given: { jobs, stateFolder, workspaceRoot: () => stateFolder }, end };
}

/** One service for all tests of a file, because its processes take a while to start; `open` gives it a database. */
export function sharedService(): OpenService & {
  readonly open: (file: string) => void;
  /** The value of a job, once it has ended. */
  readonly finished: (start: Promise<{ readonly jobId: string }>) => Promise<unknown>;
} {
  const events: string[] = [];
  const defects: unknown[] = [];
  let opened = '';
  const around = surroundings((error) => defects.push(error));
  const service = createDatabaseService({
    untrusted: () => Promise.resolve(null),
    emit: (name) => {
      events.push(name);
    },
    databases: () => [{ alias: 'default', engine: 'django.db.backends.sqlite3', file: opened }],
    modelOfTable: (table) => (table === 'catalog_book' ? 'catalog.Book' : null),
    report: (error) => defects.push(error),
    ...around.given,
  });
  afterAll(async () => {
    await service.dispose();
    await around.end();
  });
  const open = (file: string): void => {
    opened = file;
    events.length = 0;
  };
  const finished = async (start: Promise<{ readonly jobId: string }>): Promise<unknown> => {
    const { jobId } = await start;
    const jobNow = () => around.given.jobs.list().find(({ id }) => id === jobId);
    await expect.poll(() => jobNow()?.state, { timeout: 30_000 }).not.toBe('running');
    const job = jobNow();
    if (job?.state !== 'succeeded') throw new Error(job?.failure?.message ?? job?.state);
    return job.value;
  };
  return { service, events, defects, open, finished };
}

/** The input of `database.rows` with what most tests do not care about filled in. */
export function rowsInput(
  table: string,
  more: Partial<CallParsed<'database.rows'>> = {},
): CallParsed<'database.rows'> {
  return calls['database.rows'].input.parse({
    database: 'default',
    table,
    limit: 100,
    order: null,
    search: '',
    after: null,
    ...more,
  });
}

/** Reads page after page to the end, as scrolling does. */
export async function readAll(
  service: DatabaseService,
  table: string,
  more: Partial<CallParsed<'database.rows'>> = {},
): Promise<readonly DatabaseRow[]> {
  const rows: DatabaseRow[] = [];
  let page: DatabasePage;
  let after: CallParsed<'database.rows'>['after'] = null;
  do {
    page = await service.rows(rowsInput(table, { ...more, after }));
    rows.push(...page.rows);
    const last = page.rows.at(-1);
    if (last === undefined) break;
    const place = page.columns.indexOf(more.order?.column ?? '');
    after = { key: [...last.key], order: last.cells[place] ?? null };
  } while (page.hasMore && rows.length < 100_000);
  return rows;
}

/** The message of the failure that a call ends with. */
export async function failureOf(
  work: Promise<unknown>,
): Promise<{ code: string; message: string; detail: unknown }> {
  try {
    await work;
  } catch (error) {
    const { code, message, detail } = error as { code: string; message: string; detail: unknown };
    return { code, message, detail };
  }
  throw new Error('It was expected to fail.');
}
