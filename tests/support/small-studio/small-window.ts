import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

const root = join(import.meta.dirname, '../../..');

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><link rel="icon" href="data:,"><title>Small studio</title><script type="module" src="/assets/window.js"></script></head>
<body><p>small studio</p></body>
</html>
`;

/** A bundle of the window with the real `renderer/api` and nothing else. */
export interface SmallWindow {
  readonly folder: string;
  /** The real preload script, built as the studio builds it. */
  readonly preloadFile: string;
  readonly remove: () => Promise<void>;
}

/** Builds it into a folder of its own; the page keeps the API as `window.api`. */
export async function buildSmallWindow(): Promise<SmallWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'samois-window-'));
  const preload = await mkdtemp(join(tmpdir(), 'samois-preload-'));
  const assets = join(folder, 'assets');
  await mkdir(assets);
  await writeFile(join(folder, 'index.html'), page);
  const bundle = (entry: string, format: 'es' | 'cjs', outDir: string, fileName: string) =>
    build({
      root,
      configFile: false,
      logLevel: 'warn',
      build: {
        outDir,
        emptyOutDir: false,
        minify: false,
        lib: { entry, formats: [format], fileName: () => fileName },
        rolldownOptions: { external: ['electron'] },
      },
    });
  await bundle(join(import.meta.dirname, 'window-entry.ts'), 'es', assets, 'window.js');
  await bundle(join(root, 'preload/preload.ts'), 'cjs', preload, 'preload.cjs');
  return {
    folder,
    preloadFile: join(preload, 'preload.cjs'),
    remove: async () => {
      await rm(folder, { recursive: true, force: true });
      await rm(preload, { recursive: true, force: true });
    },
  };
}
