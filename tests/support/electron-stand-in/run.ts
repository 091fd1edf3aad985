import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

// Runs an entry of Electron: `run.ts ENTRY ROOT [ARGUMENTS]`, as `electron ROOT [ARGUMENTS]` would.
const [entry = '', ...given] = process.argv.slice(2);
process.argv = [process.execPath, ...given];

const standIn = new URL('./electron.ts', import.meta.url).href;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
});

const { app } = await import('./application.ts');
const { listenForControl } = await import('./control.ts');
if (process.send !== undefined) listenForControl();
await import(pathToFileURL(entry).href);
app.becomeReady();
