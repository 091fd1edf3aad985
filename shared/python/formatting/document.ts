/** Code with the places where its lines may be broken; Black and ruff choose by the same rules. */
export type Document = string | readonly Document[] | Line | Group | Indent | Choice;

interface Line {
  readonly kind: 'line';
  /** What stands there in one line. */
  readonly flat: '' | ' ';
}

/** Stands in one line if it fits, else all of its own lines are broken. */
interface Group {
  readonly kind: 'group';
  readonly inside: Document;
  readonly isBroken: boolean;
}

interface Indent {
  readonly kind: 'indent';
  readonly inside: Document;
}

/** What depends on whether the group around it is broken. */
interface Choice {
  readonly kind: 'choice';
  readonly broken: string;
}

/** A place where a line may be broken, and which is empty otherwise. */
export const softLine: Line = { kind: 'line', flat: '' };
/** A place where a line may be broken, and which is a space otherwise. */
export const spaceLine: Line = { kind: 'line', flat: ' ' };

/** Code that is broken as a whole; with a trailing comma of the author's it is broken in any case. */
export function group(inside: Document, isBroken = false): Document {
  return { kind: 'group', inside, isBroken: isBroken || hasBroken(inside) };
}

/** Lines that stand further right. */
export function indent(inside: Document): Document {
  return { kind: 'indent', inside };
}

/** Code that is there only where the group around it is broken. */
export function ifBroken(broken: string): Document {
  return { kind: 'choice', broken };
}

/** Documents with another one between them. */
export function join(parts: readonly Document[], between: Document): Document {
  return parts.flatMap((part, at) => (at === 0 ? [part] : [between, part]));
}

/** The parts of code that is one behind the other. */
function sequenceOf(document: Document): readonly Document[] | null {
  return typeof document === 'string' || 'kind' in document ? null : document;
}

function isKind<K extends 'line' | 'group' | 'indent'>(
  document: Document,
  kind: K,
): document is Extract<Document, { readonly kind: K }> {
  return typeof document !== 'string' && 'kind' in document && document.kind === kind;
}

function hasBroken(document: Document): boolean {
  if (typeof document === 'string') return false;
  if (!('kind' in document)) return document.some(hasBroken);
  if (document.kind === 'group') return document.isBroken;
  return document.kind === 'indent' && hasBroken(document.inside);
}

/** Whether some code in it stands over several lines whatever is done. */
export function hasFixedLines(document: Document): boolean {
  if (typeof document === 'string') return document.includes('\n');
  if (!('kind' in document)) return document.some(hasFixedLines);
  return (document.kind === 'group' || document.kind === 'indent') && hasFixedLines(document.inside);
}

/** How wide lines may be, and what they are indented by. */
export interface PrintOptions {
  readonly width: number;
  readonly unit: string;
  /** The indentation of the line the document starts in. */
  readonly base: string;
}

/** Code that is never broken. */
export function inOneLine(document: Document): Document {
  return print(document, { width: Infinity, unit: '', base: '' }) ?? document;
}

interface Piece {
  readonly document: Document;
  readonly indentation: string;
  readonly isFlat: boolean;
}

/** The lines of a document, the first one without its indentation; null where one would end outside of brackets. */
export function print(document: Document, { width, unit, base }: PrintOptions): string | null {
  const rest: Piece[] = [{ document, indentation: base, isFlat: false }];
  let text = '';
  let column = widthOf(base);
  let depth = 0;
  for (let piece = rest.pop(); piece !== undefined; piece = rest.pop()) {
    const { document: one, indentation, isFlat } = piece;
    const code = codeOf(one, isFlat);
    const parts = sequenceOf(one);
    if (code !== null) {
      text += code;
      column += widthOf(code);
      if (/^[([{]$/.test(code)) depth += 1;
      else if (/^[)\]}]$/.test(code)) depth -= 1;
    } else if (parts !== null) {
      for (const part of parts.toReversed()) rest.push({ ...piece, document: part });
    } else if (isKind(one, 'line')) {
      if (depth === 0) return null;
      text += `\n${indentation}`;
      column = widthOf(indentation);
    } else if (isKind(one, 'indent')) {
      rest.push({ document: one.inside, indentation: indentation + unit, isFlat });
    } else if (isKind(one, 'group')) {
      const flat: Piece = { document: one.inside, indentation, isFlat: true };
      const isFlatNow = isFlat || (!one.isBroken && fits([...rest, flat], width - column));
      rest.push({ ...flat, isFlat: isFlatNow });
    }
  }
  return text;
}

/** What is printed as it is; null for what has parts or breaks the line. */
function codeOf(document: Document, isFlat: boolean): string | null {
  if (typeof document === 'string') return document;
  if (!('kind' in document)) return null;
  if (document.kind === 'choice') return isFlat ? '' : document.broken;
  return document.kind === 'line' && isFlat ? document.flat : null;
}

/** Whether the line goes on to its next break within the room that is left. */
function fits(pieces: Piece[], room: number): boolean {
  let left = room;
  for (let piece = pieces.pop(); piece !== undefined && left >= 0; piece = pieces.pop()) {
    const { document, isFlat } = piece;
    const code = codeOf(document, isFlat);
    const parts = sequenceOf(document);
    if (code !== null) left -= widthOf(code);
    else if (parts !== null) {
      for (const part of parts.toReversed()) pieces.push({ ...piece, document: part });
    } else if (isKind(document, 'line')) return true;
    else if (isKind(document, 'indent')) pieces.push({ ...piece, document: document.inside });
    else if (isKind(document, 'group')) {
      pieces.push({ ...piece, document: document.inside, isFlat: isFlat && !document.isBroken });
    }
  }
  return left >= 0;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\u{1f300}-\u{1faff}]/gu;

/** Columns as formatters count them: a tab is four, a wide letter two. */
export function widthOf(code: string): number {
  return code
    .replaceAll('\t', '    ')
    .replaceAll(WIDE, '  ')
    .replaceAll(/[\u{10000}-\u{10ffff}]/gu, ' ').length;
}
