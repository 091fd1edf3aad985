// The bodies of functions are most of the code of a project. Who looks for a name parses only those it stands in.

/** A range of a text. */
interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * What there is to parse of a text where only some places of it matter: of a function in which none of them stands
 * one letter is left, which is a statement. null where it can't be told for sure where its functions end.
 */
export function partsAround(text: string, places: readonly number[]): readonly Range[] | null {
  const bodies = functionBodies(text);
  if (bodies === null) return null;
  const parts: Range[] = [];
  let at = 0;
  let next = 0;
  for (const { start, end } of bodies) {
    while (next < places.length && (places[next] ?? 0) < start) next += 1;
    LETTER.lastIndex = start;
    const letter = LETTER.exec(text)?.index ?? end;
    if ((places[next] ?? Infinity) < end || letter >= end) continue;
    if (letter > start) parts.push({ start: at, end: start });
    parts.push({ start: letter > start ? letter : at, end: letter + 1 });
    at = end;
  }
  parts.push({ start: at, end: text.length });
  return parts.filter(({ start, end }) => start < end);
}

const LETTER = /[A-Za-z_]/g;
const [TAB, LINE_FEED, FORM_FEED, RETURN, SPACE] = [9, 10, 12, 13, 32] as const;
const [DOUBLE_QUOTE, HASH, SINGLE_QUOTE, COLON, BACKSLASH] = [34, 35, 39, 58, 92] as const;
const [ROUND, ROUND_END, SQUARE, SQUARE_END, CURLY, CURLY_END] = [40, 41, 91, 93, 123, 125] as const;
const DEFINITION = /(?:async[ \t]+)?def[ \t]/y;

/** The bodies of the functions that stand in no other one, in their order; null where the text is no sound Python. */
export function functionBodies(text: string): readonly Range[] | null {
  const bodies: Range[] = [];
  let owner: number | null = null;
  let start = -1;
  let end = -1;
  const close = (): void => {
    if (start !== -1) bodies.push({ start, end });
    owner = null;
    start = -1;
  };
  for (let at = 0; at < text.length;) {
    const { first, indent } = indentation(text, at);
    const line = logicalLine(text, first);
    if (line === null) return null;
    at = line.next;
    if (line.isEmpty) continue;
    if (owner !== null && indent <= owner) close();
    if (owner !== null) {
      if (start === -1) start = first;
      end = line.end;
    } else if (line.last === COLON) {
      DEFINITION.lastIndex = first;
      if (DEFINITION.test(text)) owner = indent;
    }
  }
  close();
  return bodies;
}

/** How deep a line is, as Python counts it: https://docs.python.org/3/reference/lexical_analysis.html#indentation */
function indentation(text: string, start: number): { readonly first: number; readonly indent: number } {
  let indent = 0;
  for (let at = start; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === SPACE) indent += 1;
    else if (code === TAB) indent += 8 - (indent % 8);
    else if (code === FORM_FEED) indent = 0;
    else return { first: at, indent };
  }
}

interface LogicalLine {
  /** Where its code and the comment behind it end, and where the next line starts. */
  readonly end: number;
  readonly next: number;
  /** Its last character that is no space and in no comment. */
  readonly last: number;
  readonly isEmpty: boolean;
}

/** The line with all that brackets, texts in three quotes and backslashes continue it with; null where one stays open. */
function logicalLine(text: string, start: number): LogicalLine | null {
  let depth = 0;
  let last = 0;
  let at = start;
  for (;;) {
    const code = text.charCodeAt(at);
    if (Number.isNaN(code) || (code === LINE_FEED && depth === 0)) {
      if (depth > 0) return null;
      const end = text.charCodeAt(at - 1) === RETURN && at > start ? at - 1 : at;
      return { end, next: at + 1, last, isEmpty: last === 0 };
    }
    if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) {
      at = behindText(text, at, code);
      if (at === -1) return null;
      last = code;
    } else if (code === HASH) {
      at = text.indexOf('\n', at);
      if (at === -1) at = text.length;
    } else if (code === BACKSLASH) {
      at += text.charCodeAt(at + 1) === RETURN ? 3 : 2;
    } else {
      if (code === ROUND || code === SQUARE || code === CURLY) depth += 1;
      else if (code === ROUND_END || code === SQUARE_END || code === CURLY_END) depth -= 1;
      // Some Macintosh files end their lines with it alone.
      else if (code === RETURN && text.charCodeAt(at + 1) !== LINE_FEED) return null;
      if (depth < 0) return null;
      if (code > SPACE) last = code;
      at += 1;
    }
  }
}

/** Where the text that a quote begins is over; -1 where it is not closed. */
function behindText(text: string, start: number, quote: number): number {
  const isLong = text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote;
  for (let at = isLong ? start + 3 : start + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (Number.isNaN(code) || (code === LINE_FEED && !isLong)) return -1;
    if (code === BACKSLASH) at += 1;
    else if (code === quote) {
      if (!isLong) return at + 1;
      if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3;
    }
  }
}
