import type { RefObject } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { copyChosen, relateModels } from '../../commands/canvas-commands.ts';
import { runCommand } from '../../commands/commands.ts';
import { attempt } from '../../stores/notices.ts';
import { modelById } from '../../stores/source-store.ts';
import type { Studio } from '../../stores/studio.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { canvasMenu, collapsedMenu } from './canvas/canvas-menu.ts';
import type { CanvasEvents } from './canvas/canvas-events.ts';
import type { PictureKeeper } from './canvas/picture-keeper.ts';
import { orderedFields } from './canvas/scene.ts';

const FOCUSABLE = 'button:not(:disabled), input:not(:disabled)';

/** What the gestures of the canvas do to the project. */
export function useCanvasEvents(
  snapshot: ProjectSnapshot,
  keeper: PictureKeeper,
  inspector: RefObject<HTMLElement | null>,
): CanvasEvents {
  const studio = useStudio();
  const { designer, plan, notify } = studio;
  return {
    select: designer.select,
    toggle: designer.toggle,
    inspect: designer.inspect,
    fieldDropped: ({ model, field }, drop) => {
      if (drop.kind === 'reorder') {
        void attempt(notify, 'The field was not moved', () =>
          plan.propose({ kind: 'field.reorder', model, field, after: drop.after }),
        );
      } else relateField(studio, snapshot, model, field, drop.target);
    },
    expand: (app) => {
      // In the picture of all apps as boxes one goes into an app, and comes back.
      if (designer.state.getState().focus?.kind === 'apps') designer.setFocus({ kind: 'app', app });
      else designer.ask({ kind: 'collapse', app, collapsed: false });
    },
    run: (command) => void runCommand(studio, command),
    copy: () => copyChosen(studio),
    paste: (copied) => {
      designer.copy(copied);
      void runCommand(studio, 'models.paste');
    },
    moved: (places) => {
      void attempt(notify, 'The places were not remembered', () => keeper.moved(places));
    },
    addModel: (app, at) => {
      if (snapshot.apps.some((candidate) => candidate.folder !== null))
        designer.open({ kind: 'add-model', app, at });
      else designer.open({ kind: 'add-app' });
    },
    rename: (model, field, name) => {
      void attempt(notify, 'The name was not changed', () =>
        plan.propose(
          field === null
            ? { kind: 'model.rename', model, name }
            : { kind: 'field.rename', model, field, name },
        ),
      );
    },
    remove: () => void runCommand(studio, 'models.remove'),
    open: () => {
      inspector.current?.querySelector<HTMLElement>(FOCUSABLE)?.focus();
    },
    menu: (hit, app, at, rename) => {
      if (hit.kind === 'model' && !hit.model.includes('.')) return collapsedMenu(studio, hit.model);
      const under = hit.kind === 'model' ? modelById(snapshot, hit.model) : null;
      const model = under?.stale === true ? null : under;
      const fields = model === null ? [] : orderedFields(model);
      const row = hit.kind === 'model' ? fields.findIndex(({ name }) => name === hit.field) : -1;
      return canvasMenu(studio, {
        hit,
        app: hit.kind === 'app' ? hit.app : app,
        model,
        field: fields[row] ?? null,
        canAddModel: snapshot.apps.some((candidate) => candidate.folder !== null),
        addModel: (into) => {
          designer.open({ kind: 'add-model', app: into, at });
        },
        rename: (field) => {
          if (model === null) return;
          rename({ model: model.id, row: field === null ? -1 : row, name: (field ?? model).name });
        },
      });
    },
  };
}

/** A relation that is dragged onto a model leads there from now on; beside any other field a relation is begun. */
function relateField(
  studio: Studio,
  snapshot: ProjectSnapshot,
  model: string,
  field: string,
  target: string,
): void {
  const facts = modelById(snapshot, model)?.fields.find(({ name }) => name === field);
  if (facts === undefined) return;
  const { relation, type } = facts;
  if (relation === null || relation.kind === 'generic' || facts.inheritedFrom !== null) {
    relateModels(studio, model, target, facts.inheritedFrom === null ? field : null);
    return;
  }
  void attempt(studio.notify, 'The relation was not changed', () =>
    studio.plan.propose({ kind: 'field.change', model, field, type, to: target, set: {}, unset: [] }),
  );
}
