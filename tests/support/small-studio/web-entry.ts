import { findInstallation } from '../../../main/services/installation/installation.ts';
import { runBrowserMode } from '../../../main/web/browser-mode.ts';
import { createSpokenServices } from './small-services.ts';

const [rendererFolder = '', ...given] = process.argv.slice(2);
await runBrowserMode({
  createServices: createSpokenServices,
  installation: { ...findInstallation(import.meta.filename), rendererFolder },
  given,
  terminal: { say: console.log, complain: console.error },
});
