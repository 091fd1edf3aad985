import type { Arrangement } from './arrangement.ts';
import type { Camera } from './camera.ts';
import type { CanvasTheme } from './canvas-theme.ts';
import type { Point, Rect, Size } from './geometry.ts';
import type { Hit } from './hit-test.ts';
import type { SceneNode } from './scene.ts';
import type { TextFit } from './text-fit.ts';

/** How much of the models is drawn at a zoom. */
export type Detail = 'apps' | 'names' | 'keys' | 'fields' | 'everything';

/** What stands out of the picture at the moment. */
export interface Emphasis {
  readonly selected: ReadonlySet<string>;
  readonly field: { readonly model: string; readonly field: string } | null;
  readonly hover: Hit;
  /** Models that the filter leaves; null without one. The others are dimmed. */
  readonly matching: ReadonlySet<string> | null;
  readonly edgesHidden: boolean;
  /** Fields that hold what is searched for, as `app.Model.field`. */
  readonly found: ReadonlySet<string>;
}

/** What a drag that is under way would do; world units. */
export type Sketch =
  /** Boxes in it are chosen. */
  | { readonly kind: 'marquee'; readonly rect: Rect }
  /** A field on its way to another model, or to another place of its own. */
  | { readonly kind: 'field'; readonly from: Point; readonly to: Point; readonly line: Rect | null };

/** Everything one picture is drawn from. */
export interface Frame {
  readonly context: CanvasRenderingContext2D;
  readonly arrangement: Arrangement;
  readonly camera: Camera;
  readonly viewport: Size;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
  readonly theme: CanvasTheme;
  readonly text: TextFit;
  readonly detail: Detail;
  readonly emphasis: Emphasis;
  readonly sketch: Sketch | null;
  /** Boxes in the window, in the order of the scene. */
  readonly visible: readonly VisibleNode[];
  /** The part of the world in the window. */
  readonly world: Rect;
  /** Models and lines that belong to what is selected or under the pointer. */
  readonly lit: Lit;
}

/** A box with its place in the world. */
export interface VisibleNode {
  readonly node: SceneNode;
  readonly rect: Rect;
  readonly hue: number;
}

/** What is drawn in the accent colour beside the selection itself. */
export interface Lit {
  readonly models: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

const APPS_BELOW = 0.17;
const NAMES_BELOW = 0.34;
const KEYS_BELOW = 0.55;
const FIELDS_BELOW = 1.45;

/** The level of detail at a zoom: texts smaller than one can read are not drawn at all. */
export function detailAt(zoom: number): Detail {
  if (zoom < APPS_BELOW) return 'apps';
  if (zoom < NAMES_BELOW) return 'names';
  if (zoom < KEYS_BELOW) return 'keys';
  return zoom < FIELDS_BELOW ? 'fields' : 'everything';
}

/** Finds the lines and neighbours of what is selected and hovered. */
export function litBy(arrangement: Arrangement, emphasis: Emphasis): Lit {
  const centers = new Set(emphasis.selected);
  if (emphasis.hover.kind === 'model') centers.add(emphasis.hover.model);
  const models = new Set<string>();
  const edges = new Set<string>();
  if (emphasis.hover.kind === 'edge') edges.add(emphasis.hover.edge);
  if (centers.size === 0 && edges.size === 0) return { models, edges };
  for (const { edge } of arrangement.routes) {
    const own = centers.has(edge.source) || centers.has(edge.target);
    if (!own && !edges.has(edge.id)) continue;
    edges.add(edge.id);
    models.add(edge.source);
    models.add(edge.target);
  }
  for (const id of centers) models.delete(id);
  return { models, edges };
}
