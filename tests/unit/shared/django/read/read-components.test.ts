import { beforeAll, expect, test } from 'vitest';
import type { Place } from '../../../../../shared/django/source-place.ts';
import type { ProjectSnapshot } from '../../../../../shared/django/project-model.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, python, sha256, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

function read(files: Readonly<Record<string, string>>): ProjectSnapshot {
  return indexOf(parser, { ...LIBRARY, ...files }).snapshot();
}

function at({ file, line }: Place): string {
  return `${file}:${String(line)}`;
}

test('admin: decorators, register() with lists and classes of other modules, custom sites, inlines', () => {
  const { admin } = read({
    'catalog/admin.py': python(`
      from django.contrib import admin
      from django.contrib.auth import get_user_model

      from .inlines import LoanInline
      from .models import Author, Book, Loan
      from .site import staff_site

      admin.site.register([Author, Loan])


      @admin.register(Book, site=staff_site)
      class BookAdmin(admin.ModelAdmin):
          list_display = ['title', 'author']
          inlines = [LoanInline]


      class PeopleAdmin(admin.ModelAdmin):
          search_fields = ('name',)


      if True:
          staff_site.register(get_user_model(), PeopleAdmin)
      `),
    'catalog/inlines.py': python(`
      from django.contrib import admin

      from .models import Loan


      class LoanInline(admin.TabularInline):
          model = Loan
          extra = 0
      `),
    'catalog/site.py': python(`
      from django.contrib import admin

      staff_site = admin.AdminSite(name='staff')
      `),
  });
  const rows = admin.map(({ kind, name, models, site, inlines, options, place, registrations }) => [
    kind,
    name,
    models.join(' '),
    site,
    inlines.join(' '),
    options.map((option) => option.name).join(' '),
    at(place),
    registrations.map(at).join(' '),
  ]);
  expect(rows).toEqual([
    [
      'model-admin',
      'BookAdmin',
      'catalog.Book',
      'staff_site',
      'LoanInline',
      'list_display inlines',
      'catalog/admin.py:11',
      'catalog/admin.py:11',
    ],
    [
      'model-admin',
      'PeopleAdmin',
      'auth.User',
      'staff_site',
      '',
      'search_fields',
      'catalog/admin.py:17',
      'catalog/admin.py:22',
    ],
    ['inline', 'LoanInline', 'catalog.Loan', null, '', 'model extra', 'catalog/inlines.py:6', ''],
    [
      'model-admin',
      'ModelAdmin',
      'catalog.Author catalog.Loan',
      null,
      '',
      '',
      'catalog/admin.py:8',
      'catalog/admin.py:8',
    ],
  ]);
});

test('serializers, forms and filter sets: model, fields, declared ones, read-only and depth', () => {
  const { serializers, forms, filters } = read({
    'catalog/api.py': python(`
      import django_filters
      from django import forms
      from rest_framework import serializers

      from .models import Author, Book


      class AuthorSerializer(serializers.ModelSerializer):
          class Meta:
              model = Author
              fields = '__all__'
              depth = 1


      class BookSerializer(serializers.HyperlinkedModelSerializer):
          author = AuthorSerializer(read_only=True)
          pages = serializers.IntegerField(min_value=1)

          class Meta:
              model = Book
              fields = ('title', 'author', 'pages')
              read_only_fields = ['title']


      class ShortBookSerializer(BookSerializer):
          pass


      class LoginSerializer(serializers.Serializer):
          name = serializers.CharField()


      class BookForm(forms.ModelForm):
          class Meta:
              model = Book
              exclude = ['owner']


      class SearchForm(forms.Form):
          words = forms.CharField(required=False)


      class BookFilter(django_filters.FilterSet):
          after = django_filters.DateFilter(field_name='created')

          class Meta:
              model = Book
              fields = {'title': ['exact', 'icontains'], 'author': ['exact']}
      `),
  });
  const rows = [...serializers, ...forms, ...filters].map((each) => [
    each.kind,
    each.name,
    each.model,
    each.selection?.kind === 'named' ? each.selection.names.join(' ') : (each.selection?.kind ?? null),
    each.declared.map(({ name, typeCode }) => `${name}=${typeCode}`).join(' '),
  ]);
  expect(rows).toEqual([
    ['model-serializer', 'AuthorSerializer', 'catalog.Author', 'all', ''],
    [
      'model-serializer',
      'BookSerializer',
      'catalog.Book',
      'title author pages',
      'author=AuthorSerializer pages=serializers.IntegerField',
    ],
    ['model-serializer', 'ShortBookSerializer', 'catalog.Book', 'title author pages', ''],
    ['serializer', 'LoginSerializer', null, null, 'name=serializers.CharField'],
    ['model-form', 'BookForm', 'catalog.Book', 'excluded', ''],
    ['form', 'SearchForm', null, null, 'words=forms.CharField'],
    ['filter-set', 'BookFilter', 'catalog.Book', 'title author', 'after=django_filters.DateFilter'],
  ]);
  expect(serializers[0]).toMatchObject({ depth: 1, readOnly: [] });
  expect(serializers[1]).toMatchObject({ depth: null, readOnly: ['title'] });
});

test('signals: decorators with several signals, connect() in ready(), signals of the project', () => {
  const { signals } = read({
    'catalog/signals.py': python(`
      from django.db.models.signals import post_delete, post_save
      from django.dispatch import Signal, receiver

      from .models import Book

      book_sold = Signal()


      @receiver([post_save, post_delete], sender=Book)
      def index_book(sender, **kwargs):
          pass


      @receiver(book_sold)
      def send_mail(sender, **kwargs):
          pass


      def on_login(sender, **kwargs):
          pass
      `),
    'catalog/apps.py': python(`
      from django.apps import AppConfig


      class CatalogConfig(AppConfig):
          name = 'catalog'

          def ready(self):
              from django.contrib.auth.signals import user_logged_in
              from . import signals

              user_logged_in.connect(signals.on_login, dispatch_uid='login')
              database.connect('other')
      `),
  });
  const rows = signals.map(({ kind, name, signal, sender, place, receiverPlace }) => [
    kind,
    name,
    signal,
    sender,
    at(place),
    receiverPlace === null ? null : at(receiverPlace),
  ]);
  expect(rows).toEqual([
    [
      'connect',
      'on_login',
      'django.contrib.auth.signals.user_logged_in',
      null,
      'catalog/apps.py:11',
      'catalog/signals.py:19',
    ],
    [
      'decorator',
      'index_book',
      'django.db.models.signals.post_save',
      'catalog.Book',
      'catalog/signals.py:9',
      'catalog/signals.py:9',
    ],
    [
      'decorator',
      'index_book',
      'django.db.models.signals.post_delete',
      'catalog.Book',
      'catalog/signals.py:9',
      'catalog/signals.py:9',
    ],
    [
      'decorator',
      'send_mail',
      'catalog.signals.book_sold',
      null,
      'catalog/signals.py:14',
      'catalog/signals.py:14',
    ],
  ]);
});

test('management commands by their file, with their help and app', () => {
  const { commands } = read({
    'catalog/management/__init__.py': '',
    'catalog/management/commands/__init__.py': '',
    'catalog/management/commands/_private.py': 'class Command: pass\n',
    'catalog/management/commands/import_books.py': python(`
      from django.core.management.base import BaseCommand
      from django.utils.translation import gettext_lazy as _


      class Command(BaseCommand):
          help = _('Reads books from a file.')
      `),
  });
  expect(commands).toMatchObject([
    {
      name: 'import_books',
      app: 'catalog',
      help: 'Reads books from a file.',
      place: { file: 'catalog/management/commands/import_books.py', line: 5 },
    },
  ]);
});

test('views: functions, classes, viewsets and API views with methods, decorators and the model they are about', () => {
  const { views } = read({
    'catalog/views.py': python(`
      from django.contrib.auth.decorators import login_required
      from django.views.decorators.http import require_POST
      from django.views.generic import CreateView, ListView, View
      from rest_framework import viewsets
      from rest_framework.decorators import api_view
      from rest_framework.views import APIView

      from .models import Author, Book


      class BookList(ListView):
          model = Book
          paginate_by = 20


      class BookCreate(CreateView):
          queryset = Book.objects.all()


      class Health(View):
          http_method_names = ['get']

          def get(self, request):
              pass

          def post(self, request):
              pass


      class AuthorViewSet(viewsets.ModelViewSet):
          queryset = Author.objects.select_related('x')


      class Report(APIView):
          def get(self, request):
              pass


      @login_required
      @require_POST
      def sell(request, pk):
          pass


      @api_view(['POST', 'GET'])
      def count(request):
          pass


      def book_detail(request, pk):
          pass


      def helper(value):
          pass
      `),
  });
  const rows = views.map(({ kind, name, methods, model, decorators }) => [
    kind,
    name,
    methods?.join(' ') ?? null,
    model,
    decorators.join(' '),
  ]);
  expect(rows).toEqual([
    ['class', 'BookList', 'GET OPTIONS', 'catalog.Book', ''],
    ['class', 'BookCreate', 'GET POST PUT OPTIONS', 'catalog.Book', ''],
    ['class', 'Health', 'GET', null, ''],
    ['viewset', 'AuthorViewSet', null, 'catalog.Author', ''],
    ['api-class', 'Report', 'GET OPTIONS', null, ''],
    ['function', 'sell', 'POST', null, 'login_required require_POST'],
    ['api-function', 'count', 'GET POST OPTIONS', null, "api_view(['POST', 'GET'])"],
    ['function', 'book_detail', null, null, ''],
  ]);
});

test('a broken file keeps the last good components, marked; a renamed model reaches what is about it', () => {
  const files = { ...LIBRARY };
  const index = indexOf(parser, files);
  const set = (path: string, text: string): void => {
    index.setFile(path, text, sha256(text));
  };
  expect(index.snapshot().admin.map(({ models }) => models)).toEqual([['catalog.Book'], ['catalog.Author']]);
  const models = files['catalog/models.py'] ?? '';
  set('catalog/models.py', models.replace('class Author(', 'class Writer('));
  set('catalog/admin.py', (files['catalog/admin.py'] ?? '').replaceAll('Author', 'Writer'));
  expect(index.snapshot().admin.map((each) => each.models)).toEqual([['catalog.Book'], ['catalog.Writer']]);
  set('catalog/admin.py', (files['catalog/admin.py'] ?? '').replace("['title', 'author']", "['title', "));
  expect(index.snapshot().admin[0]).toMatchObject({ name: 'BookAdmin', stale: true });
});

test('a form set of models is no model', () => {
  const { models } = read({
    'catalog/forms.py': python(`
      from django.forms.models import BaseModelFormSet


      class BookFormSet(BaseModelFormSet):
          pass
      `),
  });
  expect(models.map(({ name }) => name)).not.toContain('BookFormSet');
});
