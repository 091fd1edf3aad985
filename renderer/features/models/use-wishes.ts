import { useEffect, useRef } from 'react';
import type { CanvasWish } from '../../stores/designer-store.ts';
import { attempt } from '../../stores/notices.ts';
import type { Studio } from '../../stores/studio.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import type { Picture, PictureKeeper } from './canvas/picture-keeper.ts';

/** Carries out the wishes that are about places, or about what was found, and not about the camera. */
export function useWishes(
  wish: CanvasWish | null,
  keeper: PictureKeeper,
  matching: ReadonlySet<string> | null,
): void {
  const studio = useStudio();
  const granted = useRef<CanvasWish | null>(wish);
  useEffect(() => {
    if (wish === granted.current || wish === null) return;
    granted.current = wish;
    const { notify } = studio;
    if (wish.kind === 'arrange') {
      void attempt(notify, 'The models could not be arranged', () => arrange(wish.scope, studio, keeper));
    } else if (wish.kind === 'collapse') {
      void attempt(notify, 'The app could not be shown as one box', () =>
        collapse(wish.app, wish.collapsed, keeper),
      );
    } else if (wish.kind === 'next-match') goToMatch(wish.step, studio, keeper, matching);
  }, [wish, keeper, studio, matching]);
}

/** What is to be revealed must not stay out of focus. */
export function useEndOfFocus(picture: Picture | null, wish: CanvasWish | null): void {
  const { designer } = useStudio();
  useEffect(() => {
    const { focus, focusDims } = designer.state.getState();
    if (wish?.kind !== 'reveal' || focus === null || focusDims || picture === null) return;
    if (!picture.scene.byId.has(wish.model)) designer.setFocus(null);
    // Only a new wish ends it: what was revealed before may go out of focus.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [wish, designer]);
}

async function arrange(
  scope: 'all' | 'selection' | 'app',
  { notify, designer, places }: Studio,
  keeper: PictureKeeper,
): Promise<void> {
  const [models, title] = arranged(scope, designer.state.getState().selected, keeper);
  if (models?.size === 0) return;
  await keeper.arrange(models, title);
  const undo = (): void => {
    if (places.nextUndo() === title)
      void attempt(notify, 'The former places could not be restored', places.undo);
  };
  notify({ kind: 'done', title, action: { label: 'Undo', onChoose: undo } });
}

function arranged(
  scope: 'all' | 'selection' | 'app',
  selected: ReadonlySet<string>,
  keeper: PictureKeeper,
): readonly [ReadonlySet<string> | null, string] {
  if (scope === 'all') return [null, 'Arrange models anew'];
  if (scope === 'selection') return [selected, `Arrange ${String(selected.size)} models anew`];
  const [first = ''] = selected;
  const app = first.split('.')[0] ?? first;
  const region = keeper.state.getState().picture?.scene.apps.find(({ label }) => label === app);
  return [new Set(region?.models ?? []), `Arrange ${app} anew`];
}

async function collapse(app: string | null, collapsed: boolean, keeper: PictureKeeper): Promise<void> {
  const apps = keeper.state.getState().picture?.scene.apps ?? [];
  await keeper.collapse(app === null ? apps.map(({ label }) => label) : [app], collapsed);
}

/** Chooses the next model that the search found, in the order of the picture's list. */
function goToMatch(
  step: 1 | -1,
  { designer }: Studio,
  keeper: PictureKeeper,
  matching: ReadonlySet<string> | null,
): void {
  const { picture } = keeper.state.getState();
  if (matching === null || picture === null) return;
  const found = [...matching].filter((id) => picture.scene.byId.has(id)).sort();
  const [chosen] = designer.state.getState().selected;
  const at = chosen === undefined ? -1 : found.indexOf(chosen);
  const start = at < 0 && step < 0 ? 0 : at;
  const next = found.at((start + step) % found.length);
  if (next !== undefined) designer.reveal(next);
}
