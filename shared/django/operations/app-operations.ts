import { z } from 'zod';
import { name } from './parts.ts';

export const appOperations = [
  /** A new app package with the files `startapp` makes, entered in `INSTALLED_APPS`. */
  z.strictObject({ kind: z.literal('app.add'), name }),
  /** Renames the package; the label, and with it tables and migrations, stays. */
  z.strictObject({ kind: z.literal('app.rename'), app: name, name }),
  z.strictObject({ kind: z.literal('app.remove'), app: name }),
] as const;
