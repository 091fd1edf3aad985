import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The folder of the `electron` package, which brings an installer instead of the program itself. */
export function electronFolder(): string {
  return join(createRequire(import.meta.url).resolve('electron/package.json'), '..');
}

/** Electron's program; null where it was not fetched. Requiring `electron` would start a download. */
export function electronBinary(): string | null {
  const folder = electronFolder();
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const binary = join(folder, 'dist', readFileSync(pathFile, 'utf8').trim());
  return existsSync(binary) ? binary : null;
}
