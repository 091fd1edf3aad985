import { createWriteStream } from 'node:fs';
import { lstat, readdir, readFile, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { ExportTarget } from '../../../shared/contract/data-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { TEMPORARY_PREFIX, writeFileAtomically } from '../storage/atomic-write.ts';
import { leadsInside } from '../storage/workspace-path.ts';
import { hashOf, MANIFEST, manifestText, readManifest, type Manifest } from './manifest.ts';
import type { Stage } from './stage.ts';

/** What stands at the target now; anything that is somebody else's is refused. */
export type TargetState =
  | { readonly kind: 'new-folder' }
  | { readonly kind: 'empty-folder' }
  | { readonly kind: 'earlier-export'; readonly manifest: Manifest }
  | { readonly kind: 'new-zip' };

/** Looks at the target and refuses, with the reason, what must not be written to. */
export async function checkTarget(target: ExportTarget, workspace: string): Promise<TargetState> {
  const path = target.path;
  if (!isAbsolute(path)) throw new Failure('invalid-input', `${path} is no absolute path. Choose a folder.`);
  // A link on the way may lead into the project.
  const place = resolve(path);
  if (place === workspace || leadsInside(workspace, place)) {
    throw new Failure(
      'refused',
      'The target is inside the project, and the next export would copy it into itself. Choose a folder outside.',
    );
  }
  const parent = await stat(dirname(path)).catch(() => null);
  if (parent?.isDirectory() !== true) {
    throw new Failure('not-found', `The folder ${dirname(path)} does not exist. Make it, or choose another.`);
  }
  const found = await lstat(path).catch(() => null);
  if (target.kind === 'zip') {
    if (found === null) return { kind: 'new-zip' };
    throw new Failure('refused', `${path} exists already. Choose another name, or remove it first.`);
  }
  if (found === null) return { kind: 'new-folder' };
  if (!found.isDirectory()) throw new Failure('refused', `${path} exists already and is no folder.`);
  if ((await readdir(path)).length === 0) return { kind: 'empty-folder' };
  const manifest = await readManifest(path);
  if (manifest !== null) return { kind: 'earlier-export', manifest };
  throw new Failure(
    'refused',
    `${path} is not empty and holds no earlier export, so nothing is written there. Choose a new or an empty folder.`,
  );
}

/** Puts a staged export where it was wanted; the sentences tell what was kept. */
export async function deliver(
  stage: Stage,
  target: ExportTarget,
  state: TargetState,
): Promise<readonly string[]> {
  switch (state.kind) {
    case 'empty-folder':
      await rmdir(target.path);
      await rename(stage.folder, target.path);
      return [];
    case 'new-folder':
      await rename(stage.folder, target.path);
      return [];
    case 'earlier-export':
      return updateFolder(stage, target.path, state.manifest);
    case 'new-zip':
      await writeZip(stage, target.path);
      return [];
  }
}

/** Replaces what nobody touched since the earlier export; what somebody changed is kept. */
async function updateFolder(stage: Stage, folder: string, earlier: Manifest): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const [path, hash] of stage.manifest) {
    const now = await hashAt(join(folder, path));
    if (now === hash) continue;
    const bytes = await readFile(join(stage.folder, path));
    const mode = stage.executables.has(path) ? 0o755 : 0o644;
    if (now === null || now === earlier.get(path)) {
      await writeFileAtomically(join(folder, path), bytes, mode);
    } else if (hash !== earlier.get(path)) {
      await writeFileAtomically(join(folder, `${path}.new`), bytes, mode);
      kept.push(`${path} was changed in the export, so it was kept; the new text is in ${path}.new.`);
    }
  }
  for (const [path, hash] of earlier) {
    if (stage.manifest.has(path)) continue;
    const now = await hashAt(join(folder, path));
    if (now === hash) await rm(join(folder, path));
    else if (now !== null)
      kept.push(`${path} is no part of the project any more, but was changed in the export and kept.`);
  }
  await writeFileAtomically(join(folder, MANIFEST), manifestText(stage.manifest));
  return kept;
}

async function hashAt(file: string): Promise<string | null> {
  const facts = await lstat(file).catch(() => null);
  if (facts === null) return null;
  // A link or a folder is nothing that an export writes: like any change, it is kept.
  return facts.isFile() ? hashOf(await readFile(file)) : 'no file';
}

async function writeZip(stage: Stage, path: string): Promise<void> {
  const temporary = join(dirname(path), `${TEMPORARY_PREFIX}${basename(path)}`);
  const zip = new yazl.ZipFile();
  // One folder inside, so that unpacking does not spill files into the reader's own.
  const root = basename(path).replace(/\.zip$/i, '');
  for (const file of [...stage.manifest.keys(), MANIFEST].toSorted()) {
    zip.addFile(join(stage.folder, file), `${root}/${file}`, {
      mode: stage.executables.has(file) ? 0o100755 : 0o100644,
    });
  }
  zip.end();
  try {
    await pipeline(zip.outputStream, createWriteStream(temporary, { flags: 'wx' }));
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}
