import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ModelChanges } from '../../../../shared/django/model-changes.ts';
import { findAppRenames, findRenames } from '../../../../shared/django/model-renames.ts';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import type { PlaceChanges, PlacesStep } from '../../../stores/places-store.ts';
import { foldApps } from './fold-apps.ts';
import type { Point } from './geometry.ts';
import type { LayoutClient } from './layout-client.ts';
import { layoutInputOf, type LayoutInput, type Positions } from './layout.ts';
import {
  changesBetween,
  collapsedApps,
  placesOfCollapsed,
  placesOfExpanded,
  renamePlaces,
} from './places.ts';
import { createScene, type Scene } from './scene.ts';

/** What the canvas shows: a scene on its places. */
export interface Picture {
  readonly scene: Scene;
  readonly positions: Positions;
  /** Counts the pictures that are to be looked at from the start: the first one, and a new arrangement. */
  readonly fitted: number;
}

/** What of the project is to be seen. */
export interface PictureView {
  readonly outsideShown: boolean;
  /** Only these models, brought together for the moment: their places are not remembered. null: all. */
  readonly only: ReadonlySet<string> | null;
  /** With `only`: the models that all of is shown of; null: of all. */
  readonly whole: ReadonlySet<string> | null;
  /** Every app as one box, brought together for the moment. */
  readonly overview: boolean;
  readonly changes: ModelChanges | null;
}

/** Keeps the picture in step with the source, and remembers where things were put. */
export interface PictureKeeper {
  readonly state: StoreApi<{ readonly picture: Picture | null }>;
  /** Shows these models; what was placed stays where it is. */
  readonly follow: (snapshot: ProjectSnapshot, view: PictureView) => Promise<void>;
  /** The user put these models there. */
  readonly moved: (places: ReadonlyMap<string, Point>) => Promise<void>;
  /** A model that is about to be made is to stand there. */
  readonly reserve: (model: string, at: Point) => void;
  /** Lays these models out anew; null: everything. */
  readonly arrange: (models: ReadonlySet<string> | null, title: string) => Promise<void>;
  /** Makes each of these apps one box, or brings their models back. */
  readonly collapse: (apps: readonly string[], collapsed: boolean) => Promise<void>;
  /** Puts models where they were, for undo and redo. */
  readonly restore: (changes: PlaceChanges) => Promise<void>;
  /** The remembered places are other ones now: another branch has its own. */
  readonly reload: () => Promise<void>;
}

interface PictureKeeperDeps {
  readonly layout: Pick<LayoutClient, 'place' | 'placeAnew'>;
  readonly read: () => Promise<Positions>;
  /** Remembers places; null forgets one. */
  readonly write: (changes: PlaceChanges) => Promise<void>;
  /** Called with what can be taken back. */
  readonly record: (step: PlacesStep) => void;
  /** Called with the snapshot that is shown now, and the models it has under other names. */
  readonly followed: (snapshot: ProjectSnapshot, renames: ReadonlyMap<string, string>) => void;
}

/** Models that went are remembered for so many snapshots: a checkout may take them away before it brings them back renamed. */
const VANISHED_FOR = 3;

/** Makes the keeper of one project's picture. */
export function createPictureKeeper(deps: PictureKeeperDeps): PictureKeeper {
  return new Keeper(deps);
}

class Keeper implements PictureKeeper {
  readonly state = createStore<{ readonly picture: Picture | null }>(() => ({ picture: null }));
  private readonly deps: PictureKeeperDeps;
  private models: readonly ModelFacts[] = [];
  private vanished: readonly { readonly model: ModelFacts; readonly left: number }[] = [];
  /** Every place that is known, also of models that another branch has, and of collapsed apps. */
  private places: Positions | null = null;
  /** Whether the user has ever put something somewhere: only then a file is written. */
  private remembered = false;
  /** Places of models that are about to be made. */
  private reserved: Positions = {};
  /** What is shown, and with which view. */
  private shown: { readonly snapshot: ProjectSnapshot; readonly view: PictureView } | null = null;
  private turn = 0;
  /** Counts what was put somewhere, so that an older answer of the file does not undo it. */
  private version = 0;
  private writing = 0;

  constructor(deps: PictureKeeperDeps) {
    this.deps = deps;
  }

  readonly follow = async (snapshot: ProjectSnapshot, view: PictureView): Promise<void> => {
    const mine = (this.turn += 1);
    const stored = await this.load();
    const renames = findRenames(this.formerModels(snapshot.models), snapshot.models);
    const placed = renamePlaces(stored, renames, findAppRenames(renames));
    const { scene, input } = sceneOf(snapshot, view, collapsedApps(placed));
    const known = isPassing(view) ? this.kept(view) : placed;
    const positions = await this.deps.layout.place(input, known, this.reserved);
    // A later snapshot is on its way already: it finds the same renames, since `models` is not touched yet.
    if (mine !== this.turn) return;
    this.forget(snapshot.models);
    const before = this.shown;
    this.shown = { snapshot, view };
    const empty = (this.state.getState().picture?.scene.nodes.length ?? 0) === 0;
    const another = before !== null && !sameSight(before.view, view);
    if (!isPassing(view)) this.places = { ...placed, ...positions };
    this.show(scene, positions, (empty || another) && scene.nodes.length > 0);
    this.deps.followed(snapshot, renames);
    await this.rememberNew(snapshot.models, positions, renames, stored);
  };

  readonly moved = async (moves: ReadonlyMap<string, Point>): Promise<void> => {
    const [first] = moves.keys();
    const title = moves.size === 1 ? `Move ${first ?? ''}` : `Move ${String(moves.size)} models`;
    await this.put(Object.fromEntries(moves), title, false);
  };

  readonly reserve = (model: string, at: Point): void => {
    this.reserved = { [model]: at };
  };

  readonly arrange = async (models: ReadonlySet<string> | null, title: string): Promise<void> => {
    const { picture } = this.state.getState();
    if (picture === null) return;
    const input = layoutInputOf(picture.scene);
    const { place, placeAnew } = this.deps.layout;
    const positions = await (models === null
      ? place(input, {})
      : placeAnew(input, picture.positions, models));
    await this.put(positions, title, models === null);
  };

  readonly collapse = async (apps: readonly string[], collapsed: boolean): Promise<void> => {
    const { picture } = this.state.getState();
    if (picture === null) return;
    const wanted = picture.scene.apps.filter(
      (app) => apps.includes(app.label) && app.collapsed !== collapsed,
    );
    const changes = wanted.map(({ label, models }) =>
      collapsed
        ? placesOfCollapsed(label, models, picture)
        : placesOfExpanded(label, this.models, this.places ?? {}),
    );
    const what = wanted.length === 1 ? (wanted[0]?.label ?? '') : `${String(wanted.length)} apps`;
    const title = `${collapsed ? 'Collapse' : 'Expand'} ${what}`;
    await this.put(Object.assign({}, ...changes) as PlaceChanges, title, false);
  };

  readonly restore = async (changes: PlaceChanges): Promise<void> => {
    await this.apply(changes, false);
  };

  readonly reload = async (): Promise<void> => {
    const { version } = this;
    if (this.places === null || this.writing > 0) return;
    const stored = await this.deps.read();
    // What was put somewhere meanwhile is later than what was read; its own write is told of again.
    if (version !== this.version || this.writing > 0 || this.shown === null) return;
    const gone = [...collapsedApps(this.places)].filter((app) => !Object.hasOwn(stored, app));
    const next = { ...this.places, ...stored, ...Object.fromEntries(gone.map((app) => [app, null])) };
    if (Object.keys(changesBetween(this.places, next)).length === 0) return;
    this.remembered = true;
    this.replace(next);
    await this.follow(this.shown.snapshot, this.shown.view);
  };

  private async load(): Promise<Positions> {
    if (this.places !== null) return this.places;
    const stored = await this.deps.read();
    this.remembered = Object.keys(stored).length > 0;
    this.places ??= stored;
    return this.places;
  }

  /** What is brought together is laid out by itself, and stays so while nothing else is looked at. */
  private kept(view: PictureView): Positions {
    const { picture } = this.state.getState();
    return picture !== null && this.shown !== null && sameSight(this.shown.view, view)
      ? picture.positions
      : {};
  }

  private show(scene: Scene, positions: Positions, anew: boolean): void {
    const fitted = this.state.getState().picture?.fitted ?? 0;
    this.state.setState({ picture: { scene, positions, fitted: anew ? fitted + 1 : fitted } });
  }

  /** Changes places as one step that can be taken back. */
  private async put(changes: PlaceChanges, title: string, anew: boolean): Promise<void> {
    const { picture } = this.state.getState();
    if (picture === null || this.shown === null) return;
    if (isPassing(this.shown.view)) {
      this.show(picture.scene, { ...picture.positions, ...onlyPlaces(changes) }, anew);
      return;
    }
    const before = this.places ?? {};
    const after = changesBetween(before, changes);
    if (Object.keys(after).length === 0) return;
    const back = Object.fromEntries(Object.keys(after).map((id) => [id, before[id] ?? null]));
    this.deps.record({ title, before: back, after });
    await this.apply(after, anew);
  }

  private async apply(changes: PlaceChanges, anew: boolean): Promise<void> {
    const { picture } = this.state.getState();
    if (picture === null || this.shown === null) return;
    this.version += 1;
    this.replace({ ...this.places, ...changes });
    const plain = !isPassing(this.shown.view) && Object.keys(changes).every((id) => id.includes('.'));
    if (plain) this.show(picture.scene, { ...picture.positions, ...onlyPlaces(changes) }, anew);
    else await this.follow(this.shown.snapshot, this.shown.view);
    // Where one model stands means something only beside the others: the whole picture is remembered.
    this.remembered = true;
    const inSight = !isPassing(this.shown.view) ? this.state.getState().picture?.positions : {};
    await this.write({ ...inSight, ...changes });
  }

  private replace(places: PlaceChanges): void {
    this.places = onlyPlaces(places);
  }

  private async write(changes: PlaceChanges): Promise<void> {
    this.writing += 1;
    try {
      await this.deps.write(changes);
    } finally {
      this.writing -= 1;
    }
  }

  private formerModels(models: readonly ModelFacts[]): readonly ModelFacts[] {
    const known = new Set([...models, ...this.models].map(({ id }) => id));
    return [...this.models, ...this.vanished.flatMap(({ model }) => (known.has(model.id) ? [] : [model]))];
  }

  private forget(models: readonly ModelFacts[]): void {
    const ids = new Set(models.map(({ id }) => id));
    const gone = this.models.filter(({ id }) => !ids.has(id)).map((model) => ({ model, left: VANISHED_FOR }));
    const older = this.vanished.map(({ model, left }) => ({ model, left: left - 1 }));
    this.vanished = [...gone, ...older].filter(({ model, left }) => left > 0 && !ids.has(model.id));
    this.models = models;
  }

  private async rememberNew(
    models: readonly ModelFacts[],
    positions: Positions,
    renames: ReadonlyMap<string, string>,
    before: Positions,
  ): Promise<void> {
    if (models.some((model) => Object.hasOwn(this.reserved, model.id))) {
      this.reserved = {};
      if (this.shown === null || isPassing(this.shown.view)) return;
      this.remembered = true;
      await this.write(positions);
      return;
    }
    if (!this.remembered || renames.size === 0 || this.places === null) return;
    const all = new Map([...renames, ...findAppRenames(renames)]);
    const known = this.places;
    const changes = [...all].flatMap(([from, to]) => {
      const at = known[to];
      return at === undefined || !Object.hasOwn(before, from)
        ? []
        : [[from, null] as const, [to, at] as const];
    });
    if (changes.length > 0) await this.write(Object.fromEntries(changes));
  }
}

/** Whether the places are for the moment only. */
function isPassing({ only, overview }: PictureView): boolean {
  return only !== null || overview;
}

function sameSight(a: PictureView, b: PictureView): boolean {
  return a.only === b.only && a.whole === b.whole && a.overview === b.overview;
}

function sceneOf(
  snapshot: ProjectSnapshot,
  view: PictureView,
  collapsed: ReadonlySet<string>,
): { readonly scene: Scene; readonly input: LayoutInput } {
  const all = createScene(snapshot, view);
  if (!view.overview) {
    const scene = foldApps(all, view.only === null ? collapsed : new Set());
    return { scene, input: layoutInputOf(scene) };
  }
  const scene = foldApps(all, new Set(all.apps.map(({ label }) => label)));
  const { nodes, edges } = layoutInputOf(scene);
  // As models of one app, so that what hangs together lies together.
  return { scene, input: { nodes: nodes.map((node) => ({ ...node, app: '' })), edges } };
}

function onlyPlaces(changes: PlaceChanges): Positions {
  return Object.fromEntries(
    Object.entries(changes).flatMap(([id, at]) => (at === null ? [] : [[id, at] as const])),
  );
}
