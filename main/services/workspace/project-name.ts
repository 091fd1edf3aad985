import { PYTHON_KEYWORDS, STANDARD_LIBRARY } from '../../../shared/python/reserved-names.ts';

/** What the templates put beside the project's own package, and what a project imports from others. */
const TAKEN = new Set([
  ...['accounts', 'catalog', 'orders', 'reviews', 'manage', 'media', 'static', 'staticfiles', 'templates'],
  ...['asgiref', 'django', 'psycopg', 'redis', 'rest_framework', 'sqlparse', 'test', 'tests'],
]);

const LONGEST = 60;

/** Why a project can't have this name, with one that would do; null when it can. */
export function projectNameProblem(name: string): string | null {
  if (name === '') return 'Give the project a name.';
  const instead = suggestion(name);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/u.test(name))
    return `A project is a Python package: its name has only letters a to z, digits and underscores, and starts with no digit. ${instead}`;
  if (PYTHON_KEYWORDS.has(name)) return `"${name}" is a word of the Python language. ${instead}`;
  const plain = name.toLowerCase();
  if (STANDARD_LIBRARY.has(plain))
    return `"${name}" is a module of Python's standard library, which the project would hide. ${instead}`;
  if (TAKEN.has(plain))
    return `"${name}" is the name of something the project itself contains or imports. ${instead}`;
  if (name.length > LONGEST) return `The name is longer than ${LONGEST} characters. Choose a shorter one.`;
  return null;
}

/** A name made of what was typed: "My Shop!" becomes my_shop. */
export function suggestedName(typed: string): string {
  const plain = typed
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '') // an accent is dropped, its letter stays
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/gu, '_')
    .replaceAll(/^[_0-9]+|_+$/gu, '')
    .slice(0, LONGEST);
  if (plain === '') return 'mysite';
  const reserved = PYTHON_KEYWORDS.has(plain) || STANDARD_LIBRARY.has(plain) || TAKEN.has(plain);
  return reserved ? `${plain}_project` : plain;
}

function suggestion(typed: string): string {
  return `Try "${suggestedName(typed)}".`;
}
