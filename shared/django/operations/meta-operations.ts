import { z } from 'zod';
import { code, modelId, name } from './parts.ts';

const list = z.enum(['indexes', 'constraints', 'unique_together', 'index_together', 'permissions']);

export const metaOperations = [
  /** Any option of `Meta` as Python code; null takes it away, and `Meta` with its last one. */
  z.strictObject({ kind: z.literal('meta.set'), model: modelId, option: name, code: code.nullable() }),
  /** One more entry of a list: `models.Index(fields=["title"], name="book_title")`. */
  z.strictObject({ kind: z.literal('meta.addEntry'), model: modelId, option: list, code }),
  z.strictObject({
    kind: z.literal('meta.changeEntry'),
    model: modelId,
    option: list,
    /** Which one, from 0. */
    index: z.number().int().min(0),
    code,
  }),
  z.strictObject({
    kind: z.literal('meta.removeEntry'),
    model: modelId,
    option: list,
    index: z.number().int().min(0),
  }),
] as const;
