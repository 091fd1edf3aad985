import { Failure, type FailureValue } from '../../shared/contract/failure.ts';

/** Something the user is told without having to answer. */
export interface Notice {
  readonly kind: 'done' | 'info' | 'problem';
  readonly title: string;
  readonly description?: string | undefined;
  readonly action?: { readonly label: string; readonly onChoose: () => void } | undefined;
  /** What it is about stands here in the code. */
  readonly place?: CodePlace;
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
    if (failure.code !== 'cancelled') {
      notify({ kind: 'problem', title, description: failure.message, ...(place === null ? {} : { place }) });
    }
    return undefined;
  }
}
