import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { attempt } from '../../stores/notices.ts';
import { useDesigner, useSource, useStudio } from '../../stores/studio-context.tsx';
import { focusedModels } from './canvas/focus.ts';
import { createLayoutClient } from './canvas/layout-client.ts';
import { createPictureKeeper, type Picture, type PictureKeeper } from './canvas/picture-keeper.ts';
import { createScene } from './canvas/scene.ts';

const LAYOUT_FILE = '.samois/layout.json';

/** The picture of the open project, what keeps it, and the models in focus: null where all are. */
export function usePicture(): {
  readonly picture: Picture | null;
  readonly keeper: PictureKeeper;
  readonly focused: ReadonlySet<string> | null;
} {
  const studio = useStudio();
  const { api, notify, places, designer } = studio;
  const snapshot = useSource((state) => state.snapshot);
  const outsideShown = useDesigner((state) => state.outsideShown);
  const comparison = useDesigner((state) => state.comparison);
  const dims = useDesigner((state) => state.focusDims);
  const [layout] = useState(createLayoutClient);
  const keeper = useMemo(
    () =>
      createPictureKeeper({
        layout,
        read: () => api.call('layout.read', {}),
        write: async (positions) => {
          await api.call('layout.write', { positions: { ...positions } });
        },
        record: places.record,
        followed: designer.follow,
      }),
    [api, places, designer, layout],
  );
  const picture = useStore(keeper.state, (state) => state.picture);
  const focused = useFocused(snapshot);
  const only = dims ? null : focused;
  const whole = useWhole(only);
  const overview = useDesigner((state) => state.focus?.kind === 'apps');
  const changes = comparison?.changes ?? null;

  // The worker ends with the view; the client starts another one when it is needed again.
  useEffect(() => layout.dispose, [layout]);

  useEffect(() => {
    if (snapshot === null) return;
    void attempt(notify, 'The models could not be laid out', () =>
      keeper.follow(snapshot, { outsideShown, only, whole, overview, changes }),
    );
  }, [notify, keeper, snapshot, outsideShown, only, whole, overview, changes]);

  useEffect(() => places.attach(keeper.restore), [places, keeper]);
  useEffect(
    () =>
      api.subscribe('source.filesChanged', ({ paths }) => {
        if (!paths.includes(LAYOUT_FILE)) return;
        void attempt(notify, 'The places of the models could not be read again', keeper.reload);
      }),
    [api, notify, keeper],
  );

  return { picture, keeper, focused };
}

/** Around a model its neighbours are shown by what joins them: with all their fields they would lie too far apart. */
function useWhole(only: ReadonlySet<string> | null): ReadonlySet<string> | null {
  const focus = useDesigner((state) => state.focus);
  return useMemo(
    () =>
      only !== null && (focus?.kind === 'around' || focus?.kind === 'reach') ? new Set(focus.models) : null,
    [only, focus],
  );
}

/** The models in focus; the same object as long as they are the same, so that they stay where they are. */
function useFocused(snapshot: ProjectSnapshot | null): ReadonlySet<string> | null {
  const focus = useDesigner((state) => state.focus);
  const comparison = useDesigner((state) => state.comparison);
  const found = useMemo(() => {
    if (focus === null || snapshot === null) return null;
    const changes = comparison?.changes ?? null;
    return focusedModels(focus, createScene(snapshot, { changes }), changes);
  }, [focus, comparison, snapshot]);
  const [kept, setKept] = useState(found);
  if (kept === found || sameModels(kept, found)) return kept;
  setKept(found);
  return found;
}

function sameModels(a: ReadonlySet<string> | null, b: ReadonlySet<string> | null): boolean {
  return a !== null && b !== null && a.size === b.size && [...a].every((id) => b.has(id));
}
