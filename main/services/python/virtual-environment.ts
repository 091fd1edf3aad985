import { lstat, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** What a virtual environment says of itself in its `pyvenv.cfg`, read without running it. */
export interface VirtualEnvironment {
  readonly folder: string;
  /** Where its interpreter belongs; the one it links to may be gone. */
  readonly python: string;
  readonly version: string | null;
}

/** Names under which environments are commonly kept inside a project, the usual one first. */
export const ENVIRONMENT_NAMES = ['.venv', 'venv', 'env', '.env'] as const;

/** Where the interpreter of an environment stands on this platform. */
export function pythonOf(folder: string, platform: NodeJS.Platform = process.platform): string {
  return platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
}

/** Reads an environment; null where the folder is none. */
export async function readVirtualEnvironment(folder: string): Promise<VirtualEnvironment | null> {
  const config = await readSmallFile(join(folder, 'pyvenv.cfg'));
  return config === null ? null : { folder, python: pythonOf(folder), version: versionIn(config) };
}

/** The environment an interpreter belongs to, told by its place alone; null for one that stands by itself. */
export async function environmentOf(python: string): Promise<VirtualEnvironment | null> {
  const bin = dirname(python);
  if (!['bin', 'Scripts'].includes(basename(bin))) return null;
  const found = await readVirtualEnvironment(dirname(bin));
  return found === null ? null : { ...found, python };
}

/** `venv` writes `version`, virtualenv and uv write `version_info`, sometimes with a release level behind it. */
function versionIn(config: string): string | null {
  return /^version(?:_info)?\s*=\s*(\d+\.\d+(?:\.\d+)?)/mu.exec(config)?.[1] ?? null;
}

/** An environment may be a link to one kept elsewhere, but its own files are no links: those lead out. */
async function readSmallFile(path: string): Promise<string | null> {
  try {
    const facts = await lstat(path);
    return facts.isFile() && facts.size < 100_000 ? await readFile(path, 'utf8') : null;
  } catch {
    return null; // not there or not readable: no environment of ours to use
  }
}

/** Whether a file stands there, symbolic links followed. */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false; // missing, forbidden or a loop of links: nothing that can be used
  }
}
