import { Failure } from '../../../contract/failure.ts';
import type { Draft } from '../draft.ts';
import type { PossibleReference } from './field-references.ts';
import type { Reference } from './model-references.ts';
import type { TemplateReference } from './template-references.ts';

const SHOWN = 20;

/** Offers the new name for places that may mean the thing; what can't be edited is noted. */
export function offerRenames(references: readonly PossibleReference[], name: string, draft: Draft): void {
  for (const { path, start, end, line, why } of references) {
    if (draft.canEdit(path)) draft.offer(path, { start, end, text: name }, why);
    else draft.note(`${path}:${String(line)} ${why} and can’t be changed: the file is not valid Python.`);
  }
}

/** Offers the new name for places in templates. */
export function offerInTemplates(references: readonly TemplateReference[], name: string, draft: Draft): void {
  for (const { path, start, end, shown } of references) {
    draft.offer(path, { start, end, text: name }, `a template names ${shown}`);
  }
}

/** Offers to take the tags out that show a value which will be gone; notes the others. */
export function offerRemovals(references: readonly TemplateReference[], draft: Draft): void {
  for (const { path, line, output, shown } of references) {
    if (output !== null) draft.offer(path, { ...output, text: '' }, `a template shows ${shown}`);
    else draft.note(`${path}:${String(line)} names ${shown} in a template and is not changed.`);
  }
}

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
