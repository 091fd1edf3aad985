import type { SyntaxNode } from './parser.ts';
import { partsOf, unwrap } from './syntax.ts';

/** A Python literal as a value; tuples and sets become lists. */
export type Literal = string | number | boolean | null | readonly Literal[] | LiteralDict;

/** A dictionary display whose keys and values are literals. */
export interface LiteralDict {
  readonly entries: readonly (readonly [Literal, Literal])[];
}

/** Whether a literal is a dictionary display. */
export function isLiteralDict(value: Literal | undefined): value is LiteralDict {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a literal; undefined where the expression has to be run to be known. */
export function readLiteral(expression: SyntaxNode): Literal | undefined {
  const node = unwrap(expression);
  switch (node.type) {
    case 'true':
      return true;
    case 'false':
      return false;
    case 'none':
      return null;
    case 'string':
    case 'concatenated_string':
      return readString(node);
    case 'integer':
    case 'float':
      return readNumber(node.text);
    case 'unary_operator':
      return readSigned(node);
    case 'list':
    case 'tuple':
    case 'expression_list':
    case 'set':
      return readAll(partsOf(node));
    case 'dictionary':
      return readDict(node);
    default:
      return undefined;
  }
}

/** The text of a string literal, joined where adjacent strings stand together; undefined for bytes and f-strings. */
export function readString(expression: SyntaxNode): string | undefined {
  const node = unwrap(expression);
  if (node.type === 'concatenated_string') {
    let joined = '';
    for (const part of partsOf(node)) {
      const text = readString(part);
      if (text === undefined) return undefined;
      joined += text;
    }
    return joined;
  }
  if (node.type !== 'string') return undefined;
  const start = node.namedChild(0);
  const end = node.lastNamedChild;
  if (start === null || end?.type !== 'string_end') return undefined;
  const prefix = start.text.replace(/['"]+$/, '').toLowerCase();
  if (/[bft]/.test(prefix)) return undefined;
  const content = node.text
    .slice(start.text.length, node.text.length - end.text.length)
    .replaceAll('\r\n', '\n');
  return prefix.includes('r') ? content : unescape(content);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\n': '',
};
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g;

function unescape(content: string): string {
  if (!content.includes('\\')) return content;
  return content.replace(
    ESCAPE,
    (whole, x?: string, u?: string, long?: string, octal?: string, single?: string) => {
      const hex = x ?? u ?? long;
      if (hex !== undefined) return codePoint(parseInt(hex, 16), whole);
      if (octal !== undefined) return codePoint(parseInt(octal, 8), whole);
      // Python keeps the backslash of an escape it does not know.
      return ESCAPES[single ?? ''] ?? whole;
    },
  );
}

function codePoint(value: number, written: string): string {
  return value > 0x10ffff ? written : String.fromCodePoint(value);
}

function readNumber(text: string): number | undefined {
  const plain = text.replaceAll('_', '');
  if (/[jJ]$/.test(plain) && !/^0[xX]/.test(plain)) return undefined;
  const value = Number(plain);
  if (Number.isNaN(value)) return undefined;
  // A number that JavaScript can't hold exactly is better shown as code than as a wrong value.
  if (!plain.includes('.') && !/[eE]/.test(plain) && !Number.isSafeInteger(value)) return undefined;
  return value;
}

function readSigned(node: SyntaxNode): number | undefined {
  const argument = node.childForFieldName('argument');
  const sign = node.childForFieldName('operator')?.text;
  const value = argument === null ? undefined : readLiteral(argument);
  if (typeof value !== 'number' || (sign !== '-' && sign !== '+')) return undefined;
  return sign === '-' ? -value : value;
}

function readAll(nodes: readonly SyntaxNode[]): readonly Literal[] | undefined {
  const values: Literal[] = [];
  for (const node of nodes) {
    const value = readLiteral(node);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function readDict(node: SyntaxNode): LiteralDict | undefined {
  const entries: (readonly [Literal, Literal])[] = [];
  for (const pair of partsOf(node)) {
    const key = pair.childForFieldName('key');
    const value = pair.childForFieldName('value');
    if (pair.type !== 'pair' || key === null || value === null) return undefined;
    const entry = readAll([key, value]);
    if (entry?.[0] === undefined || entry[1] === undefined) return undefined;
    entries.push([entry[0], entry[1]]);
  }
  return { entries };
}
