import { existsSync } from 'node:fs';
import { appendFile, cp } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from '@playwright/test';
import { dialog, goTo, openFromMenu, runCommand, type Journey } from './journey.ts';

/** A stranger's folder: read without running anything of it, then trusted. */
export async function trust(journey: Journey): Promise<void> {
  const { page, shell, home, picture } = journey;
  const folder = join(home.folder, 'work', 'stranger');
  await cp(journey.project, folder, {
    recursive: true,
    filter: (path) => !['.venv', '__pycache__'].includes(basename(path)),
  });
  const canary = join(folder, 'settings-ran');
  await appendFile(join(folder, 'library', 'settings.py'), '\n(BASE_DIR / "settings-ran").touch()\n');

  await openFromMenu(page, 'library', 'Open folder…', (press) => shell.pickFolder(press, folder));
  await expect(page.getByText('Nothing of this project runs until you trust it.')).toBeVisible();
  await goTo(page, 'Models');
  await expect(
    page.getByRole('tree', { name: 'Models' }).getByRole('treeitem', { name: 'User' }),
  ).toBeVisible();
  await goTo(page, 'Migrations');
  await expect(page.getByRole('heading', { name: '“Migrations” needs your trust' })).toBeVisible();
  await goTo(page, 'Server');
  await expect(page.getByRole('heading', { name: '“Server” needs your trust' })).toBeVisible();
  await goTo(page, 'Routes');
  await expect(page.getByRole('treegrid', { name: 'Routes' })).toContainText('HomeView');
  await picture('03-restricted');
  expect(existsSync(canary)).toBe(false);

  await page.getByRole('button', { name: 'Trust…' }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(folder);
  await picture('03-trust');
  await question.getByRole('button', { name: 'Trust this project' }).click();
  await expect(page.getByText('Nothing of this project runs until you trust it.')).toBeHidden();
  await chooseInterpreter(journey);
  await goTo(page, 'Migrations');
  await expect(page.getByRole('treeitem', { name: 'accounts' })).toBeVisible();
  expect(existsSync(canary)).toBe(true);
  await openFromMenu(page, 'stranger', new RegExp(journey.project), (press) => press());
  await expect(page.getByRole('button', { name: 'library', exact: true })).toBeVisible();
}

/** The copy has no environment of its own. */
async function chooseInterpreter({ page, home }: Journey): Promise<void> {
  await runCommand(page, 'Choose interpreter…');
  const form = dialog(page, 'Choose the interpreter');
  await form.getByLabel('Another one').fill(home.python);
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(form.getByRole('radio', { name: home.python })).toBeChecked();
  await form.getByRole('button', { name: 'Use this interpreter' }).click();
  await expect(form).toBeHidden();
}
