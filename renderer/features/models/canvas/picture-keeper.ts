import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { findRenames, renamePositions } from './follow-renames.ts';
import type { Point } from './geometry.ts';
import type { LayoutClient } from './layout-client.ts';
import { layoutInputOf, type Positions } from './layout.ts';
import { createScene, type Scene } from './scene.ts';

/** What the canvas shows: a scene on its places. */
export interface Picture {
  readonly scene: Scene;
  readonly positions: Positions;
  /** Counts the pictures that are to be looked at from the start: the first one, and a new arrangement. */
  readonly fitted: number;
}

/** Keeps the picture in step with the source, and remembers where things were put. */
export interface PictureKeeper {
  readonly state: StoreApi<{ readonly picture: Picture | null }>;
  /** Shows these models; what was placed stays where it is. */
  readonly follow: (snapshot: ProjectSnapshot, outsideShown: boolean) => Promise<void>;
  /** The user put these models there. */
  readonly moved: (places: ReadonlyMap<string, Point>) => Promise<void>;
  /** A model that is about to be made is to stand there. */
  readonly reserve: (model: string, at: Point) => void;
  /** Lays everything out anew; answers with the places before, for `restore`. */
  readonly arrange: () => Promise<Positions>;
  readonly restore: (positions: Positions) => Promise<void>;
}

interface PictureKeeperDeps {
  readonly layout: Pick<LayoutClient, 'place'>;
  readonly read: () => Promise<Positions>;
  /** Remembers places; null forgets one. */
  readonly write: (changes: Readonly<Record<string, Point | null>>) => Promise<void>;
  /** Called with the snapshot that is shown now, and the models it has under other names. */
  readonly followed: (snapshot: ProjectSnapshot, renames: ReadonlyMap<string, string>) => void;
}

/** Makes the keeper of one project's picture. */
export function createPictureKeeper(deps: PictureKeeperDeps): PictureKeeper {
  const state = createStore<{ readonly picture: Picture | null }>(() => ({ picture: null }));
  let models: readonly ModelFacts[] = [];
  /** Every place that is known, also of models that another branch has. */
  let places: Positions | null = null;
  /** Whether the user has ever put something somewhere: only then a file is written. */
  let remembered = false;
  /** Places of models that are about to be made. */
  let reserved: Positions = {};
  let turn = 0;

  const load = async (): Promise<Positions> => {
    if (places !== null) return places;
    const stored = await deps.read();
    remembered = Object.keys(stored).length > 0;
    places ??= stored;
    return places;
  };

  const show = (scene: Scene, positions: Positions, anew: boolean): void => {
    places = { ...places, ...positions };
    const fitted = state.getState().picture?.fitted ?? 0;
    state.setState({ picture: { scene, positions, fitted: anew ? fitted + 1 : fitted } });
  };

  const rememberRenames = async (renames: ReadonlyMap<string, string>): Promise<void> => {
    if (!remembered || renames.size === 0 || places === null) return;
    const known = places;
    const changes = [...renames].flatMap(([from, to]) => {
      const at = known[to];
      return at === undefined ? [] : [[from, null] as const, [to, at] as const];
    });
    await deps.write(Object.fromEntries(changes));
  };

  return {
    state,
    follow: async (snapshot, outsideShown) => {
      const mine = (turn += 1);
      const known = await load();
      const renames = findRenames(models, snapshot.models);
      const scene = createScene(snapshot, outsideShown);
      const placed = renamePositions(known, renames);
      const positions = await deps.layout.place(layoutInputOf(scene), placed, reserved);
      // A later snapshot is on its way already: it finds the same renames, since `models` is not touched yet.
      if (mine !== turn) return;
      models = snapshot.models;
      const empty = (state.getState().picture?.scene.nodes.length ?? 0) === 0;
      show(scene, positions, empty && scene.nodes.length > 0);
      deps.followed(snapshot, renames);
      if (snapshot.models.some((model) => Object.hasOwn(reserved, model.id))) {
        reserved = {};
        remembered = true;
        await deps.write(positions);
      } else await rememberRenames(renames);
    },
    moved: async (moves) => {
      const { picture } = state.getState();
      if (picture === null) return;
      const positions = { ...picture.positions, ...Object.fromEntries(moves) };
      show(picture.scene, positions, false);
      remembered = true;
      // Where one model stands means something only beside the others: the whole picture is remembered.
      await deps.write(positions);
    },
    reserve: (model, at) => {
      reserved = { [model]: at };
    },
    arrange: async () => {
      const { picture } = state.getState();
      if (picture === null) return {};
      const positions = await deps.layout.place(layoutInputOf(picture.scene), {});
      show(picture.scene, positions, true);
      if (remembered) await deps.write(positions);
      return picture.positions;
    },
    restore: async (before) => {
      const { picture } = state.getState();
      if (picture === null) return;
      const positions = { ...picture.positions, ...before };
      show(picture.scene, positions, true);
      if (remembered) await deps.write(positions);
    },
  };
}
