import { EventEmitter } from 'node:events';
import { readFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import type { CDPSession, Page } from '@playwright/test';
import { fromPage, toPage } from './addresses.ts';
import { app } from './application.ts';
import { openChromium, type ChromiumHost } from './chromium-host.ts';
import { receive } from './ipc-main.ts';
import { isPrevented } from './preventable.ts';
import { decode, encode } from './wire.ts';
import { worldSources } from './worlds.ts';

/** What a window was made with, as far as the stand-in looks at it. */
export interface WindowOptions {
  readonly show?: boolean;
  readonly width?: number;
  readonly height?: number;
  readonly x?: number;
  readonly y?: number;
  readonly webPreferences: { readonly preload: string };
}

interface FrameTree {
  readonly frame: {
    readonly id: string;
    readonly parentId?: string;
    readonly url: string;
    readonly securityOrigin: string;
  };
  readonly childFrames?: readonly FrameTree[];
}

const WORLD = 'electron-preload';
const windows = new Set<BrowserWindow>();
let host: Promise<ChromiumHost> | undefined;

/** The one Chromium, started with the first window. */
export function chromiumHost(): Promise<ChromiumHost> {
  host ??= openChromium((page, url) => {
    const window = [...windows].find((candidate) => candidate.webContents.shows(page));
    return window?.webContents.mayNavigate(url) ?? true;
  });
  return host;
}

app.useWindows({
  closeAll: async () => {
    for (const window of [...windows]) await window.closeAndWait();
    return windows.size === 0;
  },
  end: async () => (await host)?.close(),
});

/** Electron's `webContents`, as far as it is used. */
export class WebContents extends EventEmitter {
  #page: Page | undefined;
  #session: CDPSession | undefined;
  #destroyed = false;
  #going = false;
  #openHandler: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  readonly #secret = `x${randomBytes(12).toString('hex')}`;
  /** Execution contexts of the preload world, by the frame they belong to. */
  readonly #contexts = new Map<number, string>();
  readonly #options: WindowOptions;

  constructor(options: WindowOptions) {
    super();
    this.#options = options;
  }

  async attach(): Promise<void> {
    const { context } = await chromiumHost();
    const blank = context.pages().find((page) => page.url() === 'about:blank' && windows.size === 1);
    const page = blank ?? (await context.newPage());
    const session = await context.newCDPSession(page);
    this.#page = page;
    this.#session = session;
    page.on('popup', (popup) => void popup.close());
    page.on('crash', () => this.emit('render-process-gone', {}, { reason: 'crashed' }));
    session.on('Page.windowOpen', ({ url }) => this.#openHandler({ url: fromPage(url) }));
    session.on('Runtime.executionContextCreated', ({ context: { id, name, auxData } }) => {
      const { frameId } = (auxData ?? {}) as { frameId?: string };
      if (name === WORLD && frameId !== undefined) this.#contexts.set(id, frameId);
    });
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
      this.#contexts.delete(executionContextId),
    );
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === this.#secret) void this.#answer(executionContextId, payload);
    });
    await session.send('Page.enable');
    await session.send('Runtime.enable');
    const sources = worldSources(this.#secret, await readFile(this.#options.webPreferences.preload, 'utf8'));
    await session.send('Page.addScriptToEvaluateOnNewDocument', { source: sources.main });
    await session.send('Runtime.addBinding', { name: this.#secret, executionContextName: WORLD });
    await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: sources.preload,
      worldName: WORLD,
    });
  }

  async load(url: string): Promise<void> {
    this.#going = true;
    try {
      await this.#page?.goto(toPage(url));
    } finally {
      this.#going = false;
    }
  }

  shows(page: Page): boolean {
    return this.#page === page;
  }

  get page(): Page | undefined {
    return this.#page;
  }

  mayNavigate(url: string): boolean {
    return this.#going || !isPrevented(this, 'will-navigate', { url });
  }

  async #answer(contextId: number, payload: string): Promise<void> {
    const { id, channel, given } = JSON.parse(payload) as { id: number; channel: string; given: string };
    const { frameTree } = (await this.#session?.send('Page.getFrameTree')) ?? {};
    const frame = frameTree === undefined ? null : findFrame(frameTree, this.#contexts.get(contextId));
    const senderFrame =
      frame === null
        ? null
        : {
            origin: fromPage(`${frame.securityOrigin}/`).slice(0, -1),
            url: fromPage(frame.url),
            parent: frame.parentId === undefined ? null : {},
          };
    let ok = true;
    let value: unknown;
    try {
      value = await receive(channel, { sender: this, senderFrame }, decode(given) as unknown[]);
    } catch (error) {
      ok = false;
      value = error instanceof Error ? error.message : String(error);
    }
    await this.#evaluate(
      contextId,
      `${this.#secret}settle(${String(id)}, ${String(ok)}, ${JSON.stringify(encode(value))})`,
    );
  }

  async #evaluate(contextId: number, expression: string): Promise<void> {
    try {
      await this.#session?.send('Runtime.evaluate', { contextId, expression });
    } catch (error) {
      // The page went away meanwhile: Electron drops the message too.
      if (!/Cannot find context|has been closed|navigated or closed/.test(String(error))) throw error;
    }
  }

  send(channel: string, ...given: unknown[]): void {
    const text = encode(structuredClone(given));
    for (const contextId of this.#contexts.keys()) {
      void this.#evaluate(
        contextId,
        `globalThis[${JSON.stringify(`${this.#secret}receive`)}]?.(${JSON.stringify(channel)}, ${JSON.stringify(text)})`,
      );
    }
  }

  setWindowOpenHandler(handler: (details: { url: string }) => { action: string }): void {
    this.#openHandler = handler;
  }

  reload(): void {
    void this.load(fromPage(this.#page?.url() ?? ''));
  }

  getURL(): string {
    return fromPage(this.#page?.url() ?? '');
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  destroy(): void {
    this.#destroyed = true;
  }
}

/** Electron's `BrowserWindow`, as far as it is used: a page of Chromium. */
export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly options: WindowOptions;
  readonly #attached: Promise<void>;
  #visible: boolean;
  #maximized = false;
  #closed: Promise<void> | undefined;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    this.#visible = options.show ?? true;
    this.webContents = new WebContents(options);
    windows.add(this);
    this.#attached = this.webContents.attach();
    app.emit('web-contents-created', {}, this.webContents);
  }

  static getAllWindows(): BrowserWindow[] {
    return [...windows];
  }

  async loadURL(url: string): Promise<void> {
    await this.#attached;
    this.webContents.page?.once('domcontentloaded', () => this.emit('ready-to-show'));
    this.webContents.page?.once('close', () => void this.closeAndWait()); // somebody closed the tab
    await this.webContents.load(url);
  }

  close(): void {
    void this.closeAndWait();
  }

  async closeAndWait(): Promise<void> {
    if (this.#closed === undefined && isPrevented(this, 'close')) return;
    this.#closed ??= this.#end();
    await this.#closed;
  }

  async #end(): Promise<void> {
    this.webContents.destroy();
    windows.delete(this);
    const last = windows.size === 0;
    // Chromium ends with its last page; Electron's stays, so this page stays too.
    if (last) await this.webContents.page?.goto('about:blank').catch(() => undefined);
    else await this.webContents.page?.close();
    this.emit('closed');
    if (last) app.emit('window-all-closed');
  }

  show(): void {
    this.#visible = true;
  }

  isVisible(): boolean {
    return this.#visible;
  }

  focus(): void {
    void this.webContents.page?.bringToFront();
    this.emit('focus');
  }

  restore(): void {
    this.#visible = true;
  }

  isMinimized(): boolean {
    return false;
  }

  maximize(): void {
    this.#maximized = true;
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  getNormalBounds(): { x: number; y: number; width: number; height: number } {
    const { x = 0, y = 0, width = 800, height = 600 } = this.options;
    return { x, y, width, height };
  }
}

function findFrame(tree: FrameTree, id: string | undefined): FrameTree['frame'] | null {
  if (tree.frame.id === id) return tree.frame;
  for (const child of tree.childFrames ?? []) {
    const found = findFrame(child, id);
    if (found !== null) return found;
  }
  return null;
}
