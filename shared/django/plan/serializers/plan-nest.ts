import { Failure } from '../../../contract/failure.ts';
import { insertItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import { partsOf, unwrap } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import { attributeOf, requireClass, setAttribute } from '../class-attributes.ts';
import type { Draft } from '../draft.ts';
import { moduleFrom } from '../named-imports.ts';
import { boundNames } from '../models/plan-model.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertSerialized, requireSerializer, type SerializerSource } from './serializer-class.ts';

/** Shows a relation by another serializer instead of by its key. */
export function planSerializerNest(
  operation: OperationOf<'serializer.nest'>,
  context: PlanContext,
  draft: Draft,
): void {
  const { serializer, field, with: inner, many, readOnly } = operation;
  const found = requireSerializer(serializer, context, draft);
  const nested = requireClass(inner, draft);
  assertSerialized([field], found.model, found.declared, context);
  assertOrder(operation, found, nested.definition.startIndex, context);
  assertMany(operation, found);
  const { path } = found.owner.source;
  if (inner.file !== serializer.file) {
    const bound = found.owner.source.module.imports.get(inner.name);
    if (bound === undefined && boundNames(found.owner.source).has(inner.name)) {
      throw new Failure('refused', `${path} has another ${inner.name} already.`, { file: path });
    }
    draft.require(path, [{ module: moduleFrom(path, inner.file, context), name: inner.name }]);
  }
  const args = [...(many ? ['many=True'] : []), ...(readOnly ? ['read_only=True'] : [])];
  setAttribute(found.owner, field, `${inner.name}(${args.join(', ')})`, [], context, draft);
  enterField(field, found, draft);
  if (!readOnly) {
    draft.note(
      `${serializer.name} needs a create() and an update() of its own before it can write ${field}.`,
    );
  }
}

/** A class can only name what stands above it, and modules can't import each other in a circle. */
function assertOrder(
  { serializer, with: inner }: OperationOf<'serializer.nest'>,
  { owner }: SerializerSource,
  start: number,
  { files, resolver }: PlanContext,
): void {
  if (inner.file === serializer.file) {
    if (start < owner.definition.startIndex) return;
    const why =
      inner.name === serializer.name
        ? 'can’t show itself'
        : `stands above ${inner.name}, which it would need`;
    throw new Failure('refused', `${serializer.name} ${why}: change the order in the editor.`, {
      file: serializer.file,
    });
  }
  const imports = files.get(inner.file)?.module.imports.values() ?? [];
  if ([...imports].some(({ module }) => resolver.findFrom(inner.file, module) === serializer.file)) {
    const message = `${inner.file} imports ${serializer.file} already: the two can’t import each other.`;
    throw new Failure('refused', message, { file: inner.file });
  }
}

function assertMany({ field, many }: OperationOf<'serializer.nest'>, { model }: SerializerSource): void {
  const facts = model?.fields.find(({ name }) => name === field);
  if (facts === undefined) return;
  if (facts.relation === null)
    throw new Failure('invalid-input', `${field} is no relation: there is nothing to nest.`, { field });
  const isMany = facts.relation.kind === 'many-to-many';
  if (facts.relation.kind !== 'generic' && isMany !== many) {
    throw new Failure(
      'invalid-input',
      `${field} leads to ${isMany ? 'many objects' : 'one object'}: set “many” accordingly.`,
      { field },
    );
  }
}

/** A declared field has to be among the fields; `exclude` and `"__all__"` have it by themselves. */
function enterField(field: string, { meta }: SerializerSource, draft: Draft): void {
  const fields = attributeOf(meta, 'fields');
  const list = fields === null ? null : unwrap(fields.value);
  if (list?.type !== 'list' && list?.type !== 'tuple') return;
  if (partsOf(list).some((item) => readString(item) === field)) return;
  const { path, text } = meta.source;
  const { quote } = draft.style(path);
  draft.edit(path, insertItems(list, text, [quote + field + quote]));
}
