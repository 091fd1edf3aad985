import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { attempt } from '../../stores/notices.ts';
import { useDesigner, useSource, useStudio } from '../../stores/studio-context.tsx';
import { createLayoutClient } from './canvas/layout-client.ts';
import { createPictureKeeper, type Picture, type PictureKeeper } from './canvas/picture-keeper.ts';

/** The picture of the open project, and what keeps it. */
export function usePicture(): { readonly picture: Picture | null; readonly keeper: PictureKeeper } {
  const studio = useStudio();
  const snapshot = useSource((state) => state.snapshot);
  const outsideShown = useDesigner((state) => state.outsideShown);
  const [layout] = useState(createLayoutClient);
  const keeper = useMemo(
    () =>
      createPictureKeeper({
        layout,
        read: () => studio.api.call('layout.read', {}),
        write: async (positions) => {
          await studio.api.call('layout.write', { positions: { ...positions } });
        },
        followed: studio.designer.follow,
      }),
    [studio, layout],
  );
  const picture = useStore(keeper.state, (state) => state.picture);

  // The worker ends with the view; the client starts another one when it is needed again.
  useEffect(() => layout.dispose, [layout]);

  useEffect(() => {
    if (snapshot === null) return;
    void attempt(studio.notify, 'The models could not be laid out', () =>
      keeper.follow(snapshot, outsideShown),
    );
  }, [studio, keeper, snapshot, outsideShown]);

  return { picture, keeper };
}
