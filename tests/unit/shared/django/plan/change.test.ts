import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const WITH_USES = {
  ...LIBRARY,
  'catalog/serializers.py': python(`
    from rest_framework import serializers

    from catalog.models import Book


    class BookSerializer(serializers.ModelSerializer):
        class Meta:
            model = Book
            fields = ['id', 'title', 'author']
            extra_kwargs = {'title': {'required': True}}
    `),
  'catalog/queries.py': python(`
    from django.apps import apps
    from django.db.models import F, Q

    from . import models


    def found(word, title=None):
        books = models.Book.objects.filter(Q(title__icontains=word) | Q(author__name=word))
        return books.exclude(title='').order_by('-title', 'author__name').values_list('title', F('title'))


    def loans(title):
        Loan = apps.get_model('catalog', 'Loan')
        return Loan.objects.filter(book__title=title)


    def of_author(author):
        return author.books.filter(title='x')
    `),
};

function planned(operation: Operation, files: Readonly<Record<string, string>> = WITH_USES): string {
  return readable(indexOf(parser, files).plan(operation));
}

describe('field.change', () => {
  test('changes, adds and removes single arguments', () => {
    const plan = planned({
      kind: 'field.change',
      model: 'catalog.Author',
      field: 'name',
      type: 'CharField',
      to: null,
      set: { max_length: '300', unique: 'True' },
      unset: [],
    });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/models.py
      @@ 12
       class Author(Dated):
           """Somebody who writes."""

      -    name = models.CharField(max_length=200)  # as on the cover
      +    name = models.CharField(max_length=300, unique=True)  # as on the cover

           def __str__(self):
               return self.name
      "
    `);
  });

  test('knows arguments that are given by position', () => {
    const plan = planned({
      kind: 'field.change',
      model: 'catalog.Book',
      field: 'sequel_to',
      type: 'ForeignKey',
      to: 'self',
      set: { on_delete: 'models.CASCADE', related_name: "'sequels'" },
      unset: ['null', 'blank'],
    });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/models.py
      @@ 21
       class Book(Dated):
           title = models.CharField('title', max_length=200)
           author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name='books')
      -    sequel_to = models.ForeignKey('self', models.SET_NULL, null=True, blank=True)
      +    sequel_to = models.ForeignKey('self', models.CASCADE, related_name='sequels')
           owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
           readers = models.ManyToManyField('auth.User', through='Loan', related_name='+')

      "
    `);
  });

  test('drops options that the new type does not have', () => {
    const plan = planned({
      kind: 'field.change',
      model: 'catalog.Book',
      field: 'title',
      type: 'TextField',
      to: null,
      set: {},
      unset: ['max_length'],
    });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/models.py
      @@ 19


       class Book(Dated):
      -    title = models.CharField('title', max_length=200)
      +    title = models.TextField('title')
           author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name='books')
           sequel_to = models.ForeignKey('self', models.SET_NULL, null=True, blank=True)
           owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
      "
    `);
  });

  test('turns a relation into a plain field and back', () => {
    const plan = planned({
      kind: 'field.change',
      model: 'catalog.Loan',
      field: 'reader',
      type: 'CharField',
      to: null,
      set: { max_length: '10' },
      unset: [],
    });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/models.py
      @@ 34

       class Loan(models.Model):
           book = models.ForeignKey('Book', on_delete=models.CASCADE)
      -    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
      +    reader = models.CharField(max_length=10)
      "
    `);
  });
});

describe('field.rename', () => {
  test('follows the name through Meta, methods, admin, serializers and queries', () => {
    const plan = planned({ kind: 'field.rename', model: 'catalog.Book', field: 'title', name: 'heading' });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 7

       @admin.register(Book)
       class BookAdmin(admin.ModelAdmin):
      -    list_display = ['title', 'author']
      -    search_fields = ['title', 'author__name']
      +    list_display = ['heading', 'author']
      +    search_fields = ['heading', 'author__name']
      edit catalog/models.py
      @@ 19


       class Book(Dated):
      -    title = models.CharField('title', max_length=200)
      +    heading = models.CharField('title', max_length=200)
           author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name='books')
           sequel_to = models.ForeignKey('self', models.SET_NULL, null=True, blank=True)
           owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
           readers = models.ManyToManyField('auth.User', through='Loan', related_name='+')

           class Meta:
      -        ordering = ['title']
      +        ordering = ['heading']

           def __str__(self):
      -        return self.title
      +        return self.heading


       class Loan(models.Model):
      edit catalog/queries.py
      @@ 5


       def found(word, title=None):
      -    books = models.Book.objects.filter(Q(title__icontains=word) | Q(author__name=word))
      -    return books.exclude(title='').order_by('-title', 'author__name').values_list('title', F('title'))
      +    books = models.Book.objects.filter(Q(heading__icontains=word) | Q(author__name=word))
      +    return books.exclude(heading='').order_by('-heading', 'author__name').values_list('heading', F('heading'))


       def loans(title):
           Loan = apps.get_model('catalog', 'Loan')
      -    return Loan.objects.filter(book__title=title)
      +    return Loan.objects.filter(book__heading=title)


       def of_author(author):
      edit catalog/serializers.py
      @@ 6
       class BookSerializer(serializers.ModelSerializer):
           class Meta:
               model = Book
      -        fields = ['id', 'title', 'author']
      -        extra_kwargs = {'title': {'required': True}}
      +        fields = ['id', 'heading', 'author']
      +        extra_kwargs = {'heading': {'required': True}}
      edit catalog/views.py
      @@ 9


       def book_detail(request, pk):
      -    return HttpResponse(Book.objects.get(pk=pk).title)
      +    return HttpResponse(Book.objects.get(pk=pk).heading)
      offer catalog/queries.py:18 return author.books.filter(title='x') (may be Book.title)
      note makemigrations asks whether the field was renamed: say yes, and its values stay.
      "
    `);
  });

  test('of an abstract base follows the models that inherit it', () => {
    const plan = planned({ kind: 'field.rename', model: 'catalog.Author', field: 'name', name: 'full_name' });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 8
       @admin.register(Book)
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
      -    search_fields = ['title', 'author__name']
      +    search_fields = ['title', 'author__full_name']
      edit catalog/models.py
      @@ 12
       class Author(Dated):
           """Somebody who writes."""

      -    name = models.CharField(max_length=200)  # as on the cover
      +    full_name = models.CharField(max_length=200)  # as on the cover

           def __str__(self):
      -        return self.name
      +        return self.full_name


       class Book(Dated):
      edit catalog/queries.py
      @@ 5


       def found(word, title=None):
      -    books = models.Book.objects.filter(Q(title__icontains=word) | Q(author__name=word))
      -    return books.exclude(title='').order_by('-title', 'author__name').values_list('title', F('title'))
      +    books = models.Book.objects.filter(Q(title__icontains=word) | Q(author__full_name=word))
      +    return books.exclude(title='').order_by('-title', 'author__full_name').values_list('title', F('title'))


       def loans(title):
      note makemigrations asks whether the field was renamed: say yes, and its values stay.
      "
    `);
  });
});

describe('field.remove', () => {
  test('takes the name out of lists that do without it', () => {
    const plan = planned({ kind: 'field.remove', model: 'catalog.Loan', field: 'reader' });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/models.py
      @@ 34

       class Loan(models.Model):
           book = models.ForeignKey('Book', on_delete=models.CASCADE)
      -    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
      "
    `);
  });

  test('is refused while code uses the field', () => {
    expect(() =>
      planned({ kind: 'field.remove', model: 'catalog.Book', field: 'title' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Failure: catalog.Book.title is still used at catalog/models.py:32, catalog/queries.py:8, catalog/queries.py:9, catalog/queries.py:9, catalog/queries.py:9, catalog/queries.py:14, catalog/views.py:12. Change these places first.]`,
    );
  });
});

describe('model.rename', () => {
  test('follows the class through imports, strings and registrations', () => {
    const plan = planned({ kind: 'model.rename', model: 'catalog.Book', name: 'Volume' });
    expect(plan).toMatchInlineSnapshot(`
      "
      edit catalog/admin.py
      @@ 1
       from django.contrib import admin

      -from .models import Author, Book
      +from .models import Author, Volume

       admin.site.register(Author)


      -@admin.register(Book)
      +@admin.register(Volume)
       class BookAdmin(admin.ModelAdmin):
           list_display = ['title', 'author']
           search_fields = ['title', 'author__name']
      edit catalog/models.py
      @@ 18
               return self.name


      -class Book(Dated):
      +class Volume(Dated):
           title = models.CharField('title', max_length=200)
           author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name='books')
           sequel_to = models.ForeignKey('self', models.SET_NULL, null=True, blank=True)
      @@ 33


       class Loan(models.Model):
      -    book = models.ForeignKey('Book', on_delete=models.CASCADE)
      +    book = models.ForeignKey('Volume', on_delete=models.CASCADE)
           reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
      edit catalog/queries.py
      @@ 5


       def found(word, title=None):
      -    books = models.Book.objects.filter(Q(title__icontains=word) | Q(author__name=word))
      +    books = models.Volume.objects.filter(Q(title__icontains=word) | Q(author__name=word))
           return books.exclude(title='').order_by('-title', 'author__name').values_list('title', F('title'))


      edit catalog/serializers.py
      @@ 1
       from rest_framework import serializers

      -from catalog.models import Book
      +from catalog.models import Volume


       class BookSerializer(serializers.ModelSerializer):
           class Meta:
      -        model = Book
      +        model = Volume
               fields = ['id', 'title', 'author']
               extra_kwargs = {'title': {'required': True}}
      edit catalog/views.py
      @@ 1
       from django.http import HttpResponse
       from django.views.generic import ListView

      -from .models import Book
      +from .models import Volume


       class BookList(ListView):
      -    model = Book
      +    model = Volume


       def book_detail(request, pk):
      -    return HttpResponse(Book.objects.get(pk=pk).title)
      +    return HttpResponse(Volume.objects.get(pk=pk).title)
      note makemigrations asks whether the model was renamed: say yes, and its rows stay.
      "
    `);
  });
});

describe('model.remove', () => {
  test('is refused while others refer to it', () => {
    expect(() =>
      planned({ kind: 'model.remove', model: 'catalog.Author' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[Failure: catalog.Author is still used at catalog/models.py:23. Change these places first.]`,
    );
  });

  test('goes with its registration in the admin and with imports only it needed', () => {
    const files = {
      ...LIBRARY,
      'catalog/views.py': '',
      'catalog/models.py': python(`
        from django.conf import settings
        from django.db import models


        class Author(models.Model):
            name = models.CharField(max_length=200)


        class Book(models.Model):
            title = models.CharField(max_length=200)
            owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
        `),
    };
    expect(planned({ kind: 'model.remove', model: 'catalog.Book' }, files)).toMatchInlineSnapshot(`
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
      edit catalog/models.py
      @@ 1
      -from django.conf import settings
       from django.db import models


       class Author(models.Model):
           name = models.CharField(max_length=200)
      -
      -
      -class Book(models.Model):
      -    title = models.CharField(max_length=200)
      -    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
      "
    `);
  });
});
