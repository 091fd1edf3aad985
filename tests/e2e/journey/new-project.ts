import { access, readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { dialog, inProject, superuser, type Journey } from './journey.ts';

/** What somebody sees who starts the studio for the first time. */
export async function welcome({ page, picture }: Journey): Promise<void> {
  await expect(page.getByRole('heading', { name: 'Samois' })).toBeVisible();
  await expect(page.getByText('Projects you create or open are listed here.')).toBeVisible();
  await picture('01-welcome');
}

/** A project through the form: folder, interpreter, packages from wheels, superuser. */
export async function newProject(journey: Journey): Promise<void> {
  const { page, home, picture } = journey;
  await page.getByRole('button', { name: /^New project/ }).click();
  const form = dialog(page, 'New project');
  await form.getByLabel('Name', { exact: true }).fill('library');
  await chooseFolder(journey);
  await expect(form.getByRole('radio').first()).toBeVisible();
  await form.getByRole('button', { name: 'Other…' }).click();
  await form.getByLabel('Path of another interpreter').fill(home.python);
  await form.getByRole('button', { name: 'Add' }).click();
  await expect(form.getByRole('radio', { name: home.python })).toBeChecked();
  await form.getByLabel('User name').fill(superuser.name);
  await form.getByLabel('Password').fill(superuser.password);
  await expect(form.getByRole('alert')).toHaveCount(0);
  await picture('02-new-project');
  await form.getByText('Where packages come from').click();
  await form.getByRole('button', { name: 'Folder of wheels' }).click();
  await form.getByLabel('Folder of wheels', { exact: true }).fill(home.wheels);
  await form.getByRole('button', { name: 'Create project' }).click();
  await creation(journey);
  await expect(page.getByRole('button', { name: 'library' })).toBeVisible();
  await expect(page.getByRole('tree', { name: 'Models' })).toContainText('User');
  await access(inProject(journey, 'manage.py'));
  expect(await readFile(inProject(journey, 'requirements.txt'), 'utf8')).toMatch(/^Django==/);
}

/** The parent folder in the dialog of ours; the system's own can't be walked by a test. */
async function chooseFolder({ page, shell, home }: Journey): Promise<void> {
  const folder = dialog(page, 'New project').getByLabel('Folder', { exact: true });
  if (shell.kind === 'electron') {
    await folder.fill(`${home.folder}/work`);
    return;
  }
  await dialog(page, 'New project').getByRole('button', { name: 'Choose…' }).click();
  const picker = dialog(page, 'Choose a folder');
  await expect(picker.getByLabel('Path', { exact: true })).toHaveValue(home.folder);
  await picker.getByRole('button', { name: 'New folder' }).click();
  await picker.getByLabel('Name of the new folder').fill('work');
  await picker.getByRole('button', { name: 'Create' }).click();
  await expect(picker.getByLabel('Path', { exact: true })).toHaveValue(`${home.folder}/work`);
  await picker.getByRole('button', { name: 'Choose this folder' }).click();
  await expect(folder).toHaveValue(`${home.folder}/work`);
}

async function creation({ page, picture }: Journey): Promise<void> {
  const progress = dialog(page, 'Creating library');
  await expect(progress.getByRole('progressbar')).toBeVisible();
  await expect(progress.getByRole('log')).toContainText(/django/i, { timeout: 120_000 });
  await picture('02-progress');
  await expect(page.getByText('library is ready')).toBeVisible({ timeout: 120_000 });
  await expect(progress).toBeHidden();
}
