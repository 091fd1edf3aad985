import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { freePort } from '../../support/free-port.ts';
import { testEnvironment } from '../../support/python-environment.ts';
import { openBookshop, type OpenBookshop } from '../models/bookshop.ts';

const TESTS = `from django.test import SimpleTestCase


class BookTest(SimpleTestCase):
    def test_fine(self):
        pass

    def test_pages(self):
        print('counts pages')
        self.assertEqual(2 + 2, 5)
`;

let shop: OpenBookshop;

test.beforeAll(async () => {
  shop = await openBookshop(async (folder) => {
    await writeFile(join(folder, 'catalog/tests.py'), TESTS);
    await symlink(testEnvironment, join(folder, '.venv'));
  });
  const { page } = shop;
  await page.getByRole('button', { name: 'Server', exact: true }).click();
  await page
    .getByRole('button', { name: /^Trust/ })
    .first()
    .click();
  await page
    .getByRole('dialog')
    .or(page.getByRole('alertdialog'))
    .getByRole('button', { name: /^Trust/ })
    .click();
  await expect(page.getByRole('tab', { name: 'Tests' })).toBeVisible();
});

test.afterAll(async () => {
  await shop.close();
});

test('tests are found, run from the keyboard, and those that failed again', async () => {
  const { page, folder } = shop;
  await page.getByRole('tab', { name: 'Tests' }).click();
  await expect(page.getByRole('treeitem', { name: 'test_pages' })).toBeVisible({ timeout: 60_000 });
  await page.keyboard.press('Alt+t');
  await expect(page.getByText('1 passed · 1 failed')).toBeVisible({ timeout: 60_000 });
  await page.getByRole('treeitem', { name: 'test_pages' }).click();
  const result = page.getByRole('tabpanel', { name: 'Result' });
  await expect(result).toContainText('4 != 5');
  await expect(result).toContainText('counts pages');

  await writeFile(join(folder, 'catalog/tests.py'), TESTS.replace('5)', '4)'));
  await expect(page.getByText('The code was changed since.')).toBeVisible();
  await page.getByRole('button', { name: 'Run failed' }).click();
  await expect(page.getByText('2 passed')).toBeVisible({ timeout: 60_000 });
});

test('the shell has the models, completes their fields, and shows where an exception stands', async () => {
  const { page } = shop;
  await page.keyboard.press('Alt+s');
  const input = page.getByRole('combobox', { name: 'Input of the shell' });
  await expect(input).toBeVisible({ timeout: 60_000 });
  const shell = page.getByRole('log', { name: 'Django shell' });
  await input.fill('Author.objects.filter(bor');
  await input.press('Tab');
  await expect(input).toHaveValue('Author.objects.filter(born');
  await input.fill('[each * 7 for each in (3, 5)]');
  await input.press('Enter');
  await expect(shell).toContainText('[21, 35]');
  await input.fill('from catalog.tests import BookTest; BookTest("test_missing")');
  await input.press('Enter');
  await expect(shell).toContainText('test_missing');
  await input.fill('while True: pass\n');
  await input.press('Control+Enter');
  await expect(page.getByRole('button', { name: 'Interrupt' })).toBeEnabled();
  await input.press('Control+c');
  await expect(shell).toContainText('KeyboardInterrupt');
  await input.press('ArrowUp');
  await expect(input).toHaveValue('while True: pass\n');
});

test('a command of its own serves the project, and says why it ended', async () => {
  const { page } = shop;
  await page.getByRole('button', { name: 'How the project is run…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'A command of its own' }).click();
  await dialog.getByRole('textbox', { name: 'Command' }).fill('python -m http.server {port}');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog).toBeHidden();
  const port = page.getByRole('textbox', { name: 'Port' });
  await port.fill(String(await freePort()));
  await port.press('Enter');
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  const state = page.locator('.server-state');
  await expect(state).toHaveText('Serving', { timeout: 60_000 });
  await page.getByRole('tab', { name: 'Requests' }).click();
  await expect(page.getByText('Requests are not seen')).toBeVisible();

  await page.getByRole('button', { name: 'How the project is run…' }).click();
  await dialog.getByRole('textbox', { name: 'Command' }).fill('exit 3');
  await dialog.getByRole('button', { name: 'Save and restart' }).click();
  await expect(state).toHaveText('Broken', { timeout: 60_000 });
  await expect(page.getByRole('alert')).toContainText('with the exit code 3');
  await page.getByRole('button', { name: 'Stop', exact: true }).first().click();
  await expect(state).toHaveText('Stopped');
});
