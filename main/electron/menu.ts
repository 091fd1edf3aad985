import type { MenuItemConstructorOptions } from 'electron';
import { commandSpecs, type CommandId, type CommandSpec, type MenuPlace } from '../../shared/commands.ts';

/** What the menu bar depends on. */
export interface MenuParts {
  readonly apple: boolean;
  /** In a package the window has no developer tools. */
  readonly developer: boolean;
  /** Runs a command in the window. */
  readonly run: (command: CommandId) => void;
}

const titles: Readonly<Record<MenuPlace, string>> = {
  file: '&File',
  edit: '&Edit',
  view: '&View',
  models: '&Models',
  project: '&Project',
  help: '&Help',
};

type Item = MenuItemConstructorOptions;
const line: Item = { type: 'separator' };

/** The menu bar: the studio's commands in their groups, and the parts every application has. */
export function menuTemplate(parts: MenuParts): Item[] {
  const menu = (place: MenuPlace, ...system: readonly Item[][]): Item => ({
    label: titles[place],
    submenu: inGroups([...commandGroups(place, parts), ...system]),
    ...(place === 'help' ? { role: 'help' as const } : {}),
  });
  // On a Mac the keys of text fields work through these items only.
  const text: Item[] = [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }];
  const zoom: Item[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
  ];
  const developer: Item[] = parts.developer ? [{ role: 'reload' }, { role: 'toggleDevTools' }] : [];
  return [
    ...(parts.apple ? [{ role: 'appMenu' as const }] : []),
    menu('file', parts.apple ? [] : [{ role: 'quit' }]),
    menu('edit', [{ role: 'undo' }, { role: 'redo' }], text),
    menu('view', zoom, developer),
    menu('models'),
    menu('project'),
    ...(parts.apple ? [{ role: 'windowMenu' as const }] : []),
    menu('help'),
  ];
}

function commandGroups(place: MenuPlace, parts: MenuParts): Item[][] {
  const groups = new Map<number, Item[]>();
  const specs: readonly (CommandSpec & { readonly id: CommandId })[] = commandSpecs;
  for (const spec of specs) {
    if (spec.menu?.place !== place) continue;
    const group = groups.get(spec.menu.group) ?? [];
    groups.set(spec.menu.group, [...group, itemOf(spec, parts)]);
  }
  return [...groups.entries()].sort(([a], [b]) => a - b).map(([, items]) => items);
}

function itemOf(spec: CommandSpec & { readonly id: CommandId }, parts: MenuParts): Item {
  const [shortcut] = spec.shortcuts ?? [];
  return {
    id: spec.id,
    label: spec.label,
    click: () => parts.run(spec.id),
    // Shown only: the window itself listens for the keys, and knows when they belong to a text field.
    ...(shortcut === undefined
      ? {}
      : { accelerator: shortcut.replace('Mod', 'CommandOrControl'), registerAccelerator: false }),
  };
}

function inGroups(groups: readonly Item[][]): Item[] {
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [line, ...group]));
}
