import { z } from 'zod';
import { call } from './call.ts';

/** What a statement does to a table that is in use. */
export interface TableLock {
  /** `brief`: a moment; `writes`: others' writes wait; `all`: the table is closed; `rewrite`: closed and written anew. */
  readonly hold: 'none' | 'brief' | 'rows' | 'writes' | 'all' | 'rewrite';
  readonly text: string;
}

/** Another way to the same end that a database in use survives. */
export interface SaferWay {
  readonly id: string;
  readonly label: string;
  readonly description: string;
}

/** One operation of a planned or written migration, and what it does. */
export interface MigrationOperation {
  readonly id: string;
  readonly kind: string;
  /** Django's own words: "Add field isbn to book". */
  readonly description: string;
  /** A sentence: what happens to table and rows. */
  readonly words: string;
  readonly code: string;
  readonly sql: readonly string[] | null;
  /** Why there is no SQL; null where there is. */
  readonly sqlMissing: string | null;
  readonly locks: TableLock | null;
  /** The SQL for PostgreSQL where the project's own database is another one. */
  readonly postgres: readonly string[] | null;
  readonly postgresMissing: string | null;
  readonly postgresLocks: TableLock | null;
  /** Rows or values would be lost. */
  readonly destructive: boolean;
  /** How much that is; null where nothing is lost or the operation is not planned but written. */
  readonly loses: {
    readonly rows: number | null;
    readonly values: number | null;
    readonly text: string;
  } | null;
  /** Why the database will refuse it, with what is in the way. */
  readonly refused: { readonly text: string; readonly examples: readonly string[] } | null;
  /** What breaks in the release that runs now; null where it survives. */
  readonly previousRelease: string | null;
  readonly reversible: boolean;
  /** What the way back does not bring back. */
  readonly wayBack: string | null;
  readonly ways: readonly SaferWay[];
}

/** A migration that `makemigrations` would write. */
export interface PlannedMigration {
  readonly app: string;
  readonly name: string;
  readonly file: string;
  readonly code: string;
  readonly operations: readonly MigrationOperation[];
}

/** Something Django's autodetector can't know and asks. */
export interface MigrationQuestion {
  readonly id: string;
  readonly kind:
    | 'rename_field'
    | 'rename_model'
    | 'not_null_default'
    | 'not_null_alteration'
    | 'unique_callable_default'
    | 'auto_now_add_default';
  readonly app: string;
  readonly model: string;
  readonly field: string | null;
  readonly message: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly default: string | null;
  /** How many rows, or values of the old field, it is about; null where the database can't tell. */
  readonly rows: number | null;
  /** How many of them hold NULL. */
  readonly nulls: number | null;
}

/** What `makemigrations` would write now. */
export interface MigrationPlan {
  readonly migrations: readonly PlannedMigration[];
  readonly questions: readonly MigrationQuestion[];
  /** Taken for renames because they were made in the designer; the id is that of the question. */
  readonly renames: readonly { readonly id: string; readonly text: string }[];
  /** The safer ways that were taken. */
  readonly ways: readonly SaferWay[];
}

/** A migration, by the label of its app and its name. */
export interface MigrationKey {
  readonly app: string;
  readonly name: string;
}

/** A migration that exists: as a file, or only in the table of applied ones. */
export interface WrittenMigration {
  readonly name: string;
  /** null where the database could not be asked. */
  readonly applied: boolean | null;
  /** Empty where there is no file. */
  readonly file: string;
  /** Another needs it, or the database has it, and there is no file. */
  readonly missing: boolean;
  /** The squashed migration that stands in its place. */
  readonly squashedBy: string | null;
  readonly replaces: readonly MigrationKey[];
  readonly dependencies: readonly MigrationKey[];
  readonly operations: number;
}

/** State of every migration of every app. */
export interface MigrationState {
  readonly apps: readonly {
    readonly label: string;
    /** The code of the app stands in this project. */
    readonly project: boolean;
    readonly migrations: readonly WrittenMigration[];
  }[];
  /** All of them, each after those that it needs. */
  readonly order: readonly MigrationKey[];
  readonly conflicts: readonly { readonly app: string; readonly names: readonly string[] }[];
  /** Applied, although what they need is not. */
  readonly inconsistent: readonly (MigrationKey & { readonly needs: MigrationKey })[];
  readonly databaseError: string | null;
}

/** What a try on a copy did to a table that it changed. */
export interface TableEffect {
  readonly table: string;
  readonly renamedTo: string | null;
  /** Rows; null where the table was not there. */
  readonly before: number | null;
  readonly after: number | null;
  /** Columns whose number of values is another one; null where the column was not there. */
  readonly columns: readonly {
    readonly name: string;
    readonly before: number | null;
    readonly after: number | null;
  }[];
}

/** What applying did to a copy of the database. */
export interface Rehearsal {
  readonly steps: readonly (MigrationKey & { readonly backwards: boolean })[];
  readonly tables: readonly TableEffect[];
  readonly milliseconds: number;
  readonly failure: string | null;
}

/** What merging the last migrations of an app writes. */
export interface MergePlan {
  readonly name: string;
  readonly file: string;
  readonly code: string;
  readonly branches: readonly {
    readonly migrations: readonly string[];
    readonly operations: readonly string[];
  }[];
  /** What both sides change: their order decides, so a person has to look. */
  readonly clashes: readonly string[];
  readonly written: readonly string[];
}

/** A table, column or constraint on which models, migrations and the database do not agree. */
export interface DriftRow {
  readonly table: string;
  readonly model: string;
  /** The column or constraint; null for the table itself. */
  readonly part: string | null;
  readonly models: string | null;
  readonly migrations: string | null;
  readonly database: string | null;
  readonly causes: readonly ('unmade' | 'unapplied' | 'drifted')[];
}

/** The three beside each other. */
export interface Drift {
  readonly rows: readonly DriftRow[];
  /** How many tables were compared. */
  readonly tables: number;
  /** Tables that neither a model nor a migration knows. */
  readonly unknown: readonly string[];
}

/** A copy of the SQLite file. */
export interface DatabaseCopy {
  readonly name: string;
  readonly bytes: number;
  readonly madeAt: string;
  /** "before applying shop 0007_drop_isbn". */
  readonly reason: string;
}

const label = z.string().min(1).max(200);
const answers = z.array(z.strictObject({ id: z.string().max(500), answer: z.string().max(5000) })).max(500);
const choices = z.strictObject({ answers, ways: z.array(z.string().max(500)).max(500).default([]) });
const target = z.strictObject({ app: z.string().max(200).optional(), name: z.string().max(300).optional() });
const one = z.strictObject({ app: label, name: z.string().min(1).max(300) });

export const migrationCalls = {
  'migrations.state': call<MigrationState>()('project', z.strictObject({})),
  'migrations.plan': call<MigrationPlan>()('project', choices),
  'migrations.make': call<{ readonly written: readonly string[] }>()('project', choices),
  /** The operations of one that exists. */
  'migrations.show': call<{ readonly operations: readonly MigrationOperation[]; readonly atomic: boolean }>()(
    'project',
    one,
  ),
  'migrations.sql': call<{ readonly sql: string }>()('project', one),
  /** What `migrations.apply` would run, in its order. */
  'migrations.preview': call<
    readonly (MigrationKey & { readonly backwards: boolean; readonly operations: readonly string[] })[]
  >()('project', target),
  /** What `migrations.apply` would do to the rows, tried on a copy. */
  'migrations.rehearse': call<Rehearsal>()('project', target),
  /** A job. With `fake` the database is only told that it has them. */
  'migrations.apply': call<{ readonly jobId: string }>()(
    'project',
    target.extend({ fake: z.boolean().optional() }),
  ),
  /** Without `write` it only tells what would be written. */
  'migrations.merge': call<MergePlan>()('project', z.strictObject({ app: label, write: z.boolean() })),
  'migrations.squash': call<{ readonly written: readonly string[] }>()('project', one),
  /** A migration that goes through the rows of a model; its middle is for the user to write. */
  'migrations.stub': call<{ readonly file: string; readonly written: readonly string[] }>()(
    'project',
    z.strictObject({ app: label, model: label, name: label }),
  ),
  'migrations.drift': call<Drift>()('project', z.strictObject({})),
  'migrations.copies': call<readonly DatabaseCopy[]>()('project', z.strictObject({})),
  'migrations.copy': call<DatabaseCopy>()('project', z.strictObject({})),
  /** Copies the database as it is first. */
  'migrations.restore': call<{ readonly before: string | null }>()(
    'project',
    z.strictObject({ name: z.string().max(100) }),
  ),
} as const;
