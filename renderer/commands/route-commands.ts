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
    routes.open({ kind: 'add' });
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

/** Asks which URLconf is included where. */
export const includeRoutes: Command = {
  id: 'routes.include',
  enabled: (studio) => withWorkspace(studio) && typeof snapshot(studio)?.settings?.rootUrlconf === 'string',
  run: ({ shell, routes }) => {
    shell.show('routes');
    routes.open({ kind: 'include' });
  },
};

/** Asks for a new class-based view or viewset. */
export const addView: Command = {
  id: 'routes.addView',
  enabled: addRoute.enabled,
  run: ({ shell, routes }) => {
    shell.show('routes');
    routes.open({ kind: 'add-view' });
  },
};
