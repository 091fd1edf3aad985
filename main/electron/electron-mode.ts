import { resolve } from 'node:path';
import { app, dialog, Menu } from 'electron';
import { Failure } from '../../shared/contract/failure.ts';
import { stateFolder, type Installation } from '../services/installation/installation.ts';
import type { CreateServices, Services } from '../services/services.ts';
import { listWindowFiles } from '../services/window-files/window-files.ts';
import { pickFolder } from './dialogs.ts';
import { answerRequests, tell } from './ipc.ts';
import { menuTemplate } from './menu.ts';
import { declareScheme, serveWindowFiles } from './protocol.ts';
import { denyPermissions, secureContents } from './security.ts';
import { startUtilityModule } from './utility-module.ts';
import { openStudioWindow, type StudioWindow } from './window.ts';

/** What the desktop shell is made of. */
export interface ElectronModeParts {
  readonly createServices: CreateServices;
  readonly installation: Installation;
  readonly report: (error: unknown) => void;
}

interface Studio {
  readonly services: Services;
  readonly window: StudioWindow;
}

/**
 * The whole life of the desktop shell. It returns at once: Electron is ready only after its entry has
 * been evaluated, so an entry that waits for it would wait for ever.
 */
export function startElectronMode(parts: ElectronModeParts): void {
  const folder = folderOf(process.argv.slice(app.isPackaged ? 1 : 2));
  if (!app.requestSingleInstanceLock({ folder })) {
    app.quit(); // the studio that runs already shows itself, with this folder
    return;
  }
  declareScheme();
  secureContents(parts.report);
  const opening = app.whenReady().then(() => openStudio(parts, folder));
  opening.catch((error: unknown) => {
    parts.report(error);
    const message = error instanceof Failure ? error.message : String(error);
    dialog.showErrorBox('Samois could not start', message);
    app.exit(1);
  });
  app.on('second-instance', (_event, _arguments, _directory, data) => {
    opening.then((studio) => present(studio, data)).catch(parts.report);
  });
  app.on('window-all-closed', () => {
    app.quit();
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  endInOrder(opening, parts.report);
}

async function openStudio(parts: ElectronModeParts, folder: string | null): Promise<Studio> {
  const { createServices, installation, report } = parts;
  const state = stateFolder();
  serveWindowFiles(await listWindowFiles(installation.rendererFolder));
  denyPermissions();
  const services = await createServices({
    stateFolder: state,
    resourcesFolder: installation.resourcesFolder,
    version: installation.version,
    shell: 'electron',
    pickFolder,
    startModule: startUtilityModule,
    ...(folder === null ? {} : { openWorkspace: folder }),
  });
  answerRequests(services.dispatch);
  const developer = !app.isPackaged;
  const { preloadFile } = installation;
  const opened = await openStudioWindow({ preloadFile, stateFolder: state, developer, report });
  const { webContents } = opened.window;
  services.subscribe((message) => {
    tell(webContents, message);
  });
  const template = menuTemplate({
    apple: process.platform === 'darwin',
    developer,
    run: (command) => tell(webContents, { event: 'command.run', payload: { command } }),
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  return { services, window: opened };
}

/** The window has closed by now; the program ends when the services have. */
function endInOrder(opening: Promise<Studio>, report: (error: unknown) => void): void {
  let ending: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    try {
      const { services, window } = await opening;
      await window.saved();
      await services.dispose();
    } catch (error) {
      report(error);
    }
    app.exit();
  };
  app.on('will-quit', (event) => {
    event.preventDefault();
    ending ??= end();
  });
}

async function present({ services, window }: Studio, data: unknown): Promise<void> {
  window.present();
  const folder = typeof data === 'object' && data !== null && 'folder' in data ? data.folder : null;
  if (folder !== null) await services.dispatch('workspace.open', { path: folder });
}

/** The folder among the arguments; the others are Chromium’s own. */
function folderOf(given: readonly string[]): string | null {
  const folder = given.find((argument) => !argument.startsWith('-'));
  return folder === undefined ? null : resolve(folder);
}
