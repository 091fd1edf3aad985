import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { SourceIndex } from '../../../../../shared/django/source-index.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo, readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const FILE = 'catalog/urls.py';
const URLS = python(`
  from django.urls import path, re_path

  from . import views

  app_name = 'catalog'

  urlpatterns = [
      path('', views.BookList.as_view(), name='book-list'),
      # one book
      path('<int:pk>/', views.book_detail, name='book-detail'),  # by key
      path('new/', views.book_new),
      re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year')
  ]
  `);
const USES = {
  'catalog/links.py': python(`
    from django.shortcuts import redirect
    from django.urls import reverse

    DETAIL = 'catalog:book-detail'


    def go(pk):
        if pk:
            return reverse('catalog:book-detail', args=[pk])
        return redirect("catalog:book-list")
    `),
  'catalog/templates/catalog/book.html':
    '<a href="{% url \'catalog:book-detail\' book.pk %}">book-detail</a>\n',
};
const FILES = { ...LIBRARY, [FILE]: URLS, ...USES };

/** The operation on the route whose call starts with this code. */
type RouteKind = 'route.changePath' | 'route.rename' | 'route.reorder' | 'route.move' | 'route.remove';
type Change = { [K in RouteKind]: Omit<Extract<Operation, { kind: K }>, 'route'> }[RouteKind];
function routeOf(
  index: SourceIndex,
  text: string,
  code: string,
  file = FILE,
): { file: string; start: number; pattern: string } {
  const start = text.indexOf(code);
  const found = index.snapshot().routes.find(({ place }) => place.file === file && place.start === start);
  return { file, start, pattern: found?.pattern ?? '' };
}
function planned(
  code: string,
  change: Change,
  text = URLS,
  files: Readonly<Record<string, string>> = FILES,
): string {
  const index = indexOf(parser, { ...files, [FILE]: text });
  return readable(index.plan({ ...change, route: routeOf(index, text, code) }));
}
function after(code: string, change: Change, text = URLS): string {
  const index = indexOf(parser, { ...FILES, [FILE]: text });
  const operation = { ...change, route: routeOf(index, text, code) } as Operation;
  const plan = applyTo(index, operation);
  expect(() => index.plan(operation)).toThrow(/\.$/);
  return plan.files.find(({ path }) => path === FILE)?.after ?? '';
}
const crlf = (text: string): string => text.replaceAll('\n', '\r\n').trimEnd();

describe('route.changePath', () => {
  const to = (path: string): Change => ({ kind: 'route.changePath', path });

  test('changes the text alone', () => {
    expect(after("path('new/'", to('/fresh/'))).toBe(URLS.replace("'new/'", "'fresh/'"));
    expect(after("path('new/'", to('fresh/'), crlf(URLS))).toBe(crlf(URLS).replace("'new/'", "'fresh/'"));
    expect(after("re_path(r'^year", to('^(?P<year>\\d{4})/$'))).toBe(
      URLS.replace('year/(?P<year>[0-9]{4})', '(?P<year>\\d{4})'),
    );
  });

  test('says what the view and the places that reverse it have to follow', () => {
    expect(planned("path('<int:pk>/'", to('<slug:slug>/'))).toMatchInlineSnapshot(`
      "
      edit catalog/urls.py
      @@ 7
       urlpatterns = [
           path('', views.BookList.as_view(), name='book-list'),
           # one book
      -    path('<int:pk>/', views.book_detail, name='book-detail'),  # by key
      +    path('<slug:slug>/', views.book_detail, name='book-detail'),  # by key
           path('new/', views.book_new),
           re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year')
       ]
      note views.book_detail gets slug too and does not get pk any more: its parameters, and the arguments where the route is reversed, have to follow.
      note “new/” is never reached: “<slug:slug>/” stands before it and takes its addresses.
      "
    `);
  });

  test('changes the prefix of an include', () => {
    const urls = LIBRARY['library/urls.py'] ?? '';
    const index = indexOf(parser, FILES);
    const route = routeOf(index, urls, "path('catalog/'", 'library/urls.py');
    expect(readable(index.plan({ kind: 'route.changePath', route, path: 'books/' }))).toContain(
      "+    path('books/', include('catalog.urls')),",
    );
  });

  test.each<[string, string, Change, RegExp]>([
    ['a converter nobody knows', "path('new/'", to('<year:y>/'), /“year” is not a converter/],
    [
      'a path that is taken',
      "path('new/'",
      to('<int:pk>/'),
      /has a route for “<int:pk>\/” already, at line 10/,
    ],
    ['what is no regular expression', 're_path(', to('^(('), /is not a regular expression/],
    ['the path it has', "path('new/'", to('new/'), /Nothing would change/],
    ['a route that moved', "path('nowhere/'", to('new/'), /is not there any more in catalog\/urls\.py/],
  ])('refuses %s', (_what, code, change, message) => {
    expect(() => planned(code, change)).toThrow(message);
  });
});

describe('route.rename', () => {
  const to = (name: string | null): Change => ({ kind: 'route.rename', name });

  test('renames what surely reverses it, and offers what may', () => {
    expect(planned("path('<int:pk>/'", to('detail'))).toMatchInlineSnapshot(`
      "
      edit catalog/links.py
      @@ 6

       def go(pk):
           if pk:
      -        return reverse('catalog:book-detail', args=[pk])
      +        return reverse('catalog:detail', args=[pk])
           return redirect("catalog:book-list")
      edit catalog/templates/catalog/book.html
      @@ 1
      -<a href="{% url 'catalog:book-detail' book.pk %}">book-detail</a>
      +<a href="{% url 'catalog:detail' book.pk %}">book-detail</a>
      edit catalog/urls.py
      @@ 7
       urlpatterns = [
           path('', views.BookList.as_view(), name='book-list'),
           # one book
      -    path('<int:pk>/', views.book_detail, name='book-detail'),  # by key
      +    path('<int:pk>/', views.book_detail, name='detail'),  # by key
           path('new/', views.book_new),
           re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year')
       ]
      offer catalog/links.py:4 DETAIL = 'catalog:book-detail' (code has the text catalog:book-detail)
      "
    `);
  });

  test('names a route that has none, and takes a name away', () => {
    expect(after("path('new/'", to('new'))).toBe(
      URLS.replace('views.book_new)', "views.book_new, name='new')"),
    );
    expect(after('re_path(', to(null))).toBe(URLS.replace(", name='year'", ''));
  });

  test('asks where several routes have the name', () => {
    const text = URLS.replace('views.book_new)', "views.book_new, name='book-detail')");
    const plan = planned("path('<int:pk>/'", to('detail'), text);
    expect(plan).toContain('several routes are named catalog:book-detail');
    expect(plan).not.toContain('edit catalog/links.py');
  });

  test.each<[string, string, Change, RegExp]>([
    [
      'a name that is used',
      "path('<int:pk>/'",
      to(null),
      /still used at catalog\/templates\/catalog\/book\.html:1, catalog\/links\.py:9/,
    ],
    ['a name that is taken', "path('new/'", to('year'), /has a route named “year” already/],
    ['a bad name', "path('new/'", to('a b'), /can’t be the name of a route/],
  ])('refuses %s', (_what, code, change, message) => {
    expect(() => planned(code, change)).toThrow(message);
  });
});

describe('route.reorder', () => {
  function order(code: string, behind: string | null, text = URLS): string {
    const index = indexOf(parser, { ...FILES, [FILE]: text });
    const anchor = behind === null ? null : routeOf(index, text, behind);
    const operation: Operation = { kind: 'route.reorder', route: routeOf(index, text, code), after: anchor };
    const plan = applyTo(index, operation);
    const notes = plan.notes.map((note) => `note ${note}\n`).join('');
    return notes + ((plan.files[0]?.after ?? '').split(/urlpatterns = /)[1] ?? '');
  }

  test('takes the lines with their comments along', () => {
    expect(order("path('<int:pk>/'", null)).toMatchInlineSnapshot(`
      "[
          # one book
          path('<int:pk>/', views.book_detail, name='book-detail'),  # by key
          path('', views.BookList.as_view(), name='book-list'),
          path('new/', views.book_new),
          re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year')
      ]
      "
    `);
    expect(order("path('<int:pk>/'", 're_path(')).toMatchInlineSnapshot(`
      "[
          path('', views.BookList.as_view(), name='book-list'),
          path('new/', views.book_new),
          re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year'),
          # one book
          path('<int:pk>/', views.book_detail, name='book-detail')  # by key
      ]
      "
    `);
    expect(order('re_path(', "path(''")).toMatchInlineSnapshot(`
      "[
          path('', views.BookList.as_view(), name='book-list'),
          re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year'),
          # one book
          path('<int:pk>/', views.book_detail, name='book-detail'),  # by key
          path('new/', views.book_new)
      ]
      "
    `);
    expect(order("path('new/'", "path(''", crlf(URLS))).toContain(
      "book-list'),\r\n    path('new/', views.book_new),\r\n    # one book\r\n",
    );
  });

  test('keeps a list on one line', () => {
    const text =
      "from django.urls import path\nfrom . import views\nurlpatterns = [path('a/', views.a), path('b/', views.b)]\n";
    expect(order("path('b/'", null, text)).toBe("[path('b/', views.b), path('a/', views.a)]\n");
  });

  test('warns where a pattern takes the addresses of another', () => {
    const text = URLS.replace('<int:pk>/', '<slug:slug>/');
    expect(order("path('new/'", 're_path(', text)).toContain(
      'note “new/” is never reached: “<slug:slug>/” stands before it and takes its addresses.',
    );
  });
});

describe('route.move', () => {
  test('carries imports, and names that change with the namespace', () => {
    expect(planned("path('<int:pk>/'", { kind: 'route.move', file: 'library/urls.py' }))
      .toMatchInlineSnapshot(`
      "
      edit catalog/links.py
      @@ 6

       def go(pk):
           if pk:
      -        return reverse('catalog:book-detail', args=[pk])
      +        return reverse('book-detail', args=[pk])
           return redirect("catalog:book-list")
      edit catalog/templates/catalog/book.html
      @@ 1
      -<a href="{% url 'catalog:book-detail' book.pk %}">book-detail</a>
      +<a href="{% url 'book-detail' book.pk %}">book-detail</a>
      edit catalog/urls.py
      @@ 7
       urlpatterns = [
           path('', views.BookList.as_view(), name='book-list'),
           # one book
      -    path('<int:pk>/', views.book_detail, name='book-detail'),  # by key
           path('new/', views.book_new),
           re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year')
       ]
      edit library/urls.py
      @@ 1
       from django.contrib import admin
       from django.urls import include, path

      +from catalog import views
      +
       urlpatterns = [
           path('admin/', admin.site.urls),
           path('catalog/', include('catalog.urls')),
      +    path('<int:pk>/', views.book_detail, name='book-detail'),
       ]
      offer catalog/links.py:4 DETAIL = 'catalog:book-detail' (code has the text catalog:book-detail)
      note The address of /catalog/<int:pk>/ starts with what stands before the routes of library/urls.py then.
      "
    `);
  });
  test('refuses what is no URLconf', () => {
    expect(() => planned("path('new/'", { kind: 'route.move', file: 'catalog/views.py' })).toThrow(
      /has no urlpatterns/,
    );
  });
});

describe('route.remove', () => {
  test('goes with its line, and with imports that it alone needed', () => {
    expect(after('re_path(', { kind: 'route.remove' })).toBe(
      URLS.replace("    re_path(r'^year/(?P<year>[0-9]{4})/$', views.year, name='year')\n", '').replace(
        'path, re_path',
        'path',
      ),
    );
  });
  test('takes a registration of a router', () => {
    const text =
      "from rest_framework import routers\n\nfrom . import views\n\nrouter = routers.DefaultRouter()\nrouter.register('books', views.Books, basename='book')\nurlpatterns = router.urls\n";
    expect(after("router.register('books'", { kind: 'route.remove' }, text)).toBe(
      'from rest_framework import routers\n\nrouter = routers.DefaultRouter()\nurlpatterns = router.urls\n',
    );
  });
  test('refuses while something reverses it', () => {
    expect(() => planned("path('<int:pk>/'", { kind: 'route.remove' })).toThrow(
      /\/catalog\/<int:pk>\/ is still used at/,
    );
  });
});

describe('route.include', () => {
  const include = (module: string, namespace: string | null = null, path = 'shop/'): Operation => ({
    kind: 'route.include',
    file: 'library/urls.py',
    path,
    module,
    namespace,
  });
  const files = {
    ...FILES,
    'shop/__init__.py': '',
    'shop/urls.py': 'from django.urls import path\n\nurlpatterns = []\n',
  };

  test('adds an include, in a namespace where one is wanted', () => {
    const plan = (operation: Operation): string => readable(indexOf(parser, files).plan(operation));
    expect(plan(include('shop.urls'))).toContain("+    path('shop/', include('shop.urls')),");
    expect(plan(include('shop.urls', 'shop'))).toContain(
      "+    path('shop/', include(('shop.urls', 'shop'))),",
    );
    expect(plan(include('allauth.urls', null, 'accounts/'))).toMatch(
      /include\('allauth\.urls'\)[\s\S]*note allauth\.urls is not part of this project/,
    );
  });

  test.each<[string, Operation, RegExp]>([
    ['what is included already', include('catalog.urls'), /includes catalog\.urls already/],
    [
      'a circle',
      { ...include('library.urls'), file: FILE } as Operation,
      /includes catalog\/urls\.py itself/,
    ],
    ['what is not there', include('shop.routes'), /no module shop\.routes/],
    ['what has no patterns', include('catalog.views'), /has no urlpatterns/],
  ])('refuses %s', (_what, operation, message) => {
    expect(() => indexOf(parser, files).plan(operation)).toThrow(message);
  });
});
