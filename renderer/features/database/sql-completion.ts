import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import { monaco } from '../../ui/monaco.ts';

const KEYWORDS =
  'SELECT FROM WHERE GROUP BY HAVING ORDER LIMIT OFFSET JOIN LEFT INNER ON USING AS AND OR NOT IN IS NULL LIKE BETWEEN EXISTS CASE WHEN THEN ELSE END DISTINCT UNION ALL WITH RECURSIVE INSERT INTO VALUES UPDATE SET DELETE RETURNING count sum avg min max coalesce strftime json_extract'.split(
    ' ',
  );

/** Offers tables, columns and words of SQL in the editor of one text. Gives how to stop it. */
export function completeSql(
  model: monaco.editor.ITextModel,
  tables: () => readonly DatabaseTable[],
): () => void {
  const provider = monaco.languages.registerCompletionItemProvider('sql', {
    triggerCharacters: ['.', ' '],
    provideCompletionItems: (asked, position) => {
      if (asked !== model) return { suggestions: [] };
      const word = asked.getWordUntilPosition(position);
      const { lineNumber } = position;
      const range = new monaco.Range(lineNumber, word.startColumn, lineNumber, word.endColumn);
      const before = asked.getLineContent(lineNumber).slice(0, word.startColumn - 1);
      return { suggestions: suggestions(before, asked.getValue(), tables(), range) };
    },
  });
  return () => {
    provider.dispose();
  };
}

function suggestions(
  before: string,
  sql: string,
  tables: readonly DatabaseTable[],
  range: monaco.IRange,
): monaco.languages.CompletionItem[] {
  const owner = /(\w+)"?\.$/.exec(before)?.[1];
  if (owner !== undefined) {
    const table = tables.find(({ name }) => name === owner || aliasOf(name, sql) === owner);
    return table === undefined ? [] : columnsOf(table, range);
  }
  const named = tables.filter(({ name }) => new RegExp(`\\b${escaped(name)}\\b`).test(sql));
  return [
    ...named.flatMap((table) => columnsOf(table, range)),
    ...tables.map(({ name, model, kind }) => ({
      label: name,
      detail: model ?? kind,
      kind: monaco.languages.CompletionItemKind.Struct,
      insertText: quotedIfNeeded(name),
      sortText: `1${name}`,
      range,
    })),
    ...KEYWORDS.map((word) => ({
      label: word,
      kind: monaco.languages.CompletionItemKind.Keyword,
      insertText: word,
      sortText: `2${word}`,
      range,
    })),
  ];
}

function columnsOf(
  { name: table, columns }: DatabaseTable,
  range: monaco.IRange,
): monaco.languages.CompletionItem[] {
  return columns.map(({ name, type }) => ({
    label: name,
    detail: `${table} ${type.toLowerCase()}`,
    kind: monaco.languages.CompletionItemKind.Field,
    insertText: quotedIfNeeded(name),
    sortText: `0${name}`,
    range,
  }));
}

/** `FROM catalog_book AS b` or `JOIN catalog_book b`. */
function aliasOf(table: string, sql: string): string | null {
  return new RegExp(`\\b${escaped(table)}"?\\s+(?:as\\s+)?(\\w+)`, 'i').exec(sql)?.[1] ?? null;
}

function escaped(name: string): string {
  return name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function quotedIfNeeded(name: string): string {
  return /^[a-z_]\w*$/i.test(name) && !KEYWORDS.includes(name.toUpperCase())
    ? name
    : `"${name.replaceAll('"', '""')}"`;
}
