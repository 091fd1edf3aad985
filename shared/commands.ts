/** Where a command stands in the menu bar. */
export type MenuPlace = 'file' | 'edit' | 'view' | 'models' | 'project' | 'help';

/** One thing the user can do by name: the palette, the menu bar and the buttons share this description. */
export interface CommandSpec {
  readonly id: string;
  /** As the palette and the menus write it; ends with … where it asks something first. */
  readonly label: string;
  /** `Mod+Shift+P`: `Mod` is the command key on a Mac and control elsewhere. The first one is shown. */
  readonly shortcuts?: readonly string[];
  /** Menu and group of it: commands of one group stand together, groups in this order. */
  readonly menu?: { readonly place: MenuPlace; readonly group: number };
}

/** Every command, in the order of the menus. What they do stands in `renderer/commands`. */
export const commandSpecs = [
  {
    id: 'workspace.new',
    label: 'New Project…',
    shortcuts: ['Mod+Alt+N'],
    menu: { place: 'file', group: 1 },
  },
  { id: 'workspace.open', label: 'Open Folder…', shortcuts: ['Mod+O'], menu: { place: 'file', group: 1 } },
  { id: 'workspace.openExample', label: 'Create the Example Project…', menu: { place: 'file', group: 1 } },
  { id: 'editor.save', label: 'Save', shortcuts: ['Mod+S'], menu: { place: 'file', group: 2 } },
  { id: 'editor.saveAll', label: 'Save All', shortcuts: ['Mod+Alt+S'], menu: { place: 'file', group: 2 } },
  { id: 'editor.closeFile', label: 'Close File', shortcuts: ['Alt+W'], menu: { place: 'file', group: 3 } },
  { id: 'workspace.close', label: 'Close Project', menu: { place: 'file', group: 3 } },
  { id: 'view.settings', label: 'Settings', shortcuts: ['Mod+,'], menu: { place: 'file', group: 4 } },

  {
    id: 'source.undo',
    label: 'Undo Change',
    shortcuts: ['Mod+Alt+Z', 'Mod+Z'],
    menu: { place: 'edit', group: 1 },
  },
  {
    id: 'source.redo',
    label: 'Redo Change',
    shortcuts: ['Mod+Alt+Y', 'Mod+Shift+Z'],
    menu: { place: 'edit', group: 1 },
  },

  {
    id: 'palette.commands',
    label: 'Command Palette…',
    shortcuts: ['Mod+Shift+P', 'Mod+K'],
    menu: { place: 'view', group: 1 },
  },
  {
    id: 'palette.files',
    label: 'Go to File, Model or Route…',
    shortcuts: ['Mod+P'],
    menu: { place: 'view', group: 1 },
  },
  { id: 'view.models', label: 'Models', shortcuts: ['Alt+1'], menu: { place: 'view', group: 2 } },
  { id: 'view.routes', label: 'Routes', shortcuts: ['Alt+2'], menu: { place: 'view', group: 2 } },
  { id: 'view.code', label: 'Code', shortcuts: ['Alt+3'], menu: { place: 'view', group: 2 } },
  { id: 'view.server', label: 'Server', shortcuts: ['Alt+4'], menu: { place: 'view', group: 2 } },
  { id: 'view.database', label: 'Database', shortcuts: ['Alt+5'], menu: { place: 'view', group: 2 } },
  { id: 'view.migrations', label: 'Migrations', shortcuts: ['Alt+6'], menu: { place: 'view', group: 2 } },
  { id: 'view.requests', label: 'Requests', shortcuts: ['Alt+7'], menu: { place: 'view', group: 2 } },
  { id: 'view.export', label: 'Export', shortcuts: ['Alt+8'], menu: { place: 'view', group: 2 } },
  { id: 'view.jobs', label: 'Show Jobs', shortcuts: ['Mod+J'], menu: { place: 'view', group: 3 } },
  {
    id: 'view.problems',
    label: 'Show Problems',
    shortcuts: ['Mod+Shift+M'],
    menu: { place: 'view', group: 3 },
  },
  { id: 'view.nextPart', label: 'Focus Next Part', shortcuts: ['F6'], menu: { place: 'view', group: 4 } },
  {
    id: 'view.previousPart',
    label: 'Focus Previous Part',
    shortcuts: ['Shift+F6'],
    menu: { place: 'view', group: 4 },
  },
  { id: 'theme.light', label: 'Theme: Light' },
  { id: 'theme.dark', label: 'Theme: Dark' },
  { id: 'theme.system', label: 'Theme: As the System' },

  {
    id: 'models.addModel',
    label: 'Add Model…',
    shortcuts: ['Mod+Alt+M'],
    menu: { place: 'models', group: 1 },
  },
  {
    id: 'models.addField',
    label: 'Add Field…',
    shortcuts: ['Mod+Alt+F'],
    menu: { place: 'models', group: 1 },
  },
  { id: 'models.addApp', label: 'Add App…', shortcuts: ['Mod+Alt+A'], menu: { place: 'models', group: 1 } },
  { id: 'models.addApi', label: 'Add an API for This Model…', menu: { place: 'models', group: 2 } },
  { id: 'models.rename', label: 'Rename Model', menu: { place: 'models', group: 3 } },
  { id: 'models.remove', label: 'Delete Model or Field…', menu: { place: 'models', group: 3 } },
  { id: 'models.showCode', label: 'Show in Code', menu: { place: 'models', group: 3 } },
  { id: 'models.fit', label: 'Show All Models', menu: { place: 'models', group: 4 } },
  { id: 'models.zoomIn', label: 'Zoom In', menu: { place: 'models', group: 4 } },
  { id: 'models.zoomOut', label: 'Zoom Out', menu: { place: 'models', group: 4 } },
  { id: 'models.arrange', label: 'Arrange Models Anew', menu: { place: 'models', group: 4 } },
  { id: 'models.toggleEdges', label: 'Show or Hide Relations', menu: { place: 'models', group: 5 } },
  {
    id: 'models.toggleOutside',
    label: 'Show or Hide Models of Other Packages',
    menu: { place: 'models', group: 5 },
  },

  { id: 'server.start', label: 'Start Server', shortcuts: ['F5'], menu: { place: 'project', group: 1 } },
  { id: 'server.stop', label: 'Stop Server', shortcuts: ['Shift+F5'], menu: { place: 'project', group: 1 } },
  {
    id: 'server.restart',
    label: 'Restart Server',
    shortcuts: ['Mod+Shift+F5'],
    menu: { place: 'project', group: 1 },
  },
  { id: 'server.browse', label: 'Open Site in the Browser', menu: { place: 'project', group: 1 } },
  { id: 'server.browseAdmin', label: 'Open Admin in the Browser', menu: { place: 'project', group: 1 } },
  { id: 'routes.add', label: 'Add Route…', menu: { place: 'project', group: 3 } },
  { id: 'routes.addApi', label: 'Add an API for a Model…', menu: { place: 'project', group: 3 } },
  {
    id: 'requests.send',
    label: 'Send Request',
    shortcuts: ['Mod+Enter'],
    menu: { place: 'project', group: 4 },
  },
  { id: 'project.trust', label: 'Trust This Project…', menu: { place: 'project', group: 2 } },
  { id: 'project.chooseInterpreter', label: 'Choose Interpreter…', menu: { place: 'project', group: 2 } },
  { id: 'project.installRequirements', label: 'Install Requirements', menu: { place: 'project', group: 2 } },

  { id: 'help.shortcuts', label: 'Keyboard Shortcuts', menu: { place: 'help', group: 1 } },
] as const satisfies readonly CommandSpec[];

/** Names of all commands. */
export type CommandId = (typeof commandSpecs)[number]['id'];

const specsById = new Map<string, CommandSpec>(commandSpecs.map((spec) => [spec.id, spec]));

/** What is known of a command: its label and its shortcuts. */
export function commandSpec(id: CommandId): CommandSpec & { readonly id: CommandId } {
  const spec = specsById.get(id);
  if (spec === undefined) throw new Error(`There is no command ${id}.`);
  return { ...spec, id };
}
