import { validateHeaderName, validateHeaderValue } from 'node:http';
import { Failure } from '../../../shared/contract/failure.ts';
import type { OutgoingRequest } from '../../../shared/contract/host-calls.ts';
import type { Credentials } from './senders.ts';

/** One header of a request. */
export interface Header {
  readonly name: string;
  readonly value: string;
}

// How the body travels is ours to say; what the user writes there could only be wrong.
const ours = new Set([
  'connection',
  'content-length',
  'keep-alive',
  'transfer-encoding',
  'upgrade',
  'expect',
]);
const safeMethods = new Set<string>(['GET', 'HEAD', 'OPTIONS']);

/** The headers as the user gave them, checked; fails with a sentence that names the wrong one. */
export function givenHeaders(request: OutgoingRequest): readonly Header[] {
  const headers = request.headers.filter(
    ({ name }) => name.trim() !== '' && !ours.has(name.trim().toLowerCase()),
  );
  return headers.map(({ name, value }) => {
    const header = { name: name.trim(), value: value.trim() };
    try {
      validateHeaderName(header.name);
      validateHeaderValue(header.name, header.value);
    } catch {
      throw new Failure(
        'invalid-input',
        `The header “${name}” can't be sent: it has characters that no header may have.`,
        {
          fields: { headers: [name] },
        },
      );
    }
    return header;
  });
}

/**
 * What the studio adds: the session, and what Django's CSRF check asks of a form of the same site
 * (https://docs.djangoproject.com/en/stable/ref/csrf/). A header that the user gave stays as it is.
 */
export function addedHeaders(
  request: OutgoingRequest,
  given: readonly Header[],
  origin: string,
  credentials: Credentials | null,
): readonly Header[] {
  const has = (name: string): boolean =>
    given.some((header) => header.name.toLowerCase() === name.toLowerCase());
  const added: Header[] = [];
  if (credentials !== null && !has('Cookie')) {
    const cookies = credentials.cookies.map(({ name, value }) => `${name}=${value}`);
    if (cookies.length > 0) added.push({ name: 'Cookie', value: cookies.join('; ') });
  }
  if (credentials !== null && !isSafe(request)) {
    added.push({ name: credentials.csrfHeaderName, value: credentials.csrfToken });
    added.push({ name: 'Origin', value: origin }, { name: 'Referer', value: `${origin}/` });
  }
  if (request.body !== null && request.body !== '' && !has('Content-Type')) {
    added.push({
      name: 'Content-Type',
      value: isJson(request.body) ? 'application/json' : 'text/plain; charset=utf-8',
    });
  }
  return added.filter((header) => !has(header.name));
}

/** Django asks for no CSRF token here, and sending the request again changes nothing. */
export function isSafe(request: OutgoingRequest): boolean {
  return safeMethods.has(request.method);
}

/** The path as it goes over the wire: what a browser would escape is escaped, what is escaped stays. */
export function wirePath(path: string): string {
  const [withoutFragment = '/'] = path.split('#');
  return withoutFragment.toWellFormed().replaceAll(/[^\x21-\x7e]+/gu, (odd) => encodeURIComponent(odd));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
