import { commandSpec, type CommandId } from '../../shared/commands.ts';
import { attempt } from '../stores/notices.ts';
import type { Studio } from '../stores/studio.ts';
import type { Command } from './command.ts';
import { bringFileBack, closeFile, saveAllFiles, saveFile, showFileHistory } from './editor-commands.ts';
import { canvasCommands } from './canvas-commands.ts';
import { sendRequest } from './request-commands.ts';
import { addApiForModel, addRoute, addView, includeRoutes } from './route-commands.ts';
import { browseAdmin, browseSite, restartServer, startServer, stopServer } from './server-commands.ts';
import { migrationCommands } from './migration-commands.ts';
import { modelCommands } from './model-commands.ts';
import { modelFormCommands } from './model-form-commands.ts';
import { projectCommands } from './project-commands.ts';
import { redoChange, undoChange } from './source-commands.ts';
import { testCommands } from './test-commands.ts';
import { viewCommands } from './view-commands.ts';
import {
  chooseInterpreter,
  closeWorkspace,
  installRequirements,
  newProject,
  openExample,
  openFolder,
  trustProject,
} from './workspace-commands.ts';

/** Every command of the window. */
export const commands: readonly Command[] = [
  newProject,
  openFolder,
  openExample,
  saveFile,
  saveAllFiles,
  showFileHistory,
  bringFileBack,
  closeFile,
  closeWorkspace,
  undoChange,
  redoChange,
  startServer,
  stopServer,
  restartServer,
  browseSite,
  browseAdmin,
  addRoute,
  includeRoutes,
  addView,
  addApiForModel,
  sendRequest,
  trustProject,
  chooseInterpreter,
  installRequirements,
  ...viewCommands,
  ...modelCommands,
  ...migrationCommands,
  ...modelFormCommands,
  ...canvasCommands,
  ...projectCommands,
  ...testCommands,
];

const byId = new Map<CommandId, Command>(commands.map((command) => [command.id, command]));

/** Whether a command can run now. */
export function isEnabled(studio: Studio, id: CommandId): boolean {
  return byId.get(id)?.enabled(studio) ?? false;
}

/** Runs a command where it can run; its failure is told to the user. */
export async function runCommand(studio: Studio, id: CommandId): Promise<void> {
  const command = byId.get(id);
  if (command?.enabled(studio) !== true) return;
  const label = commandSpec(id).label.replace('…', '');
  await attempt(studio.notify, `“${label}” did not work`, async () => {
    await command.run(studio);
  });
}
