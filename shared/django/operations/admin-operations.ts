import { z } from 'zod';
import { code, modelId, name } from './parts.ts';

export const adminOperations = [
  /** Registers a model with an admin class of its own in the app's `admin.py`. */
  z.strictObject({ kind: z.literal('admin.register'), model: modelId }),
  z.strictObject({ kind: z.literal('admin.unregister'), model: modelId }),
  /** Any option of the model's admin class as Python code; null takes it away. */
  z.strictObject({ kind: z.literal('admin.set'), model: modelId, option: name, code: code.nullable() }),
  /** Another model's rows in the form of this one. */
  z.strictObject({
    kind: z.literal('admin.addInline'),
    model: modelId,
    inline: modelId,
    style: z.enum(['tabular', 'stacked']),
  }),
] as const;
