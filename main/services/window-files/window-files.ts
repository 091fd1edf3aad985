import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';

/** One file of the window's bundle. */
export interface WindowFile {
  readonly type: string;
  /** Its name holds a hash of its content, so that it can be kept for ever. */
  readonly immutable: boolean;
  readonly read: () => Promise<Buffer<ArrayBuffer>>;
}

/** The window's bundle, by path of the address: `/` is its page. */
export interface WindowFiles {
  readonly find: (path: string) => WindowFile | undefined;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/**
 * Lists the bundle once. A request is looked up in that list and never becomes a path, so that no
 * spelling of an address reaches another file.
 */
export async function listWindowFiles(folder: string): Promise<WindowFiles> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(() => []);
  const files = new Map<string, WindowFile>();
  for (const entry of entries) {
    const type = types[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue; // source maps and the like stay here
    const path = join(entry.parentPath, entry.name);
    const address = `/${relative(folder, path).split(sep).join('/')}`;
    files.set(address, { type, immutable: address.startsWith('/assets/'), read: () => readFile(path) });
  }
  const page = files.get('/index.html');
  if (page === undefined) {
    const message = `The window’s files are missing in ${folder}. Run “npm run build” and start again.`;
    throw new Failure('not-available', message);
  }
  files.set('/', page);
  return { find: (path) => files.get(path) };
}
