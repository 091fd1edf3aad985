import { inflate, intersects, unionOf, type Point, type Rect } from './geometry.ts';
import { REGION_PADDING, REGION_TITLE, type LayoutInput, type Positions } from './layout.ts';
import { createSpatialIndex } from './spatial-index.ts';

type LayoutNode = LayoutInput['nodes'][number];

/** The boxes that have a place, and the regions of their apps, while others are being placed. */
export interface Ground {
  readonly put: (node: LayoutNode, at: Point) => void;
  readonly rectOf: (id: string) => Rect | undefined;
  /** Around the boxes of an app; null while none has a place. */
  readonly boxesOf: (app: string) => Rect | null;
  /** Around everything; null while nothing has a place. */
  readonly bounds: () => Rect | null;
  /** No box is nearer to the rectangle than the clearance. */
  readonly isClear: (rect: Rect, clearance: number) => boolean;
  /** The app could grow by the rectangle without lying over another app. */
  readonly keepsApart: (app: string, rect: Rect) => boolean;
  readonly positions: Positions;
}

/** Free ground. */
export function createGround(): Ground {
  const index = createSpatialIndex();
  const apps = new Map<string, Rect>();
  const positions: Record<string, Point> = {};
  return {
    put: (node, at) => {
      const rect = { ...at, width: node.width, height: node.height };
      positions[node.id] = at;
      index.set(node.id, rect);
      const before = apps.get(node.app);
      apps.set(node.app, unionOf(before === undefined ? [rect] : [before, rect]) ?? rect);
    },
    rectOf: index.get,
    boxesOf: (app) => apps.get(app) ?? null,
    bounds: () => unionOf(apps.values()),
    isClear: (rect, clearance) => index.within(inflate(rect, clearance)).length === 0,
    keepsApart: (app, rect) => {
      const own = apps.get(app);
      const grown = regionAround(unionOf(own === undefined ? [rect] : [own, rect]) ?? rect);
      for (const [other, boxes] of apps) {
        const region = regionAround(boxes);
        // Apps that the user has laid over each other already can't be kept apart.
        const overlapped = own !== undefined && intersects(regionAround(own), region);
        if (other !== app && !overlapped && intersects(grown, region)) return false;
      }
      return true;
    },
    positions,
  };
}

/** The region that is drawn around the boxes of an app. */
export function regionAround(boxes: Rect): Rect {
  return {
    x: boxes.x - REGION_PADDING,
    y: boxes.y - REGION_TITLE,
    width: boxes.width + 2 * REGION_PADDING,
    height: boxes.height + REGION_TITLE + REGION_PADDING,
  };
}
