import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { goTo, type Journey } from './journey.ts';
import { bootExport } from './production.ts';

/** The export: a folder and a zip without a finding, that gunicorn serves and that tells whether it is ready. */
export async function exportProject({ page, home, picture }: Journey): Promise<void> {
  await goTo(page, 'Export');
  await page.getByLabel('Host names').fill('library.example.org');
  await page.getByLabel('Into').fill(home.folder);
  await expect(page.getByRole('tree', { name: 'Files of the export' })).toContainText('Dockerfile');
  await runExport(page);
  await picture('10-export');
  await page.getByRole('button', { name: 'A zip file' }).click();
  await runExport(page);
  const zip = await readFile(join(home.folder, 'library-deploy.zip'));
  expect(zip.subarray(0, 2).toString()).toBe('PK');
  await bootExport(home, join(home.folder, 'library-deploy'));
}

async function runExport(page: Page): Promise<void> {
  await page.locator('form').getByRole('button', { name: 'Export', exact: true }).click();
  const result = page.getByRole('region', { name: 'Result of the export' });
  await expect(result).toContainText('has nothing to say', { timeout: 120_000 });
}
