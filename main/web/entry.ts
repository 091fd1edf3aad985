import { createServices } from '../services/create-services.ts';
import { findInstallation } from '../services/installation/installation.ts';
import { runBrowserMode } from './browser-mode.ts';

await runBrowserMode({
  createServices,
  installation: findInstallation(import.meta.filename),
  given: process.argv.slice(2),
  terminal: { say: console.log, complain: console.error },
});
// Everything has ended by now; a stray timer of a library must not keep the terminal waiting.
process.exit();
