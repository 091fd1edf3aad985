import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, type Page } from '@playwright/test';
import { takesPictures } from './home.ts';
import { goTo, inProject, openFile, type Journey } from './journey.ts';

/** The server: started, reloaded by a save, broken and mended, sent to another port, stopped. */
export async function run(journey: Journey): Promise<void> {
  const { page } = journey;
  await goTo(page, 'Server');
  // Pictures show the port that everybody has; tests take one that nobody has.
  await setPort(page, takesPictures ? 8000 : 0);
  await toolbar(page).getByRole('button', { name: 'Start', exact: true }).click();
  await expect(toolbar(page).getByText('Serving')).toBeVisible({ timeout: 60_000 });
  const address = await siteAddress(page);
  expect((await fetch(address)).status).toBe(200);
  await reload(journey, address);
  await breakAndMend(journey, address);
  await stop(page, address);
  await page.getByRole('button', { name: 'Clear the log' }).click();
  await takenPort(journey);
}

async function reload(journey: Journey, address: string): Promise<void> {
  const { page, picture } = journey;
  await openFile(page, 'library/views.py');
  await page.keyboard.press('Control+End');
  // The editor indents by itself, as it does for everybody.
  await page.keyboard.type('\n    def get(self, request, *args, **kwargs):\n');
  await page.keyboard.type('response = super().get(request, *args, **kwargs)\n');
  await page.keyboard.type('response.headers["X-Edition"] = "second"\nreturn response');
  await page.keyboard.press('Control+S');
  await expect.poll(() => edition(address)).toBe('second');
  await goTo(page, 'Server');
  await expect(page.getByRole('log', { name: 'Log of the server' })).toContainText('GET / ');
  await picture('06-server');
}

async function breakAndMend(journey: Journey, address: string): Promise<void> {
  const { page, picture } = journey;
  const good = await readFile(inProject(journey, 'library', 'views.py'), 'utf8');
  await openFile(page, 'library/views.py');
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('pages = 1 / 0\n');
  await page.keyboard.press('Control+S');
  await expect(page.getByText('The last good code goes on serving.')).toBeVisible();
  await picture('06-broken');
  await goTo(page, 'Server');
  const failure = page.getByRole('region', { name: 'Why the project does not start' });
  await expect(failure).toContainText('ZeroDivisionError');
  await expect(failure).toContainText('pages = 1 / 0');
  await expect(failure).toContainText('The last good code keeps serving');
  expect(await edition(address)).toBe('second');
  await failure.getByRole('button', { name: /^Go to line \d+$/ }).click();
  await expect(page.getByRole('tab', { name: 'library/views.py' })).toHaveAttribute('aria-selected', 'true');
  const firstLine = page.locator('.view-line').first();
  await expect(async () => {
    await page.keyboard.press('Control+Z');
    await expect(firstLine).toHaveText('from django.views.generic import TemplateView', { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Control+S');
  await expect.poll(() => readFile(inProject(journey, 'library', 'views.py'), 'utf8')).toBe(good);
  await goTo(page, 'Server');
  await expect(failure).toBeHidden();
  await expect(toolbar(page).getByText('Serving')).toBeVisible();
  expect(await edition(address)).toBe('second');
}

/** The port of somebody else: who has it, and the next free one. */
async function takenPort({ page, picture }: Journey): Promise<void> {
  const other = createServer((_, response) => response.end('not the studio'));
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve));
  const { port } = other.address() as AddressInfo;
  try {
    await setPort(page, port);
    await toolbar(page).getByRole('button', { name: 'Start', exact: true }).click();
    await expect(page.getByText(`Port ${String(port)} is taken by node`)).toBeVisible();
    await picture('06-port');
    await page.getByRole('button', { name: /^Use port \d+$/ }).click();
    await expect(toolbar(page).getByText('Serving')).toBeVisible({ timeout: 60_000 });
    const address = await siteAddress(page);
    expect(address).not.toContain(`:${String(port)}/`);
    expect((await fetch(address)).status).toBe(200);
  } finally {
    other.closeAllConnections();
    await new Promise((resolve) => other.close(resolve));
  }
}

async function stop(page: Page, address: string): Promise<void> {
  await toolbar(page).getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(toolbar(page).getByText('Stopped')).toBeVisible();
  await expect(fetch(address)).rejects.toThrow();
}

function toolbar(page: Page) {
  return page.getByRole('toolbar', { name: 'Server' });
}

async function setPort(page: Page, port: number): Promise<void> {
  const field = toolbar(page).getByLabel('Port');
  await field.fill(String(port));
  await field.press('Enter');
  await expect(field).toHaveValue(String(port));
}

/** Where the running site answers. */
export async function siteAddress(page: Page): Promise<string> {
  const link = toolbar(page).getByRole('link', { name: /^http:\/\/localhost:/ });
  return (await link.getAttribute('href')) ?? '';
}

async function edition(address: string): Promise<string | null> {
  return (await fetch(address)).headers.get('x-edition');
}
