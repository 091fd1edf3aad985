import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chromium,
  type BrowserContext,
  type Page,
  type Request as PageRequest,
  type Route,
} from '@playwright/test';
import { chromiumPath } from '../../../scripts/chromium.ts';
import { chromiumArguments } from '../chromium.ts';
import { fromPage } from './addresses.ts';

/** Answers one request of a scheme, as `protocol.handle` gives it. */
export type SchemeHandler = (request: Request) => Response | Promise<Response>;

const schemes = new Map<string, SchemeHandler>();
const privileged = new Set<string>();

/** Electron's `protocol`, as far as it is used. */
export const protocol = {
  registerSchemesAsPrivileged: (list: readonly { readonly scheme: string }[]): void => {
    for (const { scheme } of list) privileged.add(scheme);
  },
  handle: (scheme: string, handler: SchemeHandler): void => {
    if (!privileged.has(scheme))
      throw new Error(`The scheme ${scheme} was not declared before the application was ready.`);
    schemes.set(scheme, handler);
  },
};

/** Whether a page may go where it wants to go. */
export type NavigationGuard = (page: Page, url: string) => boolean;

/** The Chromium behind all windows of one application. */
export interface ChromiumHost {
  readonly context: BrowserContext;
  /** Where a test connects to the same Chromium. */
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** Starts it; every request of every page passes here. */
export async function openChromium(guard: NavigationGuard): Promise<ChromiumHost> {
  const profile = await mkdtemp(join(tmpdir(), 'samois-stand-in-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: chromiumPath,
    headless: true,
    viewport: null,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...chromiumArguments, '--remote-debugging-port=0', '--window-size=1280,820'],
  });
  await context.route('**/*', (route, request) => pass(route, request, guard));
  const [port = ''] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
  return {
    context,
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
}

async function pass(route: Route, request: PageRequest, guard: NavigationGuard): Promise<void> {
  const url = fromPage(request.url());
  if (request.isNavigationRequest() && !mayNavigate(request, url, guard)) {
    await route.abort('aborted');
    return;
  }
  const handler = schemes.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) {
    await route.continue();
    return;
  }
  const response = await handler(new Request(url, { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

function mayNavigate(request: PageRequest, url: string, guard: NavigationGuard): boolean {
  try {
    const frame = request.frame();
    return frame.parentFrame() !== null || guard(frame.page(), url);
  } catch {
    return false; // the first request of a popup, which has no frame yet: all popups are closed
  }
}
