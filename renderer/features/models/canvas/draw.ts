import { visibleWorld } from './camera.ts';
import { drawEdgeLabel, drawEdges } from './draw-edges.ts';
import { drawDetailedNodes } from './draw-nodes.ts';
import { drawNodeBlocks, drawNodeKeys, drawNodeNames } from './draw-overview.ts';
import { drawRegions, drawRegionTitles } from './draw-regions.ts';
import { drawSketch } from './draw-sketch.ts';
import { detailAt, litBy, type Frame, type VisibleNode } from './frame.ts';

type Picture = Omit<Frame, 'detail' | 'visible' | 'world' | 'lit'>;

/** Draws the whole window: only what is in it, and only as detailed as can be read at this zoom. */
export function drawScene(picture: Picture): void {
  const world = visibleWorld(picture.camera, picture.viewport);
  const detail = detailAt(picture.camera.zoom);
  const frame: Frame = {
    ...picture,
    detail,
    world,
    visible: visibleNodes(picture, world),
    lit: litBy(picture.arrangement, picture.emphasis),
  };
  const { context, viewport, ratio, theme } = frame;
  setScreenUnits(frame);
  context.fillStyle = theme.background;
  context.fillRect(0, 0, viewport.width, viewport.height);

  setWorldUnits(frame);
  drawRegions(frame);
  if (!frame.emphasis.edgesHidden) drawEdges(frame);
  if (detail === 'fields' || detail === 'everything') drawDetailedNodes(frame);
  else drawNodeBlocks(frame);

  drawSketch(frame);

  setScreenUnits(frame);
  if (detail === 'names') drawNodeNames(frame);
  if (detail === 'keys') drawNodeKeys(frame);
  drawRegionTitles(frame);
  drawEdgeLabel(frame);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

function visibleNodes({ arrangement }: Picture, world: Frame['world']): readonly VisibleNode[] {
  const ids = new Set(arrangement.index.within(world));
  const hues = new Map(arrangement.scene.apps.map((app) => [app.label, app.hue]));
  return arrangement.scene.nodes
    .filter((node) => ids.has(node.id))
    .map((node) => ({ node, rect: arrangement.rectOf(node.id), hue: hues.get(node.app) ?? 0 }));
}

function setScreenUnits({ context, ratio }: Frame): void {
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

/** World units, shifted by whole device pixels, so that texts and lines stay sharp while panning. */
function setWorldUnits({ context, ratio, camera }: Frame): void {
  const scale = camera.zoom * ratio;
  context.setTransform(scale, 0, 0, scale, Math.round(-camera.x * scale), Math.round(-camera.y * scale));
}
