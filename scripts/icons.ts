import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './build.ts';
import { chromiumPath } from './chromium.ts';

// Draws resources/icons/png from icon.svg: "node scripts/with-node.mjs scripts/icons.ts", after a change of the icon.
const folder = join(root, 'resources', 'icons');
const svg = await readFile(join(folder, 'icon.svg'), 'utf8');
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: ['--no-sandbox', '--disable-gpu'],
});
await mkdir(join(folder, 'png'), { recursive: true });
for (const size of [16, 32, 48, 64, 128, 256, 512, 1024]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(
    `<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`,
  );
  const png = await page.screenshot({ omitBackground: true });
  await writeFile(join(folder, 'png', `${size}x${size}.png`), png);
  await page.close();
}
await browser.close();
