import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { Plan } from '../../../../../shared/django/plan/plan.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { filesAfter } from '../../folder-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

type Files = Readonly<Record<string, string>>;

const PATH = 'catalog/uses.py';
const FIELD: Operation = { kind: 'field.remove', model: 'catalog.Loan', field: 'reader' };

/** The plan without ticks, what each tick is said to do, and the files with all of them. */
function removed(
  operation: Operation,
  files: Files,
): { readonly plan: Plan; readonly ticks: readonly string[]; readonly after: Files; readonly asked: Files } {
  const index = indexOf(parser, files);
  const plan = index.plan(operation);
  const all = index.plan(
    operation,
    plan.uncertain.map(({ id }) => id),
  );
  const ticks = plan.uncertain.map(({ line, why, does }) => `${String(line)} ${why}: ${does}`);
  return { plan, ticks, after: filesAfter(files, plan), asked: filesAfter(files, all) };
}

describe('field.remove', () => {
  test('takes entries, arguments and lines that surely mean the field', () => {
    const text = python(`
      from django import forms
      from .models import Loan

      class LoanForm(forms.ModelForm):
          class Meta:
              model = Loan
              fields = ['book', 'reader']
              widgets = {
                  'reader': forms.TextInput,  # as short as it gets
                  'book': forms.Select,
              }

      def lend(book):
          loan = Loan.objects.create(book=book, reader=None)
          loan.reader = None
          loan.save(update_fields=['reader', 'book'])
          Loan.objects.update_or_create(pk=1, defaults={'reader': None, 'book': book})
          return Loan.objects.select_related('reader', 'book').order_by('book', '-reader')
      `);
    const { plan, after } = removed(FIELD, { ...LIBRARY, [PATH]: text });
    expect(plan.uncertain).toEqual([]);
    expect(after[PATH]).toBe(
      text
        .replace(", 'reader']", ']')
        .replace(/ +'reader': forms.*\n/, '')
        .replace(', reader=None)', ')')
        .replace('    loan.reader = None\n', '')
        .replace("['reader', 'book']", "['book']")
        .replace("'reader': None, ", '')
        .replace(
          "select_related('reader', 'book').order_by('book', '-reader')",
          "select_related('book').order_by('book')",
        ),
    );
  });

  test.each([
    ['a condition', 'found = Loan.objects.filter(reader=None)'],
    ['a value', 'found = [loan.reader for loan in Loan.objects.all()]'],
    ['the only name of an order', "found = Loan.objects.order_by('reader')"],
    ['all names of an order', "found = Loan.objects.order_by('reader', '-reader')"],
    ['a value that is made by a call', 'loan = Loan()\nloan.reader = find()'],
    ['a condition of its own', 'from django.db.models import Q\nfound = Loan.objects.filter(Q(reader=1))'],
  ])('is refused for %s', (_what, code) => {
    const files = { ...LIBRARY, [PATH]: `from .models import Loan\n\n${code}\n` };
    expect(() => indexOf(parser, files).plan(FIELD)).toThrow(
      /Loan\.reader is still used at catalog\/uses\.py:\d/,
    );
  });

  test('asks for what may mean it, says what a tick does, and notes what can’t be taken out', () => {
    const text = python(`
      from .models import Loan

      SHOWN = ['reader', 'book']

      def change(loan, data):
          loan.reader = data['reader']
          loan.save()
          other = dict(reader=1, book=2)
          return {'reader': loan.reader, 'book': other}, [('reader', 'Reader')]
      `);
    const { plan, ticks, after, asked } = removed(FIELD, { ...LIBRARY, [PATH]: text });
    expect(after[PATH]).toBe(text);
    expect(ticks).toMatchInlineSnapshot(`
      [
        "3 may be Loan.reader: removes the entry 'reader'",
        "6 may be Loan.reader of an object: removes the line",
        "8 may be Loan.reader: removes the argument reader=1",
        "9 may be Loan.reader: removes the entry 'reader': loan.reader",
      ]
    `);
    expect(plan.notes).toMatchInlineSnapshot(`
      [
        "catalog/uses.py:6 may use reader, can’t be taken out by itself and is not changed.",
        "catalog/uses.py:9 may use reader, can’t be taken out by itself and is not changed.",
      ]
    `);
    expect(asked[PATH]).toMatchInlineSnapshot(`
      "from .models import Loan

      SHOWN = ['book']

      def change(loan, data):
          loan.save()
          other = dict(book=2)
          return {'book': other}, [('reader', 'Reader')]
      "
    `);
  });

  test('takes the way back of a relation along, in code and templates', () => {
    const files = {
      ...LIBRARY,
      'catalog/models.py': `${LIBRARY['catalog/models.py'] ?? ''}

${REVIEW}`,
      [PATH]: python(`
        from rest_framework import serializers
        from .models import Author

        class AuthorSerializer(serializers.ModelSerializer):
            class Meta:
                model = Author
                fields = ['name', 'reviews']
        `),
      'catalog/templates/author.html':
        '<p>{{ author.reviews }}</p>\n{% if author.reviews.all %}!{% endif %}\n',
    };
    const { plan, after, asked } = removed(
      { kind: 'field.remove', model: 'catalog.Review', field: 'author' },
      files,
    );
    expect(after[PATH]).toContain("fields = ['name']");
    expect(asked['catalog/templates/author.html']).toBe('<p></p>\n{% if author.reviews.all %}!{% endif %}\n');
    expect(plan.notes).toContain(
      'catalog/templates/author.html:2 names author.reviews in a template and is not changed.',
    );
  });
});

const REVIEW = python(`
  class Review(models.Model):
      author = models.ForeignKey(Author, models.CASCADE, related_name='reviews')
      text = models.TextField()
  `);

describe('model.remove', () => {
  const operation: Operation = { kind: 'model.remove', model: 'catalog.Review' };
  const files = {
    ...LIBRARY,
    'catalog/models.py': `${LIBRARY['catalog/models.py'] ?? ''}

${REVIEW}`,
  };

  test('asks for texts that may name it, and takes the names of its ways back along', () => {
    const text = python(`
      from django.contrib import admin
      from .models import Author

      SHOWN = ['catalog.Review', 'catalog.Book']
      KEPT = load('catalog.Review')

      class AuthorAdmin(admin.ModelAdmin):
          list_display = ['name', 'reviews']

      admin.site.register(Author, AuthorAdmin)
      `);
    const { plan, ticks, after, asked } = removed(operation, { ...files, [PATH]: text });
    const certain = text.replace("['name', 'reviews']", "['name']");
    expect(after[PATH]).toBe(certain);
    expect(asked[PATH]).toBe(certain.replace("'catalog.Review', ", ''));
    expect(ticks).toEqual(["4 may be catalog.Review: removes the entry 'catalog.Review'"]);
    expect(plan.notes).toEqual([
      'catalog/uses.py:5 may use catalog.Review, can’t be taken out by itself and is not changed.',
    ]);
  });

  test('is refused while code goes back to it by a relation', () => {
    const text = 'from .models import Author\n\nfound = Author.objects.first().reviews.all()\n';
    const index = indexOf(parser, { ...files, [PATH]: text });
    expect(() => index.plan(operation)).toThrow(/catalog\.Review is still used at catalog\/uses\.py:3/);
  });
});

describe('app.remove', () => {
  test('takes what the settings list of it, and asks for what other templates and texts take of it', () => {
    const settings = `${LIBRARY['library/settings.py'] ?? ''}
${python(`
      MIDDLEWARE += ['catalog.views.Shelf', 'django.middleware.gzip.GZipMiddleware']
      MIGRATION_MODULES = {'catalog': 'catalog.moves', 'sites': 'library.sites'}
      LOCALE_PATHS = ['catalog/locale', 'locale']
      LOGGER = 'catalog'
      `)}`;
    const files = {
      ...LIBRARY,
      'library/settings.py': settings,
      'library/pages.py': "HOME = 'catalog/home.html'\n",
      'catalog/templates/catalog/home.html': 'home\n',
      'catalog/templates/catalog/row.html': 'row\n',
      'catalog/templatetags/shelf.py': '',
      'catalog/moves/__init__.py': '',
      'templates/base.html': '{% load shelf i18n %}<b>{% include "catalog/row.html" %}</b>\n',
      'templates/page.html': '{% extends "catalog/home.html" %}\n',
    };
    const { plan, ticks, after, asked } = removed({ kind: 'app.remove', app: 'catalog' }, files);
    expect(after['library/settings.py']).toBe(
      settings
        .replace("    'catalog',\n", '')
        .replace("['catalog.views.Shelf', ", '[')
        .replace("'catalog': 'catalog.moves', ", ''),
    );
    expect(ticks).toMatchInlineSnapshot(`
      [
        "59 the settings name the folder catalog/locale: removes the entry 'catalog/locale'",
        "1 a template shows catalog/row.html: removes {% include "catalog/row.html" %}",
      ]
    `);
    expect(asked['library/settings.py']).toContain("LOCALE_PATHS = ['locale']");
    expect(asked['templates/base.html']).toBe('{% load shelf i18n %}<b></b>\n');
    expect(plan.notes.slice(0, 3)).toMatchInlineSnapshot(`
      [
        "library/settings.py:60 may use catalog, can’t be taken out by itself and is not changed.",
        "templates/page.html:1 names catalog/home.html in a template and is not changed.",
        "library/pages.py:1 names the template catalog/home.html and is not changed.",
      ]
    `);
  });
});

describe('choices.removeMember', () => {
  const files = {
    ...LIBRARY,
    'catalog/models.py': `${LIBRARY['catalog/models.py'] ?? ''}

${python(`
      class Status(models.TextChoices):
          DRAFT = 'draft', 'Draft'
          DONE = 'done', 'Done'
          LOST = 'lost', 'Lost'
      `)}`,
  };
  const operation: Operation = {
    kind: 'choices.removeMember',
    choices: { file: 'catalog/models.py', name: 'Status' },
    member: 'LOST',
  };

  test('takes it out of lists and dictionaries of members', () => {
    const text = python(`
      from .models import Status

      CLOSED = [Status.DONE, Status.LOST]
      COLOURS = {
          Status.DRAFT: 'grey',
          Status.LOST: 'red',
      }
      `);
    const { plan, after } = removed(operation, {
      ...files,
      [PATH]: text,
      'catalog/templates/state.html': '{{ book.Status.LOST }}\n',
    });
    expect(after[PATH]).toBe(text.replace(', Status.LOST', '').replace("    Status.LOST: 'red',\n", ''));
    expect(plan.uncertain.map(({ path, does }) => `${path} ${does}`)).toEqual([
      'catalog/templates/state.html removes {{ book.Status.LOST }}',
    ]);
  });

  test.each(['found = (Status.LOST, "Lost")', 'found = thing == Status.LOST', 'found = [Status.LOST]'])(
    'is refused for %s',
    (code) => {
      const index = indexOf(parser, { ...files, [PATH]: `from .models import Status\n\n${code}\n` });
      expect(() => index.plan(operation)).toThrow(/Status\.LOST is still used at catalog\/uses\.py:3/);
    },
  );

  test('asks where the class may be another one', () => {
    const nested: Operation = {
      ...operation,
      choices: { model: 'catalog.Shelf', name: 'Status' },
    };
    const text = 'def lists(shelf):\n    return [shelf.Status.LOST, shelf.Status.DONE], shelf.Status.LOST\n';
    const own = python(`
      class Shelf(models.Model):
          class Status(models.TextChoices):
              DONE = 'done', 'Done'
              LOST = 'lost', 'Lost'
      `);
    const { plan, ticks, asked } = removed(nested, {
      ...LIBRARY,
      'catalog/models.py': `${LIBRARY['catalog/models.py'] ?? ''}

${own}`,
      [PATH]: text,
    });
    expect(ticks).toEqual(['2 may mean Status.LOST: removes the entry shelf.Status.LOST']);
    expect(asked[PATH]).toBe(text.replace('shelf.Status.LOST, ', ''));
    expect(plan.notes).toContain(
      'catalog/uses.py:2 may use Status.LOST, can’t be taken out by itself and is not changed.',
    );
  });
});
