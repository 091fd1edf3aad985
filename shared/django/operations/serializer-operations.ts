import { z } from 'zod';
import { classReference, code, modelId, name } from './parts.ts';

const names = z.array(name).max(500);

export const serializerOperations = [
  /** A `ModelSerializer` in the app's `serializers.py`. */
  z.strictObject({ kind: z.literal('serializer.add'), model: modelId, name, fields: names.min(1) }),
  /** `Meta.fields`; null: `"__all__"`. */
  z.strictObject({
    kind: z.literal('serializer.setFields'),
    serializer: classReference,
    fields: names.nullable(),
    /** `Meta.read_only_fields`, changed with them; without it they stay as they are. */
    readOnly: names.optional(),
  }),
  z.strictObject({ kind: z.literal('serializer.setReadOnly'), serializer: classReference, fields: names }),
  /** A relation shown by another serializer instead of by its key. */
  z.strictObject({
    kind: z.literal('serializer.nest'),
    serializer: classReference,
    field: name,
    with: classReference,
    many: z.boolean(),
    readOnly: z.boolean(),
  }),
  /** `Meta.depth`; null takes it away. */
  z.strictObject({
    kind: z.literal('serializer.setDepth'),
    serializer: classReference,
    depth: z.number().int().min(0).max(10).nullable(),
  }),
  /** Any other option of `Meta` as Python code. */
  z.strictObject({
    kind: z.literal('serializer.setMeta'),
    serializer: classReference,
    option: name,
    code: code.nullable(),
  }),
] as const;
