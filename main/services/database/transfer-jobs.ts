import { randomBytes } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { CallParsed } from '../../../shared/contract/contract.ts';
import type { ImportOutcome, TableExport } from '../../../shared/contract/database-transfer-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { JobContext } from '../jobs/job-service.ts';
import { TEMPORARY_PREFIX } from '../storage/atomic-write.ts';
import type { RequestInput, RequestOutput } from './database-requests.ts';
import type { KillableProcess, Outcome } from './killable-process.ts';

const PART_MILLISECONDS = 30_000;
const IMPORT_MILLISECONDS = 3_600_000;

/** Writes the rows of a table into a file, part by part; a cancelled one leaves nothing. */
export async function exportTable(
  transfers: KillableProcess,
  file: string,
  { table, search, filter, format, path }: CallParsed<'database.export'>,
  { signal, step }: JobContext,
): Promise<TableExport> {
  const folder = await stat(dirname(path)).catch(() => null); // told in a sentence below
  if (folder?.isDirectory() !== true) {
    throw new Failure('not-found', `There is no folder ${dirname(path)}.`);
  }
  if ((await stat(path).catch(() => null))?.isDirectory() === true) {
    throw new Failure('refused', `${path} is a folder. Name a file in it.`);
  }
  const mark = randomBytes(6).toString('hex');
  const to = join(dirname(path), `${TEMPORARY_PREFIX}${basename(path).slice(0, 60)}-${mark}`);
  try {
    let after: readonly CellValue[] | null = null;
    for (let rows = 0; ;) {
      signal.throwIfAborted();
      const input: RequestInput<'exportPart'> = { file, table, search, filter, format, to, after, rows };
      const outcome: Outcome<RequestOutput<'exportPart'>> = await transfers.ask(
        'exportPart',
        input,
        PART_MILLISECONDS,
      );
      if (outcome.kind === 'ended') {
        throw new Failure('not-available', 'Reading the table took too long, and the export was stopped.');
      }
      ({ after, rows } = outcome.value);
      step(`${rows.toLocaleString('en')} rows`);
      if (outcome.value.done) {
        await rename(to, path);
        return { path, rows, bytes: outcome.value.bytes };
      }
    }
  } finally {
    await rm(to, { force: true });
  }
}

/** Puts the rows of a file into a table; cancelled, it leaves the table as it was. */
export async function importTable(
  transfers: KillableProcess,
  file: string,
  { table, path, format, mapping, dryRun, patient }: CallParsed<'database.import'>,
  { signal, step }: JobContext,
): Promise<ImportOutcome> {
  step(dryRun ? 'Trying every row' : 'Writing the rows');
  const input = { file, table, path, format, mapping, dryRun, patient };
  const stop = (): void => {
    transfers.interrupt();
  };
  signal.addEventListener('abort', stop);
  try {
    const outcome = await transfers.ask('importRows', input, IMPORT_MILLISECONDS);
    if (outcome.kind === 'value') return outcome.value;
    await transfers.ask('recover', { file }, PART_MILLISECONDS);
    signal.throwIfAborted();
    throw new Failure('not-available', 'The process that wrote ended; nothing was written.');
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
