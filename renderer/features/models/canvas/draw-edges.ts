import { toScreen } from './camera.ts';
import type { Frame } from './frame.ts';
import { intersects } from './geometry.ts';
import { drawEnds } from './draw-edge-ends.ts';
import { pointOn, type Route } from './route.ts';
import type { EdgeKind, SceneEdge } from './scene.ts';

interface RoutedEdge {
  readonly edge: SceneEdge;
  readonly route: Route;
}

/** Below this zoom a curve and a straight line look the same, and the signs at the ends are specks. */
const CURVES_FROM = 0.2;
const ENDS_FROM = 0.5;
/** Lines of one device pixel: wider ones, and dashes, cost ten times as much without a GPU. */
const THIN = 1;
const LIT = 1.75;
/** One long path is slow to fill in software; many short ones are slow to start. */
const BATCH = 64;

/** The lines between models, those that are lit above the others; drawn in world units. */
export function drawEdges(frame: Frame): void {
  const { arrangement, world, lit, theme, detail } = frame;
  // From afar the lines to users and content types, which everything has, would cover all others.
  const isShown = ({ edge }: RoutedEdge): boolean =>
    detail !== 'apps' ||
    lit.edges.has(edge.id) ||
    arrangement.scene.byId.get(edge.target)?.kind !== 'outside';
  const seen = arrangement.routes.filter(
    (routed) => intersects(routed.route.bounds, world) && isShown(routed),
  );
  const isFaint = faintness(frame);
  const rest = Map.groupBy(
    seen.filter(({ edge }) => !lit.edges.has(edge.id)),
    ({ edge }) => isFaint(edge),
  );
  strokeAll(frame, rest.get(true) ?? [], theme.edgeFaint, THIN);
  strokeAll(frame, rest.get(false) ?? [], theme.edge, THIN);
  strokeAll(
    frame,
    seen.filter(({ edge }) => lit.edges.has(edge.id)),
    theme.accent,
    LIT,
  );
}

/**
 * Which lines step back: all that are not lit while something is; those that only pass through the window;
 * zoomed out also those between apps, which would cover what holds an app together.
 */
function faintness({ detail, lit, visible, emphasis }: Frame): (edge: SceneEdge) => boolean {
  if (detail === 'apps' || lit.edges.size > 0) return () => true;
  const inSight = new Map(visible.map(({ node }) => [node.id, node.app]));
  const { matching } = emphasis;
  return ({ source, target }) => {
    const from = inSight.get(source);
    const to = inSight.get(target);
    if (from === undefined && to === undefined) return true;
    if ((detail === 'names' || detail === 'keys') && from !== to) return true;
    return matching !== null && !(matching.has(source) && matching.has(target));
  };
}

function strokeAll(frame: Frame, edges: readonly RoutedEdge[], colour: string, width: number): void {
  const { context, camera } = frame;
  context.strokeStyle = colour;
  context.lineWidth = width / camera.zoom;
  for (const [dash, group] of Map.groupBy(edges, ({ edge }) => dashOf(edge))) {
    const dashed = dash !== 'solid' && camera.zoom >= CURVES_FROM;
    if (dashed) context.setLineDash(DASHES[dash].map((length) => length / Math.min(1, camera.zoom)));
    for (let from = 0; from < group.length; from += BATCH) {
      context.beginPath();
      for (const { route } of group.slice(from, from + BATCH)) trace(context, route, camera.zoom);
      context.stroke();
    }
    if (dashed) context.setLineDash([]);
  }
  if (camera.zoom >= ENDS_FROM) drawEnds(frame, edges, colour);
}

const DASHES = { solid: [], dashed: [6, 4], dotted: [1.5, 3.5] } as const;

/** Solid: the database holds it. Dashed and dotted: only Python knows of it. */
function dashOf(edge: SceneEdge): keyof typeof DASHES {
  const dashes: Readonly<Record<EdgeKind, keyof typeof DASHES>> = {
    'foreign-key': 'solid',
    'one-to-one': 'solid',
    'many-to-many': 'solid',
    generic: 'dotted',
    inheritance: 'solid',
    abstract: 'dashed',
    proxy: 'dotted',
  };
  return dashes[edge.kind];
}

function trace(context: CanvasRenderingContext2D, route: Route, zoom: number): void {
  const [from, first, second, to] = route.curve;
  context.moveTo(route.start.x, route.start.y);
  if (zoom < CURVES_FROM) {
    context.lineTo(route.end.x, route.end.y);
    return;
  }
  context.lineTo(from.x, from.y);
  context.bezierCurveTo(first.x, first.y, second.x, second.y, to.x, to.y);
  context.lineTo(route.end.x, route.end.y);
}

/** What the line under the pointer stands for; drawn in screen units, above everything. */
export function drawEdgeLabel(frame: Frame): void {
  const { arrangement, emphasis, camera, context, theme, text } = frame;
  const hover = emphasis.hover;
  if (hover.kind !== 'edge') return;
  const found = arrangement.routes.find(({ edge }) => edge.id === hover.edge);
  if (found === undefined) return;
  const font = `500 12px ${theme.fontFamily}`;
  const label = edgeSentence(found.edge);
  const width = text.width(context, font, label);
  const middle = toScreen(camera, pointOn(found.route, 0.5));
  const x = Math.min(Math.max(middle.x, width / 2 + 16), frame.viewport.width - width / 2 - 16);
  // Above the line, so that it can still be seen where it goes.
  const y = Math.min(Math.max(middle.y - 24, 20), frame.viewport.height - 20);
  context.beginPath();
  context.roundRect(x - width / 2 - 9, y - 12, width + 18, 24, 6);
  context.fillStyle = theme.box;
  context.fill();
  context.strokeStyle = theme.accent;
  context.lineWidth = 1;
  context.stroke();
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = theme.text;
  context.fillText(label, x, y + 0.5);
}

const KIND_WORDS: Readonly<Record<EdgeKind, string>> = {
  'foreign-key': 'foreign key',
  'one-to-one': 'one-to-one',
  'many-to-many': 'many-to-many',
  generic: 'generic relation',
  inheritance: 'multi-table inheritance',
  abstract: 'abstract base',
  proxy: 'proxy',
};

/** `Book.author → Author · foreign key · CASCADE`: a line in words, on hover and in the list. */
export function edgeSentence(edge: SceneEdge): string {
  const source = edge.source.split('.').at(-1) ?? edge.source;
  const target = edge.target.split('.').at(-1) ?? edge.target;
  const head = edge.id.includes('<') ? `${source} → ${target}` : `${source}.${edge.label} → ${target}`;
  const through = edge.through === null ? '' : ` · through ${edge.through}`;
  return `${head} · ${KIND_WORDS[edge.kind]}${through}${edge.detail === '' ? '' : ` · ${edge.detail}`}`;
}
