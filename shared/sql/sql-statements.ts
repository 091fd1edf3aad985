/** One statement of a text of SQL. */
export interface SqlStatement {
  /** Without the semicolon and what stands around it. */
  readonly text: string;
  /** Where it stands in the whole text: UTF-16 offsets. */
  readonly start: number;
  readonly end: number;
  /** Its first word in capitals: `SELECT`. */
  readonly keyword: string;
  /** The names of its parameters (`:name`, `@name`, `$name`), each once; `?` is named by its number: `1`. */
  readonly parameters: readonly string[];
}

const TOKEN =
  /\s+|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*'?|"(?:[^"]|"")*"?|`(?:[^`]|``)*`?|\[[^\]]*\]?|[:@$][A-Za-z_]\w*|\?\d*|[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|\d[\w.]*|[\s\S]/g;
const NOTHING = /^(\s|--|\/\*)/;

/**
 * Cuts a text of SQL into its statements: a semicolon in a string, a comment or the body of a trigger ends none.
 * The rule of triggers is that of `sqlite3_complete()`: https://www.sqlite.org/c3ref/complete.html
 */
export function splitStatements(sql: string): readonly SqlStatement[] {
  const statements: SqlStatement[] = [];
  let words: string[] = [];
  let tokens: { readonly text: string; readonly start: number }[] = [];
  const finish = (): void => {
    const [first] = tokens;
    const last = tokens.at(-1);
    if (first !== undefined && last !== undefined) {
      const end = last.start + last.text.length;
      const text = sql.slice(first.start, end);
      statements.push({
        text,
        start: first.start,
        end,
        keyword: words[0] ?? '',
        parameters: parametersOf(tokens),
      });
    }
    words = [];
    tokens = [];
  };
  for (const { 0: text, index: start } of sql.matchAll(TOKEN)) {
    if (NOTHING.test(text)) continue;
    if (text === ';' && !isInTrigger(words, tokens)) {
      finish();
      continue;
    }
    if (/^[A-Za-z]/.test(text)) words.push(text.toUpperCase());
    tokens.push({ text, start });
  }
  finish();
  return statements;
}

/** The body of a trigger ends with an `END` that stands behind a semicolon. */
function isInTrigger(words: readonly string[], tokens: readonly { readonly text: string }[]): boolean {
  const [create, second, third] = words[0] === 'EXPLAIN' ? words.slice(1) : words;
  const trigger =
    create === 'CREATE' && (second === 'TRIGGER' || (/^TEMP/.test(second ?? '') && third === 'TRIGGER'));
  return trigger && !(tokens.at(-1)?.text.toUpperCase() === 'END' && tokens.at(-2)?.text === ';');
}

function parametersOf(tokens: readonly { readonly text: string }[]): readonly string[] {
  let unnamed = 0;
  const names = tokens.flatMap(({ text }) => {
    if (/^[:@$]\w/.test(text)) return [text.slice(1)];
    if (!text.startsWith('?')) return [];
    unnamed += 1;
    return [text === '?' ? String(unnamed) : text.slice(1)];
  });
  return [...new Set(names)];
}
