import { GitCommitVertical, RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { attempt } from '../../stores/notices.ts';
import { useMigrations, useRememberedPanes, useSource, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { MigrationDetails } from './migration-details.tsx';
import { MigrationQuestions } from './migration-questions.tsx';
import { MigrationTree } from './migration-tree.tsx';
import { PlannedMigrations } from './planned-migrations.tsx';
import { type MigrationChoice, unappliedCount } from './migration-rows.ts';
import './migrations.css';

/** What `makemigrations` would write, the migrations there are, and whether the database has them. */
export function MigrationsView() {
  const { api, migrations } = useStudio();
  const applied = useMigrations((state) => state.applied);
  const failure = useMigrations((state) => state.failure);
  const revision = useSource((state) => state.snapshot?.revision);
  const [choice, setChoice] = useState<MigrationChoice>({ kind: 'planned' });
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
  return (
    <SplitPanes
      {...panes}
      panes={[
        {
          id: 'list',
          size: 300,
          min: 220,
          fixed: true,
          content: <MigrationList choice={choice} onChoose={setChoice} />,
        },
        { id: 'details', content: <ChosenMigration choice={choice} /> },
      ]}
    />
  );
}

interface MigrationListProps {
  readonly choice: MigrationChoice;
  readonly onChoose: (choice: MigrationChoice) => void;
}

function MigrationList({ choice, onChoose }: MigrationListProps) {
  const { migrations, notify } = useStudio();
  const applied = useMigrations((state) => state.applied);
  const busy = useMigrations((state) => state.busy);
  const reading = useMigrations((state) => state.reading);
  const missing = applied === null ? 0 : unappliedCount(applied);
  const apply = (): void => {
    void attempt(notify, 'The migrations were not applied', async () => {
      await migrations.apply();
      notify({
        kind: 'done',
        title: missing === 1 ? 'Applied 1 migration' : `Applied ${missing} migrations`,
      });
    });
  };
  return (
    <Pane
      side
      title="Migrations"
      detail={missing > 0 ? `${missing} to apply` : 'all applied'}
      actions={
        <>
          {reading && <Spinner />}
          <LookAgain />
          <Button small disabled={missing === 0 || busy !== null} busy={busy === 'apply'} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <MigrationTree choice={choice} onChoose={onChoose} />
    </Pane>
  );
}

function LookAgain() {
  const { migrations } = useStudio();
  return <IconButton icon={RefreshCw} label="Look again" onClick={() => void migrations.look()} />;
}

function ChosenMigration({ choice }: { readonly choice: MigrationChoice }) {
  const failure = useMigrations((state) => state.failure);
  const databaseError = useMigrations((state) => state.applied?.databaseError ?? null);
  const conflicts = useMigrations((state) => state.applied?.conflicts);
  return (
    <div className="migrations-details">
      {failure !== null && <Banner tone="danger">{failure.message}</Banner>}
      {databaseError !== null && (
        <Banner tone="warning">The database can’t be asked which migrations it has: {databaseError}</Banner>
      )}
      {conflicts?.map(({ app, names }) => (
        <Banner key={app} tone="warning">
          {app} has {names.length} migrations that nothing follows ({names.join(', ')}). Merge them before new
          ones are made.
        </Banner>
      ))}
      {choice.kind === 'planned' ? (
        <Planned />
      ) : (
        <MigrationDetails {...choice} key={`${choice.app}.${choice.name}`} />
      )}
    </div>
  );
}

function Planned() {
  const { migrations, notify } = useStudio();
  const plan = useMigrations((state) => state.plan);
  const busy = useMigrations((state) => state.busy);
  if (plan === null)
    return (
      <EmptyState icon={GitCommitVertical} title="Not known yet">
        The project has to boot first.
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
        <PlannedMigrations migrations={plan.migrations} />
      </div>
    </Pane>
  );
}
