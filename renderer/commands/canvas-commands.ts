import type { CommandId } from '../../shared/commands.ts';
import { copyModels, type CopiedModels } from '../../shared/django/copied-models.ts';
import type { ModelFacts } from '../../shared/django/project-model.ts';
import {
  draftKey,
  type CanvasFocus,
  type CanvasWish,
  type DesignerDialog,
} from '../stores/designer-store.ts';
import type { Studio } from '../stores/studio.ts';
import type { Command } from './command.ts';

const MOST_HOPS = 9;

const inSight = ({ shell }: Studio): boolean => shell.state.getState().view === 'models';
const chosen = ({ designer }: Studio): readonly string[] => [...designer.state.getState().selected];
const hasChosen = (studio: Studio): boolean => inSight(studio) && chosen(studio).length > 0;
const focusOf = ({ designer }: Studio): CanvasFocus | null => designer.state.getState().focus;
const hasRoutes = ({ source }: Studio): boolean => (source.state.getState().snapshot?.routes.length ?? 0) > 0;

/** The app of what is chosen; null where it is of several. */
function chosenApp(studio: Studio): string | null {
  const apps = new Set(chosen(studio).map((id) => id.split('.')[0] ?? id));
  const [only] = apps;
  return apps.size === 1 ? (only ?? null) : null;
}

function focusing(id: CommandId, focus: (studio: Studio) => CanvasFocus | null): Command {
  return {
    id,
    enabled: (studio) => inSight(studio) && focus(studio) !== null,
    run: (studio) => {
      studio.designer.setFocus(focus(studio));
    },
  };
}

function wishing(id: CommandId, wish: CanvasWish, enabled: Command['enabled'] = inSight): Command {
  return {
    id,
    enabled,
    run: ({ designer }) => {
      // A new object, so that the same wish counts again.
      designer.ask({ ...wish });
    },
  };
}

function opening(id: CommandId, dialog: DesignerDialog, enabled: Command['enabled'] = inSight): Command {
  return {
    id,
    enabled,
    run: ({ designer }) => {
      designer.open(dialog);
    },
  };
}

/** Around the chosen models; pressed again one step wider. */
function around(studio: Studio): CanvasFocus | null {
  const focus = focusOf(studio);
  const models = chosen(studio);
  if (focus?.kind === 'around' && (models.length === 0 || models.every((id) => focus.models.includes(id))))
    return widened(focus, 1);
  return models.length === 0 ? null : { kind: 'around', models, hops: 1 };
}

function widened(focus: CanvasFocus | null, by: 1 | -1): CanvasFocus | null {
  if (focus?.kind !== 'around') return null;
  const hops = focus.hops + by;
  return hops < 1 || hops > MOST_HOPS ? null : { ...focus, hops };
}

function reaching(studio: Studio, direction: 'out' | 'in'): CanvasFocus | null {
  const models = chosen(studio);
  return models.length === 0 ? null : { kind: 'reach', models, direction };
}

function ofApp(studio: Studio): CanvasFocus | null {
  const app = chosenApp(studio);
  return app === null ? null : { kind: 'app', app };
}

/** The chosen models of the project, in the order of the source. */
function chosenModels(studio: Studio): readonly ModelFacts[] {
  const ids = new Set(chosen(studio));
  return studio.source.state.getState().snapshot?.models.filter((model) => ids.has(model.id)) ?? [];
}

/** Copies the chosen models, and says what can't go along; null where none is chosen. */
export function copyChosen(studio: Studio): CopiedModels | null {
  const models = chosenModels(studio);
  if (models.length === 0) return null;
  const copied = copyModels(models);
  studio.designer.copy(copied);
  const title =
    models.length === 1 ? `${models[0]?.name ?? ''} copied` : `${String(models.length)} models copied`;
  studio.notify({ kind: 'info', title, description: copied.left.slice(0, 3).join(' ') || undefined });
  return copied;
}

/** A relation from the model that was chosen first to the other one, as a form that is filled in. */
export function relateModels(
  { designer, source }: Studio,
  from: string,
  to: string,
  after: string | null,
): void {
  const models = source.state.getState().snapshot?.models ?? [];
  const model = models.find(({ id }) => id === from);
  if (model === undefined) return;
  const taken = new Set(model.fields.map(({ name }) => name));
  const base = snakeCase(to.split('.')[1] ?? to);
  let name = base;
  for (let count = 2; taken.has(name); count += 1) name = `${base}_${String(count)}`;
  designer.keep(draftKey(from, null), {
    field: { name, type: 'ForeignKey', to, options: { on_delete: 'models.CASCADE' } },
    base: '',
    after,
  });
  designer.select([from]);
  designer.inspect({ kind: 'new' });
}

function snakeCase(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** What of the models is looked at on the canvas, and how they lie there. */
export const canvasCommands: readonly Command[] = [
  focusing('models.focusAround', around),
  focusing('models.focusWider', (studio) => widened(focusOf(studio), 1)),
  focusing('models.focusNarrower', (studio) => widened(focusOf(studio), -1)),
  focusing('models.reachOut', (studio) => reaching(studio, 'out')),
  focusing('models.reachIn', (studio) => reaching(studio, 'in')),
  focusing('models.focusApp', ofApp),
  opening('models.focusRoute', { kind: 'focus-route' }, (studio) => inSight(studio) && hasRoutes(studio)),
  focusing('models.focusChanges', ({ designer }) =>
    designer.state.getState().comparison === null ? null : { kind: 'changes' },
  ),
  {
    id: 'models.focusNothing',
    enabled: (studio) => inSight(studio) && focusOf(studio) !== null,
    run: ({ designer }) => {
      designer.setFocus(null);
    },
  },
  opening('models.compare', { kind: 'compare' }),
  {
    id: 'models.compareNothing',
    enabled: (studio) => inSight(studio) && studio.designer.state.getState().comparison !== null,
    run: ({ designer }) => {
      designer.compareWith(null);
    },
  },
  wishing('models.arrangeSelection', { kind: 'arrange', scope: 'selection' }, hasChosen),
  wishing(
    'models.arrangeApp',
    { kind: 'arrange', scope: 'app' },
    (studio) => inSight(studio) && chosenApp(studio) !== null,
  ),
  {
    id: 'models.toggleCollapsed',
    enabled: (studio) => inSight(studio) && chosenApp(studio) !== null,
    run: (studio) => {
      const app = chosenApp(studio);
      if (app === null) return;
      studio.designer.ask({ kind: 'collapse', app, collapsed: !chosen(studio).includes(app) });
    },
  },
  focusing('models.overview', () => ({ kind: 'apps' })),
  wishing('models.expandAll', { kind: 'collapse', app: null, collapsed: false }),
  {
    id: 'models.find',
    enabled: inSight,
    run: () => {
      document.querySelector<HTMLInputElement>('.models-list-filter input')?.select();
    },
  },
  wishing('models.nextMatch', { kind: 'next-match', step: 1 }),
  wishing('models.previousMatch', { kind: 'next-match', step: -1 }),
  {
    id: 'models.copy',
    enabled: (studio) => inSight(studio) && chosenModels(studio).length > 0,
    run: (studio) => {
      copyChosen(studio);
    },
  },
  {
    id: 'models.paste',
    enabled: (studio) => inSight(studio) && studio.designer.state.getState().copied !== null,
    run: (studio) => {
      studio.designer.open({ kind: 'paste', app: chosenApp(studio) });
    },
  },
  {
    id: 'models.relate',
    enabled: (studio) => inSight(studio) && chosen(studio).length === 2 && chosenModels(studio).length > 0,
    run: (studio) => {
      const [from, to] = chosen(studio);
      if (from !== undefined && to !== undefined) relateModels(studio, from, to, null);
    },
  },
  opening('models.exportDiagram', { kind: 'export-diagram' }),
];
