import type { ProjectSnapshot } from '../../../shared/django/project-model.ts';
import type { Choice } from '../../ui/select.tsx';

const USUAL: Readonly<Record<string, readonly (readonly [value: string, detail: string])[]>> = {
  INSTALLED_APPS: [
    ['django.contrib.admin', 'the admin'],
    ['django.contrib.auth', 'users and permissions'],
    ['django.contrib.contenttypes', 'generic relations'],
    ['django.contrib.sessions', 'sessions'],
    ['django.contrib.messages', 'messages after a redirect'],
    ['django.contrib.staticfiles', 'static files'],
    ['django.contrib.humanize', 'template filters for people'],
    ['django.contrib.postgres', 'fields and lookups of PostgreSQL'],
    ['django.contrib.sitemaps', 'sitemaps'],
    ['django.contrib.sites', 'several sites'],
    ['rest_framework', 'Django REST Framework'],
    ['rest_framework.authtoken', 'tokens of Django REST Framework'],
    ['django_filters', 'django-filter'],
    ['drf_spectacular', 'OpenAPI of an API'],
    ['corsheaders', 'django-cors-headers'],
    ['debug_toolbar', 'django-debug-toolbar'],
    ['django_extensions', 'django-extensions'],
  ],
  // In the order of https://docs.djangoproject.com/en/5.2/ref/middleware/#middleware-ordering
  MIDDLEWARE: [
    ['django.middleware.security.SecurityMiddleware', 'HTTPS and headers; first'],
    ['whitenoise.middleware.WhiteNoiseMiddleware', 'static files; behind security'],
    ['django.middleware.cache.UpdateCacheMiddleware', 'cache of the whole site'],
    ['django.middleware.gzip.GZipMiddleware', 'compresses answers'],
    ['django.contrib.sessions.middleware.SessionMiddleware', 'sessions'],
    ['django.middleware.locale.LocaleMiddleware', 'language of the visitor; behind sessions'],
    ['corsheaders.middleware.CorsMiddleware', 'other origins; before common'],
    ['django.middleware.common.CommonMiddleware', 'slashes and forbidden agents'],
    ['django.middleware.csrf.CsrfViewMiddleware', 'forged forms'],
    ['django.contrib.auth.middleware.AuthenticationMiddleware', 'request.user; behind sessions'],
    ['django.contrib.auth.middleware.LoginRequiredMiddleware', 'everything asks for a login'],
    ['django.contrib.messages.middleware.MessageMiddleware', 'messages; behind sessions'],
    ['django.middleware.clickjacking.XFrameOptionsMiddleware', 'frames of other sites'],
  ],
  ALLOWED_HOSTS: [
    ['localhost', 'this machine'],
    ['127.0.0.1', 'this machine'],
    ['.example.com', 'a domain and those below it'],
  ],
};

/** What a list of settings often has, with the project's own apps that it lacks. */
export function usualEntries(setting: string, { apps }: ProjectSnapshot): readonly Choice[] {
  const own =
    setting === 'INSTALLED_APPS' ? apps.filter(({ folder, installed }) => folder !== null && !installed) : [];
  return [
    ...own.map(({ name }) => ({ value: name, label: name, detail: 'an app of this project' })),
    ...(USUAL[setting] ?? []).map(([value, detail]) => ({ value, label: value, detail })),
  ];
}
