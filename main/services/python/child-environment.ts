/**
 * What the shell that started the studio may have set for another project: it would send the new
 * project's migrations to a foreign database, or its packages to a foreign folder.
 */
const FOREIGN = new Set([
  'ALLOWED_HOSTS',
  'CSRF_TRUSTED_ORIGINS',
  'DATABASE_URL',
  'DEBUG',
  'DJANGO_SETTINGS_MODULE',
  'PIP_PREFIX',
  'PIP_REQUIRE_VIRTUALENV',
  'PIP_TARGET',
  'PIP_USER',
  'REDIS_URL',
  'SECRET_KEY',
  'UV_PROJECT_ENVIRONMENT',
  'VIRTUAL_ENV',
  '__PYVENV_LAUNCHER__',
]);

/** The environment for a Python child: the user's own, without what belongs to other projects. */
export function childEnvironment(
  own: NodeJS.ProcessEnv,
  added: Readonly<Record<string, string>> = {},
): NodeJS.ProcessEnv {
  const kept = Object.entries(own).filter(
    ([name]) => !FOREIGN.has(name) && !name.startsWith('PYTHON') && !name.startsWith('DJANGO_SUPERUSER_'),
  );
  return { ...Object.fromEntries(kept), PYTHONUTF8: '1', PYTHONUNBUFFERED: '1', ...added };
}
