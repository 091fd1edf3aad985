import { CheckCheck, Combine, FlaskConical, GitMerge, ListPlus, Undo2 } from 'lucide-react';
import type { MigrationState } from '../../../shared/contract/migration-calls.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import type { MigrateTarget } from './migrate-dialog.tsx';
import { findMigration, unappliedCount } from './migration-rows.ts';

/** What a menu or a button asks for, before a dialog shows what it does. */
export type AskedAction =
  | { readonly kind: 'migrate'; readonly target: MigrateTarget; readonly tryFirst: boolean }
  | { readonly kind: 'merge'; readonly app: string }
  | { readonly kind: 'squash'; readonly app: string; readonly name: string }
  | { readonly kind: 'stub' };

/** What can be done with the whole database. */
export function actionsOfAll(
  state: MigrationState,
  onAsk: (asked: AskedAction) => void,
): readonly MenuEntry[] {
  return [
    {
      kind: 'item',
      id: 'try',
      label: 'Try on a copy…',
      icon: FlaskConical,
      disabled: unappliedCount(state) === 0,
      onChoose: () => {
        onAsk({ kind: 'migrate', target: {}, tryFirst: true });
      },
    },
    {
      kind: 'item',
      id: 'stub',
      label: 'New migration for rows…',
      icon: ListPlus,
      onChoose: () => {
        onAsk({ kind: 'stub' });
      },
    },
    ...state.conflicts.map(({ app }) => mergeOf(app, onAsk)),
  ];
}

/** What can be done with an app, or with one of its migrations. */
export function actionsOf(
  state: MigrationState,
  app: string,
  name: string | undefined,
  onAsk: (asked: AskedAction) => void,
): readonly MenuEntry[] {
  const migrate = (target: MigrateTarget): void => {
    onAsk({ kind: 'migrate', target, tryFirst: false });
  };
  if (name === undefined) {
    const conflict = state.conflicts.some((each) => each.app === app);
    return [
      {
        kind: 'item',
        id: 'apply',
        label: `Apply all of ${app}…`,
        icon: CheckCheck,
        onChoose: () => {
          migrate({ app });
        },
      },
      {
        kind: 'item',
        id: 'zero',
        label: `Take back all of ${app}…`,
        icon: Undo2,
        danger: true,
        onChoose: () => {
          migrate({ app, name: 'zero' });
        },
      },
      ...(conflict ? [mergeOf(app, onAsk)] : []),
    ];
  }
  const migration = findMigration(state, app, name);
  if (migration === undefined || migration.missing) return [];
  return [
    {
      kind: 'item',
      id: 'migrate',
      label: 'Migrate to here…',
      icon: CheckCheck,
      onChoose: () => {
        migrate({ app, name });
      },
    },
    {
      kind: 'item',
      id: 'squash',
      label: 'Squash up to here…',
      icon: Combine,
      onChoose: () => {
        onAsk({ kind: 'squash', app, name });
      },
    },
  ];
}

function mergeOf(app: string, onAsk: (asked: AskedAction) => void): MenuEntry {
  return {
    kind: 'item',
    id: `merge-${app}`,
    label: `Merge the migrations of ${app}…`,
    icon: GitMerge,
    onChoose: () => {
      onAsk({ kind: 'merge', app });
    },
  };
}
