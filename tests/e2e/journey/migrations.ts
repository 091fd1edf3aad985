import { readdir } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { goTo, inProject, type Journey } from './journey.ts';

/** What makemigrations would write, with its SQL; made, applied, and the state of every app. */
export async function migrate(journey: Journey): Promise<void> {
  const { page, picture } = journey;
  await goTo(page, 'Migrations');
  const planned = page.getByRole('region', { name: 'catalog 0001_initial' });
  await expect(planned).toContainText('Create model Book');
  await planned.getByRole('button', { name: 'SQL', exact: true }).click();
  await expect(planned).toContainText('CREATE TABLE "catalog_book"');
  await picture('05-migrations');
  await page.getByRole('button', { name: 'Make migrations' }).click();
  await expect(page.getByText('Made 1 migration')).toBeVisible();
  expect(await readdir(inProject(journey, 'catalog', 'migrations'))).toContain('0001_initial.py');
  const tree = page.getByRole('tree', { name: 'Migrations' });
  await expect(tree.getByRole('treeitem', { name: '0001_initial' }).getByLabel('not applied')).toBeVisible();
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText('Applied 1 migration')).toBeVisible();
  await expect(page.getByText('all applied')).toBeVisible();
  await expect(tree.getByLabel('not applied')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Models and migrations agree' })).toBeVisible();
}
