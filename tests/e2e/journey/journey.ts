import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import type { Home } from './home.ts';
import type { Shell } from './shells.ts';

/** What every step of the journey works with. */
export interface Journey {
  readonly page: Page;
  readonly shell: Shell;
  readonly home: Home;
  /** Where the project is made. */
  readonly project: string;
  /** Keeps a picture of the window under a name of the guide. */
  readonly picture: (name: string) => Promise<void>;
}

/** The user whom the project is made with. */
export const superuser = { name: 'marie', password: 'correct horse battery' };

/** Path of a file in the project. */
export function inProject(journey: Journey, ...parts: readonly string[]): string {
  return join(journey.project, ...parts);
}

/** Goes to a feature by the bar at the window's edge. */
export async function goTo(page: Page, feature: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Features' })
    .getByRole('button', { name: feature, exact: true })
    .click();
}

/** Runs a command as somebody would who knows its name. */
export async function runCommand(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: /Search commands/ }).click();
  await page.getByRole('combobox', { name: 'Commands' }).fill(label);
  await page.getByRole('option', { name: label }).first().click();
}

/** Presses an entry of the menu of the open project; what it leads to is waited for by `answer`. */
export async function openFromMenu(
  page: Page,
  workspace: string,
  entry: string | RegExp,
  answer: (press: () => Promise<void>) => Promise<void>,
): Promise<void> {
  await page.getByRole('button', { name: workspace, exact: true }).click();
  await answer(() => page.getByRole('menuitem', { name: entry }).click());
}

/** Opens a file by its name, as somebody would who knows it. */
export async function openFile(page: Page, path: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.getByRole('combobox', { name: 'Files, models and routes' }).fill(path);
  await page
    .getByRole('option', { name: path.split('/').at(-1) ?? path })
    .first()
    .click();
  await expect(page.getByRole('tab', { name: path })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('textbox', { name: 'Code' })).toBeFocused();
}

/** The dialog with this title. */
export function dialog(page: Page, title: string | RegExp): Locator {
  return page.getByRole('dialog', { name: title });
}

/** Waits for the hunks of a change, checks what they add, and has them written. */
export async function applyChange(page: Page, shows: readonly string[]): Promise<void> {
  const apply = page.getByRole('button', { name: /^Apply/ });
  await expect(apply).toBeVisible();
  const hunks = page.getByRole('dialog').filter({ has: apply });
  for (const text of shows) await expect(hunks).toContainText(text);
  await apply.click();
  await expect(hunks).toBeHidden();
}

/** Chooses one entry of a combo box by typing. */
export async function choose(combobox: Locator, value: string): Promise<void> {
  await combobox.fill(value);
  await combobox.page().getByRole('option', { name: value }).first().click();
}
