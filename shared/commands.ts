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
    label: 'New project…',
    shortcuts: ['Mod+Alt+N'],
    menu: { place: 'file', group: 1 },
  },
  { id: 'workspace.open', label: 'Open folder…', shortcuts: ['Mod+O'], menu: { place: 'file', group: 1 } },
  { id: 'workspace.openExample', label: 'Create the example project…', menu: { place: 'file', group: 1 } },
  { id: 'editor.save', label: 'Save', shortcuts: ['Mod+S'], menu: { place: 'file', group: 2 } },
  { id: 'editor.saveAll', label: 'Save all', shortcuts: ['Mod+Alt+S'], menu: { place: 'file', group: 2 } },
  {
    id: 'editor.fileHistory',
    label: 'Local history of the file',
    shortcuts: ['Alt+H'],
    menu: { place: 'file', group: 2 },
  },
  { id: 'editor.removedFiles', label: 'Bring a removed file back…', menu: { place: 'file', group: 2 } },
  { id: 'editor.closeFile', label: 'Close file', shortcuts: ['Alt+W'], menu: { place: 'file', group: 3 } },
  { id: 'workspace.close', label: 'Close project', menu: { place: 'file', group: 3 } },
  { id: 'view.settings', label: 'Settings', shortcuts: ['Mod+,'], menu: { place: 'file', group: 4 } },

  {
    id: 'source.undo',
    label: 'Undo change',
    shortcuts: ['Mod+Alt+Z', 'Mod+Z'],
    menu: { place: 'edit', group: 1 },
  },
  {
    id: 'source.redo',
    label: 'Redo change',
    shortcuts: ['Mod+Alt+Y', 'Mod+Shift+Z'],
    menu: { place: 'edit', group: 1 },
  },

  {
    id: 'palette.commands',
    label: 'Command palette…',
    shortcuts: ['Mod+Shift+P', 'Mod+K'],
    menu: { place: 'view', group: 1 },
  },
  {
    id: 'palette.files',
    label: 'Go to file, model or route…',
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
  { id: 'view.project', label: 'Project', shortcuts: ['Alt+9'], menu: { place: 'view', group: 2 } },
  { id: 'view.jobs', label: 'Show jobs', shortcuts: ['Mod+J'], menu: { place: 'view', group: 3 } },
  {
    id: 'view.problems',
    label: 'Show problems',
    shortcuts: ['Mod+Shift+M'],
    menu: { place: 'view', group: 3 },
  },
  { id: 'view.nextPart', label: 'Focus next part', shortcuts: ['F6'], menu: { place: 'view', group: 4 } },
  {
    id: 'view.previousPart',
    label: 'Focus previous part',
    shortcuts: ['Shift+F6'],
    menu: { place: 'view', group: 4 },
  },
  { id: 'theme.light', label: 'Theme: light' },
  { id: 'theme.dark', label: 'Theme: dark' },
  { id: 'theme.system', label: 'Theme: as the system' },

  {
    id: 'models.addModel',
    label: 'Add model…',
    shortcuts: ['Mod+Alt+M'],
    menu: { place: 'models', group: 1 },
  },
  {
    id: 'models.addField',
    label: 'Add field…',
    shortcuts: ['Mod+Alt+F'],
    menu: { place: 'models', group: 1 },
  },
  { id: 'models.addApp', label: 'Add app…', shortcuts: ['Mod+Alt+A'], menu: { place: 'models', group: 1 } },
  { id: 'models.renameApp', label: 'Rename app of the model…', menu: { place: 'models', group: 2 } },
  { id: 'models.removeApp', label: 'Remove app of the model…', menu: { place: 'models', group: 2 } },
  { id: 'models.addApi', label: 'Add an API for this model…', menu: { place: 'models', group: 2 } },
  { id: 'models.rename', label: 'Rename model', menu: { place: 'models', group: 3 } },
  { id: 'models.duplicate', label: 'Duplicate model…', menu: { place: 'models', group: 3 } },
  { id: 'models.copy', label: 'Copy models' },
  { id: 'models.paste', label: 'Paste models…' },
  { id: 'models.relate', label: 'Relate the two chosen models…' },
  { id: 'models.move', label: 'Move model…', menu: { place: 'models', group: 3 } },
  { id: 'models.changeBases', label: 'Change bases of model…' },
  { id: 'models.toggleAbstract', label: 'Make model abstract, or give it a table…' },
  { id: 'models.setStr', label: 'Write __str__ from a pattern…' },
  { id: 'models.setAbsoluteUrl', label: 'Write get_absolute_url…' },
  { id: 'models.addManager', label: 'Add a manager…' },
  { id: 'models.addIndex', label: 'Add an index…' },
  { id: 'models.addConstraint', label: 'Add a constraint…' },
  { id: 'models.addChoices', label: 'Add choices…' },
  { id: 'models.addThrough', label: 'Add a relation with a model between…' },
  { id: 'models.addSerializer', label: 'Add a serializer…' },
  { id: 'models.registerAdmin', label: 'Register model in the admin…' },
  { id: 'models.addInline', label: 'Show related rows in the admin…' },
  { id: 'models.duplicateField', label: 'Duplicate field…' },
  { id: 'models.moveFieldToBase', label: 'Move field to a base…' },
  { id: 'models.remove', label: 'Delete model or field…', menu: { place: 'models', group: 3 } },
  { id: 'models.showCode', label: 'Show in code', menu: { place: 'models', group: 3 } },
  { id: 'models.fit', label: 'Show all models', menu: { place: 'models', group: 4 } },
  { id: 'models.zoomIn', label: 'Zoom in', menu: { place: 'models', group: 4 } },
  { id: 'models.zoomOut', label: 'Zoom out', menu: { place: 'models', group: 4 } },
  { id: 'models.arrange', label: 'Arrange models anew', menu: { place: 'models', group: 4 } },
  { id: 'models.arrangeApp', label: 'Arrange the models of the app anew' },
  { id: 'models.arrangeSelection', label: 'Arrange the chosen models anew' },
  { id: 'models.toggleCollapsed', label: 'Collapse or expand the app' },
  { id: 'models.expandAll', label: 'Expand all apps' },
  { id: 'models.overview', label: 'Show every app as one box' },
  {
    id: 'models.find',
    label: 'Find models, fields and options',
    shortcuts: ['Alt+F'],
    menu: { place: 'models', group: 5 },
  },
  { id: 'models.nextMatch', label: 'Next model that was found', shortcuts: ['F3'] },
  { id: 'models.previousMatch', label: 'Previous model that was found', shortcuts: ['Shift+F3'] },
  { id: 'models.focusAround', label: 'Focus on what is around', menu: { place: 'models', group: 5 } },
  { id: 'models.focusWider', label: 'Focus one step wider' },
  { id: 'models.focusNarrower', label: 'Focus one step narrower' },
  { id: 'models.reachOut', label: 'Focus on what the model leads to' },
  { id: 'models.reachIn', label: 'Focus on what leads to the model' },
  { id: 'models.focusApp', label: 'Focus on the app', menu: { place: 'models', group: 5 } },
  {
    id: 'models.focusRoute',
    label: 'Focus on the models of a route…',
    menu: { place: 'models', group: 5 },
  },
  { id: 'models.focusChanges', label: 'Focus on what has changed' },
  { id: 'models.focusNothing', label: 'Show all models again' },
  {
    id: 'models.compare',
    label: 'Compare with a git revision…',
    menu: { place: 'models', group: 5 },
  },
  { id: 'models.compareNothing', label: 'End the comparison' },
  {
    id: 'models.exportDiagram',
    label: 'Export the diagram…',
    menu: { place: 'models', group: 6 },
  },
  { id: 'models.toggleEdges', label: 'Show or hide relations', menu: { place: 'models', group: 5 } },
  {
    id: 'models.toggleOutside',
    label: 'Show or hide models of other packages',
    menu: { place: 'models', group: 5 },
  },

  { id: 'server.start', label: 'Start server', shortcuts: ['F5'], menu: { place: 'project', group: 1 } },
  { id: 'server.stop', label: 'Stop server', shortcuts: ['Shift+F5'], menu: { place: 'project', group: 1 } },
  {
    id: 'server.restart',
    label: 'Restart server',
    shortcuts: ['Mod+Shift+F5'],
    menu: { place: 'project', group: 1 },
  },
  { id: 'server.browse', label: 'Open site in the browser', menu: { place: 'project', group: 1 } },
  { id: 'server.browseAdmin', label: 'Open admin in the browser', menu: { place: 'project', group: 1 } },
  {
    id: 'tests.run',
    label: 'Run tests',
    shortcuts: ['Alt+T'],
    menu: { place: 'project', group: 5 },
  },
  {
    id: 'tests.runFailed',
    label: 'Run failed tests again',
    shortcuts: ['Alt+Shift+T'],
    menu: { place: 'project', group: 5 },
  },
  { id: 'tests.runFile', label: 'Run tests of the open file', menu: { place: 'project', group: 5 } },
  { id: 'tests.stop', label: 'Stop the tests' },
  {
    id: 'shell.open',
    label: 'Open Django shell',
    shortcuts: ['Alt+S'],
    menu: { place: 'project', group: 5 },
  },
  { id: 'migrations.make', label: 'Make migrations', menu: { place: 'project', group: 3 } },
  { id: 'migrations.apply', label: 'Apply migrations', menu: { place: 'project', group: 3 } },
  { id: 'routes.add', label: 'Add route…', menu: { place: 'project', group: 3 } },
  { id: 'routes.addApi', label: 'Add an API for a model…', menu: { place: 'project', group: 3 } },
  { id: 'routes.addView', label: 'Add a view…', menu: { place: 'project', group: 3 } },
  { id: 'routes.include', label: 'Include a URLconf…', menu: { place: 'project', group: 3 } },
  {
    id: 'requests.send',
    label: 'Send request',
    shortcuts: ['Mod+Enter'],
    menu: { place: 'project', group: 4 },
  },
  {
    id: 'project.settings',
    label: 'Settings of the project',
    menu: { place: 'project', group: 2 },
  },
  { id: 'project.packages', label: 'Packages of the project', menu: { place: 'project', group: 2 } },
  { id: 'project.addPackage', label: 'Add a package…', menu: { place: 'project', group: 2 } },
  { id: 'project.trust', label: 'Trust this project…', menu: { place: 'project', group: 2 } },
  { id: 'project.chooseInterpreter', label: 'Choose interpreter…', menu: { place: 'project', group: 2 } },
  { id: 'project.installRequirements', label: 'Install requirements', menu: { place: 'project', group: 2 } },

  { id: 'help.shortcuts', label: 'Keyboard shortcuts', menu: { place: 'help', group: 1 } },
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
