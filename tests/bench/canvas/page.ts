import '../../../renderer/ui/fonts.css';
import '../../../renderer/ui/theme.css';
import '../../../renderer/features/models/models.css';
import { centerOn, visibleWorld } from '../../../renderer/features/models/canvas/camera.ts';
import { createCanvasEngine, NO_EMPHASIS } from '../../../renderer/features/models/canvas/canvas-engine.ts';
import type { Emphasis } from '../../../renderer/features/models/canvas/frame.ts';
import { centerOf } from '../../../renderer/features/models/canvas/geometry.ts';
import { createLayoutClient } from '../../../renderer/features/models/canvas/layout-client.ts';
import { layoutInputOf } from '../../../renderer/features/models/canvas/layout.ts';
import { createScene } from '../../../renderer/features/models/canvas/scene.ts';
import { fpsOf, panStep, zoomStep, type Step } from './frames.ts';
import { makeSnapshot, type SceneSize } from '../../support/model-scenes.ts';

/** What one run measured, in milliseconds and frames a second. */
export interface CanvasFigures {
  readonly layoutMs: number;
  readonly firstPictureMs: number;
  /** From the pointer on another model to the picture that shows it. */
  readonly hoverMs: number;
  readonly selectionMs: number;
  readonly fps: Readonly<Record<string, number>>;
  readonly slowestFrameMs: Readonly<Record<string, number>>;
}

declare global {
  interface Window {
    measureCanvas: (size: SceneSize) => Promise<CanvasFigures>;
    showCanvas: (size: SceneSize, zoom: number | null, hover: string | null) => Promise<void>;
  }
}

const host = document.querySelector<HTMLElement>('#host');
const canvas = document.querySelector<HTMLCanvasElement>('#canvas');
if (host === null || canvas === null) throw new Error('The page lacks its canvas.');
const layout = createLayoutClient();
let drawn = (): void => undefined;
const engine = createCanvasEngine({ canvas, host });
engine.onDrawn(() => {
  drawn();
});

const nextPicture = (): Promise<void> =>
  new Promise((resolve) => {
    drawn = resolve;
  });

async function load(
  size: SceneSize,
): Promise<{ readonly layoutMs: number; readonly firstPictureMs: number }> {
  const snapshot = makeSnapshot(size);
  const start = performance.now();
  const scene = createScene(snapshot);
  const sceneMs = performance.now() - start;
  const positions = await layout.place(layoutInputOf(scene), {});
  const layoutMs = performance.now() - start - sceneMs;
  const shown = performance.now();
  const picture = nextPicture();
  engine.show(scene, positions);
  engine.fit();
  await picture;
  return { layoutMs, firstPictureMs: sceneMs + performance.now() - shown };
}

/** The longest of twenty changes of what stands out, from the wish to the finished pixels. */
async function slowestEmphasis(emphasisOf: (model: string) => Emphasis): Promise<number> {
  const context = canvas?.getContext('2d');
  const models = engine.arrangement().index.within(visibleWorld(engine.camera(), engine.viewport()));
  let slowest = 0;
  for (const model of models.slice(0, 20)) {
    const start = performance.now();
    const picture = nextPicture();
    engine.emphasize(emphasisOf(model));
    await picture;
    // Reading a pixel waits until everything is drawn.
    context?.getImageData(0, 0, 1, 1);
    slowest = Math.max(slowest, performance.now() - start);
  }
  return Math.round(slowest);
}

window.measureCanvas = async (size) => {
  await document.fonts.ready;
  const { layoutMs, firstPictureMs } = await load(size);
  const middle = centerOf(engine.arrangement().bounds());
  const fps: Record<string, number> = {};
  const slowestFrameMs: Record<string, number> = {};
  const measure = async (name: string, step: (at: number) => Step): Promise<void> => {
    const look = ({ x, y, zoom }: Step): void => {
      engine.look(centerOn({ x, y }, zoom, engine.viewport()));
    };
    look(step(0));
    [fps[name], slowestFrameMs[name]] = await fpsOf((at) => {
      look(step(at));
    });
  };
  for (const zoom of [1, 0.3, 0.1]) await measure(`pan at ${String(zoom)}`, panStep(middle, zoom));
  await measure('zoom 0.05 to 1.5', zoomStep(middle));
  engine.look(centerOn(middle, 1, engine.viewport()));
  return {
    layoutMs: Math.round(layoutMs),
    firstPictureMs: Math.round(firstPictureMs),
    hoverMs: await slowestEmphasis((model) => ({
      ...NO_EMPHASIS,
      hover: { kind: 'model', model, field: null },
    })),
    selectionMs: await slowestEmphasis((model) => ({ ...NO_EMPHASIS, selected: new Set([model]) })),
    fps,
    slowestFrameMs,
  };
};

window.showCanvas = async (size, zoom, hover) => {
  await document.fonts.ready;
  await load(size);
  const first = engine.arrangement().scene.nodes[0];
  if (zoom !== null && first !== undefined) {
    engine.look(centerOn(centerOf(engine.arrangement().rectOf(hover ?? first.id)), zoom, engine.viewport()));
  }
  if (hover !== null) engine.emphasize({ ...NO_EMPHASIS, selected: new Set([hover]) });
  const picture = nextPicture();
  await new Promise((resolve) => setTimeout(resolve, 400));
  engine.look(engine.camera());
  await picture;
};
