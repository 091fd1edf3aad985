import { useEffect, useRef, type PointerEvent } from 'react';
import { centerOn, visibleWorld } from './camera.ts';
import type { CanvasEngine } from './canvas-engine.ts';
import { readCanvasTheme, watchCanvasTheme, type CanvasTheme } from './canvas-theme.ts';
import { inflate, type Point, type Rect } from './geometry.ts';

const WIDTH = 184;
const HEIGHT = 124;
const MARGIN = 6;

interface Scale {
  readonly bounds: Rect;
  readonly factor: number;
  readonly left: number;
  readonly top: number;
}

/** The whole picture in a corner, with the part that the window shows; press or drag to go there. */
export function Minimap({ engine }: { readonly engine: CanvasEngine }) {
  const canvas = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    const element = canvas.current;
    const host = element?.parentElement;
    if (element === null || host === null || host === undefined) return undefined;
    let theme = readCanvasTheme(host);
    const draw = (): void => {
      drawMinimap(element, engine, theme);
    };
    const stopDrawing = engine.onDrawn(draw);
    const stopWatching = watchCanvasTheme(() => {
      theme = readCanvasTheme(host);
      draw();
    });
    draw();
    return () => {
      stopDrawing();
      stopWatching();
    };
  }, [engine]);

  const go = (event: PointerEvent<HTMLCanvasElement>): void => {
    const box = event.currentTarget.getBoundingClientRect();
    const scale = scaleOf(engine);
    const to = worldOf(scale, { x: event.clientX - box.left, y: event.clientY - box.top });
    engine.look(centerOn(to, engine.camera().zoom, engine.viewport()));
  };

  return (
    <canvas
      ref={canvas}
      className="models-minimap"
      style={{ width: WIDTH, height: HEIGHT }}
      // Everything it offers, the keyboard and the list of models offer too.
      aria-hidden
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        go(event);
      }}
      onPointerMove={(event) => {
        if (event.buttons === 1) go(event);
      }}
    />
  );
}

function drawMinimap(element: HTMLCanvasElement, engine: CanvasEngine, theme: CanvasTheme): void {
  const context = element.getContext('2d');
  if (context === null) return;
  const arrangement = engine.arrangement();
  const view = visibleWorld(engine.camera(), engine.viewport());
  const bounds = arrangement.bounds();
  const all =
    view.x <= bounds.x &&
    view.y <= bounds.y &&
    view.x + view.width >= bounds.x + bounds.width &&
    view.y + view.height >= bounds.y + bounds.height;
  element.hidden = all;
  if (all) return;
  const ratio = window.devicePixelRatio;
  if (element.width !== WIDTH * ratio) element.width = WIDTH * ratio;
  if (element.height !== HEIGHT * ratio) element.height = HEIGHT * ratio;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.fillStyle = theme.box;
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const scale = scaleOf(engine);
  for (const { app, rect } of arrangement.regions()) {
    const colour = theme.apps[app.hue % theme.apps.length];
    context.fillStyle = colour?.header ?? theme.background;
    fill(context, scale, [rect]);
    context.fillStyle = colour?.line ?? theme.boxLine;
    fill(context, scale, app.models.map(arrangement.rectOf));
  }
  const corner = toMap(scale, view);
  context.strokeStyle = theme.accent;
  context.lineWidth = 1.5;
  context.strokeRect(corner.x, corner.y, view.width * scale.factor, view.height * scale.factor);
}

function fill(context: CanvasRenderingContext2D, scale: Scale, rects: readonly Rect[]): void {
  context.beginPath();
  for (const rect of rects) {
    const { x, y } = toMap(scale, rect);
    context.rect(x, y, Math.max(1, rect.width * scale.factor), Math.max(1, rect.height * scale.factor));
  }
  context.fill();
}

function scaleOf(engine: CanvasEngine): Scale {
  const bounds = inflate(engine.arrangement().bounds(), 40);
  const factor = Math.min((WIDTH - 2 * MARGIN) / bounds.width, (HEIGHT - 2 * MARGIN) / bounds.height);
  return {
    bounds,
    factor,
    left: (WIDTH - bounds.width * factor) / 2,
    top: (HEIGHT - bounds.height * factor) / 2,
  };
}

function toMap({ bounds, factor, left, top }: Scale, point: Point): Point {
  return { x: left + (point.x - bounds.x) * factor, y: top + (point.y - bounds.y) * factor };
}

function worldOf({ bounds, factor, left, top }: Scale, point: Point): Point {
  return { x: bounds.x + (point.x - left) / factor, y: bounds.y + (point.y - top) / factor };
}
