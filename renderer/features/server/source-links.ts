/** A file and line that a text names. */
export interface SourceLink {
  readonly start: number;
  readonly end: number;
  readonly file: string;
  readonly line: number;
}

// A traceback's `File "/shop/models.py", line 12`, and the `models.py:12` of warnings and linters.
const TRACEBACK = /File "([^"<>\n]+)", line (\d+)/g;
const COLON = /(?:[A-Za-z]:)?[^\s:"'()<>|*?]+\.(?:pyi?|html|txt|toml|cfg|ini):(\d+)/g;

/** The places of files that a text names, in order. */
export function linksIn(text: string): readonly SourceLink[] {
  const links: SourceLink[] = [];
  for (const { index, 0: whole, 1: file = '', 2: line = '0' } of text.matchAll(TRACEBACK)) {
    links.push({ start: index, end: index + whole.length, file, line: Number(line) });
  }
  for (const { index, 0: whole, 1: line = '0' } of text.matchAll(COLON)) {
    const file = whole.slice(0, whole.lastIndexOf(':'));
    const end = index + whole.length;
    if (links.every((link) => link.end <= index || link.start >= end))
      links.push({ start: index, end, file, line: Number(line) });
  }
  return links.sort((one, other) => one.start - other.start);
}

/** Whether a path of the workspace is the project's own code, and not an installed package inside of it. */
export function isOwnCode(pathInWorkspace: string | null): pathInWorkspace is string {
  return (
    pathInWorkspace !== null && !/(^|\/)(site-packages|dist-packages|node_modules)\//.test(pathInWorkspace)
  );
}
