import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo, readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const FILE = 'library/settings.py';
const SETTINGS = LIBRARY[FILE] ?? '';

/** The settings after an operation; a second one finds nothing to do. */
function after(operation: Operation, text = SETTINGS): string {
  const index = indexOf(parser, { ...LIBRARY, [FILE]: text });
  const plan = applyTo(index, operation);
  expect(() => index.plan(operation)).toThrow(/\.$/);
  return plan.files.find(({ path }) => path === FILE)?.after ?? '';
}

/** A project whose settings are a package: a base, and a module for developers that adds to it. */
const WITHOUT = Object.fromEntries(Object.entries(LIBRARY).filter(([path]) => path !== FILE));
const SPLIT = {
  ...WITHOUT,
  'manage.py': (LIBRARY['manage.py'] ?? '').replace('library.settings', 'library.settings.dev'),
  'library/settings/__init__.py': '',
  'library/settings/base.py': python(`
    DEBUG = False
    LANGUAGE_CODE = 'en'
    THIRD_PARTY = [
        'rest_framework',  # the API
    ]
    INSTALLED_APPS = ['django.contrib.admin', *THIRD_PARTY] + ['catalog']
    MIDDLEWARE = ('django.middleware.security.SecurityMiddleware',)
    ROOT_URLCONF = 'library.urls'
    `),
  'library/settings/dev.py': python(`
    from .base import *

    DEBUG = True
    INSTALLED_APPS += ['debug_toolbar']
    MIDDLEWARE = MIDDLEWARE + ('debug_toolbar.middleware.DebugToolbarMiddleware',)
    `),
};

function split(operation: Operation): string {
  return readable(indexOf(parser, SPLIT).plan(operation));
}

const set = (setting: string, code: string | null): Operation => ({ kind: 'settings.set', setting, code });

describe('settings.set', () => {
  test('changes a value where it stands', () => {
    expect(after(set('DEBUG', 'False'))).toBe(SETTINGS.replace('DEBUG = True', 'DEBUG = False'));
    expect(after(set('STATIC_URL', '"assets/"'))).toBe(SETTINGS.replace("'static/'", "'assets/'"));
    const commented = SETTINGS.replace('USE_TZ = True', 'USE_TZ = True  # always')
      .replaceAll('\n', '\r\n')
      .trimEnd();
    expect(after(set('USE_TZ', 'False'), commented)).toBe(
      commented.replace('USE_TZ = True', 'USE_TZ = False'),
    );
  });

  test('adds one at the end, with what it names', () => {
    expect(after(set('MEDIA_ROOT', 'BASE_DIR / "media"'))).toBe(
      `${SETTINGS}\nMEDIA_ROOT = BASE_DIR / 'media'\n`,
    );
    expect(after(set('CACHE_SECONDS', 'datetime.timedelta(days=1)'), SETTINGS.trimEnd())).toContain(
      'import datetime\nfrom pathlib import Path\n',
    );
  });

  test('takes one away', () => {
    expect(after(set('USE_TZ', null))).toBe(SETTINGS.replace('USE_TZ = True\n\n', ''));
  });

  test('stays where the module goes on adding to it', () => {
    const text = `${SETTINGS}\nLANGUAGES = []\nfor code in ['de']:\n    LANGUAGES.append((code, code))\n`;
    const index = indexOf(parser, { ...LIBRARY, [FILE]: text });
    expect(() => index.plan(set('LANGUAGES', null))).toThrow(
      /names LANGUAGES in line \d+, too: take that out first/,
    );
  });

  test('finds the module of split settings in which it stands', () => {
    expect(split(set('LANGUAGE_CODE', "'de'"))).toMatchInlineSnapshot(`
      "
      edit library/settings/base.py
      @@ 1
       DEBUG = False
      -LANGUAGE_CODE = 'en'
      +LANGUAGE_CODE = 'de'
       THIRD_PARTY = [
           'rest_framework',  # the API
       ]
      "
    `);
    expect(split(set('DEBUG', 'False'))).toMatchInlineSnapshot(`
      "
      edit library/settings/dev.py
      @@ 1
       from .base import *

      -DEBUG = True
      +DEBUG = False
       INSTALLED_APPS += ['debug_toolbar']
       MIDDLEWARE = MIDDLEWARE + ('debug_toolbar.middleware.DebugToolbarMiddleware',)
      "
    `);
    expect(() => split(set('INSTALLED_APPS', '[]'))).toThrow(/put together at library\/settings\/dev\.py:4/);
  });

  test('says that a secret stands in the source', () => {
    const plan = indexOf(parser, LIBRARY).plan(set('SECRET_KEY', "'x'"));
    expect(plan.notes.join()).toMatch(/SECRET_KEY stands in the source then/);
  });

  test.each<[string, Operation, RegExp]>([
    ['names in small letters', set('debug', 'True'), /names in capital letters/],
    ['to start without a secret', set('SECRET_KEY', null), /does not start without SECRET_KEY/],
    ['to change nothing', set('DEBUG', 'True'), /Nothing would change/],
    ['to take away what is not there', set('EMAIL_HOST', null), /Nothing would change/],
  ])('refuses %s', (_what, operation, message) => {
    expect(() => after(operation)).toThrow(message);
  });
});

const add = (setting: string, code: string, behind: string | null = null): Operation => ({
  kind: 'settings.addEntry',
  setting,
  code,
  after: behind,
});

describe('settings.addEntry', () => {
  test('puts middleware where its documentation wants it', () => {
    expect(after(add('MIDDLEWARE', '"whitenoise.middleware.WhiteNoiseMiddleware"'))).toContain(
      "SecurityMiddleware',\n    'whitenoise.middleware.WhiteNoiseMiddleware',\n    'django.contrib.sessions",
    );
    expect(after(add('MIDDLEWARE', "'corsheaders.middleware.CorsMiddleware'"))).toContain(
      "SessionMiddleware',\n    'corsheaders.middleware.CorsMiddleware',\n    'django.middleware.common.CommonMiddleware',",
    );
    expect(after(add('INSTALLED_APPS', "'daphne'"))).toContain("INSTALLED_APPS = [\n    'daphne',\n");
  });

  test('puts others last, or behind the one that is named', () => {
    expect(after(add('MIDDLEWARE', "'library.middleware.Own'"))).toContain(
      "MessageMiddleware',\n    'library.middleware.Own',\n]",
    );
    expect(after(add('INSTALLED_APPS', "'django.contrib.sites'", "'django.contrib.sessions'"))).toContain(
      "'django.contrib.sessions',\n    'django.contrib.sites',\n",
    );
  });

  test('makes a list, with the entries of Django’s default', () => {
    expect(after(add('ALLOWED_HOSTS', "'example.org'"))).toContain("\n\nALLOWED_HOSTS = ['example.org']\n");
    expect(after(add('AUTHENTICATION_BACKENDS', "'library.auth.Tokens'"))).toContain(
      "AUTHENTICATION_BACKENDS = [\n    'django.contrib.auth.backends.ModelBackend',\n    'library.auth.Tokens',\n]\n",
    );
  });

  test('keeps to the part of a split list that holds its like', () => {
    expect(split(add('INSTALLED_APPS', "'django_filters'", "'rest_framework'"))).toMatchInlineSnapshot(`
      "
      edit library/settings/base.py
      @@ 2
       LANGUAGE_CODE = 'en'
       THIRD_PARTY = [
           'rest_framework',  # the API
      +    'django_filters',
       ]
       INSTALLED_APPS = ['django.contrib.admin', *THIRD_PARTY] + ['catalog']
       MIDDLEWARE = ('django.middleware.security.SecurityMiddleware',)
      "
    `);
    expect(split(add('INSTALLED_APPS', "'shelves'"))).toMatchInlineSnapshot(`
      "
      edit library/settings/base.py
      @@ 3
       THIRD_PARTY = [
           'rest_framework',  # the API
       ]
      -INSTALLED_APPS = ['django.contrib.admin', *THIRD_PARTY] + ['catalog']
      +INSTALLED_APPS = ['django.contrib.admin', *THIRD_PARTY] + ['catalog', 'shelves']
       MIDDLEWARE = ('django.middleware.security.SecurityMiddleware',)
       ROOT_URLCONF = 'library.urls'
      "
    `);
    expect(split(add('MIDDLEWARE', "'library.middleware.Own'"))).toMatchInlineSnapshot(`
      "
      edit library/settings/base.py
      @@ 4
           'rest_framework',  # the API
       ]
       INSTALLED_APPS = ['django.contrib.admin', *THIRD_PARTY] + ['catalog']
      -MIDDLEWARE = ('django.middleware.security.SecurityMiddleware',)
      +MIDDLEWARE = ('django.middleware.security.SecurityMiddleware', 'library.middleware.Own')
       ROOT_URLCONF = 'library.urls'
      "
    `);
  });

  test.each<[string, Operation, RegExp]>([
    ['what is there', add('INSTALLED_APPS', '"catalog"'), /has "catalog" already, in library\/settings\.py/],
    ['to stand behind nothing', add('MIDDLEWARE', "'a.B'", "'c.D'"), /has no entry 'c\.D' to stand behind/],
    ['what is no list', add('DEBUG', "'a'"), /not a plain list at library\/settings\.py:7/],
    ['code that is none', add('ALLOWED_HOSTS', "'a"), /not one expression/],
  ])('refuses %s', (_what, operation, message) => {
    expect(() => after(operation)).toThrow(message);
  });
});

describe('settings.removeEntry', () => {
  const remove = (setting: string, code: string): Operation => ({
    kind: 'settings.removeEntry',
    setting,
    code,
  });

  test('takes an entry with its comment, wherever it stands', () => {
    expect(after(remove('INSTALLED_APPS', '"catalog"'))).toBe(SETTINGS.replace("    'catalog',\n", ''));
    expect(split(remove('INSTALLED_APPS', "'rest_framework'"))).toMatchInlineSnapshot(`
      "
      edit library/settings/base.py
      @@ 1
       DEBUG = False
       LANGUAGE_CODE = 'en'
      -THIRD_PARTY = [
      -    'rest_framework',  # the API
      -]
      +THIRD_PARTY = []
       INSTALLED_APPS = ['django.contrib.admin', *THIRD_PARTY] + ['catalog']
       MIDDLEWARE = ('django.middleware.security.SecurityMiddleware',)
       ROOT_URLCONF = 'library.urls'
      "
    `);
    expect(split(remove('INSTALLED_APPS', "'debug_toolbar'"))).toMatchInlineSnapshot(`
      "
      edit library/settings/dev.py
      @@ 1
       from .base import *

       DEBUG = True
      -INSTALLED_APPS += ['debug_toolbar']
      +INSTALLED_APPS += []
       MIDDLEWARE = MIDDLEWARE + ('debug_toolbar.middleware.DebugToolbarMiddleware',)
      "
    `);
  });

  test('refuses what is not there', () => {
    expect(() => after(remove('INSTALLED_APPS', "'shop'"))).toThrow(/has no entry 'shop'/);
    const text = `${SETTINGS}INSTALLED_APPS.append('extra')\n`;
    expect(() => after(remove('INSTALLED_APPS', "'extra'"), text)).toThrow(/added by a call at/);
  });
});

describe('settings.reorderEntry', () => {
  const reorder = (code: string, behind: string | null, setting = 'MIDDLEWARE'): Operation => ({
    kind: 'settings.reorderEntry',
    setting,
    code,
    after: behind,
  });
  const SESSION = "    'django.contrib.sessions.middleware.SessionMiddleware',\n";
  const COMMON = "'django.middleware.common.CommonMiddleware'";

  test('moves a line with its comments, and takes it back', () => {
    const text = SETTINGS.replace(SESSION, `    # who it is\n${SESSION}`);
    const behind = after(reorder("'django.contrib.sessions.middleware.SessionMiddleware'", COMMON), text);
    expect(behind).toBe(
      text
        .replace(`    # who it is\n${SESSION}`, '')
        .replace(`    ${COMMON},\n`, `    ${COMMON},\n    # who it is\n${SESSION}`),
    );
    const security = "'django.middleware.security.SecurityMiddleware'";
    expect(after(reorder("'django.contrib.sessions.middleware.SessionMiddleware'", security), behind)).toBe(
      text,
    );
  });

  test('puts an entry first, in lists of one line, too', () => {
    const text = `${SETTINGS}LANGUAGES_BIDI = ['he', 'ar', 'fa']\n`;
    expect(after(reorder("'fa'", null, 'LANGUAGES_BIDI'), text)).toBe(
      text.replace("['he', 'ar', 'fa']", "['fa', 'he', 'ar']"),
    );
  });

  test('says what the documentation has against the order', () => {
    const auth = "'django.contrib.auth.middleware.AuthenticationMiddleware'";
    expect(indexOf(parser, LIBRARY).plan(reorder(auth, null)).notes).toEqual([
      'django.contrib.auth.middleware.AuthenticationMiddleware has to stand behind django.contrib.sessions.middleware.SessionMiddleware.',
    ]);
  });

  test('refuses what has no order', () => {
    expect(() => after(reorder(COMMON, COMMON))).toThrow(/can’t stand behind itself/);
    expect(() => after(reorder("'nothing'", null))).toThrow(/has no entry 'nothing'/);
    expect(() => split(reorder("'debug_toolbar'", "'catalog'", 'INSTALLED_APPS'))).toThrow(
      /stands in another list/,
    );
  });
});

describe('settings.fromEnvironment', () => {
  const read = (setting: string, keepDefault: boolean): Operation => ({
    kind: 'settings.fromEnvironment',
    setting,
    variable: `DJANGO_${setting}`,
    keepDefault,
  });
  const line = (setting: string, text: string): string =>
    text.split('\n').find((each) => each.startsWith(`${setting} = `)) ?? '';

  test('asks the module of the project that others are read with', () => {
    const own = SETTINGS.replace(/^/, `from library import env\n\nHOST = env.text('HOST', default='')\n`);
    const functions = ['text', 'boolean', 'words'].map(
      (name) => `def ${name}(name, default=None):\n    ...\n`,
    );
    const index = indexOf(parser, { ...LIBRARY, [FILE]: own, 'library/env.py': functions.join('\n\n') });
    const text = (operation: Operation): string => applyTo(index, operation).files[0]?.after ?? '';
    expect(line('DEBUG', text(read('DEBUG', true)))).toBe(
      "DEBUG = env.boolean('DJANGO_DEBUG', default=True)",
    );
  });

  test('asks os.environ, by the kind of value', () => {
    const result = after(read('DEBUG', true));
    expect(result).toMatch(/^import os\nfrom pathlib import Path\n/);
    expect(line('DEBUG', result)).toBe(
      "DEBUG = os.environ.get('DJANGO_DEBUG', 'true').lower() in ('1', 'true', 'yes', 'on')",
    );
    expect(line('SECRET_KEY', after(read('SECRET_KEY', false)))).toBe(
      "SECRET_KEY = os.environ['DJANGO_SECRET_KEY']",
    );
    const more = `${SETTINGS}EMAIL_PORT = 25\nALLOWED_HOSTS = ['a', 'b']  # known\n`;
    expect(line('EMAIL_PORT', after(read('EMAIL_PORT', true), more))).toBe(
      "EMAIL_PORT = int(os.environ.get('DJANGO_EMAIL_PORT', '25'))",
    );
    expect(after(read('ALLOWED_HOSTS', true), more)).toContain(
      "\nALLOWED_HOSTS = [\n    item for item in os.environ.get('DJANGO_ALLOWED_HOSTS', 'a,b').split(',') if item\n]  # known\n",
    );
  });

  test('asks the way the project asks already', () => {
    const environ = `import environ\n\nenv = environ.Env()\n${SETTINGS}`;
    expect(line('DEBUG', after(read('DEBUG', true), environ))).toBe(
      "DEBUG = env.bool('DJANGO_DEBUG', default=True)",
    );
    expect(line('SECRET_KEY', after(read('SECRET_KEY', false), environ))).toBe(
      "SECRET_KEY = env('DJANGO_SECRET_KEY')",
    );
    const decouple = `from decouple import config\n${SETTINGS}ALLOWED_HOSTS = []\n`;
    expect(line('DEBUG', after(read('DEBUG', true), decouple))).toBe(
      "DEBUG = config('DJANGO_DEBUG', default=True, cast=bool)",
    );
    expect(after(read('ALLOWED_HOSTS', true), decouple)).toContain('from decouple import Csv, config\n');
  });

  test('refuses what no variable can hold', () => {
    expect(() => after(read('DATABASES', true))).toThrow(/only texts, numbers, yes or no/);
    expect(() =>
      after(read('DEBUG', true), SETTINGS.replace('DEBUG = True', "DEBUG = os.environ['D']")),
    ).toThrow(/from the environment already/);
    expect(() => after(read('EMAIL_HOST', true))).toThrow(
      /No settings module of the project gives EMAIL_HOST/,
    );
  });
});
