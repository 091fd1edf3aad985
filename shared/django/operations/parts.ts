import { z } from 'zod';

/** `catalog.Book`. */
export const modelId = z
  .string()
  .max(300)
  .regex(/^[^.\s]+\.[^.\s]+$/);
/** A Python name, a label or a dotted path. */
export const name = z.string().max(200);
/** A Python expression as the user writes it: `timezone.now`, `[IsAdminUser]`. */
export const code = z.string().max(20_000);
/** Keyword arguments as Python code by name: `{ max_length: '200', unique: 'True' }`. */
export const options = z.record(name, z.string().max(5000));
/** A path inside the workspace, with forward slashes. */
export const file = z.string().min(1).max(4096);

/** A field as a form gives it. */
export const fieldInput = z.strictObject({
  name,
  /** Class name in the field catalogue: `CharField`. */
  type: name,
  /** Target of a relation: `catalog.Author`, `self`, or `settings.AUTH_USER_MODEL`; null for other fields. */
  to: z.string().max(300).nullable(),
  options,
});
export type FieldInput = z.infer<typeof fieldInput>;

/** A class at the top of a module: a view, a serializer, an admin, choices. */
export const classReference = z.strictObject({ file, name });
export type ClassReference = z.infer<typeof classReference>;

/** A route by its statement: where `RouteFacts.place` says that it starts. */
export const routeReference = z.strictObject({
  file,
  start: z.number().int().min(0),
  /** Its pattern, for titles and to see that it is still the one that was meant. */
  pattern: z.string().max(1000),
});
export type RouteReference = z.infer<typeof routeReference>;

/** One member of a choices class. */
export const choiceMember = z.strictObject({
  /** `DRAFT` */
  name,
  /** As Python code: `"draft"`, `1`. */
  value: code,
  /** As it is shown; null: what Django makes of the name. */
  label: z.string().max(500).nullable(),
});
export type ChoiceMember = z.infer<typeof choiceMember>;

/** Choices nested in a model (`catalog.Book` and `Status`) or at the top of a module. */
export const choicesReference = z.union([
  z.strictObject({ model: modelId, name }),
  z.strictObject({ file, name }),
]);
export type ChoicesReference = z.infer<typeof choicesReference>;
