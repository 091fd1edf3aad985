import { parseArgs } from 'node:util';
import { ensureChromium } from '../../../scripts/chromium.ts';
import type { SceneSize } from '../../support/model-scenes.ts';
import { openCanvasPage } from './canvas-server.ts';
import type { CanvasFigures } from './page.ts';

// Prints what the canvas does with a project of a size, in headless Chromium without a GPU, and beside it
// React Flow drawing the same scene in the same browser: on a busy machine the ratio says more than the figures.
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    fields: { type: 'string', default: '12' },
    relations: { type: 'string', default: '1500' },
    apps: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '2' },
    /** Leaves React Flow and the project of 5,000 models out. */
    alone: { type: 'boolean', default: false },
  },
});
const size: SceneSize = {
  models: Number(values.models),
  fields: Number(values.fields),
  relations: Number(values.relations),
  apps: Number(values.apps),
};
const LARGE: SceneSize = { models: 5000, fields: 12, relations: 7500, apps: 60 };

ensureChromium();
const { page, url, close } = await openCanvasPage('tests/bench/canvas/index.html', 'light');
const ours = async (wanted: SceneSize): Promise<CanvasFigures> => {
  await page.goto(url);
  await page.waitForFunction(() => 'measureCanvas' in window);
  return page.evaluate((each) => window.measureCanvas(each), wanted);
};
const reactFlow = async (wanted: SceneSize): Promise<CanvasFigures> => {
  await page.goto(url.replace('index.html', 'react-flow.html'));
  await page.waitForFunction(() => 'measureReactFlow' in window);
  return page.evaluate((each) => window.measureReactFlow(each), wanted);
};
try {
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    console.log(`${String(size.models)} models, round ${String(round)}`);
    const figures = await ours(size);
    print(figures, values.alone ? null : await reactFlow(size));
  }
  if (!values.alone) {
    console.log(`${String(LARGE.models)} models`);
    print(await ours(LARGE), null);
  }
} finally {
  await close();
}

function print(mine: CanvasFigures, theirs: CanvasFigures | null): void {
  const line = (figure: number, other: number | undefined) =>
    other === undefined || theirs === null ? { Samois: figure } : { Samois: figure, 'React Flow': other };
  console.table({
    'layout, ms': line(mine.layoutMs, theirs?.layoutMs),
    'first picture, ms': line(mine.firstPictureMs, theirs?.firstPictureMs),
    'hover, ms': { Samois: mine.hoverMs },
    'selection, ms': line(mine.selectionMs, theirs?.selectionMs),
    ...Object.fromEntries(
      Object.entries(mine.fps).map(([name, fps]) => [`${name}, fps`, line(fps, theirs?.fps[name])]),
    ),
  });
}
