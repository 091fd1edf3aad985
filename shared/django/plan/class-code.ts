import { adaptExpression, type CodePlace } from './expression.ts';
import type { ClassOwner } from './class-attributes.ts';
import type { Draft } from './draft.ts';
import { nameFinder } from './named-imports.ts';
import type { PlanContext } from './plan-context.ts';

/** An expression a person typed for a place of a file, with its imports required; null stays null. */
export function adaptedCode(
  typed: string | null,
  path: string,
  known: ReadonlySet<string>,
  context: PlanContext,
  draft: Draft,
): string | null {
  if (typed === null) return null;
  const place: CodePlace = {
    file: path,
    style: draft.style(path),
    module: draft.source(path).module,
    known,
    files: context.files,
    find: nameFinder(path, context),
  };
  const { code, imports } = adaptExpression(typed, place);
  draft.require(path, imports);
  return code;
}

/** Names that the members of a class bind, which its attributes may use. */
export function memberNames({ source, name }: ClassOwner): ReadonlySet<string> {
  const facts = source.module.classes.findLast((each) => each.name === name);
  return new Set([
    ...(facts?.attributes ?? []).map((each) => each.name),
    ...(facts?.classes ?? []).map((each) => each.name),
    ...(facts?.methods ?? []).map((each) => each.name),
  ]);
}
