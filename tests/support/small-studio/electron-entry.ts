import { startElectronMode } from '../../../main/electron/electron-mode.ts';
import { findInstallation } from '../../../main/services/installation/installation.ts';
import { createSpokenServices } from './small-services.ts';

startElectronMode({
  createServices: createSpokenServices,
  installation: {
    ...findInstallation(import.meta.filename),
    rendererFolder: process.env['SMALL_WINDOW'] ?? '',
    preloadFile: process.env['SMALL_PRELOAD'] ?? '',
  },
  report: console.error,
});
