import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openBookshop, type OpenBookshop } from './bookshop.ts';

let shop: OpenBookshop;

test.beforeEach(async () => {
  shop = await openBookshop();
  await expect(canvas(shop.page)).toBeVisible();
});

test.afterEach(async () => {
  await shop.close();
});

test('a model that is moved stays where it was put', async () => {
  const { page, folder } = shop;
  const from = await placeOnScreen(page, 'Author');
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y - 50, { steps: 4 });
  await page.mouse.move(from.x + 120, from.y - 90, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => places(folder)).toHaveProperty(['catalog.Author']);
  const moved = (await places(folder))['catalog.Author'] ?? { x: NaN, y: NaN };
  expect((await readFile(join(folder, '.samois/layout.json'), 'utf8')).split('\n').length).toBe(6);

  // Another model is written outside; the one that was placed stays.
  await append(folder, '\n\nclass Shelf(models.Model):\n    books = models.ManyToManyField(Book)\n');
  await expect(listed(page, 'Shelf')).toBeVisible();
  await listed(page, 'Author').click();
  await canvas(page).focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect
    .poll(async () => (await places(folder))['catalog.Author'])
    .toEqual({ x: moved.x + 8, y: moved.y });
});

test('everything goes by keyboard: to a model, its name, its fields', async () => {
  const { page, folder } = shop;
  await canvas(page).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Home');
  await listed(page, 'Author').click();
  await canvas(page).focus();
  await page.keyboard.press('F2');
  await page.getByLabel('New name of Author').fill('Writer');
  await page.keyboard.press('Enter');
  await apply(page);
  await expect(listed(page, 'Writer')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Model catalog.Writer' })).toBeVisible();
  expect(await readFile(join(folder, 'catalog/models.py'), 'utf8')).toContain('ForeignKey(Writer,');

  await canvas(page).focus();
  await page.keyboard.press(']');
  await expect(page.getByRole('form', { name: 'Field name of Writer' })).toBeVisible();
  await canvas(page).focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Show in code' })).toBeFocused();
  await page.getByLabel('Add a field by typing').fill('email: Email? unique');
  await page.keyboard.press('Enter');
  await apply(page);
  await expect(
    page.getByRole('region', { name: 'Fields' }).getByRole('button', { name: /email/ }),
  ).toBeVisible();
});

test('a double click on free space adds a model there', async () => {
  const { page, folder } = shop;
  const box = await canvas(page).boundingBox();
  const at = { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + (box?.height ?? 0) - 60 };
  await page.mouse.dblclick(at.x, at.y);
  const form = page.getByRole('dialog', { name: 'Add a model' });
  await form.getByLabel('Name').fill('Shop');
  await form.getByLabel('Fields').fill('name: Char(80)\nbooks: Book[]\nx: Nothing');
  await expect(form.getByText('Line 3: There is no field type and no model “Nothing”.')).toBeVisible();
  await form.getByLabel('Fields').fill('name: Char(80)\nbooks: Book[]');
  await form.getByRole('button', { name: 'Show the change…' }).click();
  await apply(page);
  await expect(page.getByRole('region', { name: 'Model catalog.Shop' })).toBeVisible();
  await expect.poll(() => places(folder)).toHaveProperty(['catalog.Shop']);
});

test('the menu of a field knows what can be done with it', async () => {
  const { page } = shop;
  const at = await placeOnScreen(page, 'Book');
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await expect(page.getByRole('menuitem', { name: 'Add field…' })).toBeVisible();
  await page.getByRole('menuitem', { name: /Delete model/ }).click();
  await expect(page.getByRole('dialog', { name: /Book/ })).toContainText('catalog/models.py');
  await page.keyboard.press('Escape');
  await expect(listed(page, 'Book')).toBeVisible();
});

test('a file that is broken while somebody types keeps its models, marked', async () => {
  const { page, folder } = shop;
  await listed(page, 'Book').click();
  const whole = await readFile(join(folder, 'catalog/models.py'), 'utf8');
  await writeFile(
    join(folder, 'catalog/models.py'),
    whole.replace('title = models.CharField(', 'title = models.CharField(('),
  );
  await expect(page.getByText(/is not valid Python at the moment/)).toBeVisible();
  await expect(page.getByRole('button', { name: /Go to line/ }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Delete model' })).toBeDisabled();
  await writeFile(join(folder, 'catalog/models.py'), whole);
  await expect(page.getByText(/is not valid Python at the moment/)).toBeHidden();
});

function canvas(page: Page): Locator {
  return page.getByRole('application', { name: /^Diagram of/ });
}

function listed(page: Page, model: string): Locator {
  return page.getByRole('tree', { name: 'Models' }).getByRole('treeitem', { name: model, exact: true });
}

/** The middle of a model's header: where the field for its name lies. */
async function placeOnScreen(page: Page, model: string): Promise<{ readonly x: number; readonly y: number }> {
  await listed(page, model).click();
  await canvas(page).focus();
  await page.keyboard.press('F2');
  const name = page.getByLabel(`New name of ${model}`);
  const box = await name.boundingBox();
  await name.press('Escape');
  if (box === null) throw new Error(`${model} is nowhere on the screen.`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Apply/ }).click();
  await expect(page.getByRole('button', { name: /^Apply/ })).toBeHidden();
}

async function append(folder: string, text: string): Promise<void> {
  const file = join(folder, 'catalog/models.py');
  await writeFile(file, (await readFile(file, 'utf8')) + text);
}

async function places(folder: string): Promise<Record<string, { readonly x: number; readonly y: number }>> {
  try {
    return JSON.parse(await readFile(join(folder, '.samois/layout.json'), 'utf8')) as Record<
      string,
      { readonly x: number; readonly y: number }
    >;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw error;
  }
}
