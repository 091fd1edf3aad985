import { Failure } from '../../../contract/failure.ts';
import type { Draft } from '../draft.ts';
import type { Reference } from './model-references.ts';

const SHOWN = 20;

/** Lists places that may mean the thing, for the user to look at. */
export function noteUncertain(references: readonly Reference[], what: string, draft: Draft): void {
  for (const { path, line } of references.slice(0, SHOWN)) draft.note(`${path}:${String(line)} ${what}.`);
  const more = references.length - SHOWN;
  if (more > 0) draft.note(`${String(more)} more places like these are not changed.`);
}

/** A refusal that lists where a thing is still used. */
export function stillUsed(what: string, references: readonly Reference[]): Failure {
  const places = references.slice(0, SHOWN).map(({ path, line }) => `${path}:${String(line)}`);
  const more = references.length > SHOWN ? ` and ${String(references.length - SHOWN)} more` : '';
  const [first] = references;
  return new Failure(
    'refused',
    `${what} is still used at ${places.join(', ')}${more}. Change these places first.`,
    {
      file: first?.path,
      line: first?.line,
      uses: references.map(({ path, line }) => ({ file: path, line })),
    },
  );
}
