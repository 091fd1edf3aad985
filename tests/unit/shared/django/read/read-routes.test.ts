import { beforeAll, expect, test } from 'vitest';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

function routes(files: Readonly<Record<string, string>>): readonly string[] {
  const read = indexOf(parser, { ...LIBRARY, ...files }).snapshot().routes;
  return read.map(({ pattern, kind, name, view, viewPlace, unknown }) =>
    [
      pattern,
      kind,
      name ?? '-',
      view ?? '-',
      viewPlace === null ? '-' : `${viewPlace.file}:${String(viewPlace.line)}`,
      unknown ?? '',
    ]
      .join(' | ')
      .replace(/ \| $/, ''),
  );
}

test('namespaces, nested and concatenated lists, regular expressions, decorators and conditions', () => {
  const found = routes({
    'library/urls.py': python(`
      from django.conf import settings
      from django.conf.urls.static import static
      from django.contrib.auth.decorators import login_required
      from django.urls import include, path, re_path
      from django.utils.translation import gettext_lazy as _
      from django.conf.urls.i18n import i18n_patterns

      from catalog import views
      from catalog.urls import urlpatterns as more

      extra = [path('x/', login_required(views.book_detail), name='x')]
      nested = ([path('deep/', views.missing, name='deep')], 'inner')

      urlpatterns = [
          re_path(r'^books/(?P<pk>\\d+)/$', views.book_detail, name='old'),
          path('both/', include((extra, 'both'), namespace='second')),
          path('list/', include([path('one/', views.BookList.as_view())])),
          path('lib/', include('somewhere.urls')),
          path(_('about/'), views.book_detail, {'a': 1}, 'about'),
          path(PREFIX + '/x', views.book_detail),
          *extra,
      ] + static('/media/')
      urlpatterns += i18n_patterns(path('hello/', views.book_detail, name='hello'))
      urlpatterns.append(path('last/', views.book_detail, name='last'))
      urlpatterns += more
      if settings.DEBUG:
          urlpatterns += [path('debug/', views.book_detail, name='debug')]
      `),
  });
  expect(found).toMatchInlineSnapshot(`
    [
      "/books/<pk>/ | re-path | old | views.book_detail | catalog/views.py:11",
      "/both/ | include | second | - | -",
      "/both/x/ | path | second:x | login_required(views.book_detail) | catalog/views.py:11",
      "/list/ | include | - | - | -",
      "/list/one/ | path | - | views.BookList.as_view() | catalog/views.py:7",
      "/lib/ | include | - | - | - | The routes of somewhere.urls are not part of this workspace.",
      "/about/ | path | about | views.book_detail | catalog/views.py:11",
      "/… | path | - | views.book_detail | catalog/views.py:11 | The pattern is computed when the project runs.",
      "/x/ | path | x | login_required(views.book_detail) | catalog/views.py:11",
      "/media/<path> | re-path | - | static('/media/') | - | Only there when settings.DEBUG.",
      "/hello/ | path | hello | views.book_detail | catalog/views.py:11 | Stands below a language prefix that Django chooses for each request.",
      "/last/ | path | last | views.book_detail | catalog/views.py:11",
      "/ | path | book-list | views.BookList.as_view() | catalog/views.py:7",
      "/<int:pk>/ | path | book-detail | views.book_detail | catalog/views.py:11",
      "/debug/ | path | debug | views.book_detail | catalog/views.py:11 | Only there when settings.DEBUG.",
    ]
  `);
});

test('routers of Django REST Framework, their default names, lookups and actions', () => {
  const found = routes({
    'library/urls.py': python(`
      from django.urls import include, path
      from rest_framework import routers

      from catalog.api import AuthorViewSet, BookViewSet, Other, router as catalog_router

      router = routers.DefaultRouter()
      router.register('books', BookViewSet)
      router.register(r'authors', AuthorViewSet, basename='writer')
      router.register('others', Other)

      urlpatterns = [
          path('api/', include((router.urls, 'api'))),
          path('v2/', include(catalog_router.urls)),
      ]
      `),
    'catalog/api.py': python(`
      from rest_framework import mixins, viewsets
      from rest_framework.decorators import action
      from rest_framework.routers import SimpleRouter
      from somewhere import Other

      from .models import Author, Book


      class BookViewSet(viewsets.ReadOnlyModelViewSet):
          queryset = Book.objects.select_related('author')
          lookup_field = 'slug'

          @action(detail=True, methods=['post'], url_path='set-title')
          def set_title(self, request, slug=None):
              pass

          @action(detail=False)
          def newest(self, request):
              pass


      class AuthorViewSet(mixins.ListModelMixin, viewsets.GenericViewSet):
          queryset = Author.objects.all()


      router = SimpleRouter(trailing_slash=False)
      router.register('a', AuthorViewSet)
      `),
  });
  expect(found).toMatchInlineSnapshot(`
    [
      "/api/ | include | api | - | -",
      "/api/books/ | router | api:book-list | BookViewSet | catalog/api.py:9",
      "/api/books.<format>/ | router | api:book-list | BookViewSet | catalog/api.py:9",
      "/api/books/newest/ | router | api:book-newest | BookViewSet | catalog/api.py:17",
      "/api/books/newest.<format>/ | router | api:book-newest | BookViewSet | catalog/api.py:17",
      "/api/books/<slug>/ | router | api:book-detail | BookViewSet | catalog/api.py:9",
      "/api/books/<slug>.<format>/ | router | api:book-detail | BookViewSet | catalog/api.py:9",
      "/api/books/<slug>/set-title/ | router | api:book-set-title | BookViewSet | catalog/api.py:13",
      "/api/books/<slug>/set-title.<format>/ | router | api:book-set-title | BookViewSet | catalog/api.py:13",
      "/api/authors/ | router | api:writer-list | AuthorViewSet | catalog/api.py:22",
      "/api/authors.<format>/ | router | api:writer-list | AuthorViewSet | catalog/api.py:22",
      "/api/others/ | router | - | Other | - | Which of its routes there are depends on a viewset that the source does not show.",
      "/api/others.<format>/ | router | - | Other | - | Which of its routes there are depends on a viewset that the source does not show.",
      "/api/ | router | api:api-root | APIRootView | -",
      "/api/<drf_format_suffix:format> | router | api:api-root | APIRootView | -",
      "/v2/ | include | - | - | -",
      "/v2/a | router | author-list | AuthorViewSet | catalog/api.py:22",
    ]
  `);
});
