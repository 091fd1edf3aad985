import { z } from 'zod';
import type { Operation } from '../../../shared/django/operations.ts';
import { createJsonFile } from '../storage/json-file.ts';

const rename = z.strictObject({
  app: z.string(),
  model: z.string(),
  old: z.string(),
  new: z.string(),
  field: z.boolean(),
});

/** A rename that was made in the designer: of a field, or of a model. */
export type Rename = z.infer<typeof rename>;

/** Remembers the renames made in the designer until a migration holds them. */
export interface RenameLog {
  readonly note: (folder: string, operation: Operation) => Promise<void>;
  readonly list: (folder: string) => Promise<readonly Rename[]>;
  readonly forget: (folder: string) => Promise<void>;
}

const KEPT = 200;
const renamesByFolder = z.record(z.string(), z.array(rename));

/** Keeps them in the studio's own state: a project is never asked to carry what a migration will say. */
export function createRenameLog(path: string): RenameLog {
  const file = createJsonFile(path, renamesByFolder, {});
  return {
    note: async (folder, operation) => {
      const made = renameOf(operation);
      if (made === null) return;
      await file.change((all) => ({ ...all, [folder]: [...(all[folder] ?? []), made].slice(-KEPT) }));
    },
    list: async (folder) => (await file.read())[folder] ?? [],
    forget: async (folder) => {
      const all = await file.read();
      if (all[folder] === undefined) return;
      await file.change((before) =>
        Object.fromEntries(Object.entries(before).filter(([other]) => other !== folder)),
      );
    },
  };
}

/** The rename that an operation is; null for every other one. */
export function renameOf(operation: Operation): Rename | null {
  if (operation.kind !== 'field.rename' && operation.kind !== 'model.rename') return null;
  const [app = '', model = ''] = operation.model.split('.');
  return operation.kind === 'field.rename'
    ? { app, model, old: operation.field, new: operation.name, field: true }
    : { app, model, old: model, new: operation.name, field: false };
}
