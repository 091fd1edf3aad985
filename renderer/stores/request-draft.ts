import type { OutgoingRequest, Sender } from '../../shared/contract/host-calls.ts';

/** A line of a query, of headers or of a form; without a name it is not sent. */
export interface NamedValue {
  readonly name: string;
  readonly value: string;
}

/** The methods a request can have. */
export type Method = OutgoingRequest['method'];

/** All of them, in the order in which they are offered. */
export const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** How a body is written and sent. */
export type BodyKind = 'json' | 'form' | 'text';

/** A request as it is being written. */
export interface RequestDraft {
  readonly method: Method;
  /** As Django writes a path: `/books/<slug:slug>/`; the parts in angle brackets are filled in. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: readonly NamedValue[];
  readonly headers: readonly NamedValue[];
  readonly bodyKind: BodyKind;
  readonly body: string;
  readonly form: readonly NamedValue[];
  readonly as: Sender;
}

/** A request that asks for the first page of the site. */
export const firstDraft: RequestDraft = {
  method: 'GET',
  path: '/',
  parameters: {},
  query: [],
  headers: [],
  bodyKind: 'json',
  body: '',
  form: [],
  as: { kind: 'anonymous' },
};

/** A part of a path that is filled in. */
export interface PathParameter {
  readonly name: string;
  /** null for parts of a regular expression. */
  readonly converter: string | null;
}

const PARAMETER = /<(?:([^<>:]+):)?([^<>:]+)>/g;

/** The parts of a pattern in angle brackets, each once. */
export function parametersOf(pattern: string): readonly PathParameter[] {
  const found = new Map<string, PathParameter>();
  for (const [, converter, name = ''] of pattern.matchAll(PARAMETER)) {
    if (!found.has(name)) found.set(name, { name, converter: converter ?? null });
  }
  return [...found.values()];
}

// https://docs.djangoproject.com/en/stable/topics/http/urls/#path-converters
const converterRules: Readonly<Record<string, { readonly pattern: RegExp; readonly sentence: string }>> = {
  str: { pattern: /^[^/]+$/, sentence: 'Text without a slash.' },
  int: { pattern: /^\d+$/, sentence: 'A whole number, zero or more.' },
  slug: { pattern: /^[-\w]+$/, sentence: 'Letters without accents, digits, hyphens and underscores.' },
  uuid: {
    pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    sentence: 'A UUID in small letters, with its hyphens.',
  },
  path: { pattern: /^[^]+$/, sentence: 'Text, slashes too.' },
};

/** What a converter takes, in a sentence; null for converters of the project. */
export function converterHelp(converter: string | null): string | null {
  return converterRules[converter ?? '']?.sentence ?? null;
}

/** Why Django would not match the value of a part; null when it would. */
export function parameterProblem({ name, converter }: PathParameter, value: string): string | null {
  if (value === '') return `Give “${name}” a value.`;
  const rule = converterRules[converter ?? ''];
  if (rule === undefined || rule.pattern.test(value)) return null;
  return `“${name}” does not fit ${converter ?? ''}. ${rule.sentence}`;
}

/** The path with its parts filled in and its query behind it; parts without a value stay as they are. */
export function requestPath({ path, parameters, query }: Omit<RequestDraft, 'method' | 'as'>): string {
  const filled = path.trim().replaceAll(PARAMETER, (whole, converter: string | undefined, name: string) => {
    const value = parameters[name] ?? '';
    if (value === '') return whole;
    // Slashes separate parts everywhere but in what takes slashes.
    const takesSlashes = converter === 'path' || converter === undefined;
    return takesSlashes ? value.split('/').map(encodeURIComponent).join('/') : encodeURIComponent(value);
  });
  const pairs = encodedPairs(query);
  if (pairs === '') return filled;
  return `${filled}${filled.includes('?') ? '&' : '?'}${pairs}`;
}

/** Why the request can't be sent as it is, in a sentence; null when it can. */
export function draftProblem(draft: RequestDraft): string | null {
  if (!draft.path.trim().startsWith('/')) return 'A path starts with a slash: /books/';
  for (const parameter of parametersOf(draft.path)) {
    const problem = parameterProblem(parameter, draft.parameters[parameter.name] ?? '');
    if (problem !== null) return problem;
  }
  return null;
}

/** Whether a request of this method usually carries a body. */
export function hasBody(method: Method): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

const contentTypes: Readonly<Record<BodyKind, string>> = {
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
  text: 'text/plain; charset=utf-8',
};

/** The request as it is sent: parts filled in, the body encoded, its type named. */
export function toOutgoing(draft: RequestDraft): OutgoingRequest {
  const text = draft.bodyKind === 'form' ? encodedPairs(draft.form) : draft.body;
  const body = hasBody(draft.method) && text !== '' ? text : null;
  const headers = draft.headers.filter(({ name }) => name.trim() !== '');
  const typed = headers.some(({ name }) => name.trim().toLowerCase() === 'content-type');
  const type = { name: 'Content-Type', value: contentTypes[draft.bodyKind] };
  return {
    method: draft.method,
    path: requestPath(draft),
    headers: [
      ...headers.map(({ name, value }) => ({ name, value })),
      ...(body === null || typed ? [] : [type]),
    ],
    body,
    as: draft.as,
  };
}

function encodedPairs(pairs: readonly NamedValue[]): string {
  const named = pairs.filter(({ name }) => name.trim() !== '');
  return new URLSearchParams(
    named.map(({ name, value }): [string, string] => [name.trim(), value]),
  ).toString();
}
