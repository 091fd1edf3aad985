import { isLiteralDict, type Literal } from '../../python/literal.ts';
import type { ExpressionFacts, PythonFunction } from '../../python/python-module.ts';
import { attributeOf, lastPart, methodsOf, type Lineage } from './class-lineage.ts';

/** In the order of `View.http_method_names`. */
const HTTP = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'trace'] as const;

/** What the views of Django and Django REST Framework answer by themselves. */
const GENERIC: readonly (readonly [RegExp, string])[] = [
  [/^(Template|List|Detail|\w*Archive|\w*ArchiveIndex|DateDetail|Redirect)View$/, 'get'],
  [/^(Form|Create|Update|Login|PasswordChange|PasswordReset|PasswordResetConfirm)View$/, 'get post put'],
  [/^DeleteView$/, 'get post delete'],
  [/^RedirectView$/, 'get post put patch delete head'],
  [/^(List|Retrieve|ListCreate|Retrieve\w+)APIView$/, 'get'],
  [/^(Create|ListCreate)APIView$/, 'post'],
  [/^(Update|RetrieveUpdate|RetrieveUpdateDestroy)APIView$/, 'put patch'],
  [/^(Destroy|RetrieveDestroy|RetrieveUpdateDestroy)APIView$/, 'delete'],
];
const KNOWN_PACKAGES = /^(django|rest_framework)\./;

/** HTTP methods of a class-based view; null where others' code may answer more. */
export function classMethods(lineage: Lineage): readonly string[] | null {
  const named = attributeOf(lineage, 'http_method_names')?.literal;
  const allowed = textsOf(named) ?? HTTP;
  if (lineage.open || lineage.externals.some((name) => !KNOWN_PACKAGES.test(name))) return null;
  const known = new Set<string>(['options']);
  for (const name of methodsOf(lineage).keys()) known.add(name);
  for (const name of lineage.names.map(lastPart)) {
    for (const [base, methods] of GENERIC)
      if (base.test(name)) for (const one of methods.split(' ')) known.add(one);
  }
  return HTTP.filter((method) => known.has(method) && allowed.includes(method)).map(upper);
}

/** HTTP methods that decorators leave to a function; null where they leave all. */
export function functionMethods({ decorators }: PythonFunction): readonly string[] | null {
  for (const decorator of decorators) {
    const methods = decoratorMethods(decorator);
    if (methods !== null) return methods;
  }
  return null;
}

/** https://docs.djangoproject.com/en/5.2/topics/http/decorators/#allowed-http-methods */
export function decoratorMethods({ dotted, call }: ExpressionFacts): readonly string[] | null {
  const name = lastPart(dotted ?? call?.callee ?? '');
  if (name === 'require_GET') return ['GET'];
  if (name === 'require_POST') return ['POST'];
  if (name === 'require_safe') return ['GET', 'HEAD'];
  if (name !== 'require_http_methods' && name !== 'api_view') return null;
  const given = call?.positional[0] ?? call?.keywords[0]?.value;
  const unnamed = name === 'api_view' ? ['GET'] : null;
  const methods = given === undefined ? unnamed : textsOf(given.literal);
  if (methods === null) return null;
  const all = methods.map(upper);
  return name === 'require_http_methods' ? all : inOrder([...all, 'OPTIONS']);
}

/** The methods of `as_view({'get': 'list'})`; null for any other argument. */
export function mappedMethods(mapping: Literal | undefined): readonly string[] | null {
  if (!isLiteralDict(mapping)) return null;
  return mapping.entries.flatMap(([method]) => (typeof method === 'string' ? upper(method) : []));
}

/** The texts of a literal list; null for anything else. */
export function textsOf(literal: Literal | undefined): readonly string[] | null {
  if (!Array.isArray(literal)) return null;
  const items: readonly Literal[] = literal;
  const texts = items.filter((item) => typeof item === 'string');
  return texts.length === items.length ? texts : null;
}

function upper(method: string): string {
  return method.toUpperCase();
}

function inOrder(methods: readonly string[]): readonly string[] {
  const order = HTTP.map(upper);
  return [...new Set(methods)].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}
