import { parentPort } from 'node:worker_threads';
import { applyEdits } from './apply-edits.ts';
import { inspectFile } from './database-file.ts';
import type {
  ProcessMessage,
  RequestInput,
  RequestKind,
  RequestMessage,
  RequestOutput,
} from './database-requests.ts';
import { checkFreely, readHealth } from './database-health.ts';
import { defaultOf, previewEdits } from './preview-edits.ts';
import { exportPart } from './export-rows.ts';
import { previewImport } from './import-file.ts';
import { importRows } from './import-rows.ts';
import { copyWhole, restoreDatabase, vacuumDatabase } from './database-care.ts';
import { explainError } from './explain-error.ts';
import { explainQuery } from './explain-query.ts';
import { withReadHandle, withWriteHandle } from './handles.ts';
import { readStructure } from './read-structure.ts';
import { sampleRows } from './row-sample.ts';
import { runReading, runWriting } from './run-query.ts';
import { countRows, readCell, readRows } from './rows.ts';
import { readTables } from './schema.ts';
import { undoChanges } from './undo-record.ts';

// The thread of the database process in which SQLite runs. A file is opened for each request and
// closed after it: no lock, no statement and no handle stays between two actions of the user.

const answers: {
  readonly [K in RequestKind]: (input: RequestInput<K>) => RequestOutput<K> | Promise<RequestOutput<K>>;
} = {
  inspect: ({ file }) => inspectFile(file),
  tables: ({ file }) => withReadHandle(file, readTables),
  rows: (input) => withReadHandle(input.file, (handle) => readRows(handle, input)),
  count: (input) => withReadHandle(input.file, (handle) => countRows(handle, input)),
  sample: (input) => withReadHandle(input.file, (handle) => sampleRows(handle, input)),
  cell: (input) => withReadHandle(input.file, (handle) => readCell(handle, input)),
  previewEdits: (input) => withReadHandle(input.file, (handle) => previewEdits(handle, input)),
  applyEdits: (input) => withWriteHandle(input.file, (handle) => applyEdits(handle, input)),
  undo: ({ file, undo }) => withWriteHandle(file, (handle) => undoChanges(handle, undo)),
  defaultOf: (input) => withReadHandle(input.file, (handle) => defaultOf(handle, input)),
  exportPart: (input) => withReadHandle(input.file, (handle) => exportPart(handle, input)),
  importRows: (input) => withWriteHandle(input.file, (handle) => importRows(handle, input)),
  previewImport: ({ file, format }) => previewImport(file, format),
  copy: ({ file, to }) => copyWhole(file, to),
  restore: ({ file, from }) => restoreDatabase(file, from),
  vacuum: ({ file }) => vacuumDatabase(file),
  query: (input) =>
    input.write
      ? withWriteHandle(input.file, (handle) => runWriting(handle, input))
      : withReadHandle(input.file, (handle) => runReading(handle, input)),
  explain: (input) => withReadHandle(input.file, (handle) => explainQuery(handle, input)),
  structure: (input) => withReadHandle(input.file, (handle) => readStructure(handle, input.table)),
  health: ({ file }) => withReadHandle(file, readHealth),
  check: ({ file }) => checkFreely(file),
  recover: ({ file }) =>
    withWriteHandle(file, (handle) => {
      handle.first('SELECT count(*) FROM sqlite_schema');
      return null;
    }),
};

async function answer<K extends RequestKind>(message: RequestMessage<K>): Promise<ProcessMessage> {
  try {
    return { kind: 'value', value: await answers[message.kind](message.input) };
  } catch (error) {
    const failure = explainError(error, message.input.file);
    if (failure !== null) return { kind: 'failure', failure: failure.toValue() };
    return { kind: 'bug', stack: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (message: RequestMessage) => {
  void answer(message).then((reply) => parentPort?.postMessage(reply));
});
parentPort?.postMessage({ kind: 'ready' } satisfies ProcessMessage);
