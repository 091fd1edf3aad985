import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { filesAfter } from '../../folder-fixture.ts';
import { readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

type Files = Readonly<Record<string, string>>;
const rename = (name: string, app = 'catalog'): Operation => ({ kind: 'app.rename', app, name });
const remove = (app = 'catalog'): Operation => ({ kind: 'app.remove', app });

const MIGRATION =
  'from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    operations = []\n';
const FILES: Files = {
  ...LIBRARY,
  'catalog/migrations/__init__.py': '',
  'catalog/migrations/0001_initial.py': MIGRATION,
  'catalog/templates/catalog/book.html': "{% url 'catalog:book-list' %}\n",
  'club/__init__.py': '',
  'club/models.py': python(`
    import catalog.models
    from catalog import urls
    from catalog.models import Author  # people
    from django.db import models

    CATALOG = 'catalog'
    BOOK = 'catalog.Book'
    VIEWS = 'catalog.views.book_detail'


    class Member(models.Model):
        author = models.ForeignKey('catalog.Author', on_delete=models.CASCADE)
        book = models.ForeignKey(catalog.models.Book, on_delete=models.CASCADE)
    `),
  'pyproject.toml': '[tool.ruff.lint.isort]\nknown-first-party = ["catalog"]\n',
};

describe('app.rename', () => {
  test('moves the folder, keeps the label and follows every certain name', () => {
    expect(readable(indexOf(parser, FILES).plan(rename('books')))).toMatchInlineSnapshot(`
      "
      edit catalog/apps.py
      @@ 2


       class CatalogConfig(AppConfig):
      -    name = 'catalog'
      +    name = 'books'
      +    label = 'catalog'
      edit club/models.py
      @@ 1
      -import catalog.models
      -from catalog import urls
      -from catalog.models import Author  # people
      +import books.models
      +from books import urls
      +from books.models import Author  # people
       from django.db import models

       CATALOG = 'catalog'
       BOOK = 'catalog.Book'
      -VIEWS = 'catalog.views.book_detail'
      +VIEWS = 'books.views.book_detail'


       class Member(models.Model):
           author = models.ForeignKey('catalog.Author', on_delete=models.CASCADE)
      -    book = models.ForeignKey(catalog.models.Book, on_delete=models.CASCADE)
      +    book = models.ForeignKey(books.models.Book, on_delete=models.CASCADE)
      edit library/settings.py
      @@ 13
           'django.contrib.sessions',
           'django.contrib.messages',
           'django.contrib.staticfiles',
      -    'catalog',
      +    'books',
       ]

       MIDDLEWARE = [
      edit library/urls.py
      @@ 3

       urlpatterns = [
           path('admin/', admin.site.urls),
      -    path('catalog/', include('catalog.urls')),
      +    path('catalog/', include('books.urls')),
       ]
      folder catalog to books
      offer pyproject.toml:2 known-first-party = ["catalog"] (pyproject.toml names catalog)
      note The label stays catalog: tables, migrations and permissions keep their names.
      note What runs outside the project and names catalog has to follow: services, schedules, containers.
      "
    `);
  });

  test('leaves an app of another name with the same label, models and routes', () => {
    const before = indexOf(parser, FILES);
    const plan = before.plan(rename('books'));
    const after = filesAfter(FILES, plan);
    const index = indexOf(parser, after);
    const shown = (snapshot: ReturnType<typeof before.snapshot>): unknown => ({
      models: snapshot.models.map(({ id }) => id),
      routes: snapshot.routes.map(({ pattern, name }) => [pattern, name]),
      labels: snapshot.apps
        .map(({ label, installed }) => [label, installed])
        .filter(([, installed]) => installed),
      problems: snapshot.problems,
    });
    expect(shown(index.snapshot())).toEqual(shown(before.snapshot()));
    expect(index.snapshot().apps.find(({ label }) => label === 'catalog')).toMatchObject({
      name: 'books',
      folder: 'books',
    });
    expect(after['books/migrations/0001_initial.py']).toBe(MIGRATION);
    expect(Object.keys(after).filter((path) => path.startsWith('catalog/'))).toEqual([]);
    expect(() => index.plan(rename('books'))).toThrow(/called books already/);
    // Back again: only the label stays written down.
    const back = filesAfter(after, index.plan(rename('catalog')));
    expect(back['club/models.py']).toBe(FILES['club/models.py']);
    expect(back['library/settings.py']).toBe(FILES['library/settings.py']);
  });

  test('makes the configuration of an app that has none, and keeps bytes', () => {
    const rest = Object.fromEntries(Object.entries(FILES).filter(([path]) => path !== 'catalog/apps.py'));
    const files = {
      ...rest,
      'library/settings.py': (LIBRARY['library/settings.py'] ?? '').replaceAll('\n', '\r\n'),
    };
    const after = filesAfter(files, indexOf(parser, files).plan(rename('books')));
    expect(after['books/apps.py']).toBe(
      "from django.apps import AppConfig\r\n\r\n\r\nclass CatalogConfig(AppConfig):\r\n    name = 'books'\r\n    label = 'catalog'\r\n",
    );
    expect(after['library/settings.py']).toBe(files['library/settings.py'].replace("'catalog'", "'books'"));
  });

  test('offers folders and names in the settings that may be meant', () => {
    const settings = `${LIBRARY['library/settings.py'] ?? ''}STATICFILES_DIRS = [BASE_DIR / 'catalog' / 'assets', 'catalog/extra']\n`;
    const plan = indexOf(parser, { ...LIBRARY, 'library/settings.py': settings }).plan(rename('books'));
    expect(plan.uncertain.map(({ line, why }) => [line, why])).toEqual([
      [56, 'code has the text catalog'],
      [56, 'the settings name the folder catalog/extra'],
    ]);
  });

  test('follows relative imports and dotted apps', () => {
    const files: Files = {
      ...LIBRARY,
      'library/settings.py': (LIBRARY['library/settings.py'] ?? '').replace(
        "'catalog',",
        "'shop.goods.apps.GoodsConfig',\n    'shop.club',",
      ),
      'library/urls.py': (LIBRARY['library/urls.py'] ?? '').replace('catalog.urls', 'shop.goods.urls'),
      'shop/__init__.py': '',
      'shop/goods/__init__.py': '',
      'shop/goods/apps.py':
        "from django.apps import AppConfig\n\n\nclass GoodsConfig(AppConfig):\n    name = 'shop.goods'\n    label = 'goods'\n",
      'shop/goods/urls.py': 'from django.urls import path\n\nurlpatterns = []\n',
      'shop/goods/models.py': 'from django.db import models\n\n\nclass Thing(models.Model):\n    pass\n',
      'shop/club/__init__.py': '',
      'shop/club/models.py':
        'from .. import goods\nfrom ..goods import models as goods_models\nfrom ..goods.models import Thing\nfrom shop import goods as things\nimport shop.goods.models\n\nX = shop.goods.models.Thing\n',
    };
    const after = filesAfter(files, indexOf(parser, files).plan(rename('wares', 'goods')));
    expect(after['shop/club/models.py']).toBe(
      'from .. import wares as goods\nfrom ..wares import models as goods_models\nfrom ..wares.models import Thing\nfrom shop import wares as things\nimport shop.wares.models\n\nX = shop.wares.models.Thing\n',
    );
    expect(after['shop/wares/apps.py']).toBe(
      files['shop/goods/apps.py']?.replace("'shop.goods'", "'shop.wares'"),
    );
    expect(after['library/settings.py']).toContain("'shop.wares.apps.GoodsConfig',");
    expect(after['library/urls.py']).toContain("include('shop.wares.urls')");
  });

  test.each<[string, Operation, Files, RegExp]>([
    [
      'what migrations import',
      rename('books'),
      { 'catalog/migrations/0002_x.py': `import catalog.models\n${MIGRATION}` },
      /Migrations import catalog, and they are never changed: catalog\/migrations\/0002_x\.py/,
    ],
    [
      'a name of another app',
      rename('club'),
      { 'club/apps.py': '' },
      /There is (an app|a module or folder) named “club” already/,
    ],
    ['a name of the standard library', rename('json'), {}, /standard library/],
    ['an installed package', rename('x', 'auth'), {}, /installed package/],
    ['its own name', rename('catalog'), {}, /called catalog already/],
  ])('refuses %s', (_what, operation, more, message) => {
    expect(() => indexOf(parser, { ...FILES, ...more }).plan(operation)).toThrow(message);
  });
});

describe('app.remove', () => {
  const ALONE: Files = { ...LIBRARY, 'catalog/migrations/0001_initial.py': MIGRATION };

  test('takes the folder, the entry in the settings and the include', () => {
    const plan = indexOf(parser, ALONE).plan(remove());
    expect(plan.folderRemovals).toEqual(['catalog']);
    expect(plan.files.filter(({ kind }) => kind === 'remove').map(({ path }) => path)).toEqual([
      'catalog/__init__.py',
      'catalog/admin.py',
      'catalog/apps.py',
      'catalog/migrations/0001_initial.py',
      'catalog/models.py',
      'catalog/urls.py',
      'catalog/views.py',
    ]);
    expect(plan.notes).toEqual([
      'The tables stay in the database: catalog_author, catalog_book, catalog_loan.',
      'To drop them, run migrate catalog zero before the app is removed: its migrations go with it.',
    ]);
    const after = filesAfter(ALONE, plan);
    expect(after['library/settings.py']).toBe(
      LIBRARY['library/settings.py']?.replace("    'catalog',\n", ''),
    );
    expect(after['library/urls.py']).toBe(
      LIBRARY['library/urls.py']
        ?.replace("    path('catalog/', include('catalog.urls')),\n", '')
        .replace('include, ', ''),
    );
    const index = indexOf(parser, after);
    expect(index.snapshot().problems).toEqual([]);
    expect(() => index.plan(remove())).toThrow(/no app named “catalog”/);
  });

  test.each<[string, Files, RegExp]>([
    ['models of other apps lead to it', FILES, /The app catalog is still used at club\/models\.py:1/],
    [
      'migrations of other apps depend on it',
      { ...ALONE, 'club/migrations/0001_x.py': "dependencies = [('catalog', '0001_initial')]\n" },
      /Migrations of other apps depend on catalog: club\/migrations\/0001_x\.py/,
    ],
    [
      'settings name its code',
      {
        ...ALONE,
        'library/settings.py': `${LIBRARY['library/settings.py'] ?? ''}LOGIN = 'catalog.views.BookList'\n`,
      },
      /still used at library\/settings\.py/,
    ],
    [
      'code reverses its routes',
      {
        ...ALONE,
        'library/links.py': "from django.urls import reverse\n\nHOME = reverse('catalog:book-list')\n",
      },
      /still used at library\/links\.py:3/,
    ],
    [
      'users are its models',
      {
        ...ALONE,
        'library/settings.py': `${LIBRARY['library/settings.py'] ?? ''}AUTH_USER_MODEL = 'catalog.Author'\n`,
      },
      /AUTH_USER_MODEL is catalog\.Author/,
    ],
  ])('refuses while %s', (_what, files, message) => {
    expect(() => indexOf(parser, files).plan(remove())).toThrow(message);
  });
});
