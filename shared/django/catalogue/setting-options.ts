import type { FieldOption, OptionControl } from './field-type.ts';
import { boolean, expression, text } from './field-type.ts';

/** What settings are listed under. */
export type SettingGroup = 'core' | 'web' | 'security' | 'data' | 'language' | 'files' | 'mail' | 'packages';

/** One setting as its form needs to know it. */
export interface KnownSetting extends FieldOption {
  readonly group: SettingGroup;
}

/** Titles of the groups, in the order of the page. */
export const settingGroups: Readonly<Record<SettingGroup, string>> = {
  core: 'Core',
  web: 'Requests',
  security: 'Security',
  data: 'Data',
  language: 'Language and time',
  files: 'Files and templates',
  mail: 'Mail and logging',
  packages: 'Packages and the project’s own',
};

const number: OptionControl = { kind: 'integer', minimum: 0 };
type Entry = readonly [name: string, control: OptionControl, fallback: string | null, help: string];

const entries: Readonly<Record<Exclude<SettingGroup, 'packages'>, readonly Entry[]>> = {
  core: [
    ['DEBUG', boolean, 'False', 'Shows errors with their code: never where others can reach it.'],
    ['SECRET_KEY', expression("os.environ['SECRET_KEY']"), null, 'Signs sessions and tokens.'],
    ['ROOT_URLCONF', text, null, 'The module the routes begin in.'],
    ['WSGI_APPLICATION', text, 'None', 'What a WSGI server is given.'],
    ['ASGI_APPLICATION', text, 'None', 'What an ASGI server is given.'],
  ],
  web: [
    ['APPEND_SLASH', boolean, 'True', 'Leads addresses without a slash to those with one.'],
    [
      'CSRF_TRUSTED_ORIGINS',
      expression("['https://example.com']"),
      '[]',
      'Other sites whose forms are taken.',
    ],
    ['LOGIN_URL', text, "'/accounts/login/'", 'Where somebody goes who has to log in.'],
    ['LOGIN_REDIRECT_URL', text, "'/accounts/profile/'", 'Where a login leads.'],
    ['LOGOUT_REDIRECT_URL', text, 'None', 'Where a logout leads.'],
    ['DATA_UPLOAD_MAX_MEMORY_SIZE', number, '2621440', 'Bytes of a request at most, without files.'],
    ['USE_X_FORWARDED_HOST', boolean, 'False', 'Takes the host from a proxy.'],
  ],
  security: [
    ['SECURE_SSL_REDIRECT', boolean, 'False', 'Leads every request to HTTPS.'],
    ['SECURE_HSTS_SECONDS', number, '0', 'How long browsers use HTTPS alone.'],
    [
      'SECURE_PROXY_SSL_HEADER',
      expression("('HTTP_X_FORWARDED_PROTO', 'https')"),
      'None',
      'How a proxy says that HTTPS was used.',
    ],
    ['SESSION_COOKIE_SECURE', boolean, 'False', 'Sends the session by HTTPS alone.'],
    ['CSRF_COOKIE_SECURE', boolean, 'False', 'Sends the CSRF cookie by HTTPS alone.'],
    ['SESSION_COOKIE_AGE', number, '1209600', 'Seconds a session lasts.'],
    ['X_FRAME_OPTIONS', text, "'DENY'", 'Whether other sites may show this one in a frame.'],
    ['AUTH_PASSWORD_VALIDATORS', expression('[]'), '[]', 'What a password has to be.'],
    ['AUTH_USER_MODEL', text, "'auth.User'", 'The model of users; chosen before the first migration.'],
    ['AUTHENTICATION_BACKENDS', expression('[]'), null, 'What says who somebody is.'],
  ],
  data: [
    ['DATABASES', expression('{}'), '{}', 'The databases by their alias.'],
    ['DEFAULT_AUTO_FIELD', text, "'django.db.models.AutoField'", 'The key of models that name none.'],
    ['DATABASE_ROUTERS', expression('[]'), '[]', 'What chooses among databases.'],
    ['CACHES', expression('{}'), null, 'The caches by their alias.'],
    ['SESSION_ENGINE', text, "'django.contrib.sessions.backends.db'", 'Where sessions are kept.'],
  ],
  language: [
    ['LANGUAGE_CODE', text, "'en-us'", 'The language without a choice.'],
    ['LANGUAGES', expression("[('en', 'English')]"), null, 'The languages to choose from.'],
    ['LOCALE_PATHS', expression("[BASE_DIR / 'locale']"), '[]', 'Folders of translations.'],
    ['TIME_ZONE', text, "'America/Chicago'", 'The time zone without a choice.'],
    ['USE_I18N', boolean, 'True', 'Translates.'],
    ['USE_TZ', boolean, 'True', 'Keeps times with their zone.'],
  ],
  files: [
    ['TEMPLATES', expression('[]'), '[]', 'How templates are found and filled.'],
    ['STATIC_URL', text, 'None', 'The address of static files.'],
    ['STATIC_ROOT', expression("BASE_DIR / 'staticfiles'"), 'None', 'Where collectstatic puts them.'],
    [
      'STATICFILES_DIRS',
      expression("[BASE_DIR / 'static']"),
      '[]',
      'Folders of static files beside those of apps.',
    ],
    ['STORAGES', expression('{}'), null, 'Where files are kept.'],
    ['MEDIA_URL', text, "''", 'The address of uploaded files.'],
    ['MEDIA_ROOT', expression("BASE_DIR / 'media'"), "''", 'Where uploaded files are kept.'],
  ],
  mail: [
    ['EMAIL_BACKEND', text, "'django.core.mail.backends.smtp.EmailBackend'", 'What sends mail.'],
    ['EMAIL_HOST', text, "'localhost'", 'The mail server.'],
    ['EMAIL_PORT', number, '25', 'Its port.'],
    ['EMAIL_HOST_USER', text, "''", 'The name there.'],
    ['EMAIL_HOST_PASSWORD', expression("os.environ['EMAIL_HOST_PASSWORD']"), "''", 'The password there.'],
    ['EMAIL_USE_TLS', boolean, 'False', 'Speaks to it by TLS.'],
    ['DEFAULT_FROM_EMAIL', text, "'webmaster@localhost'", 'Who mail is from.'],
    ['ADMINS', expression("[('Marie', 'marie@example.com')]"), '[]', 'Who hears of errors.'],
    ['LOGGING', expression('{}'), '{}', 'What is logged where.'],
  ],
};

/** Settings with a form of their own: https://docs.djangoproject.com/en/5.2/ref/settings/ */
export const knownSettings: readonly KnownSetting[] = Object.entries(entries).flatMap(([group, list]) =>
  list.map(([name, control, fallback, help]) => ({
    group: group as SettingGroup,
    name,
    control,
    default: fallback,
    required: false,
    help,
    docs: `https://docs.djangoproject.com/en/5.2/ref/settings/#${name.toLowerCase().replaceAll('_', '-')}`,
  })),
);

const groupByName = new Map(knownSettings.map(({ name, group }) => [name, group]));

/** The group a setting is listed under: what Django does not know is the packages’ or the project’s own. */
export function groupOf(setting: string): SettingGroup {
  return groupByName.get(setting) ?? 'packages';
}
