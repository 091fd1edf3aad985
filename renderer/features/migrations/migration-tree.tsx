import { CircleCheck, CircleDashed, CircleHelp, Package, PencilLine } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { MigrationState } from '../../../shared/contract/migration-calls.ts';
import { useMigrations } from '../../stores/studio-context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { Tree } from '../../ui/tree.tsx';
import type { TreeNode } from '../../ui/tree-rows.ts';
import { listedApps, type MigrationChoice } from './migration-rows.ts';

interface MigrationTreeProps {
  readonly choice: MigrationChoice;
  readonly onChoose: (choice: MigrationChoice) => void;
}

const PLANNED = 'planned';

/** The planned migrations on top, then every app with its migrations. */
export function MigrationTree({ choice, onChoose }: MigrationTreeProps) {
  const applied = useMigrations((state) => state.applied);
  const planned = useMigrations((state) => state.plan?.migrations.length ?? 0);
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const apps = useMemo(() => (applied === null ? [] : listedApps(applied)), [applied]);
  const roots = useMemo(() => [plannedNode(planned), ...apps.map(appNode)], [apps, planned]);
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
      selected={choice.kind === 'planned' ? PLANNED : `${choice.app}/${choice.name}`}
      onActivate={(id) => {
        const [app = '', name] = id.split('/');
        onChoose(name === undefined ? { kind: 'planned' } : { kind: 'written', app, name });
      }}
    />
  );
}

function plannedNode(count: number): TreeNode {
  return {
    id: PLANNED,
    label: 'Changes to make',
    icon: <PencilLine size={14} aria-hidden />,
    detail: count > 0 ? <Badge tone="info">{count}</Badge> : undefined,
    muted: count === 0,
  };
}

function appNode(app: MigrationState['apps'][number]): TreeNode {
  const missing = app.migrations.filter((migration) => migration.applied === false).length;
  return {
    id: app.label,
    label: app.label,
    icon: <Package size={14} aria-hidden />,
    muted: !app.project,
    detail: missing > 0 ? <Badge tone="warning">{missing}</Badge> : undefined,
    children: app.migrations.map(({ name, applied }) => ({
      id: `${app.label}/${name}`,
      label: name,
      icon: <AppliedIcon applied={applied} />,
      muted: !app.project,
    })),
  };
}

function AppliedIcon({ applied }: { readonly applied: boolean | null }) {
  if (applied === null) return <CircleHelp size={14} aria-label="not known" />;
  return applied ? (
    <CircleCheck className="migration-applied" size={14} aria-label="applied" />
  ) : (
    <CircleDashed className="migration-unapplied" size={14} aria-label="not applied" />
  );
}
