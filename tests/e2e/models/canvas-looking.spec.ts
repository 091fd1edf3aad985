import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openBookshop, type OpenBookshop } from './bookshop.ts';

const execute = promisify(execFile);

// One studio for all: each test leaves the canvas as it found it.
let shop: OpenBookshop;

test.beforeAll(async () => {
  shop = await openBookshop(async (folder) => {
    const git = (...args: readonly string[]) =>
      execute('git', ['-C', folder, '-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args]);
    await git('init', '--quiet', '--initial-branch=main');
    await git('add', '.');
    await git('commit', '--quiet', '--message', 'The first books');
    const models = join(folder, 'catalog/models.py');
    const before = await readFile(models, 'utf8');
    await writeFile(models, `${before}    pages = models.IntegerField(default=0)\n`);
  });
  await expect(canvas(shop.page)).toBeVisible();
});

test.afterAll(async () => {
  await shop.close();
});

test('moves and collapsed apps are taken back and done again like changes of the source', async () => {
  const { page, folder } = shop;
  await choose(page, 'Author');
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(() => placeOf(folder, 'catalog.Author')).not.toBeNull();
  const once = await placeOf(folder, 'catalog.Author');
  await page.keyboard.press('Alt+ArrowDown');
  await expect.poll(() => placeOf(folder, 'catalog.Author')).toEqual({ x: once?.x, y: (once?.y ?? 0) + 8 });
  await page.keyboard.press('Control+z');
  await expect.poll(() => placeOf(folder, 'catalog.Author')).toEqual(once);
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => placeOf(folder, 'catalog.Author')).toEqual({ x: once?.x, y: (once?.y ?? 0) + 8 });

  await canvas(page).press('c');
  await expect.poll(() => placeOf(folder, 'catalog')).not.toBeNull();
  await expect(canvas(page)).toHaveAccessibleName(/^Diagram of 0 models/);
  await canvas(page).press('Control+z');
  await expect.poll(() => placeOf(folder, 'catalog')).toBeNull();
  await expect(canvas(page)).toHaveAccessibleName(/^Diagram of 2 models/);
});

test('the canvas shows what is around a model, wider step by step', async () => {
  const { page } = shop;
  await choose(page, 'Author');
  await canvas(page).press('f');
  await expect(page.getByText('1 step around catalog.Author')).toBeVisible();
  await expect(canvas(page)).toHaveAccessibleName(/^Diagram of 2 models and 1 relations/);
  await canvas(page).press('f');
  await expect(page.getByText('2 steps around catalog.Author')).toBeVisible();
  await expect(canvas(page)).toHaveAccessibleName(/^Diagram of 2 models and 2 relations/);
  await page.getByRole('button', { name: 'Show all models again' }).click();
  await expect(page.getByText('2 steps around')).toBeHidden();
});

test('what changed since a git revision is painted', async () => {
  const { page } = shop;
  await canvas(page).focus();
  await page.getByRole('button', { name: 'Focus and compare' }).click();
  await page.getByRole('menuitem', { name: 'Compare with a git revision…' }).click();
  const form = page.getByRole('dialog', { name: 'Compare the models with a revision' });
  const revision = form.getByLabel('Branch, tag or commit').first();
  await revision.fill('nowhere');
  await revision.press('Enter');
  await expect(form.getByText('“nowhere” is no revision of this repository')).toBeVisible();
  await revision.fill('main');
  await revision.press('Enter');
  await expect(page.getByText('Beside main')).toBeVisible();
  await expect(page.getByText('0 added')).toBeVisible();
  await expect(page.getByText('1 changed')).toBeVisible();
  await page.getByText('Only these').click();
  await expect(canvas(page)).toHaveAccessibleName(/^Diagram of 1 models/);
  await page.getByRole('button', { name: 'End the comparison' }).click();
  await expect(canvas(page)).toHaveAccessibleName(/^Diagram of 2 models/);
});

test('copied models are pasted as one change, and the diagram is exported', async () => {
  const { page, folder } = shop;
  await choose(page, 'Author');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.keyboard.press('Control+v');
  const paste = page.getByRole('dialog', { name: 'Paste 2 models' });
  await expect(paste.getByText('AuthorCopy, BookCopy')).toBeVisible();
  await paste.getByRole('button', { name: 'Show the change…' }).click();
  await page.getByRole('button', { name: /^Apply/ }).click();
  await expect(listed(page, 'BookCopy')).toBeVisible();
  expect(await readFile(join(folder, 'catalog/models.py'), 'utf8')).toContain("ForeignKey('AuthorCopy'");

  await page.getByRole('button', { name: 'Export the diagram…' }).click();
  const form = page.getByRole('dialog', { name: 'Export the diagram' });
  const download = page.waitForEvent('download');
  await form.getByRole('button', { name: /^Save .*-models\.svg/ }).click();
  const svg = await readFile(await (await download).path(), 'utf8');
  expect(svg).toContain('>BookCopy</text>');
});

async function choose(page: Page, model: string): Promise<void> {
  await listed(page, model).click();
  await canvas(page).focus();
}

function canvas(page: Page): Locator {
  return page.getByRole('application', { name: /^Diagram of/ });
}

function listed(page: Page, model: string): Locator {
  return page.getByRole('tree', { name: 'Models' }).getByRole('treeitem', { name: model, exact: true });
}

async function placeOf(
  folder: string,
  id: string,
): Promise<{ readonly x: number; readonly y: number } | null> {
  try {
    const places = JSON.parse(await readFile(join(folder, '.samois/layout.json'), 'utf8')) as Record<
      string,
      { readonly x: number; readonly y: number }
    >;
    return places[id] ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
