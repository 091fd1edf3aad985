import { z } from 'zod';
import { fieldInput, modelId, name, options } from './parts.ts';

export const fieldOperations = [
  z.strictObject({
    kind: z.literal('field.add'),
    model: modelId,
    field: fieldInput,
    /** Stand behind this field; null: behind the last one. */
    after: name.nullable(),
  }),
  /** Changes type and options; options that are not named keep their place and their code. */
  z.strictObject({
    kind: z.literal('field.change'),
    model: modelId,
    field: name,
    type: name,
    to: z.string().max(300).nullable(),
    set: options,
    unset: z.array(name).max(100),
  }),
  z.strictObject({ kind: z.literal('field.rename'), model: modelId, field: name, name }),
  /** Copies it behind the original under another name; a relation gets a way back of its own. */
  z.strictObject({ kind: z.literal('field.duplicate'), model: modelId, field: name, name }),
  z.strictObject({ kind: z.literal('field.remove'), model: modelId, field: name }),
  /** Stand behind this field; null: before all others. */
  z.strictObject({ kind: z.literal('field.reorder'), model: modelId, field: name, after: name.nullable() }),
  /** To an abstract base of the model: all its children have the field then. */
  z.strictObject({ kind: z.literal('field.moveToBase'), model: modelId, field: name, base: modelId }),
  /** A many-to-many field with a model of its own between: both are made. */
  z.strictObject({
    kind: z.literal('field.addThrough'),
    model: modelId,
    field: fieldInput,
    through: z.strictObject({ name, fields: z.array(fieldInput).max(100) }),
    after: name.nullable(),
  }),
] as const;
