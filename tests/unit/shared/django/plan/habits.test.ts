import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** The models module after a field was added to class A. */
function withField(source: string, after: string | null = null): string {
  const files = { ...LIBRARY, 'catalog/models.py': source };
  const plan = indexOf(parser, files).plan({
    kind: 'field.add',
    model: 'catalog.A',
    after,
    field: { name: 'b', type: 'TextField', to: null, options: { blank: 'True' } },
  });
  return plan.files.find(({ path }) => path === 'catalog/models.py')?.after ?? '';
}

const HEAD = 'from django.db import models\n';

describe('a new field finds its place', () => {
  test.each([
    [
      'in an empty class',
      'class A(models.Model):\n    pass\n',
      'class A(models.Model):\n    b = models.TextField(blank=True)\n',
    ],
    [
      'in a class on one line',
      'class A(models.Model): pass\n',
      'class A(models.Model):\n    b = models.TextField(blank=True)\n',
    ],
    [
      'in a class of dots on one line',
      'class A(models.Model): ...\n',
      'class A(models.Model):\n    b = models.TextField(blank=True)\n',
    ],
    [
      'behind a field below a condition, whatever that says',
      'class A(models.Model):\n    a = models.TextField()\n    if X:\n        c = models.TextField()\n',
      'class A(models.Model):\n    a = models.TextField()\n    if X:\n        c = models.TextField()\n    b = models.TextField(blank=True)\n',
    ],
    [
      'behind a docstring',
      'class A(models.Model):\n    """Doc."""\n',
      'class A(models.Model):\n    """Doc."""\n\n    b = models.TextField(blank=True)\n',
    ],
    [
      'before Meta',
      "class A(models.Model):\n    class Meta:\n        db_table = 'a'\n",
      "class A(models.Model):\n    b = models.TextField(blank=True)\n\n    class Meta:\n        db_table = 'a'\n",
    ],
    [
      'before a manager',
      'class A(models.Model):\n    LIMIT = 3\n\n    objects = models.Manager()\n',
      'class A(models.Model):\n    LIMIT = 3\n\n    b = models.TextField(blank=True)\n\n    objects = models.Manager()\n',
    ],
    [
      'behind the comment of the last field',
      'class A(models.Model):\n    a = models.TextField(\n        null=True,  # old\n    )  # why\n    # about Meta\n\n    x = 1\n',
      'class A(models.Model):\n    a = models.TextField(\n        null=True,  # old\n    )  # why\n    b = models.TextField(blank=True)\n    # about Meta\n\n    x = 1\n',
    ],
    [
      'behind two fields on a line',
      'class A(models.Model):\n    a = models.TextField(); c = models.TextField()\n',
      'class A(models.Model):\n    a = models.TextField(); c = models.TextField()\n    b = models.TextField(blank=True)\n',
    ],
    [
      'at the end of a file without a line break',
      'class A(models.Model):\n    a = models.TextField()',
      'class A(models.Model):\n    a = models.TextField()\n    b = models.TextField(blank=True)',
    ],
    [
      'at another indentation',
      'class A(models.Model):\n  a = models.TextField()\n',
      'class A(models.Model):\n  a = models.TextField()\n  b = models.TextField(blank=True)\n',
    ],
  ])('%s', (_where, before, after) => {
    expect(withField(HEAD + before)).toBe(HEAD + after);
  });

  test('behind the field that was named', () => {
    const source = `${HEAD}class A(models.Model):\n    a = models.TextField()\n    c = models.TextField()\n`;
    expect(withField(source, 'a')).toBe(
      `${HEAD}class A(models.Model):\n    a = models.TextField()\n    b = models.TextField(blank=True)\n    c = models.TextField()\n`,
    );
  });
});

describe('a new field follows the imports of its file', () => {
  test.each([
    [
      'names one by one',
      'from django.db.models import CharField, Model\n\n\nclass A(Model):\n    a = CharField(max_length=1)\n',
      'from django.db.models import CharField, Model, TextField\n\n\nclass A(Model):\n    a = CharField(max_length=1)\n    b = TextField(blank=True)\n',
    ],
    [
      'models under another name',
      'from django.db import models as m\n\n\nclass A(m.Model):\n    a = m.TextField()\n',
      'from django.db import models as m\n\n\nclass A(m.Model):\n    a = m.TextField()\n    b = m.TextField(blank=True)\n',
    ],
    [
      'models of the geographic package',
      'from django.contrib.gis.db import models\n\n\nclass A(models.Model):\n    a = models.PointField()\n',
      'from django.contrib.gis.db import models\n\n\nclass A(models.Model):\n    a = models.PointField()\n    b = models.TextField(blank=True)\n',
    ],
  ])('%s', (_how, before, after) => {
    expect(withField(before)).toBe(after);
  });
});

test('a models package gets a module and a re-export', () => {
  const { 'catalog/models.py': models = '', ...others } = LIBRARY;
  const plan = indexOf(parser, {
    ...others,
    'catalog/models/__init__.py': "from .book import Book\n\n__all__ = ['Book']\n",
    'catalog/models/book.py': models,
  }).plan({
    kind: 'model.add',
    app: 'catalog',
    name: 'BookReview',
    fields: [
      { name: 'book', type: 'ForeignKey', to: 'catalog.Book', options: { on_delete: 'models.CASCADE' } },
    ],
    admin: false,
  });
  expect(readable(plan)).toMatchInlineSnapshot(`
    "
    edit catalog/models/__init__.py
    @@ 1
     from .book import Book
    +from .book_review import BookReview

    -__all__ = ['Book']
    +__all__ = ['Book', 'BookReview']
    new catalog/models/book_review.py
    from django.db import models


    class BookReview(models.Model):
        book = models.ForeignKey('Book', on_delete=models.CASCADE)

        def __str__(self):
            return f'BookReview {self.pk}'
    "
  `);
});

test('an API joins the router, the viewsets module and the settings that are there', () => {
  const plan = indexOf(parser, {
    ...LIBRARY,
    'pyproject.toml':
      '[project]\nname = "x"\ndependencies = [\n    "Django~=5.2",\n    "django-filter",  # kept\n]\n\n[tool.ruff]\nline-length = 100\n',
    'library/settings.py': `${LIBRARY['library/settings.py'] ?? ''}\nREST_FRAMEWORK = {\n    'PAGE_SIZE': 10,\n}\n`,
    'library/urls.py': python(`
      from django.urls import include, path
      from rest_framework.routers import SimpleRouter

      from catalog.viewsets import AuthorViewSet

      v1 = SimpleRouter()
      v1.register('authors', AuthorViewSet)

      urlpatterns = [path('api/', include(v1.urls))]
      `),
    'catalog/viewsets.py': python(`
      from rest_framework import viewsets

      from .models import Author


      class AuthorViewSet(viewsets.ModelViewSet):
          queryset = Author.objects.all()
      `),
    'catalog/tests.py': 'from django.test import TestCase\n\n# Create your tests here.\n',
  }).plan({
    kind: 'api.add',
    model: 'catalog.Loan',
    path: 'loans',
    fields: ['id', 'book', 'reader'],
    filters: ['book'],
    search: [],
    permission: 'admin-only',
  });
  const shown = readable({ ...plan, files: plan.files.filter(({ path }) => path !== 'catalog/tests.py') });
  expect(shown).toMatchInlineSnapshot(`
    "
    new catalog/serializers.py
    from rest_framework import serializers

    from catalog.models import Loan


    class LoanSerializer(serializers.ModelSerializer):
        class Meta:
            model = Loan
            fields = ['id', 'book', 'reader']
    edit catalog/viewsets.py
    @@ 1
    -from rest_framework import viewsets
    +from django_filters.rest_framework import DjangoFilterBackend
    +from rest_framework import filters, permissions, viewsets

    -from .models import Author
    +from .models import Author, Loan
    +from .serializers import LoanSerializer


     class AuthorViewSet(viewsets.ModelViewSet):
         queryset = Author.objects.all()
    +
    +
    +class LoanViewSet(viewsets.ModelViewSet):
    +    queryset = Loan.objects.order_by('pk')
    +    serializer_class = LoanSerializer
    +    permission_classes = [permissions.IsAdminUser]
    +    filter_backends = [DjangoFilterBackend, filters.OrderingFilter]
    +    filterset_fields = ['book']
    +    ordering_fields = ['id']
    edit library/settings.py
    @@ 13
         'django.contrib.sessions',
         'django.contrib.messages',
         'django.contrib.staticfiles',
    +    'rest_framework',
    +    'django_filters',
    +    'drf_spectacular',
         'catalog',
     ]

    @@ 56

     REST_FRAMEWORK = {
         'PAGE_SIZE': 10,
    +    'DEFAULT_SCHEMA_CLASS': 'drf_spectacular.openapi.AutoSchema',
     }
    edit library/urls.py
    @@ 1
     from django.urls import include, path
    +from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerView
     from rest_framework.routers import SimpleRouter

    -from catalog.viewsets import AuthorViewSet
    +from catalog.viewsets import AuthorViewSet, LoanViewSet

     v1 = SimpleRouter()
     v1.register('authors', AuthorViewSet)
    +v1.register('loans', LoanViewSet)

    -urlpatterns = [path('api/', include(v1.urls))]
    +urlpatterns = [
    +    path('api/', include(v1.urls)),
    +    path('api/schema/', SpectacularAPIView.as_view(), name='schema'),
    +    path('api/docs/', SpectacularSwaggerView.as_view(url_name='schema'), name='api-docs'),
    +]
    edit pyproject.toml
    @@ 3
     dependencies = [
         "Django~=5.2",
         "django-filter",  # kept
    +    "djangorestframework~=3.16",
    +    "drf-spectacular~=0.29",
     ]

     [tool.ruff]
    note Lists come whole: REST_FRAMEWORK has no DEFAULT_PAGINATION_CLASS.
    packages djangorestframework django-filter drf-spectacular
    "
  `);
});

test('a first route makes the URLconf of the app and includes it', () => {
  const others = Object.fromEntries(Object.entries(LIBRARY).filter(([path]) => path !== 'catalog/urls.py'));
  const plan = indexOf(parser, {
    ...others,
    'library/urls.py': 'from django.urls import path\n\nurlpatterns = [\n]\n',
  }).plan({
    kind: 'route.add',
    app: 'catalog',
    path: 'books/<int:pk>/pages/<slug:page>/',
    name: 'page',
    view: 'page',
  });
  expect(readable(plan)).toMatchInlineSnapshot(`
    "
    new catalog/urls.py
    from django.urls import path

    from . import views

    app_name = 'catalog'

    urlpatterns = [
        path('books/<int:pk>/pages/<slug:page>/', views.page, name='page'),
    ]
    edit catalog/views.py
    @@ 1
    -from django.http import HttpResponse
    +from django.http import HttpResponse, JsonResponse
     from django.views.generic import ListView

     from .models import Book
    @@ 10

     def book_detail(request, pk):
         return HttpResponse(Book.objects.get(pk=pk).title)
    +
    +
    +def page(request, pk, page):
    +    return JsonResponse({'pk': pk, 'page': page})
    edit library/urls.py
    @@ 1
    -from django.urls import path
    +from django.urls import include, path

     urlpatterns = [
    +    path('catalog/', include('catalog.urls')),
     ]
    "
  `);
});

test('a new line ends as the line beside it does, in a file that has both endings', () => {
  const lines = `${HEAD}class A(models.Model):\n    a = models.TextField()`;
  expect(withField(`${lines}\r\n    c = models.TextField()\n`, 'a')).toBe(
    `${lines}\r\n    b = models.TextField(blank=True)\r\n    c = models.TextField()\n`,
  );
});
