import { EventEmitter } from 'node:events';

// Loaded before the module of a utility process: gives it Electron's port and takes Node's channel away.
const send = process.send?.bind(process);
const port = Object.assign(new EventEmitter(), { postMessage: (message: unknown) => send?.(message) });
const waiting: unknown[] = [];

process.on('message', (data) => {
  if (port.listenerCount('message') === 0) waiting.push(data);
  else port.emit('message', { data });
});
process.on('disconnect', () => process.exit());
// Electron keeps messages until somebody listens.
port.on('newListener', () => {
  setImmediate(() => {
    for (const data of waiting.splice(0)) port.emit('message', { data });
  });
});
Object.assign(process, { parentPort: port, send: undefined });
