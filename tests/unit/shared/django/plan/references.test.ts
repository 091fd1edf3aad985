import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const RENAME_TITLE: Operation = {
  kind: 'field.rename',
  model: 'catalog.Book',
  field: 'title',
  name: 'heading',
};
const RENAME_BOOK: Operation = { kind: 'model.rename', model: 'catalog.Book', name: 'Volume' };

/** Lines of one more file that a rename changes for certain, and those it offers, as they are afterwards. */
function uses(
  text: string,
  operation: Operation = RENAME_TITLE,
  path = 'catalog/uses.py',
): readonly string[] {
  const index = indexOf(parser, { ...LIBRARY, [path]: python(text) });
  const all = index.plan(
    operation,
    index.plan(operation).uncertain.map(({ id }) => id),
  );
  const certain = index.plan(operation);
  const lines = (plan: typeof all): readonly string[] =>
    plan.files
      .filter((file) => file.path === path)
      .flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines))
      .filter(({ kind }) => kind === 'added')
      .map(({ text: line }) => line.trim());
  const sure = lines(certain);
  return lines(all).map((line) => (sure.includes(line) ? line : `? ${line}`));
}

test('a relation without a way back leads nowhere, also by its name in lookups alone', () => {
  const lines = uses(
    `
    from django.contrib.contenttypes.fields import GenericRelation
    from django.db import models
    from .models import Book

    class Shelf(models.Model):
        name = models.TextField()
        books = GenericRelation(Book, related_query_name='+')

    found = Shelf.objects.get(pk=1).name
    `,
    { kind: 'field.rename', model: 'catalog.Shelf', field: 'name', name: 'label' },
  );
  expect(lines).toEqual(['label = models.TextField()', 'found = Shelf.objects.get(pk=1).label']);
});

test('a model is named in annotations as Python has it, and by small letters where Django takes them', () => {
  const text = python(`
    from typing import Literal, Optional
    from django.apps import apps
    from .models import Book

    def show(kind: Literal['book', 'Book'], one: 'Book', all: Optional['Book'], other: 'book' = None):
        return apps.get_model('catalog', 'book'), apps.get_model('catalog.Book')
    `);
  const plan = indexOf(parser, { ...LIBRARY, 'catalog/uses.py': text }).plan(RENAME_BOOK);
  expect(plan.files.find(({ path }) => path === 'catalog/uses.py')?.after).toBe(
    text
      .replace('import Book', 'import Volume')
      .replace("one: 'Book', all: Optional['Book']", "one: 'Volume', all: Optional['Volume']")
      .replace("'catalog', 'book'", "'catalog', 'volume'")
      .replace('catalog.Book', 'catalog.Volume'),
  );
});

describe('a field is found', () => {
  test.each<[string, string, readonly string[]]>([
    [
      'on objects that queries give',
      `
      from django.shortcuts import get_object_or_404
      from .models import Book

      def show(pk):
          book = get_object_or_404(Book, pk=pk)
          first = Book.objects.order_by('pk').first()
          return book.title, first.title, Book.objects.all()[0].title
      `,
      ['return book.heading, first.heading, Book.objects.all()[0].heading'],
    ],
    [
      'on objects of loops, comprehensions and annotations',
      `
      from .models import Author, Book, Loan

      def show(author: Author, loan: Loan):
          for book in author.books.all():
              print(book.title)
          return [each.title for each in Book.objects.filter(author=author)] + [loan.book.title]
      `,
      [
        'print(book.heading)',
        'return [each.heading for each in Book.objects.filter(author=author)] + [loan.book.heading]',
      ],
    ],
    [
      'in what classes know their objects by',
      `
      from django.contrib import admin
      from django.db.models.signals import post_save
      from django.dispatch import receiver
      from django.views.generic import DetailView
      from .models import Book

      class BookDetail(DetailView):
          model = Book
          slug_field = 'title'
          def get_context_data(self, **kwargs):
              return {'heading': self.object.title, 'other': self.get_object().title}

      @receiver(post_save, sender=Book)
      def saved(sender, instance, **kwargs):
          print(instance.title)
      `,
      [
        "slug_field = 'heading'",
        "return {'heading': self.object.heading, 'other': self.get_object().heading}",
        'print(instance.heading)',
      ],
    ],
    [
      'in options of the admin',
      `
      from django.contrib import admin
      from .models import Book, Loan

      @admin.register(Book)
      class Books(admin.ModelAdmin):
          list_display = ('title', 'shout')
          fieldsets = [(None, {'fields': ['title'], 'classes': ['title']})]
          prepopulated_fields = {'slug': ('title',)}
          @admin.display(ordering='title', description='title')
          def shout(self, obj):
              return obj.title.upper()
          def get_readonly_fields(self, request, obj=None):
              return ['title'] if obj else []

      @admin.register(Loan)
      class Loans(admin.ModelAdmin):
          list_filter = ['book__title']
          ordering = ['-book__title']
      `,
      [
        "list_display = ('heading', 'shout')",
        "fieldsets = [(None, {'fields': ['heading'], 'classes': ['title']})]",
        "prepopulated_fields = {'slug': ('heading',)}",
        "@admin.display(ordering='heading', description='title')",
        'return obj.heading.upper()',
        "return ['heading'] if obj else []",
        "list_filter = ['book__heading']",
        "ordering = ['-book__heading']",
      ],
    ],
    [
      'in serializers, forms and filters',
      `
      import django_filters
      from django import forms
      from rest_framework import serializers
      from .models import Book, Loan

      class LoanSerializer(serializers.ModelSerializer):
          name = serializers.CharField(source='book.title')
          class Meta:
              model = Loan
              fields = ['name', 'book']

      class BookForm(forms.ModelForm):
          class Meta:
              model = Book
              fields = ['title']
              widgets = {'title': forms.TextInput}
          def clean(self):
              return self.cleaned_data['title'] + self.instance.title

      class BookFilter(django_filters.FilterSet):
          word = django_filters.CharFilter(field_name='title', lookup_expr='title')
          class Meta:
              model = Book
              fields = {'title': ['exact']}
      `,
      [
        "name = serializers.CharField(source='book.heading')",
        "fields = ['heading']",
        "widgets = {'heading': forms.TextInput}",
        "return self.cleaned_data['heading'] + self.instance.heading",
        "word = django_filters.CharFilter(field_name='heading', lookup_expr='title')",
        "fields = {'heading': ['exact']}",
      ],
    ],
    [
      'in queries and expressions, but not in their values',
      `
      from django.db.models import Count, F, Prefetch, Q, Value
      from django.db.models.functions import Lower
      from .models import Author, Book

      Book.objects.filter(title='title').annotate(low=Lower('title'), same=Value('title'))
      Book.objects.update_or_create(pk=1, defaults={'title': 'title'})
      Author.objects.filter(Q(books__title='title') | ~Q(books__title=F('name')))
      Author.objects.annotate(titles=Count('books__title')).order_by('-books__title')
      Book(title='title').save(update_fields=['title'])
      Book.objects.filter(**{'title__in': ['title']}).only('title').values('title')
      `,
      [
        "Book.objects.filter(heading='title').annotate(low=Lower('heading'), same=Value('title'))",
        "Book.objects.update_or_create(pk=1, defaults={'heading': 'title'})",
        "Author.objects.filter(Q(books__heading='title') | ~Q(books__heading=F('name')))",
        "Author.objects.annotate(titles=Count('books__heading')).order_by('-books__heading')",
        "Book(heading='title').save(update_fields=['heading'])",
        "Book.objects.filter(**{'heading__in': ['title']}).only('heading').values('heading')",
      ],
    ],
    [
      'where it may be meant, and offered there',
      `
      from .models import Author, Book, Loan

      def show(thing, row, author):
          print(thing.title, row['title'], getattr(thing, 'title'))
          return author.books.filter(title='x'), 'title', "the title"
      `,
      [
        "? print(thing.heading, row['heading'], getattr(thing, 'heading'))",
        "? return author.books.filter(heading='x'), 'heading', \"the title\"",
      ],
    ],
    [
      'not where another model’s is meant',
      `
      from .models import Author, Book

      class Film:
          title = 'x'
          def show(self):
              return self.title

      def show(author: Author):
          return author.title, Author.objects.filter(name='title')
      `,
      [],
    ],
  ])('%s', (_what, text, expected) => {
    expect(uses(text)).toEqual(expected);
  });

  test('in templates, as an offer', () => {
    const text = `
      {% for book in author.books.all %}
        <h1 class="title">{{ book.title|upper }}</h1> {# book.title #}
        {% if book.title == "book.title" %}{{ form.title.errors }}{% endif %}
      {% endfor %}
      `;
    expect(uses(text, RENAME_TITLE, 'catalog/templates/catalog/list.html')).toEqual([
      '? <h1 class="title">{{ book.heading|upper }}</h1> {# book.title #}',
      '? {% if book.heading == "book.title" %}{{ form.heading.errors }}{% endif %}',
    ]);
  });

  test('with the tags that show it when it is removed', () => {
    const path = 'templates/loan.html';
    const text = '<p>{{ loan.reader }}</p>\n{% if loan.reader %}x{% endif %}\n';
    const index = indexOf(parser, { ...LIBRARY, [path]: text });
    const remove: Operation = { kind: 'field.remove', model: 'catalog.Loan', field: 'reader' };
    const plan = index.plan(remove);
    expect(plan.uncertain.map(({ line, why }) => `${String(line)} ${why}`)).toEqual([
      '1 a template shows loan.reader',
    ]);
    expect(plan.notes).toContain('templates/loan.html:2 names loan.reader in a template and is not changed.');
    const accepted = index.plan(
      remove,
      plan.uncertain.map(({ id }) => id),
    );
    expect(accepted.files.find((file) => file.path === path)?.after).toBe(
      text.replace('{{ loan.reader }}', ''),
    );
    expect(accepted.id).not.toBe(plan.id);
  });
});

describe('the way back that Django names after a model is found', () => {
  test('in code and in templates', () => {
    const files = {
      'catalog/models.py': (LIBRARY['catalog/models.py'] ?? '').replace(", related_name='books'", ''),
    };
    const operation = RENAME_BOOK;
    const text = python(`
      from .models import Author

      def show(author: Author, other):
          other.book_set.count()
          return author.book_set.filter(title='x'), Author.objects.filter(book__title='x')

      Author.objects.prefetch_related('book_set', 'book_set__readers')
      `);
    const page = '{{ author.book_set.count }}{{ author.book_sets }}\n';
    const index = indexOf(parser, {
      ...LIBRARY,
      ...files,
      'catalog/uses.py': text,
      'templates/author.html': page,
    });
    const plan = index.plan(operation);
    const after = index.plan(
      operation,
      plan.uncertain.map(({ id }) => id),
    );
    const textOf = (path: string): string | null | undefined =>
      after.files.find((file) => file.path === path)?.after;
    expect(plan.uncertain.map((each) => each.text.trim())).toEqual([
      'other.book_set.count()',
      '{{ author.book_set.count }}{{ author.book_sets }}',
    ]);
    expect(textOf('catalog/uses.py')).toBe(
      text.replaceAll('book_set', 'volume_set').replace('book__title', 'volume__title'),
    );
    expect(textOf('templates/author.html')).toBe('{{ author.volume_set.count }}{{ author.book_sets }}\n');
  });
});

test('what a relation says for people is not the model it leads to', () => {
  const rename: Operation = { kind: 'model.rename', model: 'catalog.Author', name: 'Writer' };
  const text = `
    from django.db import models
    from django.utils.translation import gettext_lazy as _

    class Prize(models.Model):
        author = models.ForeignKey('Author', models.CASCADE, verbose_name=_('author'))
    `;
  const before = `${LIBRARY['catalog/models.py'] ?? ''}\n\n${python(text)}`;
  const plan = indexOf(parser, { ...LIBRARY, 'catalog/models.py': before }).plan(rename);
  const after = plan.files.find(({ path }) => path === 'catalog/models.py')?.after;
  expect(after).toContain("models.ForeignKey('Writer', models.CASCADE, verbose_name=_('author'))");
});
