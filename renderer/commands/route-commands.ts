import type { Studio } from '../stores/studio.ts';
import { withWorkspace, type Command } from './command.ts';

const snapshot = ({ source }: Studio) => source.state.getState().snapshot;

/** Asks for a new route. */
export const addRoute: Command = {
  id: 'routes.add',
  enabled: (studio) =>
    withWorkspace(studio) && snapshot(studio)?.apps.some(({ folder }) => folder !== null) === true,
  run: ({ shell, routes }) => {
    shell.show('routes');
    routes.add();
  },
};

/** Asks which model gets an API, then what it offers. */
export const addApiForModel: Command = {
  id: 'routes.addApi',
  enabled: (studio) =>
    withWorkspace(studio) && snapshot(studio)?.models.some(({ abstract }) => !abstract) === true,
  run: ({ shell, designer }) => {
    shell.show('models');
    designer.open({ kind: 'add-api', model: null });
  },
};
