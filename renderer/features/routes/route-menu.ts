import { ArrowDown, ArrowUp, CodeXml, FolderInput, Pencil, Tag, Trash2 } from 'lucide-react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { attempt } from '../../stores/notices.ts';
import type { Studio } from '../../stores/studio.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import type { RouteRow } from './route-rows.ts';
import { placeBeside, referenceOf, routeOf } from './route-source.ts';

/** What can be done with one route; nothing but looking where the source does not show its statement. */
export function routeMenu(studio: Studio, snapshot: ProjectSnapshot, row: RouteRow): readonly MenuEntry[] {
  const { routes, editor, notify } = studio;
  const facts = routeOf(snapshot, row);
  const { viewPlace } = row;
  const showView: MenuEntry = {
    kind: 'item',
    id: 'view',
    label: 'Show the view',
    icon: CodeXml,
    disabled: viewPlace === null || !row.own,
    onChoose: () => {
      if (viewPlace !== null) void attempt(notify, 'The code can’t be shown', () => editor.reveal(viewPlace));
    },
  };
  if (facts === null) return [showView];
  const route = referenceOf(facts);
  const form = (kind: 'path' | 'rename' | 'move') => (): void => {
    routes.open({ kind, route, name: row.name });
  };
  return [
    { kind: 'item', id: 'path', label: 'Change path…', icon: Pencil, onChoose: form('path') },
    { kind: 'item', id: 'rename', label: 'Rename…', icon: Tag, onChoose: form('rename') },
    moveItem('up', 'Move up', 'Alt+↑', -1),
    moveItem('down', 'Move down', 'Alt+↓', 1),
    {
      kind: 'item',
      id: 'move',
      label: 'Move to another URLconf…',
      icon: FolderInput,
      onChoose: form('move'),
    },
    { kind: 'separator', id: 'show-separator' },
    showView,
    {
      kind: 'item',
      id: 'urlconf',
      label: 'Show in the URLconf',
      icon: CodeXml,
      onChoose: () => void attempt(notify, 'The code can’t be shown', () => editor.reveal(facts.place)),
    },
    { kind: 'separator', id: 'remove-separator' },
    {
      kind: 'item',
      id: 'remove',
      label: 'Remove route…',
      icon: Trash2,
      danger: true,
      shortcut: 'Delete',
      onChoose: () => {
        removeRoute(studio, snapshot, row);
      },
    },
  ];

  function moveItem(id: string, label: string, shortcut: string, step: -1 | 1): MenuEntry {
    const isPossible = facts !== null && placeBeside(snapshot, facts, step) !== undefined;
    return {
      kind: 'item',
      id,
      label,
      icon: step < 0 ? ArrowUp : ArrowDown,
      shortcut,
      disabled: !isPossible,
      onChoose: () => {
        moveRoute(studio, snapshot, row, step);
      },
    };
  }
}

/** Proposes to take a route away, where the source shows its statement. */
export function removeRoute(studio: Studio, snapshot: ProjectSnapshot, row: RouteRow): void {
  const facts = routeOf(snapshot, row);
  if (facts === null) return;
  void attempt(studio.notify, 'The route was not removed', () =>
    studio.plan.propose({ kind: 'route.remove', route: referenceOf(facts) }),
  );
}

/** Moves a route one place up or down among those of its URLconf: the first one that matches answers. */
export function moveRoute(studio: Studio, snapshot: ProjectSnapshot, row: RouteRow, step: -1 | 1): void {
  const facts = routeOf(snapshot, row);
  const after = facts === null ? undefined : placeBeside(snapshot, facts, step);
  if (facts === null || after === undefined) return;
  void attempt(studio.notify, 'The route was not moved', () =>
    studio.plan.propose({ kind: 'route.reorder', route: referenceOf(facts), after }),
  );
}
