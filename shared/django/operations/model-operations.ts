import { z } from 'zod';
import { code, fieldInput, file, modelId, name } from './parts.ts';

export const modelOperations = [
  z.strictObject({
    kind: z.literal('model.add'),
    app: name,
    name,
    fields: z.array(fieldInput).max(500),
    /** Register it in the app's admin. */
    admin: z.boolean(),
  }),
  /** Several at once, which may lead to each other: what was copied or imported. */
  z.strictObject({
    kind: z.literal('model.addMany'),
    app: name,
    models: z
      .array(z.strictObject({ name, fields: z.array(fieldInput).max(500) }))
      .min(1)
      .max(500),
  }),
  z.strictObject({ kind: z.literal('model.rename'), model: modelId, name }),
  z.strictObject({ kind: z.literal('model.remove'), model: modelId }),
  /** The same fields, Meta and methods under another name; reverse names and table are its own. */
  z.strictObject({ kind: z.literal('model.duplicate'), model: modelId, name }),
  /** To another module of the same app: `catalog/models/shelf.py`, which may be new. */
  z.strictObject({ kind: z.literal('model.move'), model: modelId, file }),
  /** To another app, with the migrations that keep its table (`SeparateDatabaseAndState`). */
  z.strictObject({ kind: z.literal('model.moveToApp'), model: modelId, app: name }),
  /** Base classes as Python code, in their order: `models.Model`, `Dated`. */
  z.strictObject({ kind: z.literal('model.changeBases'), model: modelId, bases: z.array(code).max(50) }),
  z.strictObject({ kind: z.literal('model.setAbstract'), model: modelId, abstract: z.boolean() }),
  /** `__str__` from a pattern: `{title} ({year})`. */
  z.strictObject({ kind: z.literal('model.setStr'), model: modelId, pattern: z.string().max(500) }),
  /** `get_absolute_url` by the name of a route, with the fields its parameters take. */
  z.strictObject({
    kind: z.literal('model.setAbsoluteUrl'),
    model: modelId,
    route: name,
    parameters: z.record(name, name),
  }),
  /** A manager with a queryset class of its own: `objects = BookQuerySet.as_manager()`. */
  z.strictObject({ kind: z.literal('model.addManager'), model: modelId, name, queryset: name }),
] as const;
