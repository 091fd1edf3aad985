import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { CallName, CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import type { DatabaseSummary } from '../../../shared/contract/data-calls.ts';
import type { DatabaseBackup } from '../../../shared/contract/database-transfer-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { forkModule, type StartModule } from '../module-process.ts';
import type { JobService } from '../jobs/job-service.ts';
import { leadsInside } from '../storage/workspace-path.ts';
import { workerUrl } from '../worker-url.ts';
import { createSavedQueries } from './saved-queries.ts';
import { exportTable, importTable } from './transfer-jobs.ts';
import { createChangeWatch } from './change-watch.ts';
import type { Ending } from './database-child.ts';
import type { DjangoRows } from './django-rows.ts';
import type { RequestInput, RequestKind, RequestOutput } from './database-requests.ts';
import { createKeptBackups } from './kept-backups.ts';
import { createKeptUndos } from './kept-undos.ts';
import { createKillableProcess, type KillableProcess } from './killable-process.ts';

/** A database of the settings, as far as the source tells it. */
export interface ConfiguredDatabase {
  readonly alias: string;
  readonly engine: string | null;
  /** Absolute path of a SQLite file; null where the source does not tell, or for other engines. */
  readonly file: string | null;
}

/** What the database service needs from outside. */
export interface DatabaseServiceDeps {
  readonly emit: Emit;
  /** The databases of the project's settings, as they are now. */
  readonly databases: () => readonly ConfiguredDatabase[];
  /** The open folder, if it is not trusted: its settings may name files of somebody else. */
  readonly untrusted: () => Promise<string | null>;
  /** The model whose table this is, `catalog.Book`; null for any other table. */
  readonly modelOfTable: (table: string) => string | null;
  /** What the project's own Django says of rows; absent where no project can run. */
  readonly django?: DjangoRows;
  /** Long work goes on as jobs; copies and what was run are kept in this folder. */
  readonly jobs: Pick<JobService, 'start'>;
  readonly stateFolder: string;
  readonly workspaceRoot: () => string | null;
  /** Hears of defects that no caller waits for. */
  readonly report: (error: unknown) => void;
  /** How a process of ours is started; plain Node's way where the shell says nothing. */
  readonly startModule?: StartModule;
  /** How long a read may take, and a count; shorter in tests. */
  readonly limits?: Partial<DatabaseLimits>;
}

/** Times after which the database process is ended, in milliseconds. */
export interface DatabaseLimits {
  /** Shorter than the 5 s for which Django waits, because a long read may hold a lock. */
  readonly read: number;
  readonly write: number;
  readonly count: number;
  /** A statement of the user, where it keeps no writer waiting (WAL). */
  readonly query: number;
  readonly check: number;
}

/** Rounds of 2 s in which a read waits for writers. */
const BUSY_ROUNDS = 4;

const LIMITS: DatabaseLimits = { read: 3500, write: 5000, count: 10_000, query: 60_000, check: 600_000 };

type DatabaseCall = Extract<CallName, `database.${string}`>;

/** A method a call of the contract. */
export type DatabaseService = {
  readonly [N in DatabaseCall as N extends `database.${infer Verb}` ? Verb : never]: (
    input: CallParsed<N>,
  ) => Promise<CallOutput<N>>;
} & {
  /** Ends every process; nothing is left behind. */
  readonly dispose: () => Promise<void>;
};

/** Browses and edits SQLite files in a process of its own; the project's code is never run for it. */
export function createDatabaseService(deps: DatabaseServiceDeps): DatabaseService {
  const limits = { ...LIMITS, ...deps.limits };
  const startModule = deps.startModule ?? forkModule;
  const module = workerUrl('database-process', import.meta.url);
  const main = createKillableProcess(module, startModule);
  // Counting may take long: in a process of its own, it keeps no page waiting.
  const counting = createKillableProcess(module, startModule);
  // What the user runs can be cancelled at any time: that ends its process, and no other's work.
  const querying = createKillableProcess(module, startModule);
  // Exports and imports keep neither a page nor a statement waiting.
  const transfers = createKillableProcess(module, startModule);
  const undos = createKeptUndos();
  const backups = createKeptBackups(join(deps.stateFolder, 'database-backups'));
  const queries = createSavedQueries(deps);
  let cancels = 0;
  const watch = createChangeWatch((database) => {
    deps.emit('database.changed', { database });
  });

  /** A stranger's settings, or a link in a stranger's project, may name any file; null for one to look at. */
  const outOfReach = async (file: string | null): Promise<string | null> => {
    const root = file === null ? null : await deps.untrusted();
    if (file === null || root === null || leadsInside(root, file)) return null;
    return `${file} is outside the project. Trust the project to look at it.`;
  };
  const fileOf = async (id: string): Promise<string> => {
    const file = databaseFile(deps.databases(), id);
    const reason = await outOfReach(file);
    if (reason !== null) throw new Failure('not-trusted', reason);
    return file;
  };
  const listed = async (database: ConfiguredDatabase): Promise<DatabaseSummary> => {
    const problem = await outOfReach(database.file);
    if (problem === null) return summary(main, database, limits.read);
    const { alias, engine, file } = database;
    return { id: alias, engine: engine ?? '', file, exists: false, bytes: null, problem };
  };
  const read = async <K extends RequestKind>(kind: K, input: RequestInput<K>): Promise<RequestOutput<K>> =>
    patiently(() => answered(main, kind, input, limits.read, READ_ENDINGS));

  /** After an ended write SQLite has to undo its unfinished part, before anybody can read again. */
  const recover = async (file: string): Promise<void> => {
    await main.ask('recover', { file }, limits.write).catch(deps.report);
  };

  /** One short write; whatever becomes of it, others can read again. */
  const written = async <K extends RequestKind>(
    database: string,
    kind: K,
    input: RequestInput<K>,
  ): Promise<RequestOutput<K>> => {
    const outcome = await main.ask(kind, input, limits.write);
    if (outcome.kind === 'ended') {
      await recover(input.file);
      throw new Failure('not-available', WRITE_ENDINGS[outcome.ending]);
    }
    await watch.wrote(database);
    deps.emit('database.changed', { database });
    return outcome.value;
  };

  /** What Django itself would delete with the rows; null where it can't be asked. */
  const collected = async ({ database, table, deletes = [] }: CallParsed<'database.previewEdits'>) =>
    deletes.length === 0 || !isConfigured(database)
      ? null
      : ((await deps.django?.collect(database, table, deletes)) ?? null);

  /** Only a database of the settings has a connection of Django. */
  const isConfigured = (id: string): boolean => deps.databases().some(({ alias }) => alias === id);

  /** Work on the whole file: it may take long, and `cancel` stops it. */
  const cared = async <K extends RequestKind>(kind: K, input: RequestInput<K>): Promise<RequestOutput<K>> => {
    const outcome = await querying.ask(kind, input, limits.check);
    if (outcome.kind === 'value') return outcome.value;
    await recover(input.file);
    throw new Failure(
      outcome.ending === 'stopped' ? 'cancelled' : 'not-available',
      CARE_ENDINGS[outcome.ending],
    );
  };

  const copied = async (file: string, reason: string, wanted?: string | null): Promise<DatabaseBackup> => {
    const path = wanted ?? (await backups.place(file, reason));
    if (existsSync(path)) throw new Failure('refused', `${path} is there already. Choose another name.`);
    if (!existsSync(dirname(path))) {
      throw new Failure('refused', `There is no folder ${dirname(path)}. Make it, or choose another one.`);
    }
    return { path, bytes: await cared('copy', { file, to: path }), madeAt: Date.now(), reason };
  };

  /** With a rollback journal a reader keeps writers waiting, so it gets no more than a page of rows. */
  const timeToRead = async (file: string): Promise<number> => {
    const { journalMode } = await read('health', { file });
    return journalMode === 'wal' ? limits.query : limits.read;
  };

  return {
    list: () => Promise.all(deps.databases().map(listed)),
    tables: async ({ database }) => {
      const file = await fileOf(database);
      const tables = await read('tables', { file });
      watch.looked(database, file);
      return tables.map((table) => ({ ...table, model: deps.modelOfTable(table.name) }));
    },
    rows: async ({ database, ...input }) => {
      const file = await fileOf(database);
      const page = await read('rows', { file, ...input });
      watch.looked(database, file);
      return page;
    },
    count: async ({ database, ...input }) => {
      counting.interrupt(); // a newer question replaces the one that is still being counted
      const outcome = await counting.ask('count', { file: await fileOf(database), ...input }, limits.count);
      return { rows: outcome.kind === 'value' ? outcome.value : null };
    },
    sample: async ({ database, table }) => {
      counting.interrupt();
      const outcome = await counting.ask('sample', { file: await fileOf(database), table }, limits.count);
      return outcome.kind === 'value' ? outcome.value : null;
    },
    cell: async ({ database, ...input }) => read('cell', { file: await fileOf(database), ...input }),
    previewEdits: async (input) => {
      const { database, ...changes } = input;
      const file = await fileOf(database);
      const byDjango = await collected(input);
      if (byDjango === null) {
        const preview = await read('previewEdits', { file, ...changes });
        return { ...preview, cascadeBy: changes.deletes?.length ? 'foreign-keys' : null };
      }
      const { steps, problems } = byDjango;
      const preview = await read('previewEdits', { file, ...changes, cascade: steps });
      return { ...preview, problems: [...preview.problems, ...problems], cascadeBy: 'django' };
    },
    applyEdits: async ({ database, ...input }) => {
      const file = await fileOf(database);
      const { changed, undo } = await written(database, 'applyEdits', { file, ...input });
      return { changed, undo: undo === null ? null : undos.keep(file, undo) };
    },
    undoEdits: async ({ database, undo }) => {
      const file = await fileOf(database);
      const changed = await written(database, 'undo', { file, undo: undos.recall(file, undo) });
      undos.forget(undo);
      return { changed };
    },
    defaultOf: async ({ database, ...input }) =>
      read('defaultOf', { file: await fileOf(database), ...input }),
    describe: async ({ database, table }) =>
      isConfigured(database) ? ((await deps.django?.describe(database, table)) ?? null) : null,
    labels: async ({ database, table, column, values }) =>
      (await deps.django?.labels(database, table, column, values)) ?? [],
    query: async ({ database, ...input }) => {
      const file = await fileOf(database);
      const before = cancels;
      const milliseconds = input.write ? limits.write : await timeToRead(file);
      if (cancels !== before) throw queryEnded('stopped', input.write);
      const outcome = await querying.ask('query', { file, ...input }, milliseconds);
      if (outcome.kind === 'ended') {
        if (input.write) await recover(file);
        throw queryEnded(outcome.ending, input.write);
      }
      if (input.write) {
        await watch.wrote(database);
        deps.emit('database.changed', { database });
      }
      return outcome.value;
    },
    cancel: () => {
      cancels += 1;
      querying.interrupt();
      return Promise.resolve(null);
    },
    explain: async ({ database, ...input }) => {
      const { steps, advice } = await read('explain', { file: await fileOf(database), ...input });
      return { steps, advice: advice.map((each) => ({ ...each, model: deps.modelOfTable(each.table) })) };
    },
    structure: async ({ database, table }) => read('structure', { file: await fileOf(database), table }),
    export: async (input) => {
      const file = await fileOf(input.database);
      return deps.jobs.start(`Exporting ${input.table}`, (job) => exportTable(transfers, file, input, job));
    },
    previewImport: async ({ path, format }) => read('previewImport', { file: path, format }),
    import: async (input) => {
      const { database } = input;
      const file = await fileOf(database);
      return deps.jobs.start(`Importing into ${input.table}`, async (job) => {
        const outcome = await importTable(transfers, file, input, job);
        await watch.wrote(database);
        if (outcome.inserted > 0) deps.emit('database.changed', { database });
        return outcome;
      });
    },
    backups: async ({ database }) => backups.list(await fileOf(database)),
    backup: async ({ database, path }) => copied(await fileOf(database), 'by hand', path),
    restore: async ({ database, path }) => {
      const file = await fileOf(database);
      const safety = await copied(file, 'before restoring');
      await cared('restore', { file, from: path });
      deps.emit('database.changed', { database });
      return { safety };
    },
    vacuum: async ({ database }) => {
      const file = await fileOf(database);
      const before = await copied(file, 'before vacuum');
      const after = await cared('vacuum', { file });
      await watch.wrote(database);
      return { before: before.bytes, after };
    },
    savedQueries: () => queries.list(),
    saveQuery: (input) => queries.save(input),
    deleteQuery: ({ name }) => queries.remove(name),
    history: () => queries.history(),
    remember: ({ sql }) => queries.remember(sql),
    health: async ({ database }) => read('health', { file: await fileOf(database) }),
    check: async ({ database }) =>
      answered(querying, 'check', { file: await fileOf(database) }, limits.check, CHECK_ENDINGS),
    dispose: async () => {
      watch.dispose();
      await Promise.all([main, counting, querying, transfers].map((process) => process.dispose()));
    },
  };
}

const READ_ENDINGS: Readonly<Record<Ending, string>> = {
  'too-slow':
    'This took too long and was stopped, so that your application does not have to wait. Sort by an indexed column, or search for less.',
  died: 'SQLite could not stand this file and its process ended. The file may be damaged: check it with PRAGMA integrity_check.',
  stopped: 'The database was closed meanwhile.',
};

const QUERY_ENDINGS: Readonly<Record<Ending, string>> = {
  ...READ_ENDINGS,
  'too-slow':
    'This took too long and was stopped, so that your application does not have to wait to write. Look at the plan: an index may help.',
};

const WRITE_ENDINGS: Readonly<Record<Ending, string>> = {
  'too-slow':
    'Writing took too long and was stopped; nothing was written and your edits are kept. A trigger of the table may not come to an end.',
  died: 'The process that wrote ended; nothing was written and your edits are kept. Reload the table before you try again.',
  stopped: 'The database was closed meanwhile; nothing was written.',
};

const CARE_ENDINGS: Readonly<Record<Ending, string>> = {
  'too-slow': 'This took longer than ten minutes and was stopped. The database is as it was.',
  died: 'The process that worked on the file ended. The database is as it was.',
  stopped: 'It was cancelled. The database is as it was.',
};

const CHECK_ENDINGS: Readonly<Record<Ending, string>> = {
  'too-slow': 'The check took longer than ten minutes and was stopped.',
  died: 'SQLite could not stand this file and its process ended: the file is damaged. Restore it from a backup.',
  stopped: 'The check was cancelled.',
};

function queryEnded(ending: Ending, write: boolean): Failure {
  if (ending === 'stopped')
    return new Failure('cancelled', 'The statement was cancelled. Nothing was written.');
  return new Failure('not-available', (write ? WRITE_ENDINGS : QUERY_ENDINGS)[ending]);
}

/** Asks again while writers are busy: waiting holds no lock, and each round is within the time of a read. */
async function patiently<T>(read: () => Promise<T>): Promise<T> {
  for (let rounds = 1; ; rounds += 1) {
    try {
      return await read();
    } catch (error) {
      const code = error instanceof Failure ? error.detail?.['sqlite'] : null;
      if (rounds === BUSY_ROUNDS || typeof code !== 'string' || !code.startsWith('SQLITE_BUSY')) throw error;
    }
  }
}

async function answered<K extends RequestKind>(
  process: KillableProcess,
  kind: K,
  input: RequestInput<K>,
  milliseconds: number,
  endings: Readonly<Record<Ending, string>>,
): Promise<RequestOutput<K>> {
  const outcome = await process.ask(kind, input, milliseconds);
  if (outcome.kind === 'ended') throw new Failure('not-available', endings[outcome.ending]);
  return outcome.value;
}

function databaseFile(databases: readonly ConfiguredDatabase[], id: string): string {
  const configured = databases.find((database) => database.alias === id);
  if (configured !== undefined) {
    if (configured.file === null) throw new Failure('not-available', unreachable(configured));
    return configured.file;
  }
  if (isAbsolute(id)) return id;
  throw new Failure('not-found', `The settings name no database "${id}" any more. Reload the list.`);
}

async function summary(
  process: KillableProcess,
  { alias, engine, file }: ConfiguredDatabase,
  milliseconds: number,
): Promise<DatabaseSummary> {
  const named = { id: alias, engine: engine ?? '', file };
  if (file === null) {
    return { ...named, exists: false, bytes: null, problem: unreachable({ alias, engine, file }) };
  }
  const outcome = await process.ask('inspect', { file }, milliseconds);
  if (outcome.kind === 'value') return { ...named, ...outcome.value };
  // A network folder that does not answer must not keep the others from being listed.
  return { ...named, exists: false, bytes: null, problem: `${file} does not answer.` };
}

function unreachable({ alias, engine }: ConfiguredDatabase): string {
  if (engine === null)
    return `The settings compute the database "${alias}", so its place can't be read from them.`;
  if (engine.includes('sqlite')) {
    return `The settings compute the path of the database "${alias}", so it can't be read from them.`;
  }
  return `"${alias}" is reached through ${engine}. Only SQLite files can be browsed so far.`;
}
