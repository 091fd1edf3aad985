import { lineEnd, lineStart, nextLine } from '../../../python/file-style.ts';
import { normalName, requirementParts } from './package-name.ts';
import type { RequirementEntry } from './requirement-entry.ts';

/** A table of a TOML file by its header, `tool.poetry.dependencies`: from behind the header to the next one. */
interface Table {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

function tablesOf(text: string): readonly Table[] {
  const headers = [...text.matchAll(/^[ \t]*\[([^[\]\n]+)\][ \t]*(?:#.*)?\r?$/gm)].filter(
    ({ index }) => !insideArray(text, index),
  );
  return headers.map((header, at) => ({
    name: (header[1] ?? '')
      .replace(/\s*\.\s*/g, '.')
      .replaceAll(/["']/g, '')
      .trim(),
    start: header.index + header[0].length,
    end: headers[at + 1]?.index ?? text.length,
  }));
}

/** A line that starts with a bracket may be an item of an array of arrays. */
function insideArray(text: string, index: number): boolean {
  const before = text.slice(0, index).trimEnd();
  return before.endsWith(',') || before.endsWith('[');
}

/** One item of an array of strings. */
interface ArrayItem {
  /** Inside the quotes. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The comma behind it; null without one. */
  readonly comma: number | null;
}

/** An array of strings: `dependencies = [ … ]`. */
export interface TomlArray {
  readonly key: string;
  /** Behind the opening and at the closing bracket. */
  readonly start: number;
  readonly end: number;
  readonly items: readonly ArrayItem[];
}

/** The arrays of a table whose items are strings. */
function arraysOf(text: string, table: Table): readonly TomlArray[] {
  const body = text.slice(table.start, table.end);
  return [...body.matchAll(/^[ \t]*([A-Za-z0-9_."'-]+)[ \t]*=[ \t]*\[/gm)].flatMap((match) => {
    const start = table.start + match.index + match[0].length;
    const read = readArray(text, start);
    return read === null ? [] : [{ key: (match[1] ?? '').replaceAll(/["']/g, ''), start, ...read }];
  });
}

function readArray(text: string, start: number): Pick<TomlArray, 'end' | 'items'> | null {
  const items: { text: string; start: number; end: number; comma: number | null }[] = [];
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '#') at = lineEnd(text, at);
    else if (character === '"' || character === "'") {
      const close = stringEnd(text, at);
      if (close === null) return null;
      if (depth === 0)
        items.push({ text: text.slice(at + 1, close), start: at, end: close + 1, comma: null });
      at = close;
    } else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || (character === ']' && depth > 0)) depth -= 1;
    else if (character === ']') return { end: at, items };
    else if (character === ',' && depth === 0) {
      const last = items.at(-1);
      if (last !== undefined) last.comma ??= at;
    }
  }
  return null;
}

function stringEnd(text: string, start: number): number | null {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at += 1) {
    if (text.charAt(at) === '\\' && quote === '"') at += 1;
    else if (text.charAt(at) === quote) return at;
    else if (text.charAt(at) === '\n') return null;
  }
  return null;
}

/** An array of a pyproject that names packages: PEP 621 and PEP 735, which uv uses. */
interface DependencyArray extends TomlArray {
  readonly main: boolean;
}

function dependencyArrays(text: string): readonly DependencyArray[] {
  return tablesOf(text).flatMap((table): readonly DependencyArray[] => {
    const arrays = arraysOf(text, table);
    if (table.name === 'project')
      return arrays.filter(({ key }) => key === 'dependencies').map((array) => ({ ...array, main: true }));
    const isGroups = table.name === 'project.optional-dependencies' || table.name === 'dependency-groups';
    const isUv = table.name === 'tool.uv';
    return arrays
      .filter(({ key }) => isGroups || (isUv && key === 'dev-dependencies'))
      .map((array) => ({ ...array, main: false }));
  });
}

/** The array of the packages that everybody needs; null where the file has none. */
export function mainDependencies(text: string): TomlArray | null {
  return dependencyArrays(text).find(({ main }) => main) ?? null;
}

/** The packages in the arrays of a pyproject. */
export function pyprojectEntries(path: string, text: string): readonly RequirementEntry[] {
  return dependencyArrays(text).flatMap((array) =>
    array.items.flatMap((item, index): readonly RequirementEntry[] => {
      const parts = requirementParts(item.text);
      if (parts === null) return [];
      const inside = item.start + 1;
      return [
        {
          path,
          name: normalName(parts.name),
          main: array.main,
          whole: wholeItem(text, array, index),
          version: parts.direct
            ? null
            : { start: inside + parts.specifierStart, end: inside + parts.specifierEnd },
          pin: '==',
          hashed: false,
        },
      ];
    }),
  );
}

/** An item with its comma, and its line where it has one of its own. */
function wholeItem(text: string, { items }: TomlArray, index: number): RequirementEntry['whole'] {
  const item = items[index];
  if (item === undefined) throw new RangeError('There is no such item.');
  const end = item.comma === null ? item.end : item.comma + 1;
  const before = text.slice(lineStart(text, item.start), item.start);
  const behind = text.slice(end, lineEnd(text, end));
  if (before.trim() === '' && /^\s*(#.*)?$/.test(behind)) {
    return { start: lineStart(text, item.start), end: nextLine(text, end) };
  }
  const previous = items[index - 1];
  const isLast = index === items.length - 1 && item.comma === null;
  if (previous !== undefined && isLast) return { start: previous.end, end };
  // The space behind its comma goes with it.
  return { start: item.start, end: end + (/^[ \t]*/.exec(text.slice(end))?.[0].length ?? 0) };
}

/** The packages in Poetry's tables. */
export function poetryEntries(path: string, text: string): readonly RequirementEntry[] {
  const tables = tablesOf(text).filter(({ name }) =>
    /^tool\.poetry\.(dependencies|dev-dependencies|group\.[^.]+\.dependencies)$/.test(name),
  );
  return tables.flatMap((table) => {
    const main = table.name === 'tool.poetry.dependencies';
    const body = text.slice(table.start, table.end);
    return [...body.matchAll(/^([ \t]*)(["']?)([A-Za-z0-9._-]+)\2[ \t]*=[ \t]*(.*)$/gm)].flatMap(
      (match): readonly RequirementEntry[] => {
        const [line, , , name = '', value = ''] = match;
        if (name === 'python') return [];
        const start = table.start + match.index;
        const valueAt = start + line.length - value.length;
        // A table in several lines is closed further down.
        const close =
          value.startsWith('{') && !value.includes('}') ? text.indexOf('}', valueAt) : start + line.length;
        const end = nextLine(text, close);
        return [
          {
            path,
            name: normalName(name),
            main,
            whole: { start, end },
            version: poetryVersion(text.slice(valueAt, close), valueAt),
            pin: '',
            hashed: false,
          },
        ];
      },
    );
  });
}

/** `"^5.2"`, or the version of `{ version = "^5.2", extras = ["argon2"] }`. */
function poetryVersion(value: string, at: number): RequirementEntry['version'] {
  const plain = /^(["'])(.*?)\1/.exec(value);
  if (plain !== null) return { start: at + 1, end: at + 1 + (plain[2]?.length ?? 0) };
  const inTable = /\bversion\s*=\s*(["'])(.*?)\1/.exec(value);
  if (inTable === null) return null;
  const end = at + inTable.index + inTable[0].length - 1;
  return { start: end - (inTable[2]?.length ?? 0), end };
}

/** The end of the last line of Poetry's dependencies; null where the project has none. */
export function poetryEnd(text: string): number | null {
  const table = tablesOf(text).find(({ name }) => name === 'tool.poetry.dependencies');
  if (table === undefined) return null;
  return table.start + text.slice(table.start, table.end).trimEnd().length;
}
