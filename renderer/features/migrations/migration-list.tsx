import { MoreHorizontal, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { attempt } from '../../stores/notices.ts';
import { useMigrations, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { actionsOf, actionsOfAll, type AskedAction } from './migration-actions.ts';
import { MigrationGraphList } from './migration-graph.tsx';
import { type MigrationChoice, unappliedCount } from './migration-rows.ts';
import { MigrationTree } from './migration-tree.tsx';

interface MigrationListProps {
  readonly choice: MigrationChoice;
  readonly onChoose: (choice: MigrationChoice) => void;
  readonly onAsk: (asked: AskedAction) => void;
}

/** Every migration, as a tree of the apps or as the graph of what needs what; applying them all. */
export function MigrationList({ choice, onChoose, onAsk }: MigrationListProps) {
  const { migrations, notify } = useStudio();
  const state = useMigrations(({ applied }) => applied);
  const busy = useMigrations((held) => held.busy);
  const reading = useMigrations((held) => held.reading);
  const [shape, setShape] = useState<'apps' | 'graph'>('apps');
  if (state === null) return null;
  const missing = unappliedCount(state);
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
          <Menu
            align="end"
            entries={actionsOfAll(state, onAsk)}
            trigger={<IconButton icon={MoreHorizontal} label="More for migrations" />}
          />
          <Button small disabled={missing === 0 || busy !== null} busy={busy === 'apply'} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <div className="migrations-list">
        <div className="migrations-shape">
          <Segmented
            label="How migrations are listed"
            value={shape}
            onChange={setShape}
            choices={[
              { value: 'apps', label: 'Apps' },
              { value: 'graph', label: 'Graph' },
            ]}
          />
        </div>
        {shape === 'apps' ? (
          <MigrationTree
            choice={choice}
            onChoose={onChoose}
            menuOf={(app, name) => actionsOf(state, app, name, onAsk)}
          />
        ) : (
          <MigrationGraphList choice={choice} onChoose={onChoose} />
        )}
      </div>
    </Pane>
  );
}

/** Reads state and plan anew. */
export function LookAgain() {
  const { migrations } = useStudio();
  return <IconButton icon={RefreshCw} label="Look again" onClick={() => void migrations.look()} />;
}
