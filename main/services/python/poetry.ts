import { createHash } from 'node:crypto';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';
import type { Candidate } from './inspect-interpreter.ts';
import type { Machine } from './interpreter-places.ts';
import { pythonOf } from './virtual-environment.ts';

const project = z.object({
  project: z.object({ name: z.string() }).optional(),
  tool: z.object({ poetry: z.object({ name: z.string().optional() }) }).optional(),
});

/**
 * Environments that Poetry keeps outside the project, in its cache, under a name made of the project's
 * name and a hash of its folder (`EnvManager.generate_env_name`). Nothing is run to find them.
 */
export async function ofPoetry(machine: Machine, folders: readonly string[]): Promise<readonly Candidate[]> {
  const root = environmentsFolder(machine);
  const names = await readdir(root).catch(() => []); // no Poetry on this machine
  if (names.length === 0) return [];
  const found = await Promise.all(
    folders.map(async (folder) => {
      const start = await environmentName(folder);
      return start === null ? [] : names.filter((name) => name.startsWith(`${start}-py`));
    }),
  );
  return found.flat().map((name) => ({
    path: pythonOf(join(root, name), machine.platform),
    source: 'venv',
    reason: `Poetry environment ${name}`,
  }));
}

/** The name Poetry gives to the environments of a project, without the Python version at its end. */
export async function environmentName(folder: string): Promise<string | null> {
  const text = textOfPyproject(await realpath(folder));
  const facts = text === null ? null : readToml(text);
  const name = facts?.tool?.poetry.name ?? (facts?.tool === undefined ? undefined : facts.project?.name);
  if (name === undefined) return null;
  const clean = name
    .toLowerCase()
    .replaceAll(/[ $`!*@"\\\r\n\t]/gu, '_')
    .slice(0, 42);
  const hash = createHash('sha256')
    .update(await realpath(folder))
    .digest('base64url');
  return `${clean}-${hash.slice(0, 8)}`;
}

/** Read before the project is trusted: what is a pipe, or a link that leads out, names no project. */
function textOfPyproject(folder: string): string | null {
  try {
    const file = readRegularFile(resolveInside(folder, 'pyproject.toml'));
    return file === null ? null : new TextDecoder().decode(file.bytes);
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

function readToml(text: string): z.infer<typeof project> | null {
  try {
    return project.safeParse(parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof TomlError) return null; // a damaged file names no project
    throw error;
  }
}

function environmentsFolder({ env, home, platform }: Machine): string {
  if (env['POETRY_VIRTUALENVS_PATH'] !== undefined) return env['POETRY_VIRTUALENVS_PATH'];
  if (env['POETRY_CACHE_DIR'] !== undefined) return join(env['POETRY_CACHE_DIR'], 'virtualenvs');
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'pypoetry', 'virtualenvs');
  if (platform === 'win32')
    return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'pypoetry', 'Cache', 'virtualenvs');
  return join(env['XDG_CACHE_HOME'] ?? join(home, '.cache'), 'pypoetry', 'virtualenvs');
}
