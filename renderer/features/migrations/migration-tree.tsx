import { GitCompareArrows, History, Package, PencilLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { MigrationState } from '../../../shared/contract/migration-calls.ts';
import { useMigrations } from '../../stores/studio-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Tree } from '../../ui/tree.tsx';
import type { TreeNode } from '../../ui/tree-rows.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import { conflictingNames, markOf } from './graph-layout.ts';
import { MigrationIcon } from './migration-icon.tsx';
import { isToApply, listedApps, type MigrationChoice } from './migration-rows.ts';

interface MigrationTreeProps {
  readonly choice: MigrationChoice;
  readonly onChoose: (choice: MigrationChoice) => void;
  /** What can be done with an app, or with one of its migrations. */
  readonly menuOf: (app: string, name: string | undefined) => readonly MenuEntry[];
}

const places = ['planned', 'drift', 'copies'] as const;

/** The planned migrations on top, then every app with its migrations. */
export function MigrationTree({ choice, onChoose, menuOf }: MigrationTreeProps) {
  const state = useMigrations(({ applied }) => applied);
  const planned = useMigrations(({ plan }) => plan?.migrations.length ?? 0);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const apps = useMemo(() => (state === null ? [] : listedApps(state)), [state]);
  const roots = useMemo(
    () => [plannedNode(planned), ...others, ...apps.map((app) => appNode(app, state))],
    [apps, planned, state],
  );
  // The project's own apps stand open, others' closed; what the user toggled is the other way round.
  const open = new Set(apps.filter((app) => app.project !== toggled.has(app.label)).map((app) => app.label));
  return (
    <Tree
      label="Migrations"
      roots={roots}
      open={open}
      onToggle={(id) => {
        setToggled(
          (before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]),
        );
      }}
      selected={choice.kind === 'written' ? `${choice.app}/${choice.name}` : choice.kind}
      onActivate={(id) => {
        const [app = '', name] = id.split('/');
        const place = places.find((kind) => kind === id);
        onChoose(name === undefined ? { kind: place ?? 'planned' } : { kind: 'written', app, name });
      }}
      menuOf={(id) => {
        const [app = '', name] = id.split('/');
        return places.some((kind) => kind === id) ? [] : menuOf(app, name);
      }}
    />
  );
}

const others: readonly TreeNode[] = [
  { id: 'drift', label: 'Models, migrations, database', icon: <GitCompareArrows size={14} aria-hidden /> },
  { id: 'copies', label: 'Copies of the database', icon: <History size={14} aria-hidden /> },
];

function plannedNode(count: number): TreeNode {
  return {
    id: 'planned',
    label: 'Changes to make',
    icon: <PencilLine size={14} aria-hidden />,
    detail: count > 0 ? <Badge tone="info">{count}</Badge> : undefined,
    muted: count === 0,
  };
}

function appNode(app: MigrationState['apps'][number], state: MigrationState | null): TreeNode {
  const toApply = app.migrations.filter(isToApply).length;
  const conflicting = state === null ? new Set<string>() : conflictingNames(state, app.label);
  return {
    id: app.label,
    label: app.label,
    icon: <Package size={14} aria-hidden />,
    muted: !app.project,
    detail:
      conflicting.size > 0 ? (
        <Badge tone="danger">conflict</Badge>
      ) : toApply > 0 ? (
        <Badge tone="warning">{toApply}</Badge>
      ) : undefined,
    children: app.migrations.map((migration) => ({
      id: `${app.label}/${migration.name}`,
      label: migration.name,
      icon: <MigrationIcon mark={markOf(migration, conflicting)} />,
      muted: !app.project || migration.squashedBy !== null,
    })),
  };
}
