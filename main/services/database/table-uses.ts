/** How a statement uses one table of the database. */
export interface TableUse {
  readonly table: string;
  /** The name it has in the statement. */
  readonly alias: string;
  /** Columns compared with `=`, `IN`, `IS` or joined by, in the order of the text. */
  readonly equal: readonly string[];
  /** Columns compared with `<`, `>`, `BETWEEN`. */
  readonly ranged: readonly string[];
  /** Columns of `ORDER BY`. */
  readonly ordered: readonly string[];
}

const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|[\w$\u0080-\uffff]+|[<>=!]+|[^\s]/g;
const KEYWORD =
  /^(WHERE|ON|USING|JOIN|LEFT|RIGHT|FULL|INNER|OUTER|CROSS|NATURAL|GROUP|ORDER|HAVING|LIMIT|UNION|EXCEPT|INTERSECT|WINDOW|SET|VALUES|RETURNING|INDEXED|NOT)$/i;

/**
 * The tables a statement names, and what it compares their columns with. It is a guess by words, good enough
 * for candidates: whether SQLite would use an index is asked afterwards.
 */
export function tableUses(
  sql: string,
  tables: readonly string[],
  columnsOf: (table: string) => readonly string[],
): readonly TableUse[] {
  const tokens = [...sql.matchAll(TOKEN)].map(([text]) => text).filter((text) => !/^(--|\/\*|')/.test(text));
  const names = tokens.map(unquoted);
  const known = new Map(tables.map((table) => [table.toLowerCase(), table]));
  const uses = new Map<string, { readonly table: string; readonly alias: string }>();
  for (const [place, token] of tokens.entries()) {
    if (!/^(FROM|JOIN|UPDATE|INTO|,)$/i.test(token)) continue;
    const table = known.get((names[place + 1] ?? '').toLowerCase());
    if (table === undefined) continue;
    const behind = /^AS$/i.test(tokens[place + 2] ?? '') ? place + 3 : place + 2;
    const next = tokens[behind] ?? '';
    const alias = /^["`[\w]/.test(next) && !KEYWORD.test(next) ? (names[behind] ?? table) : table;
    uses.set(alias, { table, alias });
  }
  return [...uses.values()].map((use) => ({ ...use, ...comparisons(use, names, columnsOf(use.table)) }));
}

function comparisons(
  { table, alias }: { readonly table: string; readonly alias: string },
  names: readonly string[],
  columns: readonly string[],
): Pick<TableUse, 'equal' | 'ranged' | 'ordered'> {
  const equal = new Set<string>();
  const ranged = new Set<string>();
  const ordered = new Set<string>();
  let ordering = false;
  for (const [place, name] of names.entries()) {
    if (/^BY$/i.test(name)) ordering = /^ORDER$/i.test(names[place - 1] ?? '');
    if (/^(LIMIT|WHERE|FROM|HAVING)$/i.test(name)) ordering = false;
    const column = columns.find((each) => each.toLowerCase() === name.toLowerCase());
    if (column === undefined) continue;
    const owner = names[place - 1] === '.' ? (names[place - 2] ?? '') : null;
    if (owner !== null && owner !== alias && owner !== table) continue;
    const first = owner === null ? place : place - 2;
    const kind = comparisonKind(names[place + 1] ?? '', names[first - 1] ?? '');
    if (kind === 'equal') equal.add(column);
    else if (kind === 'ranged') ranged.add(column);
    else if (ordering) ordered.add(column);
  }
  return { equal: [...equal], ranged: [...ranged], ordered: [...ordered] };
}

function comparisonKind(behind: string, before: string): 'equal' | 'ranged' | null {
  if (/^(=|==|IN|IS)$/i.test(behind) || /^==?$/.test(before)) return 'equal';
  if (/^(<|>|<=|>=|BETWEEN|GLOB|LIKE)$/i.test(behind) || /^[<>]=?$/.test(before)) return 'ranged';
  return null;
}

function unquoted(token: string): string {
  const [first = ''] = token;
  if (first === '[') return token.slice(1, -1);
  if (first !== '"' && first !== '`') return token;
  return token.slice(1, -1).replaceAll(first + first, first);
}
