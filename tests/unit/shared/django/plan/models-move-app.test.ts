import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { Plan } from '../../../../../shared/django/plan/plan.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

type Files = Readonly<Record<string, string>>;

const FILES: Files = {
  ...LIBRARY,
  'library/settings.py': (LIBRARY['library/settings.py'] ?? '').replace(
    "    'catalog',\n",
    "    'catalog',\n    'shelf',\n",
  ),
  'catalog/models/__init__.py': "from .book import Author, Book\n\n__all__ = ['Author', 'Book']\n",
  'catalog/models/book.py': python(`
    from django.db import models
    from django.utils.translation import gettext_lazy as _


    def first_title():
        return 'Untitled'


    class Author(models.Model):
        pass


    class Book(models.Model):
        class Kind(models.TextChoices):
            PAPER_BACK = 'p'
            HARD = 'h', _('Hard cover')

        title = models.CharField(max_length=9, default=first_title)
        kind = models.CharField(
            max_length=1,
            choices=Kind.choices,  # all
            default=Kind.HARD,
        )
        author = models.ForeignKey('Author', models.CASCADE)
    `),
  'catalog/models.py': '',
  'catalog/migrations/__init__.py': '',
  'catalog/migrations/0001_initial.py': python(`
    from django.db import migrations, models


    class Migration(migrations.Migration):
        dependencies = []
        operations = [
            migrations.CreateModel('Author', [('id', models.AutoField(primary_key=True))]),
            migrations.CreateModel(
                name='Book',
                fields=[('id', models.AutoField(primary_key=True)), ('name', models.CharField(max_length=9))],
            ),
        ]
    `),
  'catalog/migrations/0002_more.py': python(`
    from django.db import migrations, models


    class Migration(migrations.Migration):
        dependencies = [('catalog', '0001_initial')]
        operations = [
            migrations.RenameField('book', 'name', 'title'),
            migrations.AddField('Book', 'kind', models.CharField()),
            migrations.AddField(model_name='book', name='author', field=models.ForeignKey()),
        ]
    `),
  'catalog/admin.py':
    'from catalog import models\nfrom catalog.models import Author, Book\n\nx = Author, Book, models.Book\n',
  'catalog/views.py': '',
  'shelf/__init__.py': '',
  'shelf/models/__init__.py': 'from .shelf import Shelf\n',
  'shelf/models/shelf.py': python(`
    from django.db import models


    class Shelf(models.Model):
        best = models.ForeignKey('catalog.Book', models.CASCADE)
    `),
  'shelf/migrations/__init__.py': '',
  'shelf/migrations/0007_squashed.py': 'class Migration:\n    dependencies = []\n    operations = []\n',
};
const FILES_WITHOUT_MODULE: Files = Object.fromEntries(
  Object.entries(FILES).filter(([path]) => path !== 'catalog/models.py'),
);

const MOVE: Operation = { kind: 'model.moveToApp', model: 'catalog.Book', app: 'shelf' };

function planned(files: Files, operation: Operation = MOVE): { readonly plan: Plan; readonly after: Files } {
  const plan = applyTo(indexOf(parser, files), operation);
  return { plan, after: Object.fromEntries(plan.files.map(({ path, after }) => [path, after ?? 'gone'])) };
}

function refusal(changed: Files, operation: Operation = MOVE): string {
  try {
    planned({ ...FILES_WITHOUT_MODULE, ...changed }, operation);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'done';
}

describe('model.moveToApp', () => {
  test('moves the class with its helpers, and all that names it', () => {
    const { after } = planned(FILES_WITHOUT_MODULE);
    expect(Object.keys(after).sort()).toEqual([
      'catalog/admin.py',
      'catalog/migrations/0003_move_book_to_shelf.py',
      'catalog/models/__init__.py',
      'catalog/models/book.py',
      'shelf/migrations/0008_move_book_from_catalog.py',
      'shelf/models/__init__.py',
      'shelf/models/book.py',
      'shelf/models/shelf.py',
    ]);
    expect(after['catalog/models/__init__.py']).toBe("from .book import Author\n\n__all__ = ['Author']\n");
    expect(after['catalog/models/book.py']).toBe(
      'from django.db import models\n\n\nclass Author(models.Model):\n    pass\n',
    );
    expect(after['catalog/admin.py']).toBe(
      'from catalog.models import Author\nfrom shelf.models import Book\n\nx = Author, Book, Book\n',
    );
    expect(after['shelf/models/__init__.py']).toBe('from .book import Book\nfrom .shelf import Shelf\n');
    expect(after['shelf/models/shelf.py']).toContain("models.ForeignKey('shelf.Book', models.CASCADE)");
    expect(after['shelf/models/book.py']).toBe(
      python(`
        from django.db import models
        from django.utils.translation import gettext_lazy as _


        def first_title():
            return 'Untitled'


        class Book(models.Model):
            class Kind(models.TextChoices):
                PAPER_BACK = 'p'
                HARD = 'h', _('Hard cover')

            title = models.CharField(max_length=9, default=first_title)
            kind = models.CharField(
                max_length=1,
                choices=Kind.choices,  # all
                default=Kind.HARD,
            )
            author = models.ForeignKey('catalog.Author', models.CASCADE)

            class Meta:
                db_table = 'catalog_book'
        `),
    );
  });

  test('writes migrations that change the state alone', () => {
    const { after } = planned(FILES_WITHOUT_MODULE);
    expect(after['shelf/migrations/0008_move_book_from_catalog.py']).toBe(
      python(`
        import django.db.models.deletion
        from django.db import migrations, models

        import shelf.models.book


        class Migration(migrations.Migration):
            dependencies = [
                ('shelf', '0007_squashed'),
                ('catalog', '0002_more'),
            ]

            # The table keeps its name and its rows: only the app that knows the model changes.
            operations = [
                migrations.SeparateDatabaseAndState(
                    database_operations=[],
                    state_operations=[
                        migrations.CreateModel(
                            name='Book',
                            fields=[
                                ('id', models.AutoField(primary_key=True)),
                                (
                                    'title',
                                    models.CharField(
                                        max_length=9, default=shelf.models.book.first_title
                                    ),
                                ),
                                (
                                    'kind',
                                    models.CharField(
                                        max_length=1,
                                        choices=[('p', 'Paper Back'), ('h', 'Hard cover')],
                                        default='h',
                                    ),
                                ),
                                (
                                    'author',
                                    models.ForeignKey(
                                        'catalog.author', django.db.models.deletion.CASCADE
                                    ),
                                ),
                            ],
                            options={'db_table': 'catalog_book'},
                        ),
                        migrations.AlterField(
                            model_name='shelf',
                            name='best',
                            field=models.ForeignKey(
                                'shelf.book', django.db.models.deletion.CASCADE
                            ),
                        ),
                    ],
                ),
            ]
        `),
    );
    expect(after['catalog/migrations/0003_move_book_to_shelf.py']).toContain(
      "    dependencies = [\n        ('catalog', '0002_more'),\n        ('shelf', '0008_move_book_from_catalog'),\n    ]\n",
    );
    expect(after['catalog/migrations/0003_move_book_to_shelf.py']).toContain(
      "migrations.DeleteModel(name='Book')",
    );
  });

  test('can’t be made twice', () => {
    const { after } = planned(FILES_WITHOUT_MODULE);
    expect(refusal(after)).toMatch(/There is no model catalog.Book/);
  });

  test('moves an abstract model without migrations', () => {
    const abstract =
      'from django.db import models\n\n\nclass Base(models.Model):\n    class Meta:\n        abstract = True\n\n\nclass Author(Base):\n    pass\n\n\nclass Book(models.Model):\n    pass\n';
    const { after } = planned(
      { ...FILES_WITHOUT_MODULE, 'catalog/models/book.py': abstract },
      { ...MOVE, model: 'catalog.Base' },
    );
    expect(Object.keys(after).sort()).toEqual([
      'catalog/models/book.py',
      'shelf/models/__init__.py',
      'shelf/models/base.py',
    ]);
    expect(after['catalog/models/book.py']).toContain('from shelf.models import Base\n');
  });

  test.each<[string, Files, RegExp]>([
    [
      'without migrations of it',
      { 'catalog/migrations/0001_initial.py': '', 'catalog/migrations/0002_more.py': '' },
      /do not have Book yet: make and apply migrations first/,
    ],
    [
      'with a change that no migration has',
      {
        'catalog/migrations/0002_more.py':
          'class Migration:\n    dependencies = [("catalog", "0001_initial")]\n    operations = []\n',
      },
      /do not know how Book is now \(title, kind, author, name\)/,
    ],
    [
      'where migrations end twice',
      {
        'catalog/migrations/0002_other.py':
          'class Migration:\n    dependencies = [("catalog", "0001_initial")]\n    operations = []\n',
      },
      /end twice, in 0002_more and 0002_other: merge them/,
    ],
    [
      'into an app without migrations',
      { 'shelf/migrations/0007_squashed.py': '', 'shelf/migrations/__init__.py': '' },
      /has models and no migrations/,
    ],
    [
      'of the user model',
      { 'library/settings.py': `${FILES['library/settings.py'] ?? ''}\nAUTH_USER_MODEL = 'catalog.Book'\n` },
      /AUTH_USER_MODEL, which can’t change its app/,
    ],
    [
      'with migrations elsewhere',
      { 'library/settings.py': `${FILES['library/settings.py'] ?? ''}\nMIGRATION_MODULES = {}\n` },
      /MIGRATION_MODULES says/,
    ],
    [
      'that shares a table',
      { 'catalog/models/more.py': 'from .book import Book\n\n\nclass Atlas(Book):\n    pass\n' },
      /shares a table with catalog.Atlas/,
    ],
    [
      'with a default that is a lambda',
      {
        'catalog/models/book.py': (FILES['catalog/models/book.py'] ?? '').replace(
          'default=first_title',
          'default=lambda: 1',
        ),
      },
      /can’t be written into a migration/,
    ],
    [
      'with an index that has no name',
      {
        'catalog/models/book.py': `${FILES['catalog/models/book.py'] ?? ''}\n    class Meta:\n        indexes = [models.Index(fields=['title'])]\n`,
      },
      /Give each entry of indexes of Book a fixed name/,
    ],
    [
      'of a name that is taken',
      { 'shelf/models/book.py': 'from django.db import models\n\n\nclass Book(models.Model):\n    pass\n' },
      /has a model named “Book” already/,
    ],
  ])('is refused %s', (_what, changed, reason) => {
    expect(refusal(changed)).toMatch(reason);
  });

  test('is refused into an app that is not installed, and into its own', () => {
    expect(refusal({ 'loose/__init__.py': '', 'loose/models.py': '' }, { ...MOVE, app: 'loose' })).toMatch(
      /not in INSTALLED_APPS/,
    );
    expect(refusal({}, { ...MOVE, app: 'catalog' })).toMatch(/is there already/);
    expect(refusal({}, { ...MOVE, app: 'auth' })).toMatch(/is an installed package/);
  });

  test('offers permissions and admin pages, which have the label in them', () => {
    const views = "a = 'catalog.change_book'\nb = 'admin:catalog_book_change'\nc = 'catalog.change_author'\n";
    const { plan } = planned({ ...FILES_WITHOUT_MODULE, 'catalog/views.py': views });
    expect(plan.uncertain.map(({ line }) => line)).toEqual([1, 2]);
  });
});
