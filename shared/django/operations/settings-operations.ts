import { z } from 'zod';
import { code, name } from './parts.ts';

export const settingsOperations = [
  /** Any setting as Python code, in the settings module that the project starts with; null takes it away. */
  z.strictObject({ kind: z.literal('settings.set'), setting: name, code: code.nullable() }),
  /** One more entry of a list: an installed app, a middleware, an allowed host. */
  z.strictObject({
    kind: z.literal('settings.addEntry'),
    setting: name,
    code,
    /** Stand behind the entry with this code; null: behind the last one. */
    after: code.nullable(),
  }),
  z.strictObject({ kind: z.literal('settings.removeEntry'), setting: name, code }),
  /** Stand behind this entry of the same list; null: before all others. The order of middleware and apps counts. */
  z.strictObject({
    kind: z.literal('settings.reorderEntry'),
    setting: name,
    code,
    after: code.nullable(),
  }),
  /** Reads a setting from the environment, with the value it has now as default, or none. */
  z.strictObject({
    kind: z.literal('settings.fromEnvironment'),
    setting: name,
    variable: name,
    /** Keep the value of now as default; without, the variable has to be there. */
    keepDefault: z.boolean(),
  }),
] as const;
