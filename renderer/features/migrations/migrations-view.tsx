import { GitCommitVertical } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MigrationKey } from '../../../shared/contract/migration-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useMigrations, useRememberedPanes, useSource, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { CopiesPane } from './copies-pane.tsx';
import { DriftPane } from './drift-pane.tsx';
import { MigrateDialog } from './migrate-dialog.tsx';
import { MigrationDetails } from './migration-details.tsx';
import { LookAgain, MigrationList } from './migration-list.tsx';
import { MigrationQuestions } from './migration-questions.tsx';
import type { MigrationChoice } from './migration-rows.ts';
import { KnownRenames, TakenWays } from './operation-card.tsx';
import { PlannedMigrations } from './planned-migrations.tsx';
import { type AskedAction } from './migration-actions.ts';
import { MergeDialog, SquashDialog, StubDialog } from './write-dialogs.tsx';
import './migrations.css';

/** What `makemigrations` would write, the migrations there are, and whether the database has them. */
export function MigrationsView() {
  const { api, migrations } = useStudio();
  const applied = useMigrations((state) => state.applied);
  const failure = useMigrations((state) => state.failure);
  const revision = useSource((state) => state.snapshot?.revision);
  const [choice, setChoice] = useState<MigrationChoice>({ kind: 'planned' });
  const [asked, setAsked] = useState<AskedAction | null>(null);
  const panes = useRememberedPanes('migrations');

  useEffect(() => {
    void migrations.look();
  }, [migrations, revision]);
  useEffect(() => api.subscribe('migrations.changed', () => void migrations.look()), [api, migrations]);

  if (applied === null) {
    return (
      <EmptyState icon={GitCommitVertical} title="Migrations" actions={failure && <LookAgain />}>
        {failure === null ? <Spinner /> : failure.message}
      </EmptyState>
    );
  }
  const close = (): void => {
    setAsked(null);
  };
  return (
    <>
      <SplitPanes
        {...panes}
        panes={[
          {
            id: 'list',
            size: 340,
            min: 240,
            fixed: true,
            content: <MigrationList choice={choice} onChoose={setChoice} onAsk={setAsked} />,
          },
          { id: 'details', content: <ChosenMigration choice={choice} onAsk={setAsked} /> },
        ]}
      />
      {asked?.kind === 'migrate' && (
        <MigrateDialog target={asked.target} tryFirst={asked.tryFirst} onClose={close} />
      )}
      {asked?.kind === 'merge' && <MergeDialog app={asked.app} onClose={close} />}
      {asked?.kind === 'squash' && <SquashDialog app={asked.app} name={asked.name} onClose={close} />}
      {asked?.kind === 'stub' && <StubDialog onClose={close} />}
    </>
  );
}

interface ChosenProps {
  readonly choice: MigrationChoice;
  readonly onAsk: (asked: AskedAction) => void;
}

function ChosenMigration({ choice, onAsk }: ChosenProps) {
  return (
    <div className="migrations-details">
      <Troubles onAsk={onAsk} />
      {choice.kind === 'planned' && <Planned />}
      {choice.kind === 'drift' && <DriftPane />}
      {choice.kind === 'copies' && <CopiesPane />}
      {choice.kind === 'written' && <MigrationDetails {...choice} key={`${choice.app}.${choice.name}`} />}
    </div>
  );
}

/** What keeps migrations from being made or applied, each with the way out. */
function Troubles({ onAsk }: Pick<ChosenProps, 'onAsk'>) {
  const { migrations, notify } = useStudio();
  const failure = useMigrations((state) => state.failure);
  const state = useMigrations(({ applied }) => applied);
  const mark = (key: MigrationKey): void => {
    void attempt(notify, 'It was not marked', () => migrations.apply({ ...key, fake: true }));
  };
  if (state === null) return null;
  const missing = state.apps
    .filter(({ project }) => project)
    .flatMap(({ label, migrations }) =>
      migrations.filter((each) => each.missing).map((each) => `${label} ${each.name}`),
    );
  // A conflict or a gap is why the plan can't be made: it is told once, with its way out.
  const told = state.conflicts.length > 0 || missing.length > 0;
  return (
    <>
      {failure !== null && !told && <Banner tone="danger">{failure.message}</Banner>}
      {state.databaseError !== null && (
        <Banner tone="warning">
          The database can’t be asked which migrations it has: {state.databaseError}
        </Banner>
      )}
      {missing.length > 0 && (
        <Banner tone="danger">
          There is no file for {missing.join(', ')}. Bring it back from version control, or from whoever made
          it; until then nothing can be made or applied.
        </Banner>
      )}
      {state.conflicts.map(({ app, names }) => (
        <Banner
          key={app}
          tone="warning"
          actions={
            <Button
              small
              onClick={() => {
                onAsk({ kind: 'merge', app });
              }}
            >
              Merge…
            </Button>
          }
        >
          {app} has {names.length} migrations that nothing follows ({names.join(', ')}). Merge them before new
          ones are made.
        </Banner>
      ))}
      {state.inconsistent.map(({ app, name, needs }) => (
        <Banner
          key={`${app}.${name}`}
          tone="danger"
          actions={
            <Button
              small
              onClick={() => {
                mark(needs);
              }}
            >
              Mark it as applied
            </Button>
          }
        >
          {app} {name} is applied, but {needs.app} {needs.name}, which it needs, is not. Mark that one as
          applied where its tables are there; nothing is run.
        </Banner>
      ))}
    </>
  );
}

function Planned() {
  const { migrations, notify } = useStudio();
  const plan = useMigrations((state) => state.plan);
  const busy = useMigrations((state) => state.busy);
  const failure = useMigrations((state) => state.failure);
  if (plan === null)
    return (
      <EmptyState icon={GitCommitVertical} title="Not known yet">
        {failure?.message ?? 'The project has to boot first.'}
      </EmptyState>
    );
  const make = (): void => {
    void attempt(notify, 'The migrations were not made', async () => {
      const written = await migrations.make();
      notify({
        kind: 'done',
        title: written === 1 ? 'Made 1 migration' : `Made ${written} migrations`,
        description: 'Apply it to bring the database up to date.',
      });
    });
  };
  if (plan.migrations.length === 0 && plan.questions.length === 0) {
    return (
      <EmptyState icon={GitCommitVertical} title="Models and migrations agree">
        There is nothing to make. Change a model, and what would be written stands here.
      </EmptyState>
    );
  }
  return (
    <Pane
      title="Changes not in a migration yet"
      actions={
        <Button
          kind="primary"
          small
          disabled={plan.questions.length > 0 || busy !== null}
          busy={busy === 'make'}
          onClick={make}
        >
          Make migrations
        </Button>
      }
    >
      <div className="migrations-planned">
        {plan.questions.length > 0 && <MigrationQuestions questions={plan.questions} />}
        <KnownRenames />
        <TakenWays />
        <PlannedMigrations migrations={plan.migrations} />
      </div>
    </Pane>
  );
}
