import Database from 'better-sqlite3';
import { expect, type Page } from '@playwright/test';
import { dialog, goTo, inProject, type Journey } from './journey.ts';

/** Rows in the grid; an edit with its SQL, really in the file; one that would lose data, refused. */
export async function database(journey: Journey): Promise<void> {
  const { page, picture } = journey;
  await goTo(page, 'Database');
  await page.getByRole('tree', { name: 'Tables' }).getByRole('treeitem', { name: 'Book' }).click();
  const rows = page.getByRole('grid', { name: 'Rows of catalog_book' });
  await expect(rows.getByRole('gridcell', { name: 'The Left Hand of Darkness' })).toBeVisible();
  await editCell(page, 'The Dispossessed', 'The Dispossessed: An Ambiguous Utopia');
  await picture('09-database');
  await page.getByRole('button', { name: 'Review and apply…' }).click();
  const review = dialog(page, 'Change catalog_book');
  await expect(review).toContainText('UPDATE "catalog_book" SET "title" = ');
  await picture('09-sql');
  await review.getByRole('button', { name: 'Apply' }).click();
  await expect(review).toBeHidden();
  await expect(rows.getByRole('gridcell', { name: 'The Dispossessed: An Ambiguous Utopia' })).toBeVisible();
  expect(titles(journey)).toContain('The Dispossessed: An Ambiguous Utopia');
  await refused(journey);
}

/** A number that is none, and an ISBN that another row has. */
async function refused({ page, picture }: Journey): Promise<void> {
  await editCell(page, '174', 'many');
  await editCell(page, '9780802130303', '9780441478125');
  await page.getByRole('button', { name: 'Review and apply…' }).click();
  const review = dialog(page, 'Change catalog_book');
  await expect(review.getByRole('list', { name: 'Why this can’t be applied' })).toContainText('page_count');
  await expect(review.getByRole('button', { name: 'Apply' })).toBeDisabled();
  await picture('09-refused');
  await review.getByRole('button', { name: 'Keep editing' }).click();
  await page.getByRole('button', { name: 'Discard' }).click();
}

/** Replaces the text of a cell, found by the text it has. */
async function editCell(page: Page, before: string, after: string): Promise<void> {
  await page.getByRole('gridcell', { name: before, exact: true }).dblclick();
  const field = page.getByRole('textbox', { name: 'New value' });
  await field.fill(after);
  await field.press('Enter');
}

function titles(journey: Journey): readonly unknown[] {
  const file = new Database(inProject(journey, 'db.sqlite3'), { readonly: true });
  try {
    return file.prepare('SELECT title FROM catalog_book').pluck().all();
  } finally {
    file.close();
  }
}
