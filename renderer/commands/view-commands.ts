import type { CommandId } from '../../shared/commands.ts';
import type { Settings } from '../../shared/contract/app-calls.ts';
import type { ViewId } from '../stores/shell-store.ts';
import { always, withWorkspace, type Command } from './command.ts';
import { focusPart } from './focus-parts.ts';

const showView = (view: Exclude<ViewId, 'settings'>): Command => ({
  id: `view.${view}`,
  enabled: withWorkspace,
  run: ({ shell }) => {
    shell.show(view);
  },
});

const chooseTheme = (id: CommandId, theme: Settings['theme']): Command => ({
  id,
  enabled: always,
  run: ({ settings }) => settings.change({ theme }),
});

/** Moves around the window and changes how it looks. */
export const viewCommands: readonly Command[] = [
  showView('models'),
  showView('routes'),
  showView('code'),
  showView('server'),
  showView('database'),
  showView('migrations'),
  showView('requests'),
  showView('export'),
  showView('project'),
  {
    id: 'view.settings',
    enabled: always,
    run: ({ shell }) => {
      shell.show('settings');
    },
  },
  {
    id: 'palette.commands',
    enabled: always,
    run: ({ shell }) => {
      shell.openPalette('commands');
    },
  },
  {
    id: 'palette.files',
    enabled: withWorkspace,
    run: ({ shell }) => {
      shell.openPalette('files');
    },
  },
  {
    id: 'view.jobs',
    enabled: always,
    run: ({ shell }) => {
      shell.togglePanel('jobs');
    },
  },
  {
    id: 'view.problems',
    enabled: withWorkspace,
    run: ({ shell }) => {
      shell.togglePanel('problems');
    },
  },
  {
    id: 'view.nextPart',
    enabled: always,
    run: () => {
      focusPart(1);
    },
  },
  {
    id: 'view.previousPart',
    enabled: always,
    run: () => {
      focusPart(-1);
    },
  },
  chooseTheme('theme.light', 'light'),
  chooseTheme('theme.dark', 'dark'),
  chooseTheme('theme.system', 'system'),
  {
    id: 'help.shortcuts',
    enabled: always,
    run: ({ shell }) => {
      shell.openDialog({ kind: 'shortcuts' });
    },
  },
];
