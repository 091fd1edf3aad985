import type { ModelFacts } from '../../project-model.ts';
import type { ModelIndex } from './model-index.ts';

/** A name that a model has, its own or an inherited one: a field, or the way back of a relation. */
export interface Member {
  readonly name: string;
  /** The models that have it. */
  readonly carriers: ReadonlySet<string>;
  /** Foreign keys also have `<name>_id`. */
  readonly hasColumn: boolean;
  /** It is an attribute of objects; the name of a way back in lookups is not always. */
  readonly isAttribute: boolean;
  /** It is a name in lookups. */
  readonly isLookup: boolean;
}

/** Offset of the member's segment in `author__name`, read from a model; null where the path does not meet it. */
export function segmentOffset(index: ModelIndex, from: string, path: string, member: Member): number | null {
  let model = index.byId(from);
  let offset = 0;
  for (const segment of path.split('__')) {
    if (model === null) return null;
    if (member.carriers.has(model.id) && isMember(segment, member)) return offset;
    model = followed(index, model, segment);
    offset += segment.length + 2;
  }
  return null;
}

/** Whether a path of lookups can be followed to its end, so that what does not meet the member surely means another one. */
export function isKnownPath(index: ModelIndex, from: string, path: string): boolean {
  const model = index.byId(from);
  const [first = '', ...rest] = path.split('__');
  if (model === null) return false;
  if (index.field(model, first) === null && followed(index, model, first) === null) return false;
  const next = followed(index, model, first);
  return rest.length === 0 || next === null || isKnownPath(index, next.id, rest.join('__'));
}

function isMember(segment: string, { name, hasColumn }: Member): boolean {
  return segment === name || (hasColumn && segment === `${name}_id`);
}

/** The model behind a relation or a way back. */
function followed(index: ModelIndex, model: ModelFacts, segment: string): ModelFacts | null {
  const relation = index.field(model, segment)?.relation;
  if (relation?.target !== null && relation?.target !== undefined) return index.byId(relation.target);
  // prefetch_related() takes accessors, all others lookup names.
  const way = index.reverse(model).find(({ lookup, accessor }) => lookup === segment || accessor === segment);
  return way?.model ?? null;
}
