import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { openBookshop, type OpenBookshop } from './bookshop.ts';

const models = `from django.db import models


class Dated(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class Author(models.Model):
    name = models.CharField(max_length=200)


class Book(Dated):
    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        SOLD = "sold", "Sold"

    title = models.CharField(max_length=200)
    author = models.ForeignKey(Author, on_delete=models.PROTECT)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    pages = models.IntegerField(default=0)
`;

const files: Readonly<Record<string, string>> = {
  'catalog/models.py': models,
  'catalog/admin.py': 'from django.contrib import admin\n',
  'catalog/serializers.py':
    'from rest_framework import serializers\n\nfrom .models import Book\n\n\n' +
    'class BookSerializer(serializers.ModelSerializer):\n    class Meta:\n        model = Book\n' +
    '        fields = ["id", "title"]\n',
  'catalog/views.py':
    'from django.http import HttpResponse\nfrom django.views.generic import ListView\n\nfrom .models import Book\n\n\n' +
    'class BookList(ListView):\n    model = Book\n\n\ndef sold(request):\n    return HttpResponse("sold")\n',
  'catalog/templates/catalog/book.html': '<h1>{{ book.title }}</h1>\n',
  'bookshop/urls.py':
    'from django.urls import path\n\nfrom catalog import views\n\nurlpatterns = [\n' +
    '    path("books/", views.BookList.as_view(), name="books"),\n    path("sold/", views.sold, name="sold"),\n]\n',
  'requirements.txt': 'Django>=5.2\n',
};

let shop: OpenBookshop;

test.beforeEach(async () => {
  shop = await openBookshop(async (folder) => {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });
  await listed(shop.page, 'Book').click();
});

test.afterEach(async () => {
  await shop.close();
});

test('a field moves behind the next one with Alt and the arrow', async () => {
  const { page } = shop;
  await page.getByRole('region', { name: 'Fields' }).getByRole('button', { name: /title/ }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await apply(page);
  await expect.poll(() => source('catalog/models.py')).toMatch(/author = [^]*title = /);
});

test('what is typed of a field waits while another model is looked at', async () => {
  const { page } = shop;
  const fields = page.getByRole('region', { name: 'Fields' });
  await fields.getByRole('button', { name: /title/ }).click();
  const form = page.getByRole('form', { name: 'Field title of Book' });
  await form.getByRole('textbox', { name: 'max_length' }).fill('80');
  await listed(page, 'Author').click();
  await expect(page.getByRole('region', { name: 'Model catalog.Author' })).toBeVisible();
  await listed(page, 'Book').click();
  await expect(fields.getByText('typed and not written yet')).toBeAttached();
  await fields.getByRole('button', { name: /title/ }).click();
  await expect(form.getByRole('textbox', { name: 'max_length' })).toHaveValue('80');
  await form.getByRole('button', { name: 'Change field…' }).click();
  await apply(page);
  await expect.poll(() => source('catalog/models.py')).toContain('title = models.CharField(max_length=80)');
});

test('a rename shows what may also be meant, and follows the ticks', async () => {
  const { page } = shop;
  await page.getByRole('region', { name: 'Fields' }).getByRole('button', { name: /title/ }).click();
  await page.getByRole('form').getByLabel('Name', { exact: true }).fill('name');
  await page.getByRole('button', { name: 'Change field…' }).click();
  const dialog = page.getByRole('dialog', { name: /Rename/ });
  const uncertain = dialog.getByRole('region', { name: 'May also be meant' });
  await expect(uncertain).toContainText('0 of 1 ticked');
  await uncertain.getByRole('checkbox', { name: /book\.title/ }).click();
  await expect(dialog.getByRole('region', { name: /book\.html/ })).toContainText('{{ book.name }}');
  await expect(uncertain.getByRole('checkbox', { name: /book\.title/ })).toBeFocused();
  await apply(page);
  await expect.poll(() => source('catalog/templates/catalog/book.html')).toBe('<h1>{{ book.name }}</h1>\n');
});

test('Meta, a constraint and the admin are set from the inspector', async () => {
  const { page } = shop;
  await page.getByLabel('Set an option: Meta of Book').fill('ordering');
  await page.getByRole('option', { name: /^ordering/ }).click();
  const ordering = page.getByRole('form', { name: 'ordering' });
  await ordering.getByLabel('Add to ordering').fill('-pages');
  await page.keyboard.press('Enter');
  await ordering.getByRole('button', { name: 'Set…' }).click();
  await apply(page);
  await expect.poll(() => source('catalog/models.py')).toMatch(/ordering = \[["']-pages["']\]/);

  await page.getByRole('button', { name: 'Indexes and constraints' }).click();
  await page.getByRole('button', { name: 'Constraint…' }).click();
  const form = page.getByRole('dialog', { name: 'Add a constraint to Book' });
  await form.getByLabel('Add to fields').fill('title');
  await page.keyboard.press('Enter');
  await form.getByRole('button', { name: 'Show the change…' }).click();
  await apply(page);
  await expect
    .poll(() => source('catalog/models.py'))
    .toMatch(/UniqueConstraint\(\s*fields=\[["']title["']\]/);

  await page.getByRole('button', { name: 'Admin', exact: true }).click();
  await page.getByRole('button', { name: 'Register…' }).click();
  await apply(page);
  await expect.poll(() => source('catalog/admin.py')).toContain('Book');
});

test('a member of choices is added and deleted', async () => {
  const { page } = shop;
  await page.getByRole('button', { name: 'Choices 1' }).click();
  await page.getByRole('button', { name: 'Add a member to Status' }).click();
  const form = page.getByRole('form', { name: 'New member' });
  await form.getByLabel('Label').fill('Out of print');
  await form.getByRole('button', { name: 'Add…' }).click();
  await apply(page);
  await expect
    .poll(() => source('catalog/models.py'))
    .toMatch(/OUT_OF_PRINT = "out_of_print", "Out of print"/);
  await page.getByRole('button', { name: 'Delete SOLD' }).click();
  await apply(page);
  await expect.poll(() => source('catalog/models.py')).not.toContain('SOLD');
});

test('an app is renamed with its folder, and has its old name again', async () => {
  const { page } = shop;
  const app = page.getByRole('tree', { name: 'Models' }).getByRole('treeitem', { name: /^catalog/ });
  await app.first().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Rename app…' }).click();
  await form(page).getByLabel('Name of the package').fill('library');
  await propose(page);
  await apply(page);
  await expect.poll(() => source('library/models.py')).toBe(models);
  expect(await source('bookshop/urls.py')).toContain('from library import views');
  await page.keyboard.press('Control+Alt+KeyZ');
  await expect.poll(() => source('catalog/models.py').catch(() => '')).toBe(models);
  await expect.poll(() => source('bookshop/urls.py')).toBe(files['bookshop/urls.py']);
});

test('a model moves to a module of its own, and its row gets a name', async () => {
  const { page } = shop;
  await listed(page, 'Author').click();
  await chooseOfModel(page, 'Move model…');
  await form(page).getByRole('combobox', { name: 'Module' }).fill('catalog/people.py');
  await propose(page);
  await apply(page);
  await expect.poll(() => source('catalog/people.py').catch(() => '')).toContain('class Author(');
  expect(await source('catalog/models.py')).toContain('people import Author');
  await page.getByRole('button', { name: /^Methods/ }).click();
  await page.getByRole('button', { name: '__str__…' }).click();
  await form(page).getByLabel('Pattern').fill('{name}!');
  await propose(page);
  await apply(page);
  await expect.poll(() => source('catalog/people.py')).toMatch(/return f["']\{self\.name\}!["']/);
});

test('what can’t be planned is said, and leads to the line in its way', async () => {
  const { page } = shop;
  await chooseOfModel(page, 'Delete model…');
  const refusal = page.locator('.toast').filter({ hasText: 'The model was not deleted' });
  await expect(refusal).toContainText('is still used at');
  await refusal.locator('button', { hasText: 'Show in code' }).click();
  await expect(page.locator('.monaco-editor').first()).toBeVisible();
  expect(await source('catalog/models.py')).toBe(models);
});

test('a serializer shows another field', async () => {
  const { page } = shop;
  await page.getByRole('button', { name: /^API/ }).click();
  const serializer = page.getByRole('region', { name: 'BookSerializer' });
  await serializer.getByLabel('Add to fields').fill('pages');
  await page.keyboard.press('Enter');
  await serializer.getByRole('button', { name: 'Show the change…' }).click();
  await apply(page);
  await expect.poll(() => source('catalog/serializers.py')).toContain('fields = ["id", "title", "pages"]');
});

test('a route gets another path, and stands behind the next one', async () => {
  const { page } = shop;
  await page.keyboard.press('Alt+2');
  await page.getByRole('row', { name: /books/ }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Change path…' }).click();
  await form(page).getByLabel('Path').fill('all/');
  await propose(page);
  await apply(page);
  await expect.poll(() => source('bookshop/urls.py')).toContain('path("all/", views.BookList.as_view()');
  await page.getByRole('row', { name: /all\// }).click();
  await expect(page.getByRole('row', { name: /all\// })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('treegrid', { name: 'Routes' }).press('Alt+ArrowDown');
  await apply(page);
  await expect.poll(() => source('bookshop/urls.py')).toMatch(/"sold\/"[^]*"all\/"/);
});

test('a package is asked for, and a removed file comes back', async () => {
  const { page } = shop;
  await page.keyboard.press('Alt+9');
  await page.getByRole('tab', { name: 'Packages' }).click();
  await page.getByRole('button', { name: 'Add a package…' }).click();
  await form(page).getByLabel('Package').fill('django-filter');
  await propose(page);
  await apply(page);
  await expect.poll(() => source('requirements.txt')).toBe('Django>=5.2\ndjango-filter\n');
  await rm(join(shop.folder, 'requirements.txt'));
  await expect(page.getByText('No list of packages')).toBeVisible();
  await page.keyboard.press('Control+Shift+KeyP');
  await page.keyboard.type('removed file');
  await page.keyboard.press('Enter');
  await form(page).getByRole('button', { name: 'requirements.txt' }).click();
  await page.getByRole('button', { name: 'Bring the file back' }).click();
  await expect.poll(() => source('requirements.txt').catch(() => '')).toBe('Django>=5.2\ndjango-filter\n');
});

test('a view gets a page size, and its route another path', async () => {
  const { page } = shop;
  await page.keyboard.press('Alt+2');
  await page.getByRole('row', { name: /books/ }).click();
  await page.getByLabel('Set an option: Attributes of BookList').fill('paginate_by');
  await page.getByRole('option', { name: /^paginate_by/ }).click();
  const form = page.getByRole('form', { name: 'paginate_by' });
  await form.getByRole('textbox', { name: 'paginate_by' }).fill('20');
  await form.getByRole('button', { name: 'Set…' }).click();
  await apply(page);
  await expect.poll(() => source('catalog/views.py')).toContain('paginate_by = 20');
});

test('settings and packages are changed on the page of the project', async () => {
  const { page } = shop;
  await page.keyboard.press('Alt+9');
  await page.getByLabel('Set another setting: settings').fill('DEBUG');
  await page.getByRole('option', { name: /^DEBUG/ }).click();
  const form = page.getByRole('form', { name: 'DEBUG' });
  await form.getByRole('checkbox', { name: /DEBUG/ }).click();
  await form.getByRole('button', { name: 'Set…' }).click();
  await apply(page);
  await expect.poll(() => source('bookshop/settings.py')).toContain('DEBUG = True');
  await page.getByLabel('Add to INSTALLED_APPS').fill('django.contrib.humanize');
  await page.keyboard.press('Escape');
  await page.getByRole('region', { name: 'Installed apps' }).getByRole('button', { name: 'Add…' }).click();
  await apply(page);
  await expect.poll(() => source('bookshop/settings.py')).toContain('django.contrib.humanize');
  await expect(page.getByTitle('django.contrib.humanize')).toBeVisible();
});

function listed(page: Page, model: string): Locator {
  return page.getByRole('tree', { name: 'Models' }).getByRole('treeitem', { name: model, exact: true });
}

/** The dialog in front; messages are dialogs too. */
function form(page: Page): Locator {
  return page.locator('[role=dialog]:not(.toast)');
}

async function propose(page: Page): Promise<void> {
  await form(page).getByRole('button', { name: 'Show the change…' }).click();
}

async function chooseOfModel(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).last().click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Apply/ }).click();
  await expect(page.getByRole('button', { name: /^Apply/ })).toBeHidden();
}

function source(path: string): Promise<string> {
  return readFile(join(shop.folder, path), 'utf8');
}
