import { mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import { writeProject } from './bad-input/small-project.ts';
import { makeHome, type Home } from './journey/home.ts';
import { dialog, goTo, runCommand } from './journey/journey.ts';
import { openInBrowser, type Shell } from './journey/shells.ts';

let home: Home;
let shell: Shell | null = null;

test.beforeEach(async () => {
  home = await makeHome();
});

test.afterEach(async () => {
  const complaints = shell?.complaints ?? [];
  await shell?.close();
  shell = null;
  await home.remove();
  expect(complaints).toEqual([]);
});

async function open(folder?: string): Promise<Page> {
  shell = await openInBrowser(home, folder);
  return shell.page;
}

/** The model of the small project is there whatever else is wrong. */
async function seesBook(page: Page): Promise<void> {
  const tree = page.getByRole('tree', { name: 'Models' });
  await expect(tree.getByRole('treeitem', { name: 'Book' })).toBeVisible();
}

test('names that no project can have are refused with one that would do', async () => {
  await mkdir(join(home.folder, 'library'));
  const page = await open();
  await page.getByRole('button', { name: /^New project/ }).click();
  const form = dialog(page, 'New project');
  const name = form.getByLabel('Name', { exact: true });
  const refusals = [
    ['class', '"class" is a word of the Python language. Try "class_project".'],
    ['json', '"json" is a module of Python\'s standard library, which the project would hide.'],
    ['django', '"django" is the name of something the project itself contains or imports.'],
    [
      'my shop!',
      'its name has only letters a to z, digits and underscores, and starts with no digit. Try "my_shop".',
    ],
    ['library', `${join(home.folder, 'library')} exists already.`],
  ] as const;
  // Main is asked only once the form has an interpreter.
  await expect(form.getByRole('radio').first()).toBeVisible();
  for (const [typed, sentence] of refusals) {
    await name.fill(typed);
    await expect(form.getByRole('alert').filter({ hasText: sentence })).toBeVisible();
  }
  await form.getByLabel('Folder', { exact: true }).fill(join(home.folder, 'nowhere'));
  await expect(form.getByRole('alert').filter({ hasText: "nowhere can't be used" })).toBeVisible();
});

test('names that no app can have are refused with the reason', async () => {
  const page = await open(await writeProject(join(home.folder, 'shop')));
  await seesBook(page);
  await runCommand(page, 'Add app…');
  const form = dialog(page, 'Add an app');
  const refusals = [
    ['class', '“class” is a keyword of Python'],
    ['json', '“json” is a module of Python’s standard library'],
    ['auth', 'Django has an app named “auth”'],
    ['catalog', 'There is an app named “catalog” already'],
    ['shop', 'There is a module or folder named “shop” already'],
    ['über', '“über” can’t be the name of an app'],
  ] as const;
  for (const [typed, sentence] of refusals) {
    await form.getByLabel('Name').fill(typed);
    await expect(form.getByRole('alert')).toContainText(sentence);
    await expect(form.getByRole('button', { name: 'Show the change…' })).toBeDisabled();
  }
});

test('a folder with spaces, quotes and emoji is opened like any other', async () => {
  const folder = await writeProject(join(home.folder, `it's a "shop" 🎸`));
  const page = await open(folder);
  await expect(page.getByRole('button', { name: `it's a "shop" 🎸`, exact: true })).toBeVisible();
  await seesBook(page);
});

test('a folder without manage.py says what to do', async () => {
  await mkdir(join(home.folder, 'empty'));
  const page = await open(join(home.folder, 'empty'));
  await expect(page.getByText(/^There is no manage\.py in .*empty or in its folders/)).toBeVisible();
});

test('of two manage.py one is chosen', async () => {
  await writeProject(join(home.folder, 'both', 'first'));
  await writeProject(join(home.folder, 'both', 'second'), {
    'catalog/models.py':
      'from django.db import models\n\n\nclass Author(models.Model):\n    name = models.TextField()\n',
  });
  const page = await open(join(home.folder, 'both'));
  const chooser = page.getByRole('combobox', { name: 'Project in this folder' });
  for (const [project, model, other] of [
    ['second', 'Author', 'Book'],
    ['first', 'Book', 'Author'],
  ] as const) {
    await chooser.click();
    await page.getByRole('option', { name: project }).click();
    const tree = page.getByRole('tree', { name: 'Models' });
    await expect(tree.getByRole('treeitem', { name: model })).toBeVisible();
    await expect(tree.getByRole('treeitem', { name: other })).toBeHidden();
  }
});

test('a project that does not start keeps its designers, with the exception on top', async () => {
  const folder = await writeProject(join(home.folder, 'shop'), {
    'shop/urls.py': 'urlpatterns = [path("", None)]\n',
  });
  const page = await open(folder);
  await page.getByRole('button', { name: 'Trust…' }).click();
  await page.getByRole('button', { name: 'Trust this project' }).click();
  await runCommand(page, 'Choose interpreter…');
  const form = dialog(page, 'Choose the interpreter');
  await form.getByLabel('Another one').fill(home.python);
  await form.getByRole('button', { name: 'Add' }).click();
  await form.getByRole('button', { name: 'Use this interpreter' }).click();
  await expect(form).toBeHidden();
  await page.keyboard.press('Control+,');
  await page.getByRole('textbox', { name: 'Port' }).fill('0');
  await page.getByRole('textbox', { name: 'Port' }).press('Enter');
  await page.getByRole('button', { name: 'Start server' }).click();
  await goTo(page, 'Models');
  await expect(page.getByRole('alert').filter({ hasText: 'NameError:' })).toContainText(
    "name 'path' is not defined",
  );
  await seesBook(page);
  await page.getByRole('button', { name: 'Go to line 1' }).click();
  await expect(page.getByRole('tab', { name: 'shop/urls.py' })).toHaveAttribute('aria-selected', 'true');
});

test('a loop of symbolic links ends', async () => {
  test.skip(process.platform === 'win32', 'Windows allows symbolic links to administrators alone.');
  const folder = await writeProject(join(home.folder, 'shop'));
  await symlink(folder, join(folder, 'catalog', 'again'));
  await symlink('self', join(folder, 'self'));
  const page = await open(folder);
  await seesBook(page);
  await expect(page.getByRole('combobox', { name: 'Project in this folder' })).toBeHidden();
});

test('a file that is not UTF-8 is named and never written', async () => {
  const latin = Buffer.from('TITLE = "caf\xe9"\n', 'latin1');
  const folder = await writeProject(join(home.folder, 'shop'), { 'catalog/words.py': latin });
  const page = await open(folder);
  await seesBook(page);
  await goTo(page, 'Code');
  await page.getByRole('treeitem', { name: 'catalog' }).click();
  await page.getByRole('treeitem', { name: 'words.py' }).click();
  await expect(page.getByText(/words\.py is not UTF-8/).first()).toBeVisible();
  expect(await readFile(join(folder, 'catalog', 'words.py'))).toEqual(latin);
});
