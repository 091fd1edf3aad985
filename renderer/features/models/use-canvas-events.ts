import { useEffect, useRef, type RefObject } from 'react';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { runCommand } from '../../commands/commands.ts';
import type { CanvasWish } from '../../stores/designer-store.ts';
import { attempt } from '../../stores/notices.ts';
import { modelById } from '../../stores/source-store.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { canvasMenu } from './canvas/canvas-menu.ts';
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
