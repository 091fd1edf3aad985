import { z } from 'zod';
import { file, modelId, name } from './parts.ts';

export const querysetOperations = [
  /** Fetches a relation with the objects that it is followed from: `.select_related("author")`. */
  z.strictObject({
    kind: z.literal('queryset.addRelated'),
    /** What the queryset fetches; also of an installed package. */
    model: modelId,
    method: z.enum(['select_related', 'prefetch_related']),
    /** `author__country` */
    relation: name.regex(/^\w+$/),
    /** The line at which the objects were fetched; null where it was a line of a library. */
    fetched: z.strictObject({ file, line: z.number().int().min(1) }).nullable(),
    /** Dotted path of the view that was answering: `catalog.views.BookList`; null where none was reached. */
    view: name.nullable(),
  }),
] as const;
