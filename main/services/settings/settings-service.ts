import { join } from 'node:path';
import { z } from 'zod';
import { settingsSchema, type Settings } from '../../../shared/contract/app-calls.ts';
import type { CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { createJsonFile } from '../storage/json-file.ts';

/** Reads and changes what the user chose for the studio itself. */
export interface SettingsService {
  readonly read: () => Promise<Settings>;
  readonly change: (change: CallParsed<'settings.change'>) => Promise<Settings>;
}

const initial: Settings = {
  theme: 'system',
  confirmChanges: true,
  autoSave: false,
  editorFontSize: 13,
  serverPort: 8000,
  panes: {},
  tableColumns: {},
};

// Field by field: a value that an older or newer version wrote must not cost the user all the others.
const stored: z.ZodType<Settings> = z.object({
  theme: settingsSchema.shape.theme.catch(initial.theme),
  confirmChanges: settingsSchema.shape.confirmChanges.catch(initial.confirmChanges),
  autoSave: settingsSchema.shape.autoSave.catch(initial.autoSave),
  editorFontSize: settingsSchema.shape.editorFontSize.catch(initial.editorFontSize),
  serverPort: settingsSchema.shape.serverPort.catch(initial.serverPort),
  panes: settingsSchema.shape.panes.catch(initial.panes),
  tableColumns: settingsSchema.shape.tableColumns.catch(initial.tableColumns),
});

/** Keeps the settings in `settings.json` of the state folder. */
export function createSettingsService(deps: {
  readonly stateFolder: string;
  readonly emit: Emit;
  /** Hears what is wrong with the file, in a sentence. */
  readonly tell?: (sentence: string) => void;
}): SettingsService {
  const file = createJsonFile(join(deps.stateFolder, 'settings.json'), stored, initial, deps.tell);
  return {
    read: () => file.read(),
    change: async (change) => {
      const settings = await file.change((before) => ({
        theme: change.theme ?? before.theme,
        confirmChanges: change.confirmChanges ?? before.confirmChanges,
        autoSave: change.autoSave ?? before.autoSave,
        editorFontSize: change.editorFontSize ?? before.editorFontSize,
        serverPort: change.serverPort ?? before.serverPort,
        // A window knows only the pane groups it shows: those of another stay.
        panes: { ...before.panes, ...change.panes },
        tableColumns: { ...before.tableColumns, ...change.tableColumns },
      }));
      deps.emit('settings.changed', settings);
      return settings;
    },
  };
}
