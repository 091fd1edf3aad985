import { always, withTrust, withWorkspace, type Command } from './command.ts';

/** Asks for everything a new project needs. */
export const newProject: Command = {
  id: 'workspace.new',
  enabled: always,
  run: ({ shell }) => {
    shell.openDialog({ kind: 'new-project', template: 'blank' });
  },
};

/** Makes a new project that has apps, models and rows to look at. */
export const openExample: Command = {
  id: 'workspace.openExample',
  enabled: always,
  run: ({ shell }) => {
    shell.openDialog({ kind: 'new-project', template: 'example' });
  },
};

/** Asks for a folder, in the system's dialog where there is one, and opens it. */
export const openFolder: Command = {
  id: 'workspace.open',
  enabled: always,
  run: async ({ api, shell, workspace }) => {
    if (workspace.state.getState().info?.nativeDialogs !== true) {
      shell.openDialog({ kind: 'open-folder' });
      return;
    }
    const path = await api.call('workspace.pickFolder', { title: 'Open a Django project' });
    if (path !== null) await workspace.open(path);
  },
};

/** Goes back to the welcome page. */
export const closeWorkspace: Command = {
  id: 'workspace.close',
  enabled: withWorkspace,
  run: ({ workspace }) => workspace.close(),
};

/** Asks whether code of this project may run. */
export const trustProject: Command = {
  id: 'project.trust',
  enabled: (studio) => studio.workspace.state.getState().workspace?.trusted === false,
  run: ({ shell }) => {
    shell.openDialog({ kind: 'trust' });
  },
};

/** Installs what the project's requirements name. */
export const installRequirements: Command = {
  id: 'project.installRequirements',
  enabled: withTrust,
  run: async ({ api, shell }) => {
    await api.call('python.installRequirements', {});
    shell.openPanel('jobs');
  },
};

/** Asks which Python runs this project. */
export const chooseInterpreter: Command = {
  id: 'project.chooseInterpreter',
  enabled: withTrust,
  run: ({ shell }) => {
    shell.openDialog({ kind: 'interpreter' });
  },
};
