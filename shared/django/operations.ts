import { z } from 'zod';

/** `catalog.Book`. */
const modelId = z
  .string()
  .max(300)
  .regex(/^[^.\s]+\.[^.\s]+$/);
const name = z.string().max(200);
/** Keyword arguments as Python code by name: `{ max_length: '200', unique: 'True' }`. */
const options = z.record(name, z.string().max(5000));

/** A field as a form gives it. */
const fieldInput = z.strictObject({
  name,
  /** Class name in the field catalogue: `CharField`. */
  type: name,
  /** Target of a relation: `catalog.Author`, `self`, or `settings.AUTH_USER_MODEL`; null for other fields. */
  to: z.string().max(300).nullable(),
  options,
});
export type FieldInput = z.infer<typeof fieldInput>;

/** A designer's intent as plain data. Every change of the user's source is one of these. */
export const operation = z.discriminatedUnion('kind', [
  /** A new app package with the files `startapp` makes, entered in `INSTALLED_APPS`. */
  z.strictObject({ kind: z.literal('app.add'), name }),
  z.strictObject({
    kind: z.literal('model.add'),
    app: name,
    name,
    fields: z.array(fieldInput).max(500),
    /** Register it in the app's admin. */
    admin: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('model.rename'), model: modelId, name }),
  z.strictObject({ kind: z.literal('model.remove'), model: modelId }),
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
  z.strictObject({ kind: z.literal('field.remove'), model: modelId, field: name }),
  /** Serializer, viewset, router registration, permissions, filters and tests for one model. */
  z.strictObject({
    kind: z.literal('api.add'),
    model: modelId,
    /** Path below `/api/`: `books`. */
    path: name,
    fields: z.array(name).min(1).max(500),
    filters: z.array(name).max(500),
    search: z.array(name).max(500),
    /** Who may read and write. */
    permission: z.enum(['authenticated', 'authenticated-or-read-only', 'model-permissions', 'admin-only']),
  }),
  z.strictObject({
    kind: z.literal('route.add'),
    /** Label of the app whose URLconf gets it. */
    app: name,
    path: z.string().max(500),
    name,
    /** Name of a new view function in the app's `views.py`. */
    view: name,
  }),
]);
export type Operation = z.infer<typeof operation>;
export type OperationKind = Operation['kind'];
export type OperationOf<K extends OperationKind> = Extract<Operation, { kind: K }>;
