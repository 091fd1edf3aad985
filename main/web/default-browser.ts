import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFolder } from '../services/storage/make-folder.ts';

/** The page that brought the link to the browser; removed when the studio ends. */
export interface OpenedBrowser {
  readonly forget: () => Promise<void>;
}

/**
 * Opens a link in the default browser. Every user of the machine can read the arguments of a program,
 * so the link itself stands in a page that only this user can read, and the browser opens that page.
 * Null where there is no browser to open.
 */
export async function openInDefaultBrowser(link: string, folder: string): Promise<OpenedBrowser | null> {
  const opener = openerOf(process.platform, process.env);
  if (opener === null) return null;
  const page = join(folder, `open-${randomBytes(6).toString('hex')}.html`);
  await makeFolder(folder);
  await writeFile(
    page,
    `<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${link}">`,
    {
      mode: 0o600,
      flag: 'wx',
    },
  );
  const forget = (): Promise<void> => rm(page, { force: true });
  const [command, ...args] = [...opener, pathToFileURL(page).href];
  const child = spawn(command, args, { stdio: 'ignore', detached: true });
  try {
    await once(child, 'spawn');
  } catch {
    await forget(); // no such program: the link in the terminal is what remains
    return null;
  }
  child.unref();
  return { forget };
}

type Command = readonly [string, ...string[]];

/** The program that opens a page on this system. */
export function openerOf(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): Command | null {
  if (platform === 'darwin') return ['open'];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return environment['DISPLAY'] || environment['WAYLAND_DISPLAY'] ? ['xdg-open'] : null;
}
