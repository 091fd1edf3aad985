import { Failure } from '../../../contract/failure.ts';
import { assignmentsOf, dottedName, unwrap } from '../../../python/syntax.ts';
import type { ClassReference } from '../../operations/parts.ts';
import type { ModelFacts } from '../../project-model.ts';
import { attributeOf, innerClass, requireClass, type ClassOwner } from '../class-attributes.ts';
import { membersOf } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelNamed } from '../references/class-subject.ts';

/** A serializer with the `Meta` that says what it serializes. */
export interface SerializerSource {
  readonly owner: ClassOwner;
  readonly meta: ClassOwner;
  /** null where the source does not tell. */
  readonly model: ModelFacts | null;
  /** Fields that are declared in the class itself. */
  readonly declared: readonly string[];
}

/** Options of a serializer's Meta in the order people write them. */
export const META_ORDER: readonly string[] = [
  'model',
  'fields',
  'exclude',
  'read_only_fields',
  'extra_kwargs',
  'depth',
  'validators',
];

/** The serializer of a reference; fails where it has no `Meta` of its own. */
export function requireSerializer(
  reference: ClassReference,
  context: PlanContext,
  draft: Draft,
): SerializerSource {
  const owner = requireClass(reference, draft);
  const meta = innerClass(owner, 'Meta');
  if (meta === null) {
    throw new Failure(
      'refused',
      `${owner.name} has no Meta of its own: only a ModelSerializer with one can be changed here.`,
      {
        file: reference.file,
      },
    );
  }
  const named = dottedName(attributeOf(meta, 'model')?.value ?? null);
  const id = modelNamed(reference.file, named, context);
  const model = context.snapshot.models.find((each) => each.id === id) ?? null;
  const declared = membersOf(owner.definition)
    .flatMap(assignmentsOf)
    .filter(({ value }) => unwrap(value).type === 'call')
    .map(({ target }) => target.text);
  return { owner, meta, model, declared };
}

/** Refuses names that are no fields of the model, where the model shows all it has. */
export function assertSerialized(
  names: readonly string[],
  model: ModelFacts | null,
  declared: readonly string[],
  { snapshot }: PlanContext,
): void {
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined)
    throw new Failure('invalid-input', `“${double}” is named twice.`, { name: double });
  const password = names.find((name) => name === 'password');
  if (password !== undefined && model?.bases.some((base) => base.includes('User')) === true)
    throw new Failure('invalid-input', 'A password is never served: leave the field out.', {
      name: password,
    });
  if (model === null || !showsAll(model)) return;
  const reverse = snapshot.models.flatMap(({ name, fields }) =>
    fields
      .filter(({ relation }) => relation?.target?.toLowerCase() === model.id.toLowerCase())
      .map(({ relation }) => relation?.relatedName ?? `${name.toLowerCase()}_set`),
  );
  const known = new Set([
    ...model.fields.flatMap(({ name, relation }) => (relation === null ? [name] : [name, `${name}_id`])),
    ...model.methods,
    ...reverse,
    ...declared,
    'id',
    'pk',
    'url',
  ]);
  const unknown = names.find((name) => !known.has(name));
  if (unknown !== undefined)
    throw new Failure('invalid-input', `${model.id} has no field named “${unknown}”.`, { name: unknown });
}

/** All bases of a model are models of the project or Django's own base. */
function showsAll({ bases, fields }: ModelFacts): boolean {
  const inherited = new Set(fields.map(({ inheritedFrom }) => inheritedFrom?.split('.').at(-1)));
  return bases.every((base) => /(^|\.)Model$/.test(base) || inherited.has(base.split('.').at(-1)));
}
