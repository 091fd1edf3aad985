import { useEffect, useRef, type RefObject } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { runCommand } from '../../commands/commands.ts';
import type { CanvasWish } from '../../stores/designer-store.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import type { Studio } from '../../stores/studio.ts';
import { canvasMenu, type CanvasMenuActions } from './canvas/canvas-menu.ts';
import type { Point } from './canvas/geometry.ts';
import type { RenameTarget } from './canvas/inline-name.tsx';
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
      const model =
        hit.kind === 'model' ? snapshot.models.find((candidate) => candidate.id === hit.model) : undefined;
      const field =
        hit.kind === 'model' ? model?.fields.find((candidate) => candidate.name === hit.field) : undefined;
      return canvasMenu(
        {
          hit,
          app: hit.kind === 'app' ? hit.app : app,
          canAddModel: snapshot.apps.some((candidate) => candidate.folder !== null),
          own: model !== undefined && !model.stale,
          abstract: model?.abstract === true,
          ownField: field?.inheritedFrom === null,
        },
        menuActions(studio, snapshot, at, rename),
      );
    },
  };
}

function menuActions(
  studio: Studio,
  snapshot: ProjectSnapshot,
  at: Point,
  rename: (target: RenameTarget) => void,
): CanvasMenuActions {
  const { designer, editor, plan, notify } = studio;
  const modelOf = (id: string) => snapshot.models.find((candidate) => candidate.id === id);
  return {
    addModel: (app) => {
      designer.open({ kind: 'add-model', app, at });
    },
    addApp: () => {
      designer.open({ kind: 'add-app' });
    },
    addField: (model) => {
      designer.select([model]);
      designer.inspect({ kind: 'new' });
    },
    addApi: (model) => {
      designer.open({ kind: 'add-api', model });
    },
    rename: (id, field) => {
      const model = modelOf(id);
      if (model === undefined) return;
      const row =
        field === null ? -1 : orderedFields(model).findIndex((candidate) => candidate.name === field);
      rename({ model: id, row, name: field ?? model.name });
    },
    remove: (model, field) => {
      void attempt(notify, 'Nothing was deleted', () =>
        plan.propose(
          field === null ? { kind: 'model.remove', model } : { kind: 'field.remove', model, field },
        ),
      );
    },
    showCode: (id, field) => {
      const model = modelOf(id);
      const place = (model?.fields.find((candidate) => candidate.name === field) ?? model)?.place;
      if (place !== undefined) void attempt(notify, 'The code can’t be shown', () => editor.reveal(place));
    },
    inspect: (model, field) => {
      designer.select([model]);
      designer.inspect(field === null ? null : { kind: 'field', name: field });
    },
    fit: () => {
      designer.ask({ kind: 'fit' });
    },
    arrange: () => {
      designer.ask({ kind: 'arrange' });
    },
  };
}

/** Carries out the wishes that are about places and not about the camera. */
export function useWishes(wish: CanvasWish | null, keeper: PictureKeeper): void {
  const { notify } = useStudio();
  const granted = useRef<CanvasWish | null>(wish);
  useEffect(() => {
    if (wish === granted.current) return;
    granted.current = wish;
    if (wish?.kind !== 'arrange') return;
    void attempt(notify, 'The models could not be arranged', async () => {
      const before = await keeper.arrange();
      const restore = (): void => {
        void attempt(notify, 'The former places could not be restored', () => keeper.restore(before));
      };
      notify({ kind: 'done', title: 'Models arranged anew', action: { label: 'Undo', onChoose: restore } });
    });
  }, [wish, keeper, notify]);
}
