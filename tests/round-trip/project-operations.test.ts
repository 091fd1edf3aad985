import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../shared/django/operations.ts';
import type { SourceIndex } from '../../shared/django/source-index.ts';
import type { PythonParser } from '../../shared/python/parser.ts';
import { sharedEnds } from '../../shared/python/shared-ends.ts';
import { filesAfter } from '../unit/shared/folder-fixture.ts';
import { indexOf, LIBRARY, python, sha256, testParser } from '../unit/shared/source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

type Files = Readonly<Record<string, string>>;
const PROJECT: Files = {
  ...LIBRARY,
  'requirements.txt': 'Django~=5.2  # long-term\nruff\n',
  'catalog/serializers.py': python(`
    from rest_framework import serializers

    from .models import Author, Book


    class AuthorSerializer(serializers.ModelSerializer):
        class Meta:
            model = Author
            fields = '__all__'  # for now


    class BookSerializer(serializers.ModelSerializer):
        class Meta:
            model = Book
            fields = [
                'id',
                # as on the cover
                'title',
                'author'  # who wrote it
            ]
    `),
  'catalog/api.py': python(`
    from rest_framework import viewsets
    from rest_framework.permissions import IsAuthenticated

    from .models import Book
    from .serializers import BookSerializer


    class BookViewSet(viewsets.ModelViewSet):
        """Books of the library."""

        queryset = Book.objects.all()  # all of them
        serializer_class = BookSerializer
        permission_classes = [IsAuthenticated]
        # what comes next is for people

        def perform_create(self, serializer):
            serializer.save()
    `),
  'catalog/more_urls.py': python(`
    from django.urls import path

    from . import views

    urlpatterns = [path('more/', views.book_detail), path('less/', views.book_detail, name='less')]
    `),
};
const book = { file: 'catalog/serializers.py', name: 'BookSerializer' };
const author = { file: 'catalog/serializers.py', name: 'AuthorSerializer' };
const view = { file: 'catalog/api.py', name: 'BookViewSet' };

type Make = (index: SourceIndex) => Operation;
/** The route of the library's own URLconf with this name. */
const route = (index: SourceIndex, name: string): { file: string; start: number; pattern: string } => {
  const found = index.snapshot().routes.find((each) => each.name === name);
  return { file: found?.place.file ?? '', start: found?.place.start ?? 0, pattern: found?.pattern ?? '' };
};

const OPERATIONS: readonly Make[] = [
  () => ({ kind: 'app.rename', app: 'catalog', name: 'books' }),
  () => ({ kind: 'app.remove', app: 'catalog' }),
  (index) => ({
    kind: 'route.changePath',
    route: route(index, 'catalog:book-detail'),
    path: 'book/<int:pk>/',
  }),
  (index) => ({ kind: 'route.rename', route: route(index, 'catalog:book-detail'), name: 'detail' }),
  (index) => ({ kind: 'route.reorder', route: route(index, 'catalog:book-detail'), after: null }),
  (index) => ({
    kind: 'route.move',
    route: route(index, 'catalog:book-detail'),
    file: 'catalog/more_urls.py',
  }),
  (index) => ({ kind: 'route.remove', route: route(index, 'catalog:book-detail') }),
  () => ({
    kind: 'route.include',
    file: 'library/urls.py',
    path: 'more/',
    module: 'catalog.more_urls',
    namespace: 'more',
  }),
  () => ({ kind: 'view.add', app: 'catalog', name: 'BookCreate', base: 'CreateView', model: 'catalog.Book' }),
  () => ({ kind: 'view.set', view, option: 'permission_classes', code: '[IsAdminUser]' }),
  () => ({ kind: 'view.set', view, option: 'search_fields', code: "['title', 'author__name']" }),
  () => ({ kind: 'view.addMethod', view, name: 'lend', action: { detail: true, methods: ['post'] } }),
  () => ({ kind: 'serializer.add', model: 'catalog.Loan', name: 'LoanSerializer', fields: ['id', 'book'] }),
  () => ({ kind: 'serializer.setFields', serializer: book, fields: ['id', 'author', 'owner'] }),
  () => ({ kind: 'serializer.setFields', serializer: author, fields: ['id', 'name'] }),
  () => ({ kind: 'serializer.setReadOnly', serializer: book, fields: ['id'] }),
  () => ({
    kind: 'serializer.nest',
    serializer: book,
    field: 'author',
    with: author,
    many: false,
    readOnly: true,
  }),
  () => ({ kind: 'serializer.setDepth', serializer: author, depth: 1 }),
  () => ({ kind: 'serializer.setMeta', serializer: author, option: 'exclude', code: "['created']" }),
  () => ({ kind: 'admin.register', model: 'catalog.Loan' }),
  () => ({ kind: 'admin.unregister', model: 'catalog.Book' }),
  () => ({ kind: 'admin.set', model: 'catalog.Author', option: 'list_display', code: "['name']" }),
  () => ({ kind: 'admin.set', model: 'catalog.Book', option: 'search_fields', code: null }),
  () => ({ kind: 'admin.addInline', model: 'catalog.Book', inline: 'catalog.Loan', style: 'stacked' }),
  () => ({ kind: 'settings.set', setting: 'DEBUG', code: 'False' }),
  () => ({ kind: 'settings.set', setting: 'MEDIA_ROOT', code: "BASE_DIR / 'media'" }),
  () => ({
    kind: 'settings.addEntry',
    setting: 'MIDDLEWARE',
    code: "'whitenoise.middleware.WhiteNoiseMiddleware'",
    after: null,
  }),
  () => ({ kind: 'settings.removeEntry', setting: 'INSTALLED_APPS', code: "'django.contrib.sessions'" }),
  () => ({
    kind: 'settings.fromEnvironment',
    setting: 'SECRET_KEY',
    variable: 'SECRET_KEY',
    keepDefault: false,
  }),
  () => ({ kind: 'requirement.add', package: 'redis', specifier: '>=5' }),
  () => ({ kind: 'requirement.remove', package: 'ruff' }),
  () => ({ kind: 'requirement.pin', package: 'django', version: '5.2.3' }),
];

/** The same project in other bytes: what people's editors, platforms and habits make of it. */
const DRESSES: Readonly<Record<string, (text: string, path: string) => string>> = {
  'as it is': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with tabs': (text) => text.replaceAll('    ', '\t'),
  'with a byte order mark': (text) => (text === '' ? '' : `\uFEFF${text}`),
  'without a final newline': (text) => text.replace(/\n$/, ''),
  'with double quotes': (text) => text.replace(/(?<!")'|'(?!")/g, '"'),
  'with letters outside the basic plane': (text) => (text === '' ? '' : `# 𝒟jango 🎸 naïve\n${text}# 🎸 é\n`),
};

function dressed(name: string): Files {
  const change = DRESSES[name] ?? ((text: string) => text);
  return Object.fromEntries(Object.entries(PROJECT).map(([path, text]) => [path, change(text, path)]));
}

describe.each(Object.keys(DRESSES))('a project %s', (dress) => {
  test.each(OPERATIONS.map((make) => [kindOf(make), make] as const))('%s keeps the laws', (_kind, make) => {
    const before = dressed(dress);
    const index = indexOf(parser, before);
    const operation = make(index);
    const plan = index.plan(operation);
    for (const { path, kind, after, baseHash } of plan.files) {
      const old = before[path] ?? '';
      const fresh = after ?? '';
      expect(baseHash).toBe(kind === 'create' ? null : sha256(old));
      if (kind !== 'edit') continue;
      assertSound(path, fresh);
      expect(fresh.startsWith('\uFEFF')).toBe(old.startsWith('\uFEFF'));
      if (dress === 'with CRLF') expect(fresh.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      else expect(fresh).not.toContain('\r');
      if (dress === 'with tabs' && path.endsWith('.py')) expect(fresh).not.toMatch(/^ +\S/m);
      if (dress === 'with double quotes' && path.endsWith('.py')) expect(fresh).not.toContain("'");
      if (!/remove|unregister|setFields/.test(operation.kind))
        expect(comments(fresh)).toEqual(expect.arrayContaining(comments(old)));
      const { head, tail } = sharedEnds(old, fresh);
      expect(fresh.slice(0, head) + fresh.slice(fresh.length - tail)).toBe(
        old.slice(0, head) + old.slice(old.length - tail),
      );
    }
    const again = indexOf(parser, filesAfter(before, plan));
    expect(() => again.plan(operation)).toThrow(/\.$/);
  });
});

/** The kind of an operation, to name its test before the parser is there. */
function kindOf(make: Make): string {
  const nothing = { snapshot: () => ({ routes: [] }) } as unknown as SourceIndex;
  return make(nothing).kind;
}

function comments(text: string): string[] {
  return text.match(/#.*$/gm) ?? [];
}

function assertSound(path: string, text: string): void {
  const tree = parser.parse(path.endsWith('.py') ? text : '');
  expect(tree.rootNode.hasError).toBe(false);
  tree.delete();
}
