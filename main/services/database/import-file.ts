import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { readFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import { Failure } from '../../../shared/contract/failure.ts';
import type { ImportPreview } from '../../../shared/contract/database-transfer-calls.ts';
import type { ImportedField } from './transfer-values.ts';

/** A row of a file: null for what is NULL or absent. */
export type ImportedRow = readonly (ImportedField | null)[];

/** A file of rows, read as far as it is asked for. */
export interface ImportFile {
  readonly names: readonly string[];
  readonly rows: Iterable<ImportedRow>;
}

const SHOWN_ROWS = 20;
const LARGEST_JSON = 200_000_000;

/** The columns of a file and its first rows. */
export function previewImport(path: string, format: 'csv' | 'json'): ImportPreview {
  const { names, rows } = openImport(path, format);
  const shown: (readonly (string | null)[])[] = [];
  for (const row of rows) {
    shown.push(names.map((_, place) => row[place]?.text.slice(0, 200) ?? null));
    if (shown.length === SHOWN_ROWS) break;
  }
  return { names, rows: shown, bytes: statSync(path).size };
}

/** Opens a file; what is no such file is refused with a sentence. */
export function openImport(path: string, format: 'csv' | 'json'): ImportFile {
  let stats;
  try {
    stats = statSync(path);
  } catch {
    throw new Failure('not-found', `There is no file ${path}, or it can’t be read.`);
  }
  if (!stats.isFile()) throw new Failure('refused', `${path} is no ordinary file.`);
  return format === 'csv' ? openCsv(path) : openJson(path, stats.size);
}

function openCsv(path: string): ImportFile {
  const rows = csvRows(textOf(path))[Symbol.iterator]();
  const head = rows.next();
  if (head.done === true) throw new Failure('refused', `${path} is empty: its first line names the columns.`);
  const names = head.value.map((field) => field?.text ?? '');
  return { names, rows: { [Symbol.iterator]: () => rows } };
}

const CHUNK = 1_000_000;

function* textOf(path: string): Generator<string> {
  const descriptor = openSync(path, 'r');
  try {
    const decoder = new StringDecoder('utf8');
    const bytes = Buffer.alloc(CHUNK);
    for (let first = true; ; first = false) {
      const length = readSync(descriptor, bytes, 0, CHUNK, null);
      const text = length === 0 ? decoder.end() : decoder.write(bytes.subarray(0, length));
      yield first ? text.replace(/^\ufeff/, '') : text;
      if (length === 0) return;
    }
  } finally {
    closeSync(descriptor);
  }
}

/** https://www.rfc-editor.org/rfc/rfc4180; a field without quotes and without text is NULL. */
export function* csvRows(chunks: Iterable<string>): Generator<ImportedRow> {
  let row: (ImportedField | null)[] = [];
  let text = '';
  let state: 'start' | 'plain' | 'quoted' | 'quote' = 'start';
  let separator: string | null = null;
  let afterReturn = false;
  const endField = (): void => {
    const quoted = state === 'quote' || state === 'quoted';
    row.push(text === '' && !quoted ? null : { text, quoted });
    text = '';
    state = 'start';
  };
  for (const chunk of chunks) {
    separator ??= separatorOf(chunk);
    for (const character of chunk) {
      if (state === 'quoted') {
        if (character === '"') state = 'quote';
        else text += character;
        continue;
      }
      if (state === 'quote' && character === '"') {
        text += '"';
        state = 'quoted';
        continue;
      }
      const newline = character === '\n' || character === '\r';
      if (character === '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = character === '\r';
      if (character === separator) endField();
      else if (newline) {
        const blank = row.length === 0 && state === 'start';
        endField();
        if (!blank) yield row;
        row = [];
      } else if (state === 'start' && character === '"') state = 'quoted';
      else {
        text += character;
        if (state === 'start') state = 'plain';
      }
    }
  }
  if (row.length > 0 || state !== 'start') {
    endField();
    yield row;
  }
}

/** What stands between the columns: the likeliest of the first line. */
function separatorOf(chunk: string): string {
  const [line = ''] = chunk.split(/\r?\n/, 1);
  const counts = [',', ';', '\t'].map((mark) => [mark, line.split(mark).length] as const);
  return counts.toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? ',';
}

function openJson(path: string, size: number): ImportFile {
  if (size > LARGEST_JSON) {
    throw new Failure('refused', `${path} is larger than 200 MB. Import it as CSV, which is read in parts.`);
  }
  const rows = parseJson(path);
  const isObject = (row: unknown): row is Record<string, unknown> =>
    typeof row === 'object' && row !== null && !Array.isArray(row);
  if (!Array.isArray(rows) || !rows.every(isObject)) {
    throw new Failure('refused', `${path} holds no list of objects: [{"column": value, …}, …].`);
  }
  const names = [...new Set(rows.slice(0, 1000).flatMap((row) => Object.keys(row)))];
  return { names, rows: rows.map((row) => names.map((name) => jsonField(row[name]))) };
}

function parseJson(path: string): unknown {
  try {
    // Numbers are kept as they are written: 9007199254740993 would be rounded.
    return JSON.parse(
      readFileSync(path, 'utf8').replace(/^\ufeff/, ''),
      (_key, value: unknown, context?: { readonly source?: string }) =>
        typeof value === 'number' ? { number: context?.source ?? String(value) } : value,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('refused', `${path} is no JSON: ${reason}.`);
  }
}

function jsonField(value: unknown): ImportedField | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return { text: value, quoted: true };
  if (typeof value === 'boolean') return { text: value ? '1' : '0', quoted: false };
  if (typeof value === 'object') {
    const { number, blob, text } = value as { number?: unknown; blob?: unknown; text?: unknown };
    if (typeof number === 'string') return { text: number, quoted: false };
    if (typeof blob === 'string') return { text: `x'${blob}'`, quoted: false };
    if (typeof text === 'string' && Object.keys(value).length === 1) {
      return { text: `CAST(x'${text}' AS TEXT)`, quoted: false };
    }
  }
  return { text: JSON.stringify(plain(value)), quoted: true };
}

/** A list or an object inside a value, with its numbers as numbers again. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'number' && typeof only[1] === 'string') return Number(only[1]);
  return Object.fromEntries(entries.map(([name, part]) => [name, plain(part)]));
}
