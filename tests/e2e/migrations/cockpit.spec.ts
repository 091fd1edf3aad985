import { mkdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test, type Page } from '@playwright/test';
import { testEnvironment } from '../../support/python-environment.ts';
import { writeProject } from '../bad-input/small-project.ts';
import { makeHome, type Home } from '../journey/home.ts';
import { dialog, goTo } from '../journey/journey.ts';
import { openInBrowser, type Shell } from '../journey/shells.ts';

const initial = `from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel('Book', [
            ('id', models.AutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
            ('title', models.CharField(max_length=200)),
        ]),
    ]
`;
const changed = `from django.db import models


class Book(models.Model):
    name = models.CharField(max_length=120)
    pages = models.IntegerField()
`;
const alongside = (field: string): string => `from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('catalog', '0001_initial')]
    operations = [migrations.AddField('book', '${field}', models.IntegerField(null=True))]
`;

// Each step waits for Django in a process of its own, on a machine that may have other things to do.
test.use({ actionTimeout: 60_000 });

let home: Home;
let shell: Shell | null = null;

test.beforeEach(async () => {
  home = await makeHome();
});

test.afterEach(async () => {
  await shell?.close();
  shell = null;
  await home.remove();
});

test('a rename that changed as well keeps its rows: asked, shown, tried, applied, put back', async () => {
  const folder = await openProject();
  const page = await openMigrations(folder);
  await page.getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText('all applied')).toBeVisible({ timeout: 60_000 });
  const database = new Database(join(folder, 'db.sqlite3'));
  database.exec(`INSERT INTO catalog_book (title) VALUES ('Nuages'), ('Minor Swing'), ('Djangology')`);
  database.close();

  await save(folder, 'catalog/models.py', changed);
  const questions = page.getByRole('region', { name: 'Questions' });
  await expect(questions).toContainText('3 values would be kept, or lost.', { timeout: 60_000 });
  await questions.getByRole('button', { name: 'Yes, rename it and keep its data' }).click();
  await expect(questions).toContainText('3 rows would get it.', { timeout: 60_000 });
  await questions.getByRole('button', { name: 'Use this value' }).click();
  await expect(questions).toBeHidden({ timeout: 60_000 });
  const planned = page.getByRole('region', { name: /^catalog 0002/ }).first();
  await expect(planned).toContainText('Renames title of Book to name; every value stays.');
  await expect(planned).toContainText('No text is longer than 120.');
  await planned.getByRole('button', { name: 'PostgreSQL' }).click();
  await expect(planned).toContainText('RENAME COLUMN "title" TO "name"');
  await planned.getByRole('button', { name: 'Operations' }).click();
  await planned.getByRole('button', { name: 'Nullable first' }).click();
  await expect(page.getByRole('region', { name: /fill_book_pages/ })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Make migrations' }).click();
  await expect(page.getByText('3 to apply')).toBeVisible({ timeout: 60_000 });

  await page.getByRole('button', { name: 'More for migrations' }).click();
  await page.getByRole('menuitem', { name: 'Try on a copy…' }).click();
  const effect = page.getByRole('region', { name: 'Effect on a copy' });
  await expect(effect).toContainText('title → name', { timeout: 60_000 });
  expect(titles(folder, 'title')).toEqual(['Nuages', 'Minor Swing', 'Djangology']);
  await dialog(page, 'Apply every migration').getByRole('button', { name: 'Apply', exact: true }).click();
  await expect(page.getByText('all applied')).toBeVisible({ timeout: 60_000 });
  expect(titles(folder, 'name')).toEqual(['Nuages', 'Minor Swing', 'Djangology']);

  await page.getByRole('treeitem', { name: 'Models, migrations, database' }).click();
  await expect(page.getByRole('heading', { name: 'All three agree' })).toBeVisible({ timeout: 60_000 });
  await page.getByRole('treeitem', { name: 'Copies of the database' }).click();
  await page.getByRole('button', { name: 'Put back' }).first().click();
  await expect(page.getByText('The database is as it was then')).toBeVisible({ timeout: 60_000 });
  expect(titles(folder, 'title')).toEqual(['Nuages', 'Minor Swing', 'Djangology']);
});

test('two last migrations are merged, a missing one is named, and the graph shows both', async () => {
  const folder = await openProject();
  await save(folder, 'catalog/migrations/0002_left.py', alongside('left'));
  await save(folder, 'catalog/migrations/0002_right.py', alongside('right'));
  const page = await openMigrations(folder);
  await page.getByRole('button', { name: 'Merge…' }).click();
  const merge = dialog(page, 'Merge the migrations of catalog');
  await expect(merge.getByRole('region', { name: '0002_right', exact: true })).toContainText(
    'Add field right to book',
  );
  await merge.getByRole('button', { name: 'Write the merge' }).click();
  await expect(page.getByRole('button', { name: 'Merge…' })).toBeHidden({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Graph' }).click();
  const graph = page.getByRole('listbox', { name: 'Graph of the migrations' });
  await expect(graph.getByRole('option')).toHaveCount(4);
  await graph.getByRole('option', { name: /0002_left, not applied/ }).click();
  await expect(page.getByText('Adds the column left to book')).toBeVisible({ timeout: 60_000 });

  const lost = join(folder, 'catalog/migrations/0002_left.py');
  await rename(lost, `${lost}.away`);
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByText('There is no file for catalog 0002_left.').first()).toBeVisible({
    timeout: 60_000,
  });
});

async function openProject(): Promise<string> {
  const folder = await writeProject(join(home.folder, 'shop'), {
    'catalog/migrations/__init__.py': '',
    'catalog/migrations/0001_initial.py': initial,
  });
  await symlink(testEnvironment, join(folder, '.venv'));
  return folder;
}

async function openMigrations(folder: string): Promise<Page> {
  shell = await openInBrowser(home, folder);
  const { page } = shell;
  await page.getByRole('button', { name: 'Trust…' }).click();
  await page.getByRole('button', { name: 'Trust this project' }).click();
  await goTo(page, 'Migrations');
  await expect(page.getByRole('tree', { name: 'Migrations' })).toBeVisible({ timeout: 60_000 });
  return page;
}

async function save(folder: string, path: string, text: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), text);
}

function titles(folder: string, column: string): readonly unknown[] {
  const database = new Database(join(folder, 'db.sqlite3'), { readonly: true });
  try {
    return database.prepare(`SELECT "${column}" FROM catalog_book ORDER BY id`).pluck().all();
  } finally {
    database.close();
  }
}
