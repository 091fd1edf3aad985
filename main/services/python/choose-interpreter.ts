import { active, inFolders, type Machine } from './interpreter-places.ts';
import { ofPoetry } from './poetry.ts';
import { isFile } from './virtual-environment.ts';

/**
 * The interpreter a project most likely means, found without running anything: the environment inside it,
 * the one Poetry made for it, the one that was active where the studio was started. Null leaves the choice
 * to the user.
 */
export async function chooseInterpreter(
  machine: Machine,
  folders: readonly string[],
): Promise<string | null> {
  const candidates = [
    ...(await inFolders(folders)),
    ...(await ofPoetry(machine, folders)),
    ...active(machine),
  ];
  for (const { path } of candidates) if (await isFile(path)) return path;
  return null;
}
