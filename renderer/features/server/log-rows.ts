import type { LogLine } from '../../../shared/contract/host-calls.ts';
import { parseAnsi, type StyledText, type TextStyle } from './ansi.ts';
import type { SourceLink } from './source-links.ts';

/** One row of the log: a record of several lines has as many. */
export interface LogRow {
  readonly id: string;
  readonly line: LogLine;
  /** The record's first row carries its time and level. */
  readonly first: boolean;
  readonly text: string;
  readonly parts: readonly StyledText[];
}

/** Which records are shown: those of a level and above, with a text in them. */
export interface LogFilter {
  readonly level: LogLine['level'];
  readonly search: string;
}

/** Levels from the least to the most grave. */
export const LEVELS: readonly LogLine['level'][] = ['debug', 'info', 'warning', 'error', 'critical'];

// A record never changes: its rows are made once, however often the log is filtered.
const made = new WeakMap<LogLine, readonly LogRow[]>();

/** The rows of one record. */
export function rowsOf(line: LogLine): readonly LogRow[] {
  const known = made.get(line);
  if (known !== undefined) return known;
  const rows = splitLines(parseAnsi(line.text.replace(/\s+$/, ''))).map((parts, index): LogRow => ({
    id: `${line.id}.${index}`,
    line,
    first: index === 0,
    text: parts.map(({ text }) => text).join(''),
    parts,
  }));
  made.set(line, rows);
  return rows;
}

/** The rows that are shown; a record is shown whole when one of its lines has the searched text. */
export function filteredRows(log: readonly LogLine[], { level, search }: LogFilter): readonly LogRow[] {
  const least = LEVELS.indexOf(level);
  const wanted = search.trim().toLowerCase();
  return log.flatMap((line) => {
    if (LEVELS.indexOf(line.level) < least) return [];
    const rows = rowsOf(line);
    const found =
      wanted === '' ||
      line.logger?.toLowerCase().includes(wanted) === true ||
      rows.some(({ text }) => text.toLowerCase().includes(wanted));
    return found ? rows : [];
  });
}

function splitLines(parts: readonly StyledText[]): readonly (readonly StyledText[])[] {
  const lines: StyledText[][] = [[]];
  for (const { text, style } of parts) {
    text.split('\n').forEach((piece, index) => {
      if (index > 0) lines.push([]);
      if (piece !== '') lines.at(-1)?.push({ text: piece, style });
    });
  }
  return lines;
}

/** A piece of a row that is drawn in one way. */
export interface RowSegment {
  readonly start: number;
  readonly text: string;
  readonly style: TextStyle;
  readonly link: SourceLink | null;
  /** Part of what is searched. */
  readonly found: boolean;
}

/** A row cut wherever its style changes, a link or a found text begins or ends. */
export function segmentsOf(
  { text, parts }: Pick<LogRow, 'text' | 'parts'>,
  links: readonly SourceLink[],
  search: string,
): readonly RowSegment[] {
  const marks = foundRanges(text, search);
  const cuts = new Set([...links, ...marks].flatMap(({ start, end }) => [start, end]));
  const segments: RowSegment[] = [];
  let start = 0;
  for (const part of parts) {
    const end = start + part.text.length;
    const inner = [...cuts].filter((cut) => cut > start && cut < end).sort((one, other) => one - other);
    for (const stop of [...inner, end]) {
      const from = start;
      const covers = (range: { readonly start: number; readonly end: number }): boolean =>
        range.start <= from && from < range.end;
      segments.push({
        start,
        text: text.slice(start, stop),
        style: part.style,
        link: links.find(covers) ?? null,
        found: marks.some(covers),
      });
      start = stop;
    }
  }
  return segments;
}

function foundRanges(
  text: string,
  search: string,
): readonly { readonly start: number; readonly end: number }[] {
  const wanted = search.trim().toLowerCase();
  if (wanted === '') return [];
  const lower = text.toLowerCase();
  const ranges: { readonly start: number; readonly end: number }[] = [];
  for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length))
    ranges.push({ start: at, end: at + wanted.length });
  return ranges;
}

/** `14:05:09.120`, the time of a record. */
export function clockTime(time: number): string {
  const date = new Date(time);
  const two = (part: number): string => String(part).padStart(2, '0');
  const seconds = `${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  return `${two(date.getHours())}:${two(date.getMinutes())}:${seconds}`;
}
