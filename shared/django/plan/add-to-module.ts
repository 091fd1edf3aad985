import { Failure } from '../../contract/failure.ts';
import { appendToModule } from './append.ts';
import type { Draft, NewCode } from './draft.ts';
import { boundNames } from './models/plan-model.ts';

/** Appends a class or a function to a module, or makes the module; refuses a name that is taken there. */
export function addToModule(path: string, name: string, made: NewCode, draft: Draft): void {
  const source = draft.exists(path) ? draft.source(path) : null;
  if (boundNames(source).has(name)) {
    throw new Failure('refused', `${path} has ${name} already: change it there.`, { file: path });
  }
  if (source === null) {
    draft.createModule(path, made);
    return;
  }
  draft.edit(path, [appendToModule(source, made.code)]);
  draft.require(path, made.imports);
}
