import { centerOf, type Point, type Rect, type Size } from './geometry.ts';

/** Where the window looks: the world point in its top left corner, and screen pixels a world unit. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

export const MIN_ZOOM = 0.02;
export const MAX_ZOOM = 2.5;
/** A fitted picture is not blown up beyond its natural size. */
const MAX_FIT_ZOOM = 1;
/** How much of the picture stays in the window however far one pans, in pixels. */
const KEPT_IN_VIEW = 96;

/** World to screen. */
export function toScreen(camera: Camera, point: Point): Point {
  return { x: (point.x - camera.x) * camera.zoom, y: (point.y - camera.y) * camera.zoom };
}

/** Screen to world. */
export function toWorld(camera: Camera, point: Point): Point {
  return { x: camera.x + point.x / camera.zoom, y: camera.y + point.y / camera.zoom };
}

/** The part of the world that a window of this size shows. */
export function visibleWorld(camera: Camera, viewport: Size): Rect {
  return {
    x: camera.x,
    y: camera.y,
    width: viewport.width / camera.zoom,
    height: viewport.height / camera.zoom,
  };
}

/** Moves the picture by screen pixels. */
export function panBy(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, x: camera.x - dx / camera.zoom, y: camera.y - dy / camera.zoom };
}

/** Zooms by a factor; what is under the screen point stays under it. */
export function zoomAt(camera: Camera, at: Point, factor: number): Camera {
  const zoom = clampZoom(camera.zoom * factor);
  const anchor = toWorld(camera, at);
  return { zoom, x: anchor.x - at.x / zoom, y: anchor.y - at.y / zoom };
}

/** Shows all of a world rectangle, with some air around it. */
export function fitTo(rect: Rect, viewport: Size, padding = 48): Camera {
  const width = Math.max(1, viewport.width - 2 * padding);
  const height = Math.max(1, viewport.height - 2 * padding);
  const wanted = Math.min(width / Math.max(1, rect.width), height / Math.max(1, rect.height), MAX_FIT_ZOOM);
  return centerOn(centerOf(rect), clampZoom(wanted), viewport);
}

/** Puts a world point into the middle of the window. */
export function centerOn(point: Point, zoom: number, viewport: Size): Camera {
  return { zoom, x: point.x - viewport.width / 2 / zoom, y: point.y - viewport.height / 2 / zoom };
}

/** Moves only as far as needed for the rectangle to be seen whole; its centre where it is larger than the window. */
export function reveal(camera: Camera, rect: Rect, viewport: Size, padding = 40): Camera {
  const view = visibleWorld(camera, viewport);
  const margin = padding / camera.zoom;
  return {
    ...camera,
    x: revealAxis(view.x, view.width, rect.x - margin, rect.width + 2 * margin),
    y: revealAxis(view.y, view.height, rect.y - margin, rect.height + 2 * margin),
  };
}

function revealAxis(viewStart: number, viewLength: number, start: number, length: number): number {
  if (length > viewLength) return start + length / 2 - viewLength / 2;
  return Math.min(Math.max(viewStart, start + length - viewLength), start);
}

/** Keeps a strip of the picture in the window, so that nobody gets lost in empty space. */
export function clampTo(camera: Camera, bounds: Rect, viewport: Size): Camera {
  const kept = KEPT_IN_VIEW / camera.zoom;
  const view = visibleWorld(camera, viewport);
  return {
    zoom: camera.zoom,
    x: clamp(
      camera.x,
      bounds.x + Math.min(kept, bounds.width) - view.width,
      bounds.x + bounds.width - Math.min(kept, bounds.width),
    ),
    y: clamp(
      camera.y,
      bounds.y + Math.min(kept, bounds.height) - view.height,
      bounds.y + bounds.height - Math.min(kept, bounds.height),
    ),
  };
}

/**
 * The camera on its way between two others (`t` from 0 to 1, eased here). Zoom moves by ratio and the
 * window's centre along a line, so that the picture neither jumps nor swims.
 */
export function between(from: Camera, to: Camera, t: number, viewport: Size): Camera {
  if (t >= 1) return to;
  const eased = 1 - (1 - t) ** 3;
  const zoom = from.zoom * (to.zoom / from.zoom) ** eased;
  const start = centerOf(visibleWorld(from, viewport));
  const end = centerOf(visibleWorld(to, viewport));
  // With a changing zoom the screen speed of a world distance changes too: weigh the way by it.
  const way =
    Math.abs(to.zoom - from.zoom) < 1e-9 ? eased : (1 / from.zoom - 1 / zoom) / (1 / from.zoom - 1 / to.zoom);
  return centerOn(
    { x: start.x + (end.x - start.x) * way, y: start.y + (end.y - start.y) * way },
    zoom,
    viewport,
  );
}

function clampZoom(zoom: number): number {
  return clamp(zoom, MIN_ZOOM, MAX_ZOOM);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
