import { keptList, sharedWord } from './kept-facts.ts';
import type { Literal } from './literal.ts';
import type { CallFacts, ExpressionFacts, NamedExpression } from './python-module.ts';

// To ask a tree for one of its nodes is a call into WebAssembly, and a member of a model has twenty of them. Nine of
// ten are written so plainly that their characters say the same.

/** Where a piece of code begins in its file. */
export interface CodePlace {
  readonly offset: number;
  readonly line: number;
}

/**
 * What an expression says, from its characters alone; null where it holds more than names, whole numbers, texts
 * without escapes, lists and tuples of these, and calls with these.
 */
export function readPlainExpression(code: string, place: CodePlace): ExpressionFacts | null {
  const reader = new PlainReader(code, place);
  const facts = reader.expression();
  return reader.isAtEnd ? facts : null;
}

/** The same of a statement that binds one name: `title = models.CharField(max_length=200)`. */
export function readPlainAssignment(
  code: string,
  place: CodePlace,
): { readonly name: string; readonly value: ExpressionFacts } | null {
  const reader = new PlainReader(code, place);
  const name = reader.target();
  const value = name === null ? null : reader.expression();
  return name !== null && value !== null && reader.isAtEnd ? { name, value } : null;
}

/** The name and the bases of a class from its first line. */
export function readPlainHeader(
  code: string,
  place: CodePlace,
): { readonly name: string; readonly bases: readonly ExpressionFacts[] } | null {
  const [head = '', name = '', opening = ''] = CLASS_HEADER.exec(code) ?? [];
  if (name === '' || opening === ':') return name === '' ? null : { name: sharedWord(name), bases: [] };
  const reader = new PlainReader(code, place, head.length - name.length - 1);
  const { callee, positional } = reader.expression()?.call ?? {};
  return callee === name && reader.isAtColon ? { name: callee, bases: positional ?? [] } : null;
}

/** The name and the parameters of a function from its first line. */
export function readPlainSignature(
  code: string,
): { readonly name: string; readonly parameters: readonly string[] } | null {
  const [, name, between = ''] = FUNCTION_HEADER.exec(code) ?? [];
  if (name === undefined) return null;
  const parameters = between.split(',').flatMap((part) => PARAMETER.exec(part)?.[1] ?? []);
  return { name: sharedWord(name), parameters: keptList(parameters.map(sharedWord)) };
}

/** The text that a statement is, without its quotes. */
export function readPlainText(code: string): string | null {
  const quote = code.slice(0, 3);
  if (quote !== '"""' && quote !== "'''") return null;
  const text = code.slice(3, -3);
  const isPlain = code.length >= 6 && code.endsWith(quote) && !text.includes('\\');
  const isOne = isPlain && !text.includes(quote) && !text.endsWith(quote.charAt(0));
  return isOne ? text.replaceAll('\r\n', '\n') : null;
}

const CLASS_HEADER = /^class[ \t]+([A-Za-z_]\w*)([(:])/;
const FUNCTION_HEADER = /^(?:async[ \t]+)?def[ \t]+([A-Za-z_]\w*)\(([^()[\]{}'"#\\]*)\)/;
const PARAMETER = /^[\s*]*([A-Za-z_]\w*)/;
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);
/** What may stand before a bracket and calls nothing. */
const NO_CALLEE = new Set(
  'and as assert async await class def del elif else except exec for from if import in is lambda not or print raise return while with yield'.split(
    ' ',
  ),
);
const TARGET = /([A-Za-z_]\w*)[ \t]*=(?!=)[ \t]*/y;
const NAME = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/y;
const NUMBER = /(?:0|[1-9]\d{0,14})(?![\w.])/y;
const KEYWORD = /([A-Za-z_]\w*)[ \t]*=(?!=)/y;

const [TAB, LINE_FEED, RETURN, SPACE] = [9, 10, 13, 32] as const;
const [DOUBLE_QUOTE, SINGLE_QUOTE, BACKSLASH] = [34, 39, 92] as const;
const [ROUND_OPEN, ROUND_CLOSE, SQUARE_OPEN, SQUARE_CLOSE] = [40, 41, 91, 93] as const;
const [COMMA, COLON, ZERO, NINE] = [44, 58, 48, 57] as const;

class PlainReader {
  private readonly code: string;
  private readonly offset: number;
  private at: number;
  private line: number;

  constructor(code: string, { offset, line }: CodePlace, at = 0) {
    this.code = code;
    this.offset = offset;
    this.line = line;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at === this.code.length;
  }

  get isAtColon(): boolean {
    return this.code.charCodeAt(this.at) === COLON;
  }

  /** The name before the first `=`. */
  target(): string | null {
    const name = this.take(TARGET)?.[1];
    return name === undefined ? null : sharedWord(name);
  }

  expression(): ExpressionFacts | null {
    const first = this.code.charCodeAt(this.at);
    if (first === DOUBLE_QUOTE || first === SINGLE_QUOTE) return this.string(first);
    if (first === SQUARE_OPEN || first === ROUND_OPEN) return this.list(first);
    return first >= ZERO && first <= NINE ? this.number() : this.nameOrCall();
  }

  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.code);
    if (found !== null) this.at = pattern.lastIndex;
    return found;
  }

  private string(quote: number): ExpressionFacts | null {
    const { code, at: start } = this;
    let end = start + 1;
    for (let next = code.charCodeAt(end); next !== quote; next = code.charCodeAt(end)) {
      if (next === BACKSLASH || next === LINE_FEED || Number.isNaN(next)) return null;
      end += 1;
    }
    this.at = end + 1;
    // The start of a text in three quotes.
    if (end === start + 1 && code.charCodeAt(this.at) === quote) return null;
    const written = sharedWord(code.slice(start, this.at));
    return { code: written, literal: sharedWord(code.slice(start + 1, end)), dotted: null, call: null };
  }

  private number(): ExpressionFacts | null {
    const found = this.take(NUMBER);
    if (found === null) return null;
    return { code: sharedWord(found[0]), literal: Number(found[0]), dotted: null, call: null };
  }

  private list(opening: number): ExpressionFacts | null {
    const start = this.at;
    const closing = opening === SQUARE_OPEN ? SQUARE_CLOSE : ROUND_CLOSE;
    const values: Literal[] = [];
    let isLiteral = true;
    let hasComma = false;
    this.at += 1;
    while (this.afterSpace() !== closing) {
      const item = this.expression();
      if (item === null) return null;
      if (item.literal === undefined) isLiteral = false;
      else values.push(item.literal);
      hasComma = this.afterSpace() === COMMA || hasComma;
      if (!this.takeComma(closing)) return null;
    }
    this.at += 1;
    // Brackets around a value are no tuple.
    if (opening === ROUND_OPEN && !hasComma && this.at > start + 2) return null;
    const literal = isLiteral ? keptList(values) : undefined;
    return { code: this.code.slice(start, this.at), literal, dotted: null, call: null };
  }

  /** Goes over the comma behind an item; false where neither that nor the end of the list follows. */
  private takeComma(closing: number): boolean {
    const next = this.afterSpace();
    if (next === COMMA) this.at += 1;
    return next === COMMA || next === closing;
  }

  private nameOrCall(): ExpressionFacts | null {
    const start = this.at;
    const found = this.take(NAME);
    if (found === null) return null;
    const name = sharedWord(found[0]);
    if (this.code.charCodeAt(this.at) !== ROUND_OPEN) {
      const constant = CONSTANTS.get(name);
      return constant === undefined
        ? { code: name, literal: undefined, dotted: name, call: null }
        : { code: name, literal: constant, dotted: null, call: null };
    }
    const call = NO_CALLEE.has(name) ? null : this.call(name);
    if (call === null) return null;
    return { code: this.code.slice(start, this.at), literal: undefined, dotted: null, call };
  }

  private call(callee: string): CallFacts | null {
    const positional: ExpressionFacts[] = [];
    const keywords: NamedExpression[] = [];
    this.at += 1;
    while (this.afterSpace() !== ROUND_CLOSE) {
      const { at, line } = this;
      const name = this.take(KEYWORD)?.[1];
      if (name !== undefined) this.afterSpace();
      const value = this.expression();
      if (value === null) return null;
      const span = { start: this.offset + at, end: this.offset + this.at, line };
      if (name === undefined) positional.push(value);
      else keywords.push({ name: sharedWord(name), value, span });
      if (!this.takeComma(ROUND_CLOSE)) return null;
    }
    this.at += 1;
    return { callee, positional: keptList(positional), keywords: keptList(keywords), open: false };
  }

  /** The first character behind spaces and line breaks. */
  private afterSpace(): number {
    for (;;) {
      const next = this.code.charCodeAt(this.at);
      if (next === LINE_FEED) this.line += 1;
      else if (next !== SPACE && next !== TAB && next !== RETURN) return next;
      this.at += 1;
    }
  }
}
