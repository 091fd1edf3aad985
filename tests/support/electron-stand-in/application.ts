import { EventEmitter } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isPrevented } from './preventable.ts';

/** What the application needs of its windows; set by them, to keep the imports in one direction. */
interface Windows {
  readonly closeAll: () => Promise<boolean>;
  readonly end: () => Promise<void>;
}

const userData = process.env['STAND_IN_USER_DATA'] ?? join(process.cwd(), '.cache', 'electron-stand-in');

class Application extends EventEmitter {
  readonly isPackaged = false;
  readonly #ready = Promise.withResolvers<null>();
  #windows: Windows = { closeAll: () => Promise.resolve(true), end: () => Promise.resolve() };
  #ownsLock = false;
  #ending = false;

  /** Called by `run.ts` when the entry has been evaluated. */
  becomeReady(): void {
    this.#ready.resolve(null);
    this.emit('ready');
  }

  useWindows(windows: Windows): void {
    this.#windows = windows;
  }

  async whenReady(): Promise<void> {
    await this.#ready.promise;
  }

  requestSingleInstanceLock(data: unknown = null): boolean {
    mkdirSync(userData, { recursive: true });
    const lock = join(userData, 'lock');
    if (existsSync(lock) && isAlive(Number(readFileSync(lock, 'utf8')))) {
      const note = join(userData, `second-${String(process.pid)}.json`);
      writeFileSync(`${note}.new`, JSON.stringify({ argv: process.argv, directory: process.cwd(), data }));
      renameSync(`${note}.new`, note);
      return false;
    }
    writeFileSync(lock, String(process.pid));
    this.#ownsLock = true;
    watch(userData, () => this.#readNotes());
    return true;
  }

  #readNotes(): void {
    for (const name of readdirSync(userData)) {
      if (!/^second-\d+\.json$/.test(name)) continue;
      const path = join(userData, name);
      const { argv, directory, data } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
      rmSync(path);
      this.emit('second-instance', {}, argv, directory, data);
    }
  }

  quit(): void {
    void this.#quit();
  }

  async #quit(): Promise<void> {
    if (isPrevented(this, 'before-quit')) return;
    if (!(await this.#windows.closeAll())) return;
    if (isPrevented(this, 'will-quit')) return;
    this.exit(0);
  }

  exit(code = 0): void {
    if (this.#ending) return;
    this.#ending = true;
    this.emit('quit', {}, code);
    if (this.#ownsLock) rmSync(join(userData, 'lock'), { force: true });
    void this.#windows.end().finally(() => process.exit(code));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Electron's `app`, as far as it is used. */
export const app = new Application();
