import { Failure, type FailureValue } from '../../shared/contract/failure.ts';
import type { ChangedOutside } from '../../shared/contract/source-calls.ts';

/** Something the user is told without having to answer. */
export interface Notice {
  readonly kind: 'done' | 'info' | 'problem';
  readonly title: string;
  readonly description?: string | undefined;
  readonly action?: { readonly label: string; readonly onChoose: () => void } | undefined;
  /** What it is about stands here in the code. */
  readonly place?: CodePlace;
  /** Both texts of the file that somebody else has changed. */
  readonly difference?: ChangedOutside;
}

/** A line of a file that a failure is about. */
export interface CodePlace {
  readonly file: string;
  readonly line: number | null;
}

/** How stores and commands tell the user something; the window shows it. */
export type Notify = (notice: Notice) => void;

/** The failure to show for whatever was thrown; what nobody expected is reported as the bug it is. */
export function failureOf(error: unknown): FailureValue {
  if (error instanceof Failure) return error.toValue();
  reportError(error);
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'internal', message: `Something unexpected went wrong in the studio: ${message}` };
}

/** Where a failure stands in the code, so that the window can lead there. */
export function placeOf({ detail }: FailureValue): CodePlace | null {
  const file = detail?.['file'];
  const line = detail?.['line'];
  return typeof file === 'string' ? { file, line: typeof line === 'number' ? line : null } : null;
}

/** Both texts of a file that was changed outside, where a failure is about one. */
export function differenceOf({ code, detail }: FailureValue): ChangedOutside | null {
  if (code !== 'changed-outside' || detail === undefined) return null;
  const { path, yours, theirs, noText } = detail;
  if (typeof path !== 'string' || !isText(yours) || !isText(theirs)) return null;
  return { path, yours, theirs, ...(typeof noText === 'string' ? { noText } : {}) };
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

/** Runs what a button started: a failure is told to the user, a cancel is not. */
export async function attempt<T>(
  notify: Notify,
  title: string,
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const failure = failureOf(error);
    const place = placeOf(failure);
    const difference = differenceOf(failure);
    if (failure.code !== 'cancelled') {
      notify({
        ...{ kind: 'problem', title, description: failure.message },
        ...(place === null ? {} : { place }),
        ...(difference === null ? {} : { difference }),
      });
    }
    return undefined;
  }
}
