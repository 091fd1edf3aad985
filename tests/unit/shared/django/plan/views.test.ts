import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo, readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const SERIALIZERS = python(`
  from rest_framework import serializers

  from .models import Book


  class BookSerializer(serializers.ModelSerializer):
      class Meta:
          model = Book
          fields = '__all__'
  `);
const FILES = { ...LIBRARY, 'catalog/serializers.py': SERIALIZERS };

function add(name: string, base: string, model: string | null = null): Operation {
  return { kind: 'view.add', app: 'catalog', name, base, model };
}

/** The lines that a plan adds to the views, and its notes. */
function added(operation: Operation, files: Readonly<Record<string, string>> = FILES): string {
  const plan = indexOf(parser, files).plan(operation);
  const lines = plan.files.flatMap(({ hunks }) => hunks.flatMap((hunk) => hunk.lines));
  const text = lines.filter(({ kind }) => kind === 'added').map((line) => line.text);
  return ['', ...text, ...plan.notes.map((note) => `note ${note}`), ''].join('\n');
}

describe('view.add', () => {
  test('writes a function', () => {
    expect(added(add('about', 'function'))).toMatchInlineSnapshot(`
      "


      def about(request):
          return HttpResponse()
      "
    `);
  });
  test('writes class-based views by what they need', () => {
    expect(added(add('AboutView', 'TemplateView'))).toMatchInlineSnapshot(`
      "
      from django.views.generic import ListView, TemplateView


      class AboutView(TemplateView):
          template_name = 'catalog/about.html'
      note The view shows the template catalog/about.html: make it if it is not there.
      "
    `);
    expect(added(add('PingView', 'View'))).toMatchInlineSnapshot(`
      "
      from django.views.generic import ListView, View


      class PingView(View):
          def get(self, request, *args, **kwargs):
              return HttpResponse()
      "
    `);
    expect(added(add('BookDetail', 'DetailView', 'catalog.Book'))).toMatchInlineSnapshot(`
      "
      from django.views.generic import DetailView, ListView


      class BookDetail(DetailView):
          model = Book
      note The view shows the template catalog/book_detail.html: make it if it is not there.
      "
    `);
    expect(added(add('BookCreate', 'CreateView', 'catalog.Book'))).toMatchInlineSnapshot(`
      "
      from django.urls import reverse_lazy
      from django.views.generic import CreateView, ListView


      class BookCreate(CreateView):
          model = Book
          fields = ['title', 'author', 'sequel_to', 'owner']
          success_url = reverse_lazy('catalog:book-list')
      note The view shows the template catalog/book_form.html: make it if it is not there.
      "
    `);
    expect(added(add('BookDelete', 'DeleteView', 'catalog.Book'))).toMatchInlineSnapshot(`
      "
      from django.urls import reverse_lazy
      from django.views.generic import DeleteView, ListView


      class BookDelete(DeleteView):
          model = Book
          success_url = reverse_lazy('catalog:book-list')
      note The view shows the template catalog/book_confirm_delete.html: make it if it is not there.
      "
    `);
  });
  test('writes views and viewsets of an API, closed to strangers', () => {
    expect(added(add('PingView', 'APIView'))).toMatchInlineSnapshot(`
      "
      from rest_framework.permissions import IsAuthenticated
      from rest_framework.response import Response
      from rest_framework.views import APIView


      class PingView(APIView):
          permission_classes = [IsAuthenticated]

          def get(self, request, *args, **kwargs):
              return Response()
      "
    `);
    expect(added(add('BookListView', 'ListAPIView', 'catalog.Book'))).toMatchInlineSnapshot(`
      "
      from rest_framework import generics
      from rest_framework.permissions import IsAuthenticated
      from .serializers import BookSerializer


      class BookListView(generics.ListAPIView):
          queryset = Book.objects.all()
          serializer_class = BookSerializer
          permission_classes = [IsAuthenticated]
      "
    `);
    expect(added(add('BookViewSet', 'ModelViewSet', 'catalog.Book'))).toMatchInlineSnapshot(`
      "
      from rest_framework import viewsets
      from rest_framework.permissions import IsAuthenticated
      from .serializers import BookSerializer


      class BookViewSet(viewsets.ModelViewSet):
          queryset = Book.objects.all()
          serializer_class = BookSerializer
          permission_classes = [IsAuthenticated]
      "
    `);
    expect(added(add('StatusViewSet', 'ViewSet'))).toMatchInlineSnapshot(`
      "
      from rest_framework import viewsets
      from rest_framework.permissions import IsAuthenticated
      from rest_framework.response import Response


      class StatusViewSet(viewsets.ViewSet):
          permission_classes = [IsAuthenticated]

          def list(self, request):
              return Response([])
      "
    `);
  });
  test('follows the way the file imports', () => {
    const views =
      'from django.views import generic\r\nfrom rest_framework import permissions, viewsets\r\n\r\nfrom . import models';
    expect(added(add('AboutView', 'TemplateView'), { ...FILES, 'catalog/views.py': views }))
      .toMatchInlineSnapshot(`
      "
      from . import models


      class AboutView(generic.TemplateView):
          template_name = 'catalog/about.html'
      note The view shows the template catalog/about.html: make it if it is not there.
      "
    `);
    expect(added(add('BookViewSet', 'ModelViewSet', 'catalog.Book'), { ...FILES, 'catalog/views.py': views }))
      .toMatchInlineSnapshot(`
      "
      from . import models
      from .models import Book
      from .serializers import BookSerializer


      class BookViewSet(viewsets.ModelViewSet):
          queryset = Book.objects.all()
          serializer_class = BookSerializer
          permission_classes = [permissions.IsAuthenticated]
      "
    `);
  });
  test('gives a views package a module', () => {
    const rest = Object.fromEntries(Object.entries(FILES).filter(([path]) => path !== 'catalog/views.py'));
    const files = {
      ...rest,
      'catalog/views/__init__.py': 'from .about import About\n\n__all__ = ["About"]\n',
      'catalog/views/about.py': 'class About: ...\n',
    };
    expect(readable(indexOf(parser, files).plan(add('TeamView', 'TemplateView')))).toMatchInlineSnapshot(`
      "
      edit catalog/views/__init__.py
      @@ 1
       from .about import About
      +from .team_view import TeamView

      -__all__ = ["About"]
      +__all__ = ["About", "TeamView"]
      new catalog/views/team_view.py
      from django.views.generic import TemplateView


      class TeamView(TemplateView):
          template_name = 'catalog/team.html'
      note The view shows the template catalog/team.html: make it if it is not there.
      "
    `);
  });
  test.each<[string, Operation, RegExp]>([
    ['a base nobody knows', add('X', 'NoSuchView'), /“NoSuchView” is not a view/],
    ['a model view without a model', add('X', 'ListView'), /shows a model: choose one/],
    [
      'a viewset without its serializer',
      add('LoanViewSet', 'ModelViewSet', 'catalog.Loan'),
      /no LoanSerializer yet/,
    ],
    ['a name that is taken', add('BookList', 'View'), /has BookList already/],
    ['a bad name', add('book list', 'View'), /can’t be the name of a view/],
    ['an abstract model', add('X', 'ListView', 'catalog.Dated'), /is abstract/],
  ])('refuses %s', (_what, operation, message) => {
    expect(() => added(operation)).toThrow(message);
  });
});

const VIEWSETS = python(`
  from rest_framework import viewsets
  from rest_framework.permissions import IsAuthenticated

  from .models import Book
  from .serializers import BookSerializer


  class BookViewSet(viewsets.ModelViewSet):
      queryset = Book.objects.all()
      serializer_class = BookSerializer
      permission_classes = [IsAuthenticated]  # for now

      def perform_create(self, serializer):
          serializer.save(owner=self.request.user)
  `);
const view = { file: 'catalog/api.py', name: 'BookViewSet' };

/** The viewsets after an operation; a second one finds nothing to do. */
function after(operation: Operation, text = VIEWSETS): string {
  const index = indexOf(parser, { ...FILES, 'catalog/api.py': text });
  const plan = applyTo(index, operation);
  expect(() => index.plan(operation)).toThrow(/\.$/);
  return plan.files.find(({ path }) => path === 'catalog/api.py')?.after ?? '';
}

describe('view.set', () => {
  const set = (option: string, code: string | null): Operation => ({ kind: 'view.set', view, option, code });

  test('puts a new attribute in its place and imports what it names', () => {
    expect(after(set('filter_backends', '[DjangoFilterBackend, SearchFilter]'))).toMatchInlineSnapshot(`
      "from django_filters.rest_framework import DjangoFilterBackend
      from rest_framework import viewsets
      from rest_framework.filters import SearchFilter
      from rest_framework.permissions import IsAuthenticated

      from .models import Book
      from .serializers import BookSerializer


      class BookViewSet(viewsets.ModelViewSet):
          queryset = Book.objects.all()
          serializer_class = BookSerializer
          permission_classes = [IsAuthenticated]  # for now
          filter_backends = [DjangoFilterBackend, SearchFilter]

          def perform_create(self, serializer):
              serializer.save(owner=self.request.user)
      "
    `);
    expect(after(set('pagination_class', 'LimitOffsetPagination'))).toContain(
      '    permission_classes = [IsAuthenticated]  # for now\n    pagination_class = LimitOffsetPagination\n',
    );
  });
  test('changes an attribute and drops the import it alone used', () => {
    expect(after(set('permission_classes', '[IsAdminUser]'))).toContain(
      'from rest_framework.permissions import IsAdminUser\n',
    );
    expect(after(set('permission_classes', '[IsAuthenticated, IsAdminUser]'))).toContain(
      '    permission_classes = [IsAuthenticated, IsAdminUser]  # for now\n',
    );
    expect(after(set('queryset', 'Book.objects.filter(title__gt="a")'))).toContain(
      "    queryset = Book.objects.filter(title__gt='a')\n",
    );
  });
  test('takes an attribute away', () => {
    expect(after(set('permission_classes', null))).toBe(
      VIEWSETS.replace('from rest_framework.permissions import IsAuthenticated\n', '').replace(
        '    permission_classes = [IsAuthenticated]  # for now\n',
        '',
      ),
    );
  });
  test('breaks a long list', () => {
    const names = ['title', 'author', 'owner', 'created', 'readers', 'sequel_to', 'author__name'];
    expect(after(set('filterset_fields', JSON.stringify(names)))).toContain(
      `    filterset_fields = [\n${names.map((name) => `        '${name}',\n`).join('')}    ]\n`,
    );
  });
  test('refuses what is no attribute', () => {
    expect(() => after(set('perform_create', 'None'))).toThrow(/is a method/);
    expect(() =>
      after({
        kind: 'view.set',
        view: { file: 'catalog/views.py', name: 'book_detail' },
        option: 'a',
        code: '1',
      }),
    ).toThrow(/is a function/);
  });
});

describe('view.addMethod', () => {
  const method = (name: string, action: { detail: boolean; methods: string[] } | null = null): Operation => ({
    kind: 'view.addMethod',
    view,
    name,
    action,
  });

  test('overrides with what the base does', () => {
    expect(after(method('get_queryset'))).toContain(
      '        serializer.save(owner=self.request.user)\n\n    def get_queryset(self):\n        return super().get_queryset()\n',
    );
    expect(after(method('destroy'))).toContain('        return super().destroy(request, *args, **kwargs)\n');
  });
  test('adds extra actions with their imports', () => {
    expect(after(method('lend', { detail: true, methods: ['post'] }))).toMatchInlineSnapshot(`
      "from rest_framework import viewsets
      from rest_framework.decorators import action
      from rest_framework.permissions import IsAuthenticated
      from rest_framework.response import Response

      from .models import Book
      from .serializers import BookSerializer


      class BookViewSet(viewsets.ModelViewSet):
          queryset = Book.objects.all()
          serializer_class = BookSerializer
          permission_classes = [IsAuthenticated]  # for now

          def perform_create(self, serializer):
              serializer.save(owner=self.request.user)

          @action(detail=True, methods=['post'])
          def lend(self, request, pk=None):
              instance = self.get_object()
              return Response(self.get_serializer(instance).data)
      "
    `);
    expect(after(method('newest', { detail: false, methods: ['get'] }))).toContain(
      '    @action(detail=False)\n    def newest(self, request):\n',
    );
  });
  test('adds handlers of plain views', () => {
    const text =
      'from rest_framework.views import APIView\r\n\r\n\r\nclass BookViewSet(APIView):\r\n    pass\r\n';
    expect(after(method('post'), text)).toBe(
      'from rest_framework.response import Response\r\nfrom rest_framework.views import APIView\r\n\r\n\r\nclass BookViewSet(APIView):\r\n    def post(self, request, *args, **kwargs):\r\n        return Response()\r\n',
    );
  });
  test.each<[string, Operation, RegExp]>([
    ['what is there', method('perform_create'), /has perform_create already/],
    ['methods nobody calls', method('frobnicate'), /not a handler that BookViewSet is asked for/],
    ['what HTTP does not have', method('x', { detail: true, methods: ['POST'] }), /not a method of HTTP/],
    [
      'actions of plain views',
      {
        ...method('x', { detail: true, methods: ['get'] }),
        view: { file: 'catalog/views.py', name: 'BookList' },
      } as Operation,
      /is no viewset/,
    ],
  ])('refuses %s', (_what, operation, message) => {
    expect(() => after(operation)).toThrow(message);
  });
});
