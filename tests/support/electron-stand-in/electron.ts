// Stands where `electron` is imported.
export { app } from './application.ts';
export { BrowserWindow } from './browser-window.ts';
export { protocol } from './chromium-host.ts';
export { ipcMain } from './ipc-main.ts';
export { utilityProcess } from './utility-process.ts';
export { dialog, Menu, nativeTheme, screen, session, shell } from './system-parts.ts';
