import { app } from 'electron';
import { createServices } from '../services/create-services.ts';
import { findInstallation } from '../services/installation/installation.ts';
import { startElectronMode } from './electron-mode.ts';

startElectronMode({
  createServices,
  installation: findInstallation(import.meta.filename, app.isPackaged ? process.resourcesPath : undefined),
  report: console.error,
});
