import { createArrangement, type Arrangement } from './arrangement.ts';
import * as view from './camera.ts';
import type { Camera } from './camera.ts';
import { readCanvasTheme, watchCanvasTheme, type CanvasTheme } from './canvas-theme.ts';
import { drawScene } from './draw.ts';
import type { Emphasis, Sketch } from './frame.ts';
import { centerOf, type Point, type Size } from './geometry.ts';
import type { Positions } from './layout.ts';
import type { Scene } from './scene.ts';
import { createTextFit } from './text-fit.ts';

/** Draws a scene and looks at it through a camera. Knows nothing of React, of gestures and of the project. */
export interface CanvasEngine {
  readonly arrangement: () => Arrangement;
  readonly camera: () => Camera;
  readonly viewport: () => Size;
  /** Shows another scene; the camera stays where it is. */
  readonly show: (scene: Scene, positions: Positions) => void;
  readonly emphasize: (emphasis: Emphasis) => void;
  /** Draws over the picture what a drag would do; null ends it. */
  readonly sketch: (sketch: Sketch | null) => void;
  readonly move: (places: ReadonlyMap<string, Point>) => void;
  /** Looks elsewhere at once: while a finger or a wheel leads. */
  readonly look: (camera: Camera) => void;
  /** Goes there on a calm way, or at once where the user wants no motion. */
  readonly travel: (camera: Camera) => void;
  readonly fit: () => void;
  readonly reveal: (id: string) => void;
  readonly zoomBy: (factor: number) => void;
  /** Calls back after every drawn picture, for what else follows the camera; the answer ends it. */
  readonly onDrawn: (listener: () => void) => () => void;
  readonly dispose: () => void;
}

interface EngineOptions {
  readonly canvas: HTMLCanvasElement;
  /** The element whose size and colours count. */
  readonly host: HTMLElement;
}

const TRAVEL_MS = 220;
/** Fields can be read from this zoom on. */
const NEAR_ENOUGH = 0.55;
const REVEAL_ZOOM = 0.9;
const EMPTY: Scene = { nodes: [], edges: [], apps: [], byId: new Map() };

/** Nothing selected, nothing under the pointer. */
export const NO_EMPHASIS: Emphasis = {
  selected: new Set(),
  field: null,
  hover: { kind: 'nothing' },
  matching: null,
  edgesHidden: false,
  found: new Set(),
};

/** Binds an engine to a canvas element. It draws only when something changed, at most once a frame. */
export function createCanvasEngine({ canvas, host }: EngineOptions): CanvasEngine {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('The canvas element gives no drawing context.');
  const text = createTextFit();
  let theme: CanvasTheme = readCanvasTheme(host);
  let arrangement = createArrangement(EMPTY, {});
  let emphasis = NO_EMPHASIS;
  let sketch: Sketch | null = null;
  let camera: Camera = { x: 0, y: 0, zoom: 1 };
  let viewport: Size = { width: 0, height: 0 };
  let wanted = 0;
  const listeners = new Set<() => void>();
  let trip: { readonly from: Camera; readonly to: Camera; readonly start: number } | null = null;
  /** `fit` was asked before the size of the window was known. */
  let fitPending = false;

  const draw = (now: number): void => {
    wanted = 0;
    if (trip !== null) {
      const t = (now - trip.start) / TRAVEL_MS;
      camera = view.between(trip.from, trip.to, Math.max(0, t), viewport);
      if (t >= 1) trip = null;
      else invalidate();
    }
    if (viewport.width === 0 || viewport.height === 0) return;
    const ratio = window.devicePixelRatio;
    fitCanvas(canvas, viewport, ratio);
    drawScene({ context, arrangement, camera, viewport, ratio, theme, text, emphasis, sketch });
    for (const listener of listeners) listener();
  };

  function invalidate(): void {
    if (wanted === 0) wanted = requestAnimationFrame(draw);
  }

  const look = (next: Camera): void => {
    trip = null;
    camera = clamped(next, arrangement, viewport);
    invalidate();
  };

  const travel = (next: Camera): void => {
    const to = clamped(next, arrangement, viewport);
    if (prefersNoMotion()) {
      look(to);
      return;
    }
    trip = { from: camera, to, start: performance.now() };
    invalidate();
  };

  const fit = (): void => {
    fitPending = viewport.width === 0;
    if (fitPending) return;
    const bounds = arrangement.bounds();
    const first = camera.zoom === 1 && camera.x === 0 && camera.y === 0;
    (first ? look : travel)(view.fitTo(bounds, viewport));
  };

  const resize = new ResizeObserver(() => {
    viewport = { width: host.clientWidth, height: host.clientHeight };
    if (fitPending) fit();
    // At once and not in the next frame: the stretched old picture would flash.
    draw(performance.now());
  });
  resize.observe(host);
  const recolour = (): void => {
    theme = readCanvasTheme(host);
    text.clear();
    invalidate();
  };
  const stopWatching = watchCanvasTheme(recolour);
  document.fonts.addEventListener('loadingdone', recolour);

  return {
    arrangement: () => arrangement,
    camera: () => camera,
    viewport: () => viewport,
    show: (scene, positions) => {
      arrangement = createArrangement(scene, positions);
      invalidate();
    },
    emphasize: (next) => {
      emphasis = next;
      invalidate();
    },
    sketch: (next) => {
      sketch = next;
      invalidate();
    },
    move: (places) => {
      arrangement.move(places);
      invalidate();
    },
    look,
    travel,
    fit,
    reveal: (id) => {
      const rect = arrangement.rectOf(id);
      // From afar it is shown near and in the middle; what is near enough moves no more than it must.
      if (camera.zoom < NEAR_ENOUGH) travel(view.centerOn(centerOf(rect), REVEAL_ZOOM, viewport));
      else travel(view.reveal(camera, rect, viewport, Math.min(viewport.width, viewport.height) / 5));
    },
    zoomBy: (factor) => {
      travel(view.zoomAt(trip?.to ?? camera, { x: viewport.width / 2, y: viewport.height / 2 }, factor));
    },
    onDrawn: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    dispose: () => {
      listeners.clear();
      cancelAnimationFrame(wanted);
      resize.disconnect();
      stopWatching();
      document.fonts.removeEventListener('loadingdone', recolour);
    },
  };
}

function clamped(camera: Camera, arrangement: Arrangement, viewport: Size): Camera {
  const bounds = arrangement.bounds();
  return bounds.width === 0 ? camera : view.clampTo(camera, bounds, viewport);
}

function fitCanvas(canvas: HTMLCanvasElement, viewport: Size, ratio: number): void {
  const width = Math.round(viewport.width * ratio);
  const height = Math.round(viewport.height * ratio);
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}

function prefersNoMotion(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
