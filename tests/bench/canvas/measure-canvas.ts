import { parseArgs } from 'node:util';
import { ensureChromium } from '../../../scripts/chromium.ts';
import { openCanvasPage } from './canvas-server.ts';

// Prints what the canvas does with a project of a size, in headless Chromium without a GPU.
const { values } = parseArgs({
  options: {
    models: { type: 'string', default: '1000' },
    fields: { type: 'string', default: '12' },
    relations: { type: 'string', default: '1500' },
    apps: { type: 'string', default: '30' },
    rounds: { type: 'string', default: '3' },
  },
});
const size = {
  models: Number(values.models),
  fields: Number(values.fields),
  relations: Number(values.relations),
  apps: Number(values.apps),
};

ensureChromium();
const { page, close } = await openCanvasPage('tests/bench/canvas/index.html', 'light');
try {
  await page.waitForFunction(() => 'measureCanvas' in window);
  for (let round = 1; round <= Number(values.rounds); round += 1) {
    const figures = await page.evaluate((wanted) => window.measureCanvas(wanted), size);
    console.log(
      `round ${round}: layout ${figures.layoutMs} ms, first picture ${figures.firstPictureMs} ms, ` +
        `hover ${figures.hoverMs} ms, selection ${figures.selectionMs} ms`,
    );
    console.table(
      Object.fromEntries(
        Object.entries(figures.fps).map(([name, fps]) => [
          name,
          { fps, 'slowest frame, ms': figures.slowestFrameMs[name] },
        ]),
      ),
    );
  }
} finally {
  await close();
}
