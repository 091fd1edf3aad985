import { join } from 'node:path';
import { BrowserWindow, nativeTheme, screen, type BrowserWindowConstructorOptions } from 'electron';
import { createJsonFile, type JsonFile } from '../services/storage/json-file.ts';
import { PAGE } from './addresses.ts';
import { firstWindowState, isReachable, windowStateSchema, type WindowState } from './window-state.ts';

/** The studio's window. */
export interface StudioWindow {
  readonly window: BrowserWindow;
  /** Brings it before the user. */
  readonly present: () => void;
  /** Waits until its place has been written down. */
  readonly saved: () => Promise<void>;
}

/** What the window is made of. */
export interface WindowParts {
  readonly preloadFile: string;
  readonly stateFolder: string;
  readonly developer: boolean;
  readonly report: (error: unknown) => void;
}

const CRASH_PAUSE = 10_000;

/** Opens the window where it stood the last time, and shows it when there is something to see. */
export async function openStudioWindow(parts: WindowParts): Promise<StudioWindow> {
  const file: JsonFile<WindowState> = createJsonFile(
    join(parts.stateFolder, 'window.json'),
    windowStateSchema,
    firstWindowState,
  );
  const state = await file.read();
  const window = new BrowserWindow(optionsOf(state, parts));
  let saving: Promise<void> = Promise.resolve();
  window.on('close', () => {
    saving = file
      .write({ bounds: window.getNormalBounds(), maximized: window.isMaximized() })
      .catch(parts.report);
  });
  window.once('ready-to-show', () => {
    if (state.maximized) window.maximize();
    window.show();
  });
  comeBackAfterCrash(window, parts.report);
  await window.loadURL(PAGE);
  return {
    window,
    present: () => {
      if (window.isMinimized()) window.restore();
      window.focus();
    },
    saved: () => saving,
  };
}

/** The settings of the window; everything about its page is as closed as it can be. */
export function optionsOf(
  state: WindowState,
  parts: Pick<WindowParts, 'preloadFile' | 'developer'>,
): BrowserWindowConstructorOptions {
  const screens = screen.getAllDisplays().map((display) => display.workArea);
  const place = state.bounds !== null && isReachable(state.bounds, screens) ? state.bounds : {};
  return {
    width: 1280,
    height: 820,
    ...place,
    minWidth: 720,
    minHeight: 480,
    title: 'Samois',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#16181d' : '#f7f7f5',
    webPreferences: {
      preload: parts.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: parts.developer,
    },
  };
}

/** A page that crashed is loaded again, but not over and over. */
function comeBackAfterCrash(window: BrowserWindow, report: (error: unknown) => void): void {
  let last = 0;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    report(new Error(`The window’s process ended: ${reason}.`));
    if (Date.now() - last < CRASH_PAUSE) window.close();
    else window.webContents.reload();
    last = Date.now();
  });
}
