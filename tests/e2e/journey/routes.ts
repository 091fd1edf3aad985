import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, type Page } from '@playwright/test';
import { applyChange, dialog, goTo, inProject, type Journey } from './journey.ts';

const execute = promisify(execFile);

/** The routes as Django resolves them, and an API for a model with its packages and passing tests. */
export async function routes(journey: Journey): Promise<void> {
  const { page, picture } = journey;
  await goTo(page, 'Routes');
  const search = page.getByRole('searchbox', { name: 'Search routes' });
  await expect(row(page, 'home')).toContainText('HomeView');
  await search.fill('admin:index');
  await expect(row(page, 'admin:index')).toContainText('/admin/');
  await search.fill('');
  await addApi(journey);
  await untilInstalled(journey);
  await goTo(page, 'Routes');
  await search.fill('books');
  // Beside it stands the one with the format as a suffix.
  const books = row(page, 'api:book-list').filter({ hasText: '/api/books/' });
  await expect(books).toContainText('POST', { timeout: 120_000 });
  const detail = row(page, 'api:book-detail').filter({ hasText: '/api/books/<pk>/' });
  await expect(detail).toContainText('PUT');
  await books.click();
  const detailOf = page.getByRole('region', { name: /^Route / });
  await expect(detailOf).toContainText('BookViewSet');
  await expect(detailOf).not.toContainText('from the source', { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Stop server' })).toBeVisible();
  await picture('07-routes');
  await search.fill('');
  const { stderr } = await manage(journey, 'test');
  expect(stderr).toMatch(/Ran \d\d+ tests[^]*\nOK/);
}

async function addApi({ page, picture }: Journey): Promise<void> {
  await goTo(page, 'Models');
  await page
    .getByRole('tree', { name: 'Models' })
    .getByRole('treeitem', { name: 'Book', exact: true })
    .click();
  const section = page.getByRole('region', { name: 'API', exact: true });
  await section.getByRole('button', { name: 'API', exact: true }).click();
  await section.getByRole('button', { name: 'Add an API…' }).click();
  const form = dialog(page, 'Add an API for Book');
  await expect(form.getByLabel('Path below /api/')).toHaveValue('books');
  await picture('07-api');
  await form.getByRole('button', { name: 'Show the change…' }).click();
  await expect(page.getByRole('checkbox', { name: /^Install djangorestframework/ })).toBeChecked();
  await picture('07-api-plan');
  await applyChange(page, ['class BookSerializer', 'class BookViewSet', 'path("api/"']);
}

/** The source lens shows the routes at once; Django has them when their packages are there. */
async function untilInstalled(journey: Journey): Promise<void> {
  const checks = async (): Promise<boolean> => {
    try {
      await manage(journey, 'check');
      return true;
    } catch {
      return false; // the packages are on their way
    }
  };
  await expect.poll(checks, { timeout: 120_000 }).toBe(true);
  await expect(journey.page.getByText('No jobs')).toBeVisible({ timeout: 60_000 });
}

function row(page: Page, name: string) {
  return page
    .getByRole('treegrid', { name: 'Routes' })
    .getByRole('row')
    .filter({ has: page.getByRole('gridcell', { name, exact: true }) });
}

/** Runs `manage.py` with the project's own interpreter. */
export function manage(journey: Journey, ...args: readonly string[]) {
  const unix = inProject(journey, '.venv', 'bin', 'python');
  const python = existsSync(unix) ? unix : inProject(journey, '.venv', 'Scripts', 'python.exe');
  return execute(python, ['manage.py', ...args], { cwd: journey.project });
}
