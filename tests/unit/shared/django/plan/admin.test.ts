import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo, readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

function planned(operation: Operation, files: Readonly<Record<string, string>> = {}): string {
  return readable(indexOf(parser, { ...LIBRARY, ...files }).plan(operation));
}

/** What admin.py is after an operation, and that a second one finds nothing to do. */
function after(admin: string, operation: Operation): string {
  const index = indexOf(parser, { ...LIBRARY, 'catalog/admin.py': admin });
  const plan = applyTo(index, operation);
  expect(() => index.plan(operation)).toThrow(/\.$/);
  return plan.files.find(({ path }) => path === 'catalog/admin.py')?.after ?? '';
}

const set = (model: string, option: string, code: string | null): Operation => ({
  kind: 'admin.set',
  model,
  option,
  code,
});

describe('admin.register', () => {
  test('sees a registration among tests for a model that is a test’s own', () => {
    const files = {
      'library/settings.py': "INSTALLED_APPS = ['tests.shop']\n",
      'tests/__init__.py': '',
      'tests/shop/__init__.py': '',
      'tests/shop/models.py': 'from django.db import models\n\n\nclass Box(models.Model):\n    pass\n',
      'tests/shop/admin.py': 'from django.contrib import admin\n',
    };
    const index = indexOf(parser, { ...LIBRARY, ...files });
    const register: Operation = { kind: 'admin.register', model: 'shop.Box' };
    applyTo(index, register);
    expect(() => index.plan(register)).toThrow('shop.Box is registered in tests/shop/admin.py already.');
  });

  test('suggests options by the fields, in the style of the file', () => {
    expect(planned({ kind: 'admin.register', model: 'catalog.Loan' })).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 1
       from django.contrib import admin

      -from .models import Author, Book
      +from .models import Author, Book, Loan

       admin.site.register(Author)

      @@ 9
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
           search_fields = ['title', 'author__name']
      +
      +
      +@admin.register(Loan)
      +class LoanAdmin(admin.ModelAdmin):
      +    list_display = ['book', 'reader']
      "
    `);
  });

  test.each([
    ['catalog.Book', /registered in catalog\/admin\.py already/],
    ['catalog.Dated', /is abstract/],
  ])('refuses %s', (model, message) => {
    expect(() => planned({ kind: 'admin.register', model })).toThrow(message);
  });
});

describe('admin.unregister', () => {
  test('leaves what registers the model for something else', () => {
    const registry = python(`
      from catalog.models import Book
      from library.registry import Registry, site

      class BookRegistry(Registry):
          version = '1.0'

      site.register(Book, BookRegistry)
      `);
    const index = indexOf(parser, {
      ...LIBRARY,
      'library/registry.py': 'class Registry:\n    pass\n\nsite = Registry()\n',
      'aside/registered.py': registry,
    });
    const operation: Operation = { kind: 'admin.unregister', model: 'catalog.Book' };
    expect(applyTo(index, operation).files.map(({ path }) => path)).toEqual(['catalog/admin.py']);
    expect(() => index.plan(operation)).toThrow(/is not registered in the admin/);
  });

  test('says which forms choose rows by the admin that goes', () => {
    const admin = `${LIBRARY['catalog/admin.py'] ?? ''}    autocomplete_fields = ['author', 'sequel_to']
    raw_id_fields = ('owner', "author")
`;
    const { notes } = indexOf(parser, { ...LIBRARY, 'catalog/admin.py': admin }).plan({
      kind: 'admin.unregister',
      model: 'catalog.Author',
    });
    expect(notes).toEqual([
      'catalog/admin.py:12: BookAdmin has author in autocomplete_fields, which the admin refuses from then on: take it out there.',
      'catalog/admin.py:13: BookAdmin has author in raw_id_fields, whose link for choosing a row goes away.',
    ]);
  });

  test('takes a decorated class with its imports', () => {
    expect(planned({ kind: 'admin.unregister', model: 'catalog.Book' })).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 1
       from django.contrib import admin

      -from .models import Author, Book
      +from .models import Author

       admin.site.register(Author)
      -
      -
      -@admin.register(Book)
      -class BookAdmin(admin.ModelAdmin):
      -    list_display = ['title', 'author']
      -    search_fields = ['title', 'author__name']
      "
    `);
  });

  test('takes a call', () => {
    expect(planned({ kind: 'admin.unregister', model: 'catalog.Author' })).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 1
       from django.contrib import admin

      -from .models import Author, Book
      +from .models import Book

      -admin.site.register(Author)

      -
       @admin.register(Book)
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
      "
    `);
  });

  test('takes one model out of a list', () => {
    const admin =
      'from django.contrib import admin\nfrom .models import Author, Loan\n\nadmin.site.register([Author, Loan])\n';
    expect(after(admin, { kind: 'admin.unregister', model: 'catalog.Author' })).toBe(
      'from django.contrib import admin\nfrom .models import Loan\n\nadmin.site.register([Loan])\n',
    );
  });

  test('keeps a class that another one derives from', () => {
    const admin = python(`
      from django.contrib import admin
      from .models import Author, Book


      class BookAdmin(admin.ModelAdmin):
          pass


      class AuthorAdmin(BookAdmin):
          pass


      admin.site.register(Book, BookAdmin)
      admin.site.register(Author, AuthorAdmin)
    `);
    const result = after(admin, { kind: 'admin.unregister', model: 'catalog.Book' });
    expect(result).toContain('class BookAdmin');
    expect(result).not.toContain('register(Book');
  });
});

describe('admin.set', () => {
  test('adds an option where people write it', () => {
    expect(planned(set('catalog.Book', 'list_filter', '["author"]'))).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 8
       @admin.register(Book)
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
      +    list_filter = ['author']
           search_fields = ['title', 'author__name']
      "
    `);
  });

  test('changes only the items of a list that differ', () => {
    const admin = python(`
      from django.contrib import admin
      from .models import Book


      @admin.register(Book)
      class BookAdmin(admin.ModelAdmin):
          list_display = (
              'title',  # on the cover
              # who wrote it
              'author',
              'owner'
          )
    `);
    expect(after(admin, set('catalog.Book', 'list_display', "('title', 'author', 'created')"))).toBe(
      admin.replace("'owner'", "'created'"),
    );
    expect(after(admin, set('catalog.Book', 'list_display', "('title', 'author', 'owner', 'created')"))).toBe(
      admin.replace("'owner'", "'owner',\n        'created'"),
    );
    expect(after(admin, set('catalog.Book', 'list_display', "('author', 'owner')"))).toBe(
      admin.replace("        'title',  # on the cover\n", ''),
    );
    expect(after(admin.replaceAll('\n', '\r\n'), set('catalog.Book', 'list_display', null))).toBe(
      'from django.contrib import admin\r\nfrom .models import Book\r\n\r\n\r\n@admin.register(Book)\r\nclass BookAdmin(admin.ModelAdmin):\r\n    pass\r\n',
    );
  });

  test('makes a class for a model that is registered without one', () => {
    expect(planned(set('catalog.Author', 'search_fields', '["name"]'))).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 2

       from .models import Author, Book

      -admin.site.register(Author)

      +@admin.register(Author)
      +class AuthorAdmin(admin.ModelAdmin):
      +    search_fields = ['name']

      +
       @admin.register(Book)
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
      "
    `);
  });

  test('keeps to calls where the file has no decorators', () => {
    const admin =
      'from django.contrib import admin\nfrom .models import Author, Loan\n\nadmin.site.register(Author)  # people\nadmin.site.register(Loan)';
    expect(after(admin, set('catalog.Author', 'list_per_page', '20'))).toMatchInlineSnapshot(`
      "from django.contrib import admin
      from .models import Author, Loan


      class AuthorAdmin(admin.ModelAdmin):
          list_per_page = 20


      admin.site.register(Author, AuthorAdmin)  # people
      admin.site.register(Loan)"
    `);
  });

  test('takes a model out of a list for a class of its own', () => {
    const admin =
      'from django.contrib import admin\nfrom .models import Author, Loan\n\nadmin.site.register([Author, Loan])\n';
    expect(after(admin, set('catalog.Loan', 'list_per_page', '20'))).toMatchInlineSnapshot(`
      "from django.contrib import admin
      from .models import Author, Loan

      admin.site.register([Author])


      class LoanAdmin(admin.ModelAdmin):
          list_per_page = 20


      admin.site.register(Loan, LoanAdmin)
      "
    `);
  });

  test('imports what the code names', () => {
    const files = { 'catalog/filters.py': 'class ByDecade:\n    pass\n' };
    expect(planned(set('catalog.Book', 'list_filter', '[ByDecade]'), files)).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 1
       from django.contrib import admin

      +from .filters import ByDecade
       from .models import Author, Book

       admin.site.register(Author)
      @@ 8
       @admin.register(Book)
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
      +    list_filter = [ByDecade]
           search_fields = ['title', 'author__name']
      "
    `);
  });

  test.each<[string, Operation, RegExp]>([
    ['code that is not Python', set('catalog.Book', 'ordering', '[title'), /not one expression/],
    [
      'names nobody knows',
      set('catalog.Book', 'form', 'NoSuchForm'),
      /“NoSuchForm” in “NoSuchForm” is not known/,
    ],
    ['models that are not there', set('catalog.Loan', 'ordering', "['id']"), /not registered in the admin/],
    ['what no option can be', set('catalog.Book', 'list-display', '[]'), /can’t be the name of an option/],
    [
      'what is so already',
      set('catalog.Book', 'list_display', "['title', 'author']"),
      /Nothing would change/,
    ],
  ])('refuses %s', (_what, operation, message) => {
    expect(() => planned(operation)).toThrow(message);
  });
});

describe('admin.addInline', () => {
  const inline = (model: string, other: string): Operation => ({
    kind: 'admin.addInline',
    model,
    inline: other,
    style: 'tabular',
  });

  test('makes the inline class above the admin class', () => {
    expect(planned(inline('catalog.Book', 'catalog.Loan'))).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 1
       from django.contrib import admin

      -from .models import Author, Book
      +from .models import Author, Book, Loan

       admin.site.register(Author)


      +class LoanInline(admin.TabularInline):
      +    model = Loan
      +    extra = 0
      +
      +
       @admin.register(Book)
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
           search_fields = ['title', 'author__name']
      +    inlines = [LoanInline]
      "
    `);
  });

  test('names modules the way the file does', () => {
    const admin = `from django.contrib import admin

from catalog.models import Author, Book, Loan


@admin.register(Book)
class BookAdmin(admin.ModelAdmin):
    pass
`;
    const text = after(admin, inline('catalog.Book', 'catalog.Loan'));
    expect(text).toContain('from catalog.models import Author, Book, Loan\n');
    expect(text).not.toContain('from .models');
  });

  test('makes both classes where the model is registered without one', () => {
    const admin =
      'from django.contrib import admin\n\nfrom .models import Author\n\nadmin.site.register(Author)\n';
    expect(after(admin, inline('catalog.Author', 'catalog.Book'))).toMatchInlineSnapshot(`
      "from django.contrib import admin

      from .models import Author, Book


      class BookInline(admin.TabularInline):
          model = Book
          extra = 0


      class AuthorAdmin(admin.ModelAdmin):
          inlines = [BookInline]


      admin.site.register(Author, AuthorAdmin)
      "
    `);
  });

  test('joins the inlines that are there', () => {
    const admin = python(`
      from django.contrib import admin
      from .models import Book, Loan


      class LoanInline(admin.StackedInline):
          model = Loan


      @admin.register(Book)
      class BookAdmin(admin.ModelAdmin):
          inlines = [
              # first things first
              OtherInline
          ]
    `);
    expect(after(admin, inline('catalog.Book', 'catalog.Loan'))).toBe(
      admin.replace('OtherInline\n', 'OtherInline,\n        LoanInline\n'),
    );
  });

  test('refuses models without a key', () => {
    expect(() => planned(inline('catalog.Author', 'catalog.Loan'))).toThrow(
      /no foreign key to catalog\.Author/,
    );
  });
});
