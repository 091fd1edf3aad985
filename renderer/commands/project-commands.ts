import type { ProjectPage } from '../stores/project-store.ts';
import type { CommandId } from '../../shared/commands.ts';
import { withWorkspace, type Command } from './command.ts';

const showPage = (id: CommandId, page: ProjectPage): Command => ({
  id,
  enabled: withWorkspace,
  run: ({ shell, project }) => {
    project.show(page);
    shell.show('project');
  },
});

/** Goes to the settings and packages of the project, and adds a package. */
export const projectCommands: readonly Command[] = [
  showPage('project.settings', 'settings'),
  showPage('project.packages', 'packages'),
  {
    id: 'project.addPackage',
    enabled: withWorkspace,
    run: ({ shell, project }) => {
      project.show('packages');
      shell.show('project');
      project.open({ kind: 'add-package' });
    },
  },
];
