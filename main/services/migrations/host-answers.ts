import type {
  DatabaseCopy,
  Drift,
  MergePlan,
  MigrationKey,
  MigrationOperation,
  MigrationPlan,
  MigrationState,
  Rehearsal,
  WrittenMigration,
} from '../../../shared/contract/migration-calls.ts';
import { type HostQuestion, toQuestion } from './questions.ts';

type Pair = readonly [app: string, name: string];

/** An operation as the host describes it. */
export type HostOperation = Omit<MigrationOperation, 'sqlMissing' | 'postgresMissing'> & {
  readonly reason: string | null;
  readonly postgresReason: string | null;
};

/** `migrations.state` of the host. */
export interface HostState {
  readonly apps: readonly {
    readonly label: string;
    readonly project: boolean;
    readonly migrations: readonly (Omit<WrittenMigration, 'file' | 'replaces' | 'dependencies'> & {
      readonly file: string | null;
      readonly replaces: readonly Pair[];
      readonly dependencies: readonly Pair[];
    })[];
  }[];
  readonly order: readonly Pair[];
  readonly conflicts: Readonly<Record<string, readonly string[]>>;
  readonly inconsistent: readonly (MigrationKey & { readonly needs: Pair })[];
  readonly databaseError: { readonly type: string; readonly message: string } | null;
}

/** `migrations.plan` of the host. */
export interface HostPlan extends Pick<MigrationPlan, 'renames' | 'ways'> {
  readonly migrations: readonly {
    readonly app: string;
    readonly name: string;
    readonly file: string;
    readonly code: string;
    readonly operations: readonly HostOperation[];
  }[];
  readonly questions: readonly HostQuestion[];
}

/** `migrations.rehearse` of the host. */
export type HostRehearsal = Omit<Rehearsal, 'failure'> & {
  readonly failure: { readonly text: string } | null;
};

/** The answers of the host's jobs that are the contract's own. */
export interface HostAnswers {
  readonly 'migrations.merge': MergePlan;
  readonly 'migrations.drift': Drift;
  readonly 'copies.list': { readonly copies: readonly DatabaseCopy[] };
}

/** The state in the words of the contract. */
export function toState(state: HostState): MigrationState {
  return {
    apps: state.apps.map(({ label, project, migrations }) => ({
      label,
      project,
      migrations: migrations.map((migration) => ({
        name: migration.name,
        applied: migration.applied,
        file: migration.file ?? '',
        missing: migration.missing,
        squashedBy: migration.squashedBy,
        replaces: migration.replaces.map(toKey),
        dependencies: migration.dependencies.map(toKey),
        operations: migration.operations,
      })),
    })),
    order: state.order.map(toKey),
    conflicts: Object.entries(state.conflicts).map(([app, names]) => ({ app, names })),
    inconsistent: state.inconsistent.map(({ app, name, needs }) => ({ app, name, needs: toKey(needs) })),
    databaseError: state.databaseError?.message ?? null,
  };
}

/** The plan in the words of the contract. */
export function toPlan({ migrations, questions, renames, ways }: HostPlan): MigrationPlan {
  return {
    migrations: migrations.map(({ app, name, file, code, operations }) => ({
      app,
      name,
      file,
      code,
      operations: operations.map(toOperation),
    })),
    questions: questions.map(toQuestion),
    renames,
    ways,
  };
}

/** An operation in the words of the contract. */
export function toOperation({ reason, postgresReason, ...operation }: HostOperation): MigrationOperation {
  return { ...operation, sqlMissing: reason, postgresMissing: postgresReason };
}

/** A try on a copy in the words of the contract. */
export function toRehearsal({ failure, ...rehearsal }: HostRehearsal): Rehearsal {
  return { ...rehearsal, failure: failure?.text ?? null };
}

function toKey([app, name]: Pair): MigrationKey {
  return { app, name };
}
