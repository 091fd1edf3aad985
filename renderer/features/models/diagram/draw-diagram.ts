import type { Arrangement } from '../canvas/arrangement.ts';
import { NO_EMPHASIS } from '../canvas/canvas-engine.ts';
import type { CanvasTheme } from '../canvas/canvas-theme.ts';
import { drawScene } from '../canvas/draw.ts';
import { inflate } from '../canvas/geometry.ts';
import { createTextFit } from '../canvas/text-fit.ts';
import { SvgContext } from './svg-context.ts';

const MARGIN = 40;
/** Larger pictures are refused by browsers; a project that needs more is drawn smaller. */
const MOST_PIXELS = 14_000;
const MOST_AREA = 120_000_000;
const SHARPNESS = 2;

interface Drawn {
  readonly arrangement: Arrangement;
  readonly theme: CanvasTheme;
}

/** The whole picture as SVG, with every field. */
export function diagramSvg(drawn: Drawn): string {
  const { width, height } = sheetOf(drawn);
  const context = new SvgContext(contextOf(document.createElement('canvas')));
  paint(context.asContext(), drawn, 1);
  return context.toSvg(width, height);
}

/** The whole picture as PNG, as sharp as a browser can make it. */
export async function diagramPng(drawn: Drawn): Promise<Blob> {
  const { width, height } = sheetOf(drawn);
  const ratio = Math.min(
    SHARPNESS,
    MOST_PIXELS / Math.max(width, height),
    Math.sqrt(MOST_AREA / (width * height)),
  );
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  paint(contextOf(canvas), drawn, ratio);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob === null) reject(new Error('The browser made no picture of the canvas.'));
      else resolve(blob);
    }, 'image/png');
  });
}

/** Where the top left corner of the picture lies in the world. */
export function sheetOf({ arrangement }: Pick<Drawn, 'arrangement'>) {
  return inflate(arrangement.bounds(), MARGIN);
}

function paint(context: CanvasRenderingContext2D, { arrangement, theme }: Drawn, ratio: number): void {
  const { x, y, width, height } = sheetOf({ arrangement });
  drawScene({
    context,
    arrangement,
    theme,
    camera: { x, y, zoom: 1 },
    viewport: { width, height },
    ratio,
    text: createTextFit(),
    emphasis: NO_EMPHASIS,
    sketch: null,
  });
}

function contextOf(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const context = canvas.getContext('2d', { alpha: false });
  if (context === null) throw new Error('The canvas element gives no drawing context.');
  return context;
}
