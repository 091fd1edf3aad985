import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { build as viteBuild, type InlineConfig } from 'vite';

/** The folder of package.json. */
export const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const stampFile = join(dist, 'stamp.json');

type Part = 'main' | 'preload' | 'renderer';

/** What each part is built from: a change of any of these files makes the part stale. */
const sources: Record<Part, readonly string[]> = {
  main: ['main', 'shared', 'package-lock.json'],
  preload: ['preload', 'shared/contract', 'package-lock.json'],
  renderer: ['renderer', 'shared', 'vite.config.ts', 'package-lock.json'],
};

const mainBuild: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node22',
    outDir: dist,
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: {},
      external: [/^node:/, 'electron', /^[a-z@][^:]*$/i],
      // One file a module: workers and entries keep their places beside each other.
      output: { format: 'es', preserveModules: true, preserveModulesRoot: root, entryFileNames: '[name].js' },
    },
  },
};

const preloadBuild: InlineConfig = {
  root,
  configFile: false,
  logLevel: 'warn',
  build: {
    target: 'chrome140',
    outDir: join(dist, 'preload'),
    emptyOutDir: true,
    minify: false,
    sourcemap: false,
    // A sandboxed preload can load one CommonJS file and nothing else.
    lib: { entry: join(root, 'preload/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
    rolldownOptions: { external: ['electron'] },
  },
};

const rendererBuild: InlineConfig = { configFile: join(root, 'vite.config.ts'), logLevel: 'warn' };

/** Builds what is older than its sources; returns the parts that were built. */
export async function build(options: { readonly force?: boolean } = {}): Promise<readonly Part[]> {
  const before = options.force === true ? {} : await readStamp();
  const stamp: Partial<Record<Part, string>> = {};
  const built: Part[] = [];
  await mkdir(dist, { recursive: true });
  for (const part of ['main', 'preload', 'renderer'] as const) {
    stamp[part] = await fingerprint(sources[part]);
    if (stamp[part] === before[part]) continue;
    if (built.length === 0) console.log('Building the studio …');
    await buildPart(part);
    built.push(part);
  }
  await writeFile(stampFile, JSON.stringify(stamp));
  return built;
}

async function buildPart(part: Part): Promise<void> {
  if (part === 'main') await buildMain();
  else await viteBuild(part === 'preload' ? preloadBuild : rendererBuild);
}

async function buildMain(): Promise<void> {
  await rm(join(dist, 'main'), { recursive: true, force: true });
  await rm(join(dist, 'shared'), { recursive: true, force: true });
  // Every file is an entry: workers and child processes are started by their file, which no import tells.
  const files = (await listFiles(join(root, 'main'))).filter((file) => file.endsWith('.ts'));
  const input = Object.fromEntries(files.map((file) => [relative(root, file).replace(/\.ts$/, ''), file]));
  const config = { ...mainBuild };
  config.build = {
    ...mainBuild.build,
    rolldownOptions: { ...mainBuild.build?.rolldownOptions, input },
  };
  await viteBuild(config);
}

async function fingerprint(places: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const place of places) {
    const path = join(root, place);
    for (const file of place.includes('.') ? [path] : await listFiles(path)) {
      hash.update(relative(root, file)).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function readStamp(): Promise<Partial<Record<Part, string>>> {
  if (!existsSync(stampFile)) return {};
  return JSON.parse(await readFile(stampFile, 'utf8')) as Partial<Record<Part, string>>;
}

if (process.argv[1] === import.meta.filename) await build({ force: true });
