import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSourceIndex, type SourceIndex } from '../../../shared/django/source-index.ts';
import { createPythonParser, type PythonParser } from '../../../shared/python/parser.ts';

const modules = join(import.meta.dirname, '..', '..', '..', 'node_modules');

/** The parser of the suites, from the modules the packages ship. */
export function testParser(): Promise<PythonParser> {
  return createPythonParser({
    runtime: readFileSync(join(modules, 'web-tree-sitter', 'web-tree-sitter.wasm')),
    grammar: readFileSync(join(modules, 'tree-sitter-python', 'tree-sitter-python.wasm')),
  });
}

/** SHA-256 as hex. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** An index over files given as text. */
export function indexOf(parser: PythonParser, files: Readonly<Record<string, string>>): SourceIndex {
  const index = createSourceIndex({ parser, hash: sha256, workspaceRoot: '/workspace' });
  for (const [path, text] of Object.entries(files)) index.setFile(path, text, sha256(text));
  return index;
}

/** Takes the indentation of the first line off all lines, and the first line break. */
export function python(text: string): string {
  const lines = text
    .replace(/^\n/, '')
    .replace(/[ \t]+$/, '')
    .split('\n');
  const indent = /^ */.exec(lines[0] ?? '')?.[0].length ?? 0;
  return lines.map((line) => (line.trim() === '' ? line.trim() : line.slice(indent))).join('\n');
}

/** A small project: settings, a URLconf and one app. */
export const LIBRARY: Readonly<Record<string, string>> = {
  'manage.py': python(`
    import os
    import sys


    def main():
        os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'library.settings')
        from django.core.management import execute_from_command_line
        execute_from_command_line(sys.argv)


    if __name__ == '__main__':
        main()
    `),
  'library/__init__.py': '',
  'library/settings.py': python(`
    from pathlib import Path

    BASE_DIR = Path(__file__).resolve().parent.parent

    SECRET_KEY = 'only-for-tests'

    DEBUG = True

    INSTALLED_APPS = [
        'django.contrib.admin',
        'django.contrib.auth',
        'django.contrib.contenttypes',
        'django.contrib.sessions',
        'django.contrib.messages',
        'django.contrib.staticfiles',
        'catalog',
    ]

    MIDDLEWARE = [
        'django.middleware.security.SecurityMiddleware',
        'django.contrib.sessions.middleware.SessionMiddleware',
        'django.middleware.common.CommonMiddleware',
        'django.middleware.csrf.CsrfViewMiddleware',
        'django.contrib.auth.middleware.AuthenticationMiddleware',
        'django.contrib.messages.middleware.MessageMiddleware',
    ]

    ROOT_URLCONF = 'library.urls'

    TEMPLATES = [
        {
            'BACKEND': 'django.template.backends.django.DjangoTemplates',
            'APP_DIRS': True,
            'OPTIONS': {
                'context_processors': [
                    'django.template.context_processors.request',
                    'django.contrib.auth.context_processors.auth',
                    'django.contrib.messages.context_processors.messages',
                ],
            },
        },
    ]

    DATABASES = {
        'default': {
            'ENGINE': 'django.db.backends.sqlite3',
            'NAME': BASE_DIR / 'db.sqlite3',
        }
    }

    USE_TZ = True

    STATIC_URL = 'static/'

    DEFAULT_AUTO_FIELD = 'django.db.models.BigAutoField'
    `),
  'library/urls.py': python(`
    from django.contrib import admin
    from django.urls import include, path

    urlpatterns = [
        path('admin/', admin.site.urls),
        path('catalog/', include('catalog.urls')),
    ]
    `),
  'catalog/__init__.py': '',
  'catalog/apps.py': python(`
    from django.apps import AppConfig


    class CatalogConfig(AppConfig):
        name = 'catalog'
    `),
  'catalog/models.py': python(`
    from django.conf import settings
    from django.db import models


    class Dated(models.Model):
        created = models.DateTimeField(auto_now_add=True)

        class Meta:
            abstract = True


    class Author(Dated):
        """Somebody who writes."""

        name = models.CharField(max_length=200)  # as on the cover

        def __str__(self):
            return self.name


    class Book(Dated):
        title = models.CharField('title', max_length=200)
        author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name='books')
        sequel_to = models.ForeignKey('self', models.SET_NULL, null=True, blank=True)
        owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
        readers = models.ManyToManyField('auth.User', through='Loan', related_name='+')

        class Meta:
            ordering = ['title']

        def __str__(self):
            return self.title


    class Loan(models.Model):
        book = models.ForeignKey('Book', on_delete=models.CASCADE)
        reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    `),
  'catalog/admin.py': python(`
    from django.contrib import admin

    from .models import Author, Book

    admin.site.register(Author)


    @admin.register(Book)
    class BookAdmin(admin.ModelAdmin):
        list_display = ['title', 'author']
        search_fields = ['title', 'author__name']
    `),
  'catalog/urls.py': python(`
    from django.urls import path

    from . import views

    app_name = 'catalog'

    urlpatterns = [
        path('', views.BookList.as_view(), name='book-list'),
        path('<int:pk>/', views.book_detail, name='book-detail'),
    ]
    `),
  'catalog/views.py': python(`
    from django.http import HttpResponse
    from django.views.generic import ListView

    from .models import Book


    class BookList(ListView):
        model = Book


    def book_detail(request, pk):
        return HttpResponse(Book.objects.get(pk=pk).title)
    `),
};
