import { createServices } from '../services/create-services.ts';
import { runBrowserMode } from './browser-mode.ts';

await runBrowserMode(createServices, process.argv.slice(2), { say: console.log, complain: console.error });
// Everything has ended by now; a stray timer of a library must not keep the terminal waiting.
process.exit();
