import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';

/** Electron's `UtilityProcess`: a child of Node that finds `process.parentPort` instead of Node's own channel. */
class UtilityProcess extends EventEmitter {
  readonly #child;

  constructor(module: string, given: readonly string[]) {
    super();
    this.#child = fork(module, given, {
      execArgv: ['--import', new URL('./parent-port.ts', import.meta.url).href],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      serialization: 'advanced', // a structured clone
    });
    this.#child.on('message', (message) => this.emit('message', message));
    this.#child.on('exit', (code) => this.emit('exit', code));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(message: object): void {
    if (this.#child.connected) this.#child.send(message);
  }

  kill(): boolean {
    return this.#child.kill('SIGTERM');
  }
}

/** Electron's `utilityProcess`, as far as it is used. */
export const utilityProcess = {
  fork: (module: string, given: readonly string[] = []): UtilityProcess => new UtilityProcess(module, given),
};
