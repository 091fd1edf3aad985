import { Failure } from '../../../shared/contract/failure.ts';
import type { FileChange, Plan } from '../../../shared/django/plan/plan.ts';
import { LARGEST_FILE, noTextReason, readRegularFile, type RegularFile } from '../storage/regular-file.ts';
import { type KnownFolders, resolveInside } from '../storage/workspace-path.ts';
import { removalOf } from './folder-removals.ts';
import { withLineEndingsOf } from './line-endings.ts';
import { changedOutside, theirsOf } from './save-failures.ts';
import { decodeText, encodeText, hashBytes, lineEndingOf } from './text-file.ts';
import type { FileSave, WorkspaceChange } from './workspace-saves.ts';

const NEW_FILE_MODE = 0o644;

/** What saving a text from the editor changes; nothing when it is what stands there. */
export function editorSave(root: string, path: string, text: string, baseHash: string): readonly FileSave[] {
  const file = unchangedFile(root, path, baseHash, text);
  if (file === null)
    return [{ path, before: null, after: encodeText(path, text, false), mode: NEW_FILE_MODE }];
  const known = decodeText(path, file.bytes);
  if (known.readOnly !== null) throw new Failure('refused', known.readOnly, { path });
  const mixed = lineEndingOf(known.text) === 'mixed';
  const after = encodeText(path, mixed ? withLineEndingsOf(known.text, text) : text, known.bom);
  if (after.length > LARGEST_FILE)
    throw new Failure('refused', `${path} was not saved: it would have more than 5 MB.`, { path });
  const problem = decodeText(path, after).readOnly;
  if (problem !== null) throw new Failure('refused', `${path} was not saved. ${problem}`, { path });
  return hashBytes(after) === hashBytes(file.bytes)
    ? []
    : [{ path, before: file.bytes, after, mode: file.mode }];
}

/** What giving a file one of its former texts back changes; `baseHash` is that of the text beside which it was shown. */
export function restoringSave(
  root: string,
  path: string,
  after: Uint8Array,
  baseHash: string,
): readonly FileSave[] {
  const file = unchangedFile(root, path, baseHash, decodeText(path, after).text);
  if (file !== null && hashBytes(file.bytes) === hashBytes(after)) return [];
  return [{ path, before: file?.bytes ?? null, after, mode: file?.mode ?? NEW_FILE_MODE }];
}

/** All that a plan changes, with the files of removed folders that the source lens does not read. */
export function planChange(root: string, plan: Plan): WorkspaceChange {
  const known: KnownFolders = new Map();
  const files = plan.files.flatMap((change) => planSave(root, change, known));
  const removal = removalOf(root, plan.folderRemovals, new Set(files.map((file) => file.path)));
  return {
    files: [...files, ...removal.files],
    moves: plan.folderMoves,
    removedFolders: removal.folders,
  };
}

/** Refuses a plan for files that are no text, or in an encoding that can't be written. */
export function refuseUneditable(root: string, { files }: Plan): void {
  const known: KnownFolders = new Map();
  for (const { path } of files) {
    const file = readRegularFile(resolveInside(root, path, known), path);
    const readOnly = file === null ? null : decodeText(path, file.bytes).readOnly;
    if (readOnly !== null) throw new Failure('refused', readOnly, { path });
  }
}

/** The source has changed since a plan was shown: what it would have written now, and beside which text it was made. */
export function planIsOld(root: string, plan: Plan, shown: Plan | undefined): Failure {
  for (const { path, after, baseHash } of shown?.files ?? []) {
    try {
      unchangedFile(root, path, baseHash ?? '', after);
    } catch (error) {
      if (!(error instanceof Failure) || error.code !== 'changed-outside') throw error;
      return new Failure(error.code, `${error.message} Or look at the new plan and apply that.`, {
        ...error.detail,
        plan,
      });
    }
  }
  return new Failure(
    'changed-outside',
    'The source has changed since this plan was shown, so nothing was written. Look at the new plan and apply that.',
    { plan },
  );
}

/** What one file of a plan changes; fails when it is not the file the plan was made from. */
function planSave(
  root: string,
  { path, after, baseHash }: FileChange,
  known: KnownFolders,
): readonly FileSave[] {
  const file = unchangedFile(root, path, baseHash ?? '', after, known);
  const bom = file !== null && decodeText(path, file.bytes).bom;
  const bytes = after === null ? null : encodeText(path, after, bom);
  if (bytes !== null && file !== null && hashBytes(bytes) === hashBytes(file.bytes)) return [];
  return [{ path, before: file?.bytes ?? null, after: bytes, mode: file?.mode ?? NEW_FILE_MODE }];
}

/** The file with this hash, null where there shall be none; whatever else stands there is a change made outside. */
function unchangedFile(
  root: string,
  path: string,
  baseHash: string,
  yours: string | null,
  known: KnownFolders = new Map(),
): RegularFile | null {
  let file: RegularFile | null;
  try {
    file = readRegularFile(resolveInside(root, path, known), path);
  } catch (error) {
    const noText = noTextReason(error);
    if (noText === null || baseHash === '') throw error; // nothing of ours stood there
    throw changedOutside({ path, yours, theirs: null, noText });
  }
  if ((file === null ? '' : hashBytes(file.bytes)) === baseHash) return file;
  throw changedOutside({ path, yours, ...theirsOf(path, file?.bytes ?? null) });
}
