import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, type Page } from '@playwright/test';
import { openBookshop, type OpenBookshop } from '../models/bookshop.ts';

let shop: OpenBookshop;

test.beforeAll(async () => {
  shop = await openBookshop((folder) => {
    appendFileSync(
      join(folder, 'bookshop/settings.py'),
      `DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': 'db.sqlite3'}}\n`,
    );
    const database = new Database(join(folder, 'db.sqlite3'));
    database.exec(`
      CREATE TABLE catalog_author (id integer PRIMARY KEY, name varchar(200) NOT NULL, born date);
      CREATE TABLE catalog_book (id integer PRIMARY KEY, title varchar(200) NOT NULL,
        author_id bigint NOT NULL REFERENCES catalog_author (id) ON DELETE CASCADE, owner_id bigint NOT NULL);
      INSERT INTO catalog_author VALUES (1, 'Reinhardt', '1910-01-23'), (2, 'Grappelli', NULL);
      INSERT INTO catalog_book VALUES (1, 'Nuages', 1, 1), (2, 'Minor Swing', 2, 1);`);
    database.close();
  });
  await shop.page.getByRole('button', { name: 'Database', exact: true }).click();
});

test.afterAll(async () => {
  await shop.close();
});

test('a row is made, deleted with what points to it, and both are taken back', async () => {
  const { page } = shop;
  await page.getByRole('treeitem', { name: 'Author' }).click();
  await page.getByRole('button', { name: 'New row' }).click();
  await page.getByRole('gridcell', { name: 'needs a value' }).dblclick();
  await page.getByRole('textbox', { name: 'New value' }).fill('Weiss');
  await page.keyboard.press('Enter');
  await apply(page, `INSERT INTO "catalog_author" ("name") VALUES ('Weiss');`);
  await expect.poll(() => values('SELECT name FROM catalog_author')).toContain('Weiss');

  await page.getByRole('gridcell', { name: 'Reinhardt' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Delete the row' }).click();
  await apply(page, 'DELETE FROM "catalog_book" WHERE "id" IN (1);');
  await expect.poll(() => values('SELECT title FROM catalog_book')).toEqual(['Minor Swing']);
  await page.getByRole('button', { name: 'Take the last changes back' }).click();
  await expect.poll(() => values('SELECT title FROM catalog_book')).toEqual(['Nuages', 'Minor Swing']);
});

test('a foreign key leads to its row and back, and the rows that point to it', async () => {
  const { page } = shop;
  await page.getByRole('treeitem', { name: 'Book' }).click();
  await page.getByRole('gridcell', { name: 'Minor Swing' }).click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('gridcell', { name: 'Grappelli' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Reinhardt' })).toBeHidden();
  await page.getByRole('gridcell', { name: 'Grappelli' }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'catalog_book' }).click();
  await expect(page.getByRole('gridcell', { name: 'Minor Swing' })).toBeVisible();
  await expect(page.getByRole('gridcell', { name: 'Nuages' })).toBeHidden();
  await page.getByRole('button', { name: 'Show all rows' }).click();
  await expect(page.getByRole('gridcell', { name: 'Nuages' })).toBeVisible();
});

async function apply(page: Page, sql: string): Promise<void> {
  await page.getByRole('button', { name: 'Review and apply…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(sql);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toBeHidden();
}

function values(sql: string): readonly unknown[] {
  const database = new Database(join(shop.folder, 'db.sqlite3'), { readonly: true });
  try {
    return database.prepare(sql).pluck().all();
  } finally {
    database.close();
  }
}
