import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

type Files = Readonly<Record<string, string>>;
const { 'catalog/models.py': MODELS = '', ...REST } = LIBRARY;

/** The files a plan changes, by their paths. */
function changed(files: Files, operation: Operation): Files {
  const plan = applyTo(indexOf(parser, files), operation);
  return Object.fromEntries(plan.files.map(({ path, after }) => [path, after ?? 'gone']));
}

function refusal(files: Files, ...operations: readonly Operation[]): string {
  const index = indexOf(parser, files);
  try {
    for (const operation of operations) applyTo(index, operation);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'done';
}

const PACKAGE: Files = {
  ...REST,
  'catalog/models/__init__.py': "from .book import Author, Book\n\n__all__ = ['Author', 'Book']\n",
  'catalog/models/book.py': `from django.db import models
from django.utils import timezone

YEARS = 3
LIMIT = 10


def due():
    return timezone.now()


class Author(models.Model):
    name = models.CharField(max_length=LIMIT)


# What people read.
class Book(models.Model):
    author = models.ForeignKey(Author, models.CASCADE)
    title = models.CharField(max_length=LIMIT)
    back = models.DateTimeField(default=due)
    years = models.IntegerField(default=YEARS)
`,
  'catalog/loans.py': 'from .models import Book\nfrom .models.book import Author, Book as B\n',
};

const move = (model: string, file: string): Operation => ({ kind: 'model.move', model, file });

describe('model.move', () => {
  test('takes what only the class uses along, and imports the rest', () => {
    const after = changed(PACKAGE, move('catalog.Book', 'catalog/models/shelf.py'));
    expect(after).toEqual({
      'catalog/models/shelf.py': `from django.db import models
from django.utils import timezone

from .book import LIMIT, Author

YEARS = 3


def due():
    return timezone.now()


# What people read.
class Book(models.Model):
    author = models.ForeignKey(Author, models.CASCADE)
    title = models.CharField(max_length=LIMIT)
    back = models.DateTimeField(default=due)
    years = models.IntegerField(default=YEARS)
`,
      'catalog/models/book.py': `from django.db import models

LIMIT = 10


class Author(models.Model):
    name = models.CharField(max_length=LIMIT)
`,
      'catalog/models/__init__.py':
        "from .book import Author\nfrom .shelf import Book\n\n__all__ = ['Author', 'Book']\n",
      'catalog/loans.py':
        'from .models import Book\nfrom .models.book import Author\nfrom .models.shelf import Book as B\n',
    });
  });

  test('names other models by strings where modules would import each other', () => {
    const files = {
      ...PACKAGE,
      'catalog/models/book.py': `from django.db import models


class Author(models.Model):
    pass


class Book(models.Model):
    author = models.ForeignKey(Author, models.CASCADE)


class Loan(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
`,
    };
    const after = changed(files, move('catalog.Book', 'catalog/models/shelf.py'));
    expect(after['catalog/models/shelf.py']).toContain("models.ForeignKey('Author', models.CASCADE)");
    expect(after['catalog/models/book.py']).toContain('from catalog.models.shelf import Book\n');
    const inherits = {
      ...files,
      'catalog/models/book.py': files['catalog/models/book.py'].replace('Book(models.Model)', 'Book(Author)'),
    };
    const again = changed(inherits, move('catalog.Book', 'catalog/models/shelf.py'));
    expect(again['catalog/models/book.py']).toContain("models.ForeignKey('Book', models.CASCADE)");
  });

  test('is refused where modules would import each other', () => {
    const files = {
      ...PACKAGE,
      'catalog/models/book.py': `from django.db import models


class Author(models.Model):
    def books(self):
        return Book.objects.all()


class Book(Author):
    pass
`,
    };
    expect(refusal(files, move('catalog.Book', 'catalog/models/shelf.py'))).toBe(
      'Book can’t go there: catalog/models/shelf.py would import catalog/models/book.py would import catalog/models/shelf.py. Move what they share to a module of its own first.',
    );
  });

  test('lets models.py, which gives the model on, not be imported back', () => {
    const models = `from django.db import models


class Dated(models.Model):
    class Meta:
        abstract = True


class Book(models.Model):
    title = models.TextField()


class Loan(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)


class Visit(Dated):
    day = models.DateField()
`;
    const files = { ...REST, 'catalog/models.py': models };
    const after = changed(files, move('catalog.Loan', 'catalog/loans.py'));
    expect(after['catalog/loans.py']).toBe(`from django.db import models


class Loan(models.Model):
    book = models.ForeignKey('Book', models.CASCADE)
`);
    expect(refusal(files, move('catalog.Visit', 'catalog/visits.py'))).toMatch(/would import/);
  });

  test('lets models.py go on giving the model to Django', () => {
    const after = changed(LIBRARY, move('catalog.Loan', 'catalog/lending.py'));
    expect(after['catalog/models.py']).toContain('from .lending import Loan  # noqa: F401\n');
    expect(after['catalog/lending.py']).toBe(
      "from django.conf import settings\nfrom django.db import models\n\n\nclass Loan(models.Model):\n    book = models.ForeignKey('Book', on_delete=models.CASCADE)\n    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)\n",
    );
    expect(Object.keys(after)).toEqual(['catalog/lending.py', 'catalog/models.py']);
  });

  test('lets models.py go on giving the model to Django where its last import goes with the class', () => {
    const before =
      'from django.db import models\nfrom django.utils import timezone\n\n\nclass Tag(models.Model):\n    at = models.DateField(default=timezone.now)\n\n\nclass Pen(models.Model):\n    pass\n';
    const after = changed({ ...REST, 'catalog/models.py': before }, move('catalog.Tag', 'catalog/tags.py'));
    expect(after['catalog/models.py']).toBe(
      'from django.db import models\n\nfrom .tags import Tag  # noqa: F401\n\n\nclass Pen(models.Model):\n    pass\n',
    );
  });

  test('imports the class where only its module was imported', () => {
    const users =
      'from django import forms\nfrom catalog.models import book\n\nx = book.Book.objects, book.Book\n';
    const after = changed(
      { ...PACKAGE, 'catalog/loans.py': users },
      move('catalog.Book', 'catalog/models/shelf.py'),
    );
    expect(after['catalog/loans.py']).toBe(
      'from django import forms\nfrom catalog.models.shelf import Book\n\nx = Book.objects, Book\n',
    );
  });

  test('keeps CRLF', () => {
    const files = {
      ...PACKAGE,
      'catalog/models/book.py': (PACKAGE['catalog/models/book.py'] ?? '').replaceAll('\n', '\r\n'),
    };
    const after = changed(files, move('catalog.Book', 'catalog/models/shelf.py'));
    expect(after['catalog/models/book.py']).toBe(
      'from django.db import models\r\n\r\nLIMIT = 10\r\n\r\n\r\nclass Author(models.Model):\r\n    name = models.CharField(max_length=LIMIT)\r\n',
    );
  });

  test.each<[string, string, string]>([
    ['nothing else', '', ''],
    ['a docstring', '"""What is lent."""\n\n', ''],
    ['a future import', 'from __future__ import annotations\n\n', ''],
    ['code of other imports', 'import os\n\n', 'NAME = os.name\n'],
  ])('of the last model leaves no empty lines behind, beside %s', (_what, head, code) => {
    const imports = 'from django.db import models\n\n';
    const text = `${head}${imports}${code}\n\nclass Book(models.Model):\n    pass\n`;
    const files = { ...REST, 'catalog/admin.py': '', 'catalog/views.py': '', 'catalog/models.py': text };
    const gap = code === '' ? '' : '\n';
    const beside = changed(files, move('catalog.Book', 'catalog/shelf.py'));
    expect(beside['catalog/models.py']).toBe(`${head}from .shelf import Book  # noqa: F401\n${gap}${code}`);
    const inside = changed(files, move('catalog.Book', 'catalog/models/shelf.py'));
    expect(inside['catalog/models/__init__.py']).toBe(`${head}from .shelf import Book\n${gap}${code}`);
  });

  describe('makes a package of models.py', () => {
    const MODULE = `from django.db import models

from .managers import Books
from . import texts
from library import urls

NAME = texts.NAME


class Book(models.Model):
    objects = Books()
    name = models.CharField(NAME, max_length=2)

    def go(self):
        from .views import show
        return show, urls


# Who has it.
class Loan(models.Model):
    book = models.ForeignKey(Book, models.CASCADE)
    objects = Books()
`;
    const files: Files = {
      ...REST,
      'catalog/admin.py': 'from .models import Book, Loan\n',
      'catalog/managers.py': 'from django.db import models\n\n\nclass Books(models.Manager):\n    pass\n',
      'catalog/texts.py': "NAME = 'name'\n",
      'catalog/models.py': MODULE,
    };
    const loan = move('catalog.Loan', 'catalog/models/loan.py');

    test('with its imports as they are from there', () => {
      const after = changed(files, loan);
      expect(after).toEqual({
        'catalog/models.py': 'gone',
        'catalog/models/__init__.py': MODULE.replace(/\n\n# Who[^]*/, '')
          .replace(
            'from .managers import Books\nfrom . import texts\n',
            'from .loan import Loan\nfrom ..managers import Books\nfrom .. import texts\n',
          )
          .replace('from .views', 'from ..views'),
        'catalog/models/loan.py': `from django.db import models

from catalog.managers import Books


# Who has it.
class Loan(models.Model):
    book = models.ForeignKey('Book', models.CASCADE)
    objects = Books()
`,
      });
    });

    test('so that the models are the same ones in another place', () => {
      const index = indexOf(parser, files);
      const ids = (): readonly string[] =>
        index
          .snapshot()
          .models.map(({ id }) => id)
          .sort();
      const before = ids();
      const plan = applyTo(index, loan);
      expect(ids()).toEqual(before);
      expect(index.snapshot().models.find(({ id }) => id === 'catalog.Loan')?.place.file).toBe(
        'catalog/models/loan.py',
      );
      expect(index.snapshot().problems).toEqual([]);
      expect(plan.notes.join()).toContain('catalog/models.py becomes catalog/models/__init__.py');
      expect(() => index.plan(loan)).toThrow(/stands in catalog\/models\/loan\.py already/);
    });

    test('and is refused where that would change something else', () => {
      const withPath = { ...files, 'catalog/models.py': `${MODULE}\nHERE = __file__\n` };
      expect(refusal(withPath, loan)).toMatch(/__file__/);
      expect(refusal({ ...files, 'catalog/models/old.py': '' }, loan)).toMatch(/is there already/);
    });
  });

  test.each<[Operation, RegExp]>([
    [move('catalog.Book', 'catalog/models.py'), /stands in catalog\/models.py already/],
    [move('catalog.Book', 'catalog/models/shelf.py'), /would import catalog\/models\.py would import/],
    [move('catalog.Book', 'library/shelf.py'), /not a module of the app/],
    [move('catalog.Book', 'catalog/migrations/shelf.py'), /is not a package|no place for models/],
    [move('catalog.Book', 'catalog/a-b.py'), /not a module of the app/],
  ])('refuses %#', (operation, reason) => {
    expect(refusal({ ...REST, 'catalog/models.py': MODELS }, operation)).toMatch(reason);
  });
});

describe('model.duplicate', () => {
  const duplicate = (model: string, name: string): Operation => ({ kind: 'model.duplicate', model, name });
  test('gives the copy names of its own where there can be only one', () => {
    const book = `@register
class Book(models.Model):  # why
    """A book."""

    author = models.ForeignKey(Author, models.CASCADE, related_name='books')
    editor = models.ForeignKey(Author, models.CASCADE, related_name='edited')
    sequel = models.ForeignKey('Book', models.CASCADE, related_name='+')
    readers = models.ManyToManyField('Author', through='Loan')

    class Meta:
        db_table = 'books'
        indexes = [models.Index(fields=['author'], name='book_author_idx')]

    def others(self):
        return Book.objects.exclude(pk=self.pk)
`;
    const rest = `\n\nclass Loan(models.Model):\n    book = models.ForeignKey(Book, models.CASCADE)\n`;
    const head = 'from django.db import models\n\n\nclass Author(models.Model):\n    pass\n\n\n';
    const files = { ...REST, 'catalog/models.py': head + book + rest };
    const copy = book
      .replace('class Book', 'class Magazine')
      .replace("'books'", "'magazines'")
      .replace("'edited'", "'magazine_edited'")
      .replace("ForeignKey('Book'", "ForeignKey('Magazine'")
      .replace("    readers = models.ManyToManyField('Author', through='Loan')\n", '')
      .replace("db_table = 'books'", "db_table = 'magazines'")
      .replace("'book_author_idx'", "'magazine_author_idx'")
      .replace('Book.objects', 'Magazine.objects');
    expect(changed(files, duplicate('catalog.Book', 'Magazine'))).toEqual({
      'catalog/models.py': `${head}${book}\n\n${copy}${rest}`,
    });
    const operation = duplicate('catalog.Book', 'Magazine');
    expect(refusal(files, operation, operation)).toMatch(/has a model named “Magazine” already/);
  });
  test.each([
    ['another field', '    name = models.TextField()\n', '    name = models.TextField()\n'],
    ['nothing', '', '    pass\n'],
  ])('leaves out what goes through another model where it stands last, behind %s', (_what, above, copy) => {
    const head = 'from django.db import models\n\n\n';
    const field = "    readers = models.ManyToManyField('Loan', through='Loan')\n";
    const rest = '\n\nclass Loan(models.Model):\n    pass\n';
    const book = `${head}class Book(models.Model):\n${above}${field}`;
    const files = { ...REST, 'catalog/models.py': book + rest };
    expect(changed(files, duplicate('catalog.Book', 'Magazine'))).toEqual({
      'catalog/models.py': `${book}\n\nclass Magazine(models.Model):\n${copy}${rest}`,
    });
  });
  test('is given on by the package', () => {
    const after = changed(PACKAGE, duplicate('catalog.Book', 'Atlas'));
    expect(after['catalog/models/__init__.py']).toBe(
      "from .book import Atlas, Author, Book\n\n__all__ = ['Author', 'Book', 'Atlas']\n",
    );
  });
});
