import { createInterface } from 'node:readline';
import { Failure } from '../../shared/contract/failure.ts';
import { stateFolder, type Installation } from '../services/installation/installation.ts';
import type { CreateServices } from '../services/services.ts';
import { listWindowFiles } from '../services/window-files/window-files.ts';
import { readArguments } from './arguments.ts';
import { openInDefaultBrowser, type OpenedBrowser } from './default-browser.ts';
import { openWebHost, type WebHost } from './web-host.ts';

/** The terminal that browser mode was started from. */
export interface Terminal {
  readonly say: (line: string) => void;
  readonly complain: (line: string) => void;
}

/** What browser mode is made of. */
export interface BrowserModeParts {
  readonly createServices: CreateServices;
  readonly installation: Installation;
  /** The arguments of the command line. */
  readonly given: readonly string[];
  readonly terminal: Terminal;
}

/** The whole life of browser mode, from its arguments to the signal that ends it. */
export async function runBrowserMode(parts: BrowserModeParts): Promise<void> {
  const { createServices, installation, given, terminal } = parts;
  const ended = nextSignal();
  try {
    const { folder, port, opensBrowser } = readArguments(given);
    const state = stateFolder();
    const files = await listWindowFiles(installation.rendererFolder);
    const services = await createServices({
      stateFolder: state,
      resourcesFolder: installation.resourcesFolder,
      version: installation.version,
      shell: 'browser',
      pickFolder: null,
      ...(folder === undefined ? {} : { openWorkspace: folder }),
    });
    const report = (error: unknown): void => terminal.complain(describe(error));
    try {
      const host = await openWebHost({ services, files, port, report });
      const browser = await invite(host, opensBrowser ? state : null, terminal);
      const enter = offerNewLinks(host, terminal);
      await ended;
      enter?.close();
      await host.close();
      await browser?.forget();
    } finally {
      await services.dispose();
    }
  } catch (error) {
    terminal.complain(describe(error));
    process.exitCode = 1;
  }
}

async function invite(
  host: WebHost,
  state: string | null,
  terminal: Terminal,
): Promise<OpenedBrowser | null> {
  const link = host.newLaunchLink();
  const browser = state === null ? null : await openInDefaultBrowser(link, state);
  terminal.say(
    browser === null
      ? 'Open Samois in a browser:'
      : 'Opening Samois in your browser. If none opens, use this link:',
  );
  terminal.say(`  ${link}`);
  terminal.say('The link works once. Enter gives a new one, Ctrl-C ends Samois.');
  return browser;
}

/** A link is used up by the wrong browser sooner or later. */
function offerNewLinks(host: WebHost, terminal: Terminal): { close: () => void } | null {
  if (!process.stdin.isTTY) return null;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => terminal.say(`  ${host.newLaunchLink()}`));
  return lines;
}

/** Listens from the very start, so that a signal during start-up ends in order too. */
function nextSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
}

function describe(error: unknown): string {
  if (error instanceof Failure) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
