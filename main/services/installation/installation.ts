import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** Where the parts of this copy of the studio stand. */
export interface Installation {
  readonly version: string;
  readonly rendererFolder: string;
  readonly preloadFile: string;
  /** `host`, `templates`, `deploy`: Python reads them, so they are plain files also in a package. */
  readonly resourcesFolder: string;
}

const manifest = z.object({ name: z.literal('samois'), version: z.string() });

/**
 * Finds the parts from any file of the studio, run from its sources, from `dist` or from a package.
 * `packagedResources` is the folder that a package puts beside itself.
 */
export function findInstallation(file: string, packagedResources?: string): Installation {
  const root = folderAbove(file);
  const { version } = manifest.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  return {
    version,
    rendererFolder: join(root, 'dist', 'renderer'),
    preloadFile: join(root, 'dist', 'preload', 'preload.cjs'),
    resourcesFolder: packagedResources ?? join(root, 'resources'),
  };
}

function folderAbove(file: string): string {
  let folder = dirname(file);
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error(`There is no package.json above ${file}.`);
    folder = parent;
  }
  return folder;
}

/**
 * The folder of the studio's own state, the same for both shells, so that recent projects and trust
 * are shared. `SAMOIS_STATE_FOLDER` names another one.
 */
export function stateFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  const given = environment['SAMOIS_STATE_FOLDER'];
  if (given) return given;
  const home = homedir();
  if (platform === 'win32')
    return join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Samois', 'state');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Samois', 'state');
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'Samois', 'state');
}
