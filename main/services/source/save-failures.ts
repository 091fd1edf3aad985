import { Failure } from '../../../shared/contract/failure.ts';
import type { ChangedOutside } from '../../../shared/contract/source-calls.ts';
import type { HalfDone } from '../storage/backing-out.ts';
import { reasonOf, systemCode } from '../storage/system-reasons.ts';
import { decodeText } from './text-file.ts';

/** Somebody else's change stands where we wanted to write: both texts go to the window, neither is lost. */
export function changedOutside(detail: ChangedOutside): Failure {
  const what = detail.theirs === null && detail.noText === undefined ? 'was removed' : 'was changed';
  const now = detail.noText === undefined ? '' : ` ${detail.noText}`;
  return new Failure(
    'changed-outside',
    `${detail.path} ${what} by another program since it was read.${now} Nothing was written; compare both and decide.`,
    { ...detail },
  );
}

/** What the window shows of a file on disk; bytes that are no text are named and not shown. */
export function theirsOf(path: string, bytes: Uint8Array | null): Pick<ChangedOutside, 'theirs' | 'noText'> {
  if (bytes === null) return { theirs: null };
  const { text, exact, readOnly } = decodeText(path, bytes);
  return exact || readOnly === null || text !== '' ? { theirs: text } : { theirs: null, noText: readOnly };
}

const NOTHING_CHANGED = ' No file was changed.';

/** What the system said about a write, in a sentence that names the file. */
export function saveFailed(path: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const code = systemCode(error);
  if (code === undefined) throw error;
  return new Failure('refused', `${path} was not saved: ${reasonOf(code)}.${NOTHING_CHANGED}`, {
    path,
    code,
  });
}

/** The file or its folder says that it must not be written. */
export function readOnlyFailure(path: string, sentence: string): Failure {
  return new Failure('refused', sentence, { path });
}

/** A save that could neither be ended nor taken back yet. */
export function halfSaved(title: string, { failure, reason }: HalfDone): Failure {
  return new Failure(
    'refused',
    `“${title}” stopped half-way: ${causeOf(failure)}. It could not be taken back yet: ${causeOf(reason)}. The studio ` +
      'does that before the next save, or when it is started again.',
    { code: systemCode(reason) ?? systemCode(failure) },
  );
}

function causeOf(error: unknown): string {
  const { path, message } = error as { readonly path?: string; readonly message: string };
  const code = systemCode(error);
  if (error instanceof Failure) return message.replace(NOTHING_CHANGED, '').replace(/\.$/, '');
  return `${path ?? 'a file'} can't be changed, ${code === undefined ? message : reasonOf(code)}`;
}

/** Nothing is saved on top of a save that may be half there. */
export function notSettled(title: string, error: unknown): Failure {
  return new Failure('refused', `“${title}” was not saved. ${keepsFromSaving(error)}`, {
    code: systemCode(error),
  });
}

/** What keeps the studio from taking an interrupted save back, and what that means. */
export function keepsFromSaving(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const { path = 'its own folder' } = error as NodeJS.ErrnoException;
  const why =
    error instanceof Failure
      ? `A save that was interrupted can't be taken back yet. ${error.message}`
      : `The studio can't write ${path}, which it needs for undo: ${reasonOf(code)}.`;
  return `${why} Until it can, nothing is saved.`;
}
