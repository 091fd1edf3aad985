/** Cells as spreadsheets copy them: tabs between columns, quotes around what holds a tab or a line break. */
export function blockText(rows: readonly (readonly string[])[]): string {
  const quoted = (text: string): string =>
    /[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => row.map(quoted).join('\t')).join('\n');
}

/** The cells of a copied block; a single text is a block of one cell. */
export function parseBlock(text: string): readonly (readonly string[])[] {
  if (text === '') return [];
  const rows: string[][] = [[]];
  // A field in quotes may hold what else would end it; https://www.rfc-editor.org/rfc/rfc4180 with tabs.
  const field = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r\n|\r|\n|$)/gy;
  for (let found = field.exec(text); found !== null; found = field.exec(text)) {
    const [, quoted, plain, end] = found;
    rows.at(-1)?.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    const isLast = field.lastIndex >= text.length;
    if (end === '\t') {
      if (isLast) rows.at(-1)?.push('');
    } else if (!isLast) rows.push([]);
    if (isLast) break;
  }
  return rows;
}
