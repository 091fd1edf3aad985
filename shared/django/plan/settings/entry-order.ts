/** Where an entry has to stand among others, as their documentation says. */
interface EntryOrder {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly first?: true;
}

const SECURITY = 'django.middleware.security.SecurityMiddleware';
const SESSION = 'django.contrib.sessions.middleware.SessionMiddleware';
const COMMON = 'django.middleware.common.CommonMiddleware';
const AUTHENTICATION = 'django.contrib.auth.middleware.AuthenticationMiddleware';

/** https://docs.djangoproject.com/en/5.2/ref/middleware/#middleware-ordering and the packages' own pages. */
const ORDER: Readonly<Record<string, EntryOrder>> = {
  'whitenoise.middleware.WhiteNoiseMiddleware': { after: [SECURITY] },
  'corsheaders.middleware.CorsMiddleware': {
    after: [SECURITY, 'whitenoise.middleware.WhiteNoiseMiddleware', SESSION],
    before: [COMMON],
  },
  'django.middleware.locale.LocaleMiddleware': { after: [SESSION], before: [COMMON] },
  'django.middleware.gzip.GZipMiddleware': { after: [SECURITY], before: [SESSION] },
  'django.middleware.http.ConditionalGetMiddleware': { after: [SESSION], before: [COMMON] },
  'django.middleware.cache.UpdateCacheMiddleware': { first: true },
  [AUTHENTICATION]: { after: [SESSION] },
  'django.contrib.messages.middleware.MessageMiddleware': { after: [SESSION] },
  'django.contrib.auth.middleware.LoginRequiredMiddleware': { after: [AUTHENTICATION] },
  'debug_toolbar.middleware.DebugToolbarMiddleware': { after: [SECURITY], before: [SESSION] },
  'django_otp.middleware.OTPMiddleware': { after: [AUTHENTICATION] },
  daphne: { first: true },
  'whitenoise.runserver_nostatic': { before: ['django.contrib.staticfiles'] },
  modeltranslation: { before: ['django.contrib.admin'] },
  jazzmin: { before: ['django.contrib.admin'] },
  unfold: { before: ['django.contrib.admin'] },
  grappelli: { before: ['django.contrib.admin'] },
  'django.contrib.admindocs': { after: ['django.contrib.admin'] },
};

/** The index an entry has to stand at among these; null where any place will do. */
export function orderedIndex(entry: string, present: readonly string[]): number | null {
  const order = ORDER[entry];
  if (order === undefined) return null;
  if (order.first === true) return 0;
  const behind = Math.max(-1, ...(order.after ?? []).map((name) => present.lastIndexOf(name)));
  const before = (order.before ?? []).map((name) => present.indexOf(name)).filter((at) => at !== -1);
  if (before.length > 0 && behind === -1) return Math.min(...before);
  if (behind === -1) return null;
  return Math.min(behind + 1, ...before);
}

/** What the documentation of entries says against this order, in sentences. */
export function misplacedIn(present: readonly string[]): readonly string[] {
  return present.flatMap((entry, at) => {
    const { first, after = [], before = [] } = ORDER[entry] ?? {};
    const above = after.filter((name) => present.indexOf(name) > at);
    const below = before.filter((name) => present.includes(name) && present.indexOf(name) < at);
    return [
      ...(first === true && at > 0 ? [`${entry} has to be the first entry.`] : []),
      ...above.map((name) => `${entry} has to stand behind ${name}.`),
      ...below.map((name) => `${entry} has to stand before ${name}.`),
    ];
  });
}

/** Settings whose default holds entries that a new list has to keep: https://docs.djangoproject.com/en/5.2/ref/settings/ */
export const DEFAULT_ENTRIES: Readonly<Record<string, readonly string[]>> = {
  AUTHENTICATION_BACKENDS: ['django.contrib.auth.backends.ModelBackend'],
  STATICFILES_FINDERS: [
    'django.contrib.staticfiles.finders.FileSystemFinder',
    'django.contrib.staticfiles.finders.AppDirectoriesFinder',
  ],
  FILE_UPLOAD_HANDLERS: [
    'django.core.files.uploadhandler.MemoryFileUploadHandler',
    'django.core.files.uploadhandler.TemporaryFileUploadHandler',
  ],
};
