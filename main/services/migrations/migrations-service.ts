import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Operation } from '../../../shared/django/operations.ts';
import type { HostService } from '../host/host-service.ts';
import type { JobContext, JobService } from '../jobs/job-service.ts';
import { createLineSplitter } from '../line-splitter.ts';
import {
  type HostAnswers,
  type HostOperation,
  type HostPlan,
  type HostRehearsal,
  type HostState,
  toOperation,
  toPlan,
  toRehearsal,
  toState,
} from './host-answers.ts';
import { answersForHost } from './questions.ts';
import { createRenameLog } from './rename-log.ts';

/** The calls `migrations.*`: all of it is Django's own work, done in the host. */
export interface MigrationsService {
  readonly state: () => Promise<CallOutput<'migrations.state'>>;
  readonly plan: (input: CallParsed<'migrations.plan'>) => Promise<CallOutput<'migrations.plan'>>;
  readonly make: (input: CallParsed<'migrations.make'>) => Promise<CallOutput<'migrations.make'>>;
  readonly show: (input: CallParsed<'migrations.show'>) => Promise<CallOutput<'migrations.show'>>;
  readonly sql: (input: CallParsed<'migrations.sql'>) => Promise<CallOutput<'migrations.sql'>>;
  readonly preview: (input: CallParsed<'migrations.preview'>) => Promise<CallOutput<'migrations.preview'>>;
  readonly rehearse: (input: CallParsed<'migrations.rehearse'>) => Promise<CallOutput<'migrations.rehearse'>>;
  readonly apply: (input: CallParsed<'migrations.apply'>) => CallOutput<'migrations.apply'>;
  readonly merge: (input: CallParsed<'migrations.merge'>) => Promise<CallOutput<'migrations.merge'>>;
  readonly squash: (input: CallParsed<'migrations.squash'>) => Promise<CallOutput<'migrations.squash'>>;
  readonly stub: (input: CallParsed<'migrations.stub'>) => Promise<CallOutput<'migrations.stub'>>;
  readonly drift: () => Promise<CallOutput<'migrations.drift'>>;
  readonly copies: () => Promise<CallOutput<'migrations.copies'>>;
  readonly copy: () => Promise<CallOutput<'migrations.copy'>>;
  readonly restore: (input: CallParsed<'migrations.restore'>) => Promise<CallOutput<'migrations.restore'>>;
  /** A gesture of the designer was written: what it renamed is a rename in the next migration as well. */
  readonly noteOperation: (operation: Operation) => Promise<void>;
}

/** Asks the host, in the words of the contract. */
export function createMigrationsService(deps: {
  readonly emit: Emit;
  readonly host: HostService;
  readonly jobs: JobService;
  /** For what is remembered of projects: copies of databases, renames. */
  readonly stateFolder: string;
  /** The folder of the open project; null where none is. */
  readonly project: () => string | null;
  /** Django wrote these files; absolute paths. */
  readonly onWritten: (places: readonly string[]) => void;
  /** The database has other tables or rows now. */
  readonly onApplied: () => void;
}): MigrationsService {
  const { emit, host, jobs } = deps;
  const renames = createRenameLog(join(deps.stateFolder, 'renames.json'));

  const project = (): string => {
    const folder = deps.project();
    if (folder === null) throw new Failure('not-available', 'No project is open. Open a folder first.');
    return folder;
  };
  const copiesFolder = (): string =>
    join(
      deps.stateFolder,
      'database-copies',
      createHash('sha256').update(project()).digest('hex').slice(0, 24),
    );

  const choicesForHost = async ({ answers, ways }: CallParsed<'migrations.plan'>): Promise<HostChoices> => ({
    answers: answersForHost(answers),
    ways,
    renames: await renames.list(project()),
  });
  const noteWritten = (written: readonly string[]): void => {
    if (written.length === 0) return;
    deps.onWritten(written);
    emit('migrations.changed', null);
  };
  const noteApplied = (): void => {
    deps.onApplied();
    emit('migrations.changed', null);
  };
  const writing = async <T extends { readonly written: readonly string[] }>(
    job: string,
    params: Readonly<Record<string, unknown>>,
  ): Promise<T> => {
    const answer = await host.job<T>(job, params);
    noteWritten(answer.written);
    return answer;
  };

  return {
    state: async () => toState(await host.job<HostState>('migrations.state')),
    plan: async (input) =>
      toPlan(
        await host.job<HostPlan>('migrations.plan', { ...(await choicesForHost(input)), postgres: true }),
      ),
    make: async (input) => {
      const made = await writing<CallOutput<'migrations.make'>>('migrations.make', {
        ...(await choicesForHost(input)),
      });
      await renames.forget(project());
      return made;
    },
    show: async (input) => {
      const { operations, atomic } = await host.job<{
        readonly operations: readonly HostOperation[];
        readonly atomic: boolean;
      }>('migrations.show', { ...input, postgres: true });
      return { operations: operations.map(toOperation), atomic };
    },
    sql: (input) => host.job('migrations.sql', input),
    preview: async (target) => {
      const { steps } = await host.job<{ readonly steps: CallOutput<'migrations.preview'> }>(
        'migrations.preview',
        target,
      );
      return steps;
    },
    rehearse: async (target) => toRehearsal(await host.job<HostRehearsal>('migrations.rehearse', target)),
    apply: (target) => {
      const copies = copiesFolder();
      const work = async ({ signal, log, step }: JobContext): Promise<unknown> => {
        const output = createLineSplitter((line) => {
          log(line);
          if (line.trim() !== '') step(line.trim());
        });
        try {
          return await host.job('migrations.apply', { ...target, copies }, { signal, onOutput: output.push });
        } finally {
          output.end();
          // A migration that failed half-way has changed the state as well.
          noteApplied();
        }
      };
      return jobs.start(titleOf(target), work, 'project');
    },
    merge: (input) => writing<HostAnswers['migrations.merge']>('migrations.merge', input),
    squash: (input) => writing<CallOutput<'migrations.squash'>>('migrations.squash', input),
    stub: (input) => writing<CallOutput<'migrations.stub'>>('migrations.stub', input),
    drift: () => host.job<HostAnswers['migrations.drift']>('migrations.drift'),
    copies: async () =>
      (await host.job<HostAnswers['copies.list']>('copies.list', { folder: copiesFolder() })).copies,
    copy: () => host.job('copies.make', { folder: copiesFolder() }),
    restore: async ({ name }) => {
      try {
        return await host.job('copies.restore', { folder: copiesFolder(), name });
      } finally {
        noteApplied();
      }
    },
    noteOperation: async (operation) => {
      const folder = deps.project();
      if (folder !== null) await renames.note(folder, operation);
    },
  };
}

type HostChoices = Readonly<Record<'answers' | 'ways' | 'renames', readonly unknown[]>>;

function titleOf({ app, name, fake }: CallParsed<'migrations.apply'>): string {
  if (fake === true) return 'Marking migrations as applied';
  if (app === undefined) return 'Applying migrations';
  return name === undefined ? `Applying migrations of ${app}` : `Migrating ${app} to ${name}`;
}
