import { readFile } from 'node:fs/promises';
import { expect, type Locator, type Page } from '@playwright/test';
import { applyChange, choose, dialog, goTo, inProject, type Journey } from './journey.ts';

const source = (journey: Journey): Promise<string> =>
  readFile(inProject(journey, 'catalog', 'models.py'), 'utf8');

/** Models by gestures: an app, models, fields of many types, a relation; changed, removed, undone. */
export async function designModels(journey: Journey): Promise<void> {
  await addApp(journey);
  await addModels(journey);
  await addFieldByForm(journey);
  await addRelation(journey);
  await changeField(journey);
  await deleteFieldAndUndo(journey);
}

async function addApp({ page }: Journey): Promise<void> {
  await goTo(page, 'Models');
  await page.getByRole('toolbar', { name: 'Models' }).getByRole('button', { name: 'App' }).click();
  await dialog(page, 'Add an app').getByLabel('Name').fill('catalog');
  await dialog(page, 'Add an app').getByRole('button', { name: 'Show the change…' }).click();
  await applyChange(page, ['catalog/models.py', 'library/settings.py', '"catalog",']);
}

/** The form for the first model follows the new app by itself. */
async function addModels(journey: Journey): Promise<void> {
  const { page, picture } = journey;
  await fillModel(page, 'Author', ['name: Char(200)', 'born: Date?']);
  await applyChange(page, ['class Author(models.Model):', 'max_length=200']);
  await page
    .getByRole('toolbar', { name: 'Models' })
    .getByRole('button', { name: 'Model', exact: true })
    .click();
  await fillModel(page, 'Book', [
    'title: Char(200)',
    'isbn: Char(13) unique',
    'summary: Text blank',
    'price: Decimal(8, 2) default=0',
    'published: Date?',
    'in_print: Boolean default=True',
  ]);
  await expect(page.getByRole('button', { name: /^Apply/ })).toBeVisible();
  await picture('04-plan');
  await applyChange(page, ['class Book(models.Model):', 'DecimalField']);
  await expect(models(page).getByRole('treeitem', { name: 'Book', exact: true })).toBeVisible();
  expect(await source(journey)).toContain('isbn = models.CharField(max_length=13, unique=True)');
}

async function fillModel(page: Page, name: string, lines: readonly string[]): Promise<void> {
  const form = dialog(page, 'Add a model');
  await form.getByLabel('Name').fill(name);
  await expect(form.getByLabel('App')).toContainText('catalog');
  await form.getByLabel('Fields').fill(lines.join('\n'));
  await form.getByRole('button', { name: 'Show the change…' }).click();
}

async function addFieldByForm(journey: Journey): Promise<void> {
  const { page } = journey;
  await openModel(page, 'Book');
  await page.getByRole('region', { name: 'Fields' }).getByRole('button', { name: 'Add field' }).click();
  const form = page.getByRole('form', { name: 'New field of Book' });
  await form.getByLabel('Name', { exact: true }).fill('pages');
  await choose(form.getByRole('combobox', { name: 'Type' }), 'PositiveIntegerField');
  await form.getByRole('checkbox', { name: /^null/ }).check();
  await form.getByRole('checkbox', { name: /^blank/ }).check();
  await form.getByRole('button', { name: 'Add field…' }).click();
  await applyChange(page, ['pages = models.PositiveIntegerField(null=True, blank=True)']);
  await expect(fieldRow(page, 'pages')).toBeVisible();
}

async function addRelation(journey: Journey): Promise<void> {
  const { page, picture } = journey;
  await page.getByRole('region', { name: 'Fields' }).getByRole('button', { name: 'Add field' }).click();
  const form = page.getByRole('form', { name: 'New field of Book' });
  await form.getByLabel('Name', { exact: true }).fill('author');
  await choose(form.getByRole('combobox', { name: 'Type' }), 'ForeignKey');
  await choose(form.getByRole('combobox', { name: 'Leads to' }), 'Author');
  await form.getByRole('textbox', { name: /^related_name/ }).fill('books');
  await form.getByRole('button', { name: 'Add field…' }).click();
  await applyChange(page, [
    'author = models.ForeignKey("Author", on_delete=models.CASCADE',
    'related_name="books"',
  ]);
  await expect(fieldRow(page, 'author')).toBeVisible();
  await picture('04-models');
}

async function changeField(journey: Journey): Promise<void> {
  const { page } = journey;
  await fieldRow(page, 'title').click();
  const form = page.getByRole('form', { name: 'Field title of Book' });
  await form.getByRole('textbox', { name: /^max_length/ }).fill('300');
  await form.getByRole('button', { name: 'Change field…' }).click();
  await applyChange(page, ['max_length=300']);
  await page.getByRole('button', { name: 'Back to Book' }).click();
  await fieldRow(page, 'pages').click();
  const pages = page.getByRole('form', { name: 'Field pages of Book' });
  await pages.getByLabel('Name', { exact: true }).fill('page_count');
  await pages.getByRole('button', { name: 'Change field…' }).click();
  await applyChange(page, ['page_count']);
  await page.getByRole('button', { name: 'Back to Book' }).click();
  await expect(fieldRow(page, 'page_count')).toBeVisible();
  expect(await source(journey)).toMatch(/title = models\.CharField\(max_length=300\)[^]*page_count = /);
}

async function deleteFieldAndUndo(journey: Journey): Promise<void> {
  const { page } = journey;
  const before = await source(journey);
  await fieldRow(page, 'in_print').click();
  await page.getByRole('button', { name: 'Delete field' }).click();
  await applyChange(page, ['in_print']);
  await expect(fieldRow(page, 'title')).toBeVisible();
  await expect(fieldRow(page, 'in_print')).toBeHidden();
  expect(await source(journey)).not.toContain('in_print');
  await page.getByRole('button', { name: /^Undo: .*in_print/ }).click();
  await expect(fieldRow(page, 'in_print')).toBeVisible();
  expect(await source(journey)).toBe(before);
}

/** What gestures wrote stands in the editor, and what is typed there stands on the canvas. */
export async function editInMonaco(journey: Journey): Promise<void> {
  const { page, picture } = journey;
  await page.getByRole('button', { name: 'Show in code' }).click();
  await expect(page.getByRole('tab', { name: 'catalog/models.py' })).toHaveAttribute('aria-selected', 'true');
  const code = page.locator('.monaco-editor').first();
  await expect(code).toContainText('class Book(models.Model):');
  await page.keyboard.press('Control+End');
  await page.keyboard.type('\n\nclass Shelf(models.Model):\nlabel = models.SlugField(unique=True)\n');
  await picture('04-code');
  await page.keyboard.press('Control+S');
  await expect(page.getByRole('tab', { name: 'catalog/models.py', exact: true })).toBeVisible();
  await goTo(page, 'Models');
  await openModel(page, 'Shelf');
  await expect(fieldRow(page, 'label')).toBeVisible();
}

function models(page: Page): Locator {
  return page.getByRole('tree', { name: 'Models' });
}

async function openModel(page: Page, name: string): Promise<void> {
  await models(page).getByRole('treeitem', { name, exact: true }).click();
  await expect(page.getByRole('region', { name: 'Fields' })).toBeVisible();
}

/** A field in the list beside the canvas. */
function fieldRow(page: Page, name: string): Locator {
  return page
    .getByRole('region', { name: 'Fields' })
    .getByRole('button', { name: new RegExp(`\\b${name}\\b`) });
}
