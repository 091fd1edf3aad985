import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, type Page } from '@playwright/test';
import { openBookshop, type OpenBookshop } from '../models/bookshop.ts';

let shop: OpenBookshop;

test.beforeEach(async () => {
  shop = await openBookshop((folder) => {
    appendFileSync(
      join(folder, 'bookshop/settings.py'),
      `DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}}\n`,
    );
    const database = new Database(join(folder, 'db.sqlite3'));
    database.exec(`
      CREATE TABLE catalog_author (id integer PRIMARY KEY, name varchar(200) NOT NULL, born date);
      CREATE TABLE catalog_book (id integer PRIMARY KEY, title varchar(200) NOT NULL,
        author_id bigint NOT NULL REFERENCES catalog_author (id), owner_id bigint NOT NULL);
      INSERT INTO catalog_author VALUES (1, 'Reinhardt', '1910-01-23'), (2, 'Grappelli', NULL);
      INSERT INTO catalog_book VALUES (1, 'Nuages', 1, 1), (2, 'Minor Swing', 2, 1);`);
    database.close();
  });
  await shop.page.getByRole('button', { name: 'Database', exact: true }).click();
});

test.afterEach(async () => {
  await shop.close();
});

test('a statement with a parameter is run, and what would write is asked for first', async () => {
  const { page, folder } = shop;
  await write(page, 'SELECT title FROM catalog_book WHERE author_id = :author');
  await page.getByRole('group', { name: 'Parameters' }).getByRole('textbox').fill('2');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByRole('gridcell', { name: 'Minor Swing' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Nuages' })).toBeHidden();

  await write(page, `UPDATE catalog_book SET title = upper(title)`);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('This would write to the database.')).toBeVisible();
  expect(titles(folder)).toEqual(['Nuages', 'Minor Swing']);
  await page.getByRole('button', { name: 'Run and write' }).click();
  await expect(page.getByText('2 rows changed in')).toBeVisible();
  expect(titles(folder)).toEqual(['NUAGES', 'MINOR SWING']);
});

test('a full scan is named, and its index becomes one of the model', async () => {
  const { page, folder } = shop;
  await write(page, `SELECT * FROM catalog_book WHERE title = 'x' AND author_id = 1`);
  await page.getByRole('button', { name: 'Plan' }).click();
  await expect(page.getByText('Reads all of catalog_book')).toBeVisible();
  await page.getByRole('button', { name: 'Add to Book…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('indexes');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
  expect(readFileSync(join(folder, 'catalog/models.py'), 'utf8')).toMatch(
    /class Meta:\n\s+indexes = \[models\.Index\(fields=\['title', 'author'\]/,
  );
});

test('the structure leads from table to table, and the file is checked', async () => {
  const { page } = shop;
  await page.getByRole('treeitem', { name: 'Book' }).click();
  await page.getByRole('button', { name: 'Structure' }).click();
  await page.getByRole('button', { name: 'catalog_author' }).click();
  await expect(page.getByRole('heading', { name: 'catalog_author' })).toBeVisible();
  await page.getByRole('button', { name: 'Health of the file' }).click();
  await page.getByRole('button', { name: 'Check the file' }).click();
  await expect(page.getByText('The file is sound')).toBeVisible();
});

async function write(page: Page, sql: string): Promise<void> {
  const button = page.getByRole('button', { name: 'Write SQL' });
  if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  const editor = page.getByRole('textbox', { name: 'SQL' });
  await editor.focus();
  await page.keyboard.press('Control+A');
  await page.keyboard.insertText(sql);
  await page.keyboard.press('Escape');
}

function titles(folder: string): readonly unknown[] {
  const database = new Database(join(folder, 'db.sqlite3'), { readonly: true });
  try {
    return database.prepare('SELECT title FROM catalog_book ORDER BY id').pluck().all();
  } finally {
    database.close();
  }
}
