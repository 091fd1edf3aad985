import { beforeAll, expect, test } from 'vitest';
import { regexAddress } from '../../../../../shared/django/read/regex-address.ts';
import type { RouteFacts } from '../../../../../shared/django/project-model.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

function read(files: Readonly<Record<string, string>>): readonly RouteFacts[] {
  return indexOf(parser, { ...LIBRARY, ...files }).snapshot().routes;
}

function patterns(files: Readonly<Record<string, string>>): readonly string[] {
  return read(files).map(({ pattern, unknown }) => (unknown === null ? pattern : `${pattern} – ${unknown}`));
}

test('branches, loops, imports that may fail, and lists that other modules began', () => {
  const found = patterns({
    'library/base.py': python(`
      from django.urls import path
      from catalog import views

      urlpatterns = [path('base/', views.book_detail)]
      `),
    'library/urls.py': python(`
      from django.conf import settings
      from django.urls import path
      from catalog import views
      from library.base import *

      try:
          import debug_toolbar
      except ImportError:
          pass
      else:
          urlpatterns += [path('toolbar/', views.book_detail)]

      if settings.A:
          if settings.B:
              urlpatterns.append(path('both/', views.book_detail))
          else:
              urlpatterns.insert(0, path('a-only/', views.book_detail))
      elif settings.C:
          urlpatterns = [path('first/', views.book_detail)] + urlpatterns

      for name in ('x', 'y'):
          urlpatterns.append(path(name + '/', views.book_detail))

      urlpatterns += [path(f'{name}/', views.book_detail) for name in settings.NAMES]
      urlpatterns += [path('yes/', views.book_detail)] if settings.D else []
      `),
  });
  expect(found).toMatchInlineSnapshot(`
    [
      "/first/ – Only there when settings.C.",
      "/a-only/ – Only there when settings.A and not (settings.B).",
      "/base/",
      "/toolbar/ – Only there when “import debug_toolbar” works.",
      "/both/ – Only there when settings.A and settings.B.",
      "/… – The pattern is computed when the project runs.",
      "/… – The pattern is computed when the project runs.",
      "/yes/ – Only there when settings.D.",
    ]
  `);
});

test('functions that make patterns, and functions that are given patterns', () => {
  const found = patterns({
    'library/made.py': python(`
      from django.urls import path
      from catalog import views


      def get_patterns(debug):
          patterns = [path('made/', views.book_detail)]
          if debug:
              patterns.append(path('made-debug/', views.book_detail))
          return patterns


      def guarded(patterns, check):
          return [check(each) for each in patterns]
      `),
    'library/urls.py': python(`
      from django.urls import include, path
      from catalog import views
      from elsewhere import routes
      from library.made import get_patterns, guarded

      own = [path('own/', views.book_detail)]
      urlpatterns = get_patterns(True) + guarded(own, None)
      urlpatterns += [path('in/', include(get_patterns(False)))]
      urlpatterns += routes.collect()
      `),
  });
  expect(found).toMatchInlineSnapshot(`
    [
      "/made/",
      "/made-debug/ – Only there when debug.",
      "/own/ – Passed through guarded(), which may change it.",
      "/in/",
      "/in/made/",
      "/in/made-debug/ – Only there when debug.",
      "/ – routes.collect() is computed when the project runs.",
    ]
  `);
});

test('patterns of constants, settings and formats', () => {
  const found = patterns({
    'library/settings.py': `${LIBRARY['library/settings.py'] ?? ''}ADMIN_URL = 'secret/'\nMEDIA_URL = '/media/'\n`,
    'library/constants.py': "VERSION = 2\nAPI = 'api/v%s' % VERSION\n",
    'library/urls.py': python(`
      from django.conf import settings
      from django.conf.urls.static import static
      from django.urls import path, re_path
      from catalog import views
      from library import constants
      from library.constants import API, VERSION

      SLASH = '/' if settings.APPEND_SLASH else ''
      urlpatterns = [
          path(settings.ADMIN_URL, views.book_detail),
          path(API + '/books' + SLASH, views.book_detail),
          path(f'v{VERSION}/x/', views.book_detail),
          re_path(r'^v{}/(?P<pk>\\d+)$'.format(constants.VERSION), views.book_detail),
          path(settings.UNKNOWN, views.book_detail),
          path(make(), views.book_detail),
      ] + static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
      `),
  });
  expect(found).toMatchInlineSnapshot(`
    [
      "/secret/",
      "/api/v2/books/",
      "/v2/x/",
      "/v2/<pk>",
      "/… – The pattern is computed when the project runs.",
      "/… – The pattern is computed when the project runs.",
      "/media/<path> – Only there when settings.DEBUG.",
    ]
  `);
});

test('views: place and methods behind decorators, variables, partial() and as_view()', () => {
  const rows = read({
    'catalog/views.py': python(`
      from functools import partial
      from django.contrib.auth.decorators import login_required
      from django.views.decorators.http import require_http_methods
      from django.views.generic import DetailView, View
      from rest_framework import viewsets
      from rest_framework.decorators import api_view


      @require_http_methods(['GET', 'POST'])
      def edit(request):
          pass


      @api_view
      def status(request):
          pass


      class Book(View):
          def get(self, request):
              pass


      class Detail(DetailView):
          pass


      class Books(viewsets.ModelViewSet):
          pass


      book = login_required(Book.as_view())
      `),
    'library/urls.py': python(`
      from functools import partial
      from django.urls import path
      from django.views.decorators.cache import cache_page
      from django.views.decorators.http import require_POST
      from catalog import views

      urlpatterns = [
          path('edit/', views.edit),
          path('status/', views.status),
          path('book/', views.book),
          path('detail/', cache_page(60)(views.Detail.as_view(model=None))),
          path('books/', views.Books.as_view({'get': 'list', 'post': 'create'})),
          path('partial/', partial(views.edit, extra=1)),
          path('post/', require_POST(views.Detail.as_view())),
          path('lambda/', lambda request: None),
      ]
      `),
  });
  expect(
    rows.map(({ pattern, methods, viewPlace }) => [
      pattern,
      methods?.join(' ') ?? null,
      viewPlace === null ? null : `${viewPlace.file}:${String(viewPlace.line)}`,
    ]),
  ).toEqual([
    ['/edit/', 'GET POST', 'catalog/views.py:9'],
    ['/status/', 'GET OPTIONS', 'catalog/views.py:14'],
    ['/book/', 'GET OPTIONS', 'catalog/views.py:19'],
    ['/detail/', 'GET OPTIONS', 'catalog/views.py:24'],
    ['/books/', 'GET POST', 'catalog/views.py:28'],
    ['/partial/', 'GET POST', 'catalog/views.py:9'],
    ['/post/', 'POST', 'catalog/views.py:24'],
    ['/lambda/', null, null],
  ]);
});

test('conditions and language prefixes are facts of their own', () => {
  const rows = read({
    'library/urls.py': python(`
      from django.conf import settings
      from django.conf.urls.i18n import i18n_patterns
      from django.contrib import admin
      from django.urls import include, path
      from catalog import views

      staff = admin.AdminSite(name='staff')
      urlpatterns = [path('admin/', admin.site.urls), path('staff/', staff.urls)]
      if settings.DEBUG:
          urlpatterns += [path('debug/', include([path('x/', views.book_detail)]))]
      urlpatterns += i18n_patterns(path('hello/', views.book_detail))
      `),
  });
  expect(
    rows.map(({ pattern, name, condition, localized }) => [pattern, name, condition, localized]),
  ).toEqual([
    ['/admin/', 'admin', null, false],
    ['/staff/', 'staff', null, false],
    ['/debug/', null, 'settings.DEBUG', false],
    ['/debug/x/', null, 'settings.DEBUG', false],
    ['/hello/', null, null, true],
  ]);
  expect(rows[1]?.unknown).toContain('admin makes these routes');
});

test.each([
  [String.raw`^books/(?P<pk>\d+)/$`, 'books/<pk>/'],
  [String.raw`^a/(?P<x>(b|c)+)/(\w+)/(?:d|e)$`, 'a/<x>/<var>/'],
  [String.raw`^sw\.js$`, 'sw.js'],
  [String.raw`/lead(?P<a>\(\d\))?`, 'lead<a>'],
  ['', ''],
])('the expression %s is the address %s', (expression, address) => {
  expect(regexAddress(expression)).toBe(address);
});
