import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { Job } from '../../shared/contract/app-calls.ts';
import { Failure, type FailureValue } from '../../shared/contract/failure.ts';
import type { MigrationPlan, MigrationState } from '../../shared/contract/migration-calls.ts';
import type { JobsStore } from './jobs-store.ts';
import { failureOf } from './notices.ts';

/** The migrations of the project, and what `makemigrations` would write now. */
export interface MigrationsState {
  readonly applied: MigrationState | null;
  readonly plan: MigrationPlan | null;
  /** Answers to the questions of the plan, by the id of the question. */
  readonly answers: Readonly<Record<string, string>>;
  /** The safer ways that were chosen, by id. */
  readonly ways: readonly string[];
  readonly reading: boolean;
  /** Why the last look failed; what was known before stays. */
  readonly failure: FailureValue | null;
  /** What is under way because a button was pressed. */
  readonly busy: 'make' | 'apply' | null;
}

/** Looks at migrations, makes them and applies them. */
export interface MigrationsStore {
  readonly state: StoreApi<MigrationsState>;
  /** Looks again; several calls while one look is under way become one more. */
  readonly look: () => Promise<void>;
  /** Answers a question and plans anew with it. */
  readonly answer: (id: string, answer: string) => Promise<void>;
  /** Takes a safer way and plans anew with it. */
  readonly take: (way: string) => Promise<void>;
  readonly leave: (way: string) => Promise<void>;
  /** Writes what was planned; gives how many files. */
  readonly make: () => Promise<number>;
  /** Applies all, or up to one migration; waits for its end and fails as the job did. */
  readonly apply: (target?: {
    readonly app?: string;
    readonly name?: string;
    readonly fake?: boolean;
  }) => Promise<void>;
  readonly clear: () => void;
}

const nothing: MigrationsState = {
  applied: null,
  plan: null,
  answers: {},
  ways: [],
  reading: false,
  failure: null,
  busy: null,
};

/** Makes the store of migrations. */
export function createMigrationsStore(api: Client, jobs: Pick<JobsStore, 'ended'>): MigrationsStore {
  const state = createStore<MigrationsState>(() => nothing);
  let epoch = 0;
  let under: Promise<void> | null = null;
  let again = false;

  const choices = (): { answers: { id: string; answer: string }[]; ways: string[] } => {
    const { answers, ways } = state.getState();
    return { answers: Object.entries(answers).map(([id, answer]) => ({ id, answer })), ways: [...ways] };
  };

  const read = async (): Promise<void> => {
    const mine = epoch;
    state.setState({ reading: true });
    try {
      const applied = await api.call('migrations.state', {});
      if (mine === epoch) state.setState({ applied });
      const plan = await api.call('migrations.plan', choices());
      if (mine === epoch) state.setState({ plan, reading: false, failure: null });
    } catch (error) {
      // A plan of before would be one that can't be written.
      if (mine === epoch) state.setState({ plan: null, reading: false, failure: failureOf(error) });
    }
  };

  const look = (): Promise<void> => {
    if (under !== null) {
      again = true;
      return under;
    }
    under = read().finally(() => {
      under = null;
      if (!again) return;
      again = false;
      void look();
    });
    return under;
  };

  const busyWith = async <T>(busy: 'make' | 'apply', work: () => Promise<T>): Promise<T> => {
    state.setState({ busy });
    try {
      return await work();
    } finally {
      state.setState({ busy: null });
      void look();
    }
  };

  return {
    state,
    look,
    answer: (id, answer) => {
      state.setState(({ answers }) => ({ answers: { ...answers, [id]: answer } }));
      return look();
    },
    take: (way) => {
      state.setState(({ ways }) => ({ ways: [...ways.filter((other) => other !== way), way] }));
      return look();
    },
    leave: (way) => {
      state.setState(({ ways }) => ({ ways: ways.filter((other) => other !== way) }));
      return look();
    },
    make: () =>
      busyWith('make', async () => {
        const { written } = await api.call('migrations.make', choices());
        state.setState({ answers: {}, ways: [] });
        return written.length;
      }),
    apply: (target) =>
      busyWith('apply', async () => {
        const { jobId } = await api.call('migrations.apply', target ?? {});
        const job = await jobs.ended(jobId);
        if (job.state === 'cancelled') throw new Failure('cancelled', 'Applying was cancelled.');
        if (job.state === 'failed') throw failureOfJob(job);
      }),
    clear: () => {
      epoch += 1;
      state.setState(nothing);
    },
  };
}

function failureOfJob({ title, failure }: Job): Failure {
  return new Failure('tool-failed', failure?.message ?? `“${title}” failed without saying why.`);
}
