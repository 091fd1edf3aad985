import { Failure } from '../../../contract/failure.ts';
import { isIdentifier, isKeyword, pythonString } from '../../../python/python-code.ts';
import { readLiteral } from '../../../python/literal.ts';
import { unwrap } from '../../../python/syntax.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { ClassReference } from '../../operations/parts.ts';
import { attributeOf, layoutCode, setAttribute } from '../class-attributes.ts';
import { adaptedCode } from '../class-code.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import {
  assertSerialized,
  META_ORDER,
  requireSerializer,
  type SerializerSource,
} from './serializer-class.ts';

/** Says which fields a serializer serves; `null` serves all. */
export function planSerializerFields(
  { serializer, fields, readOnly }: OperationOf<'serializer.setFields'>,
  context: PlanContext,
  draft: Draft,
): void {
  const found = requireSerializer(serializer, context, draft);
  setFields(found, serializer, fields, context, draft);
  if (readOnly !== undefined) setReadOnly(found, serializer, readOnly, fields, context, draft);
}

function setFields(
  found: SerializerSource,
  serializer: ClassReference,
  fields: readonly string[] | null,
  context: PlanContext,
  draft: Draft,
): void {
  const { meta, model, declared } = found;
  const { path, text } = meta.source;
  const { quote } = draft.style(path);
  if (fields !== null) {
    assertSerialized(fields, model, declared, context);
    const missing = declared.find((name) => !fields.includes(name));
    if (missing !== undefined) {
      const message = `${missing} is declared in ${serializer.name} and has to be among its fields: take the declaration away first.`;
      throw new Failure('refused', message, { file: path });
    }
  } else {
    draft.note('Fields that the model gets later are served, too.');
  }
  const code = fields === null ? `${quote}__all__${quote}` : namesCode(fields, 'fields', found, draft);
  const exclude = attributeOf(meta, 'exclude');
  if (exclude === null) {
    setAttribute(meta, 'fields', code, META_ORDER, context, draft);
    return;
  }
  // Django REST Framework takes fields or exclude, never both.
  const { statement } = exclude;
  const indent = text.slice(text.lastIndexOf('\n', statement.startIndex) + 1, statement.startIndex);
  if (attributeOf(meta, 'fields') === null) {
    const line = layoutCode('fields = ', code, indent, path, context, draft).replaceAll('\n', `\n${indent}`);
    draft.edit(path, [{ start: statement.startIndex, end: statement.endIndex, text: line }]);
  } else {
    draft.edit(path, removeStatements([statement], text));
    setAttribute(meta, 'fields', code, META_ORDER, context, draft);
  }
}

/** Names as the attribute has them now, or the other lists of its Meta: in a list or in a tuple. */
function namesCode(
  names: readonly string[],
  attribute: string,
  { meta }: SerializerSource,
  draft: Draft,
): string {
  const { quote } = draft.style(meta.source.path);
  const kinds = [attribute, 'exclude', 'fields', 'read_only_fields'].map((each) => {
    const value = attributeOf(meta, each)?.value;
    return value === undefined ? null : unwrap(value).type;
  });
  const kind = kinds.find((each) => each === 'list' || each === 'tuple') ?? 'list';
  const items = names.map((name) => pythonString(name, quote));
  if (kind === 'list') return `[${items.join(', ')}]`;
  return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`;
}

/** Says which fields of a serializer can be read only; none takes the option away. */
export function planSerializerReadOnly(
  { serializer, fields }: OperationOf<'serializer.setReadOnly'>,
  context: PlanContext,
  draft: Draft,
): void {
  const found = requireSerializer(serializer, context, draft);
  const served = attributeOf(found.meta, 'fields')?.value;
  const listed = served === undefined ? undefined : readLiteral(served);
  setReadOnly(found, serializer, fields, Array.isArray(listed) ? listed : null, context, draft);
}

/** `listed` are the fields it serves; null where that is not a plain list. */
function setReadOnly(
  found: SerializerSource,
  serializer: ClassReference,
  fields: readonly string[],
  listed: readonly unknown[] | null,
  context: PlanContext,
  draft: Draft,
): void {
  const { meta, model, declared } = found;
  assertSerialized(fields, model, declared, context);
  const outside = listed === null ? undefined : fields.find((name) => !listed.includes(name));
  if (outside !== undefined)
    throw new Failure('invalid-input', `“${outside}” is not among the fields of ${serializer.name}.`, {
      name: outside,
    });
  // https://www.django-rest-framework.org/api-guide/serializers/#specifying-read-only-fields
  const ignored = fields.filter((name) => declared.includes(name));
  if (ignored.length > 0) {
    const message = `${ignored.join(', ')} is declared in ${serializer.name}, where read_only_fields has no effect: write read_only=True there.`;
    throw new Failure('refused', message, { file: serializer.file });
  }
  const code = fields.length === 0 ? null : namesCode(fields, 'read_only_fields', found, draft);
  setAttribute(meta, 'read_only_fields', code, META_ORDER, context, draft);
}

/** Says how deep a serializer follows relations by itself. */
export function planSerializerDepth(
  { serializer, depth }: OperationOf<'serializer.setDepth'>,
  context: PlanContext,
  draft: Draft,
): void {
  const { meta } = requireSerializer(serializer, context, draft);
  setAttribute(meta, 'depth', depth === null ? null : String(depth), META_ORDER, context, draft);
  if (depth !== null && depth > 0) {
    draft.note(
      'All fields of the related objects are served then, and they can’t be written by this serializer.',
    );
  }
}

/** Gives any other option of a serializer's Meta another value. */
export function planSerializerMeta(
  { serializer, option, code: typed }: OperationOf<'serializer.setMeta'>,
  context: PlanContext,
  draft: Draft,
): void {
  if (!isIdentifier(option) || isKeyword(option))
    throw new Failure('invalid-input', `“${option}” can’t be the name of an option.`, { option });
  const { meta } = requireSerializer(serializer, context, draft);
  if (option === 'model' && typed === null)
    throw new Failure('refused', 'A ModelSerializer needs its model.', { file: serializer.file });
  const other = option === 'fields' ? 'exclude' : option === 'exclude' ? 'fields' : null;
  const present = other === null || typed === null ? null : attributeOf(meta, other);
  const code = adaptedCode(typed, serializer.file, new Set(), context, draft);
  if (present !== null) {
    const { statement } = present;
    draft.edit(serializer.file, [
      { start: statement.startIndex, end: statement.endIndex, text: `${option} = ${String(code)}` },
    ]);
    return;
  }
  setAttribute(meta, option, code, META_ORDER, context, draft);
}
