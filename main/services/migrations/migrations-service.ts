import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import type {
  MigrationOperation,
  MigrationPlan,
  MigrationQuestion,
  MigrationState,
} from '../../../shared/contract/host-calls.ts';
import type { HostService } from '../host/host-service.ts';
import type { JobContext, JobService } from '../jobs/job-service.ts';
import { createLineSplitter } from '../line-splitter.ts';
import { answersForHost, type HostQuestion, toQuestion } from './questions.ts';

/** The calls `migrations.*`: all of it is Django's own work, done in the host. */
export interface MigrationsService {
  readonly state: () => Promise<CallOutput<'migrations.state'>>;
  readonly plan: (input: CallParsed<'migrations.plan'>) => Promise<CallOutput<'migrations.plan'>>;
  readonly make: (input: CallParsed<'migrations.make'>) => Promise<CallOutput<'migrations.make'>>;
  readonly sql: (input: CallParsed<'migrations.sql'>) => Promise<CallOutput<'migrations.sql'>>;
  readonly preview: (input: CallParsed<'migrations.preview'>) => Promise<CallOutput<'migrations.preview'>>;
  readonly apply: (input: CallParsed<'migrations.apply'>) => CallOutput<'migrations.apply'>;
}

interface HostState {
  readonly apps: readonly {
    readonly label: string;
    readonly project: boolean;
    readonly migrations: readonly {
      readonly name: string;
      readonly applied: boolean | null;
      readonly file: string | null;
    }[];
  }[];
  readonly conflicts: Readonly<Record<string, readonly string[]>>;
  readonly databaseError: { readonly type: string; readonly message: string } | null;
}

interface HostPlan {
  readonly migrations: readonly {
    readonly app: string;
    readonly name: string;
    readonly file: string;
    readonly code: string;
    readonly operations: readonly (Omit<MigrationOperation, 'sqlMissing'> & {
      readonly reason: string | null;
    })[];
  }[];
  readonly questions: readonly HostQuestion[];
}

/** Asks the host, in the words of the contract. */
export function createMigrationsService(deps: {
  readonly emit: Emit;
  readonly host: HostService;
  readonly jobs: JobService;
  /** Django wrote these files; absolute paths. */
  readonly onWritten: (places: readonly string[]) => void;
  /** The database has other tables or rows now. */
  readonly onApplied: () => void;
}): MigrationsService {
  const { emit, host, jobs } = deps;
  return {
    state: async () => toState(await host.job<HostState>('migrations.state')),
    plan: async ({ answers }) =>
      toPlan(await host.job<HostPlan>('migrations.plan', { answers: answersForHost(answers) })),
    make: async ({ answers }) => {
      const made = await host.job<{ readonly written: readonly string[] }>('migrations.make', {
        answers: answersForHost(answers),
      });
      deps.onWritten(made.written);
      emit('migrations.changed', null);
      return made;
    },
    sql: ({ app, name }) => host.job('migrations.sql', { app, name }),
    preview: async (target) => {
      const { steps } = await host.job<{ readonly steps: CallOutput<'migrations.preview'> }>(
        'migrations.preview',
        target,
      );
      return steps;
    },
    apply: (target) => {
      const work = async ({ signal, log, step }: JobContext): Promise<unknown> => {
        const output = createLineSplitter((line) => {
          log(line);
          if (line.trim() !== '') step(line.trim());
        });
        try {
          return await host.job('migrations.apply', target, { signal, onOutput: output.push });
        } finally {
          output.end();
          // A migration that failed half-way has changed the state as well.
          deps.onApplied();
          emit('migrations.changed', null);
        }
      };
      return jobs.start(titleOf(target), work, 'project');
    },
  };
}

function toState({ apps, conflicts, databaseError }: HostState): MigrationState {
  return {
    apps: apps.map(({ label, project, migrations }) => ({
      label,
      project,
      migrations: migrations.map(({ name, applied, file }) => ({ name, applied, file: file ?? '' })),
    })),
    conflicts: Object.entries(conflicts).map(([app, names]) => ({ app, names })),
    databaseError: databaseError?.message ?? null,
  };
}

function toPlan({ migrations, questions }: HostPlan): MigrationPlan {
  return {
    migrations: migrations.map(({ app, name, file, code, operations }) => ({
      app,
      name,
      file,
      code,
      operations: operations.map(({ reason, ...operation }) => ({ ...operation, sqlMissing: reason })),
    })),
    questions: questions.map((question): MigrationQuestion => toQuestion(question)),
  };
}

function titleOf({ app, name }: CallParsed<'migrations.apply'>): string {
  if (app === undefined) return 'Applying migrations';
  return name === undefined ? `Applying migrations of ${app}` : `Migrating ${app} to ${name}`;
}
