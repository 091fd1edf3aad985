import type { IncomingResponse } from '../../../shared/contract/host-calls.ts';

type Headers = IncomingResponse['headers'];

/** The value of a header; null without it. */
export function headerValue(headers: Headers, name: string): string | null {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value ?? null;
}

/** What a body is, as far as the window shows it. */
export type BodyForm = 'empty' | 'binary' | 'json' | 'html' | 'text';

/** How to show the body of a response. */
export function bodyForm({
  headers,
  body,
  bodyBytes,
}: Pick<IncomingResponse, 'headers' | 'body' | 'bodyBytes'>): BodyForm {
  if (bodyBytes === 0 || body === '') return 'empty';
  if (body === null) return 'binary';
  const type = headerValue(headers, 'Content-Type') ?? '';
  if (/[/+]json\b/i.test(type)) return 'json';
  if (/\b(x?html)\b/i.test(type)) return 'html';
  return 'text';
}

/** Where a redirect leads on the same site; null for other answers and other sites. */
export function redirectPath(
  { status, headers }: Pick<IncomingResponse, 'status' | 'headers'>,
  from: string,
): string | null {
  const location = status >= 300 && status < 400 ? headerValue(headers, 'Location') : null;
  if (location === null) return null;
  const site = 'http://site.invalid';
  const target = URL.canParse(location, site + from) ? new URL(location, site + from) : null;
  return target?.origin === site ? `${target.pathname}${target.search}` : null;
}

/** The title of an HTML page: on Django's error pages it names the exception. */
export function pageTitle(html: string): string | null {
  const title = /<title[^>]*>([^<]*)<\/title>/i.exec(html)?.[1] ?? '';
  const text = title.replace(/\s+/g, ' ').trim();
  return text === ''
    ? null
    : text.replace(/&(amp|lt|gt|quot|#x27|#39);/g, (_, name: string) => entities[name] ?? '');
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
};

/** One token of JSON text; white space belongs to no kind. */
export interface JsonToken {
  readonly kind: 'key' | 'string' | 'number' | 'word' | 'punctuation' | 'space';
  readonly text: string;
}

const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*)|(true|false|null)|([{}[\],:])|(\s+)/g;

/** The tokens of JSON text. */
export function jsonTokens(text: string): readonly JsonToken[] {
  return [...text.matchAll(TOKEN)].flatMap(
    ([whole, string, colon, number, word, mark]): readonly JsonToken[] => {
      if (string !== undefined) {
        if (colon === undefined) return [{ kind: 'string', text: string }];
        return [
          { kind: 'key', text: string },
          { kind: 'punctuation', text: colon },
        ];
      }
      if (number !== undefined) return [{ kind: 'number', text: number }];
      if (word !== undefined) return [{ kind: 'word', text: word }];
      return [{ kind: mark === undefined ? 'space' : 'punctuation', text: whole }];
    },
  );
}

/** Why a text is not JSON; null when it is. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    if (error instanceof SyntaxError) return error.message;
    throw error;
  }
}

/**
 * JSON with an entry a line; null where the text is not JSON. Only white space changes: parsing and writing
 * anew would round large numbers and drop repeated keys.
 */
export function indentJson(text: string): string | null {
  if (jsonProblem(text) !== null) return null;
  const tokens = jsonTokens(text).filter(({ kind }) => kind !== 'space');
  const pieces: string[] = [];
  let depth = 0;
  tokens.forEach(({ kind, text: token }, index) => {
    const mark = kind === 'punctuation' ? token.trim() : '';
    const next = tokens[index + 1]?.text;
    const newLine = (): string => `\n${'  '.repeat(depth)}`;
    if (mark === '{' || mark === '[') {
      pieces.push(mark);
      depth += 1;
      // An empty one stays in its line.
      if (next !== '}' && next !== ']') pieces.push(newLine());
    } else if (mark === '}' || mark === ']') {
      depth -= 1;
      const before = tokens[index - 1]?.text;
      pieces.push(before === '{' || before === '[' ? mark : `${newLine()}${mark}`);
    } else if (mark === ',') pieces.push(`,${newLine()}`);
    else if (mark === ':') pieces.push(': ');
    else pieces.push(token);
  });
  return pieces.join('');
}
