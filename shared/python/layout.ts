import type { FileStyle } from './file-style.ts';

/** A call in as many lines as the line length asks for, the way Black breaks it. */
export function layoutCall(
  head: string,
  args: readonly string[],
  style: FileStyle,
  indent = '',
  tail = ')',
): string {
  const inside = args.join(', ');
  const oneLine = `${head}${inside}${tail}`;
  if (args.length === 0 || fits(`${indent}${oneLine}`, style)) return oneLine;
  const second = `${style.indent}${inside}`;
  if (fits(`${indent}${second}`, style)) return `${head}\n${second}\n${tail}`;
  return `${head}\n${args.map((arg) => `${style.indent}${arg},`).join('\n')}\n${tail}`;
}

function fits(line: string, style: FileStyle): boolean {
  return !line.includes('\n') && line.replaceAll('\t', '    ').length <= style.lineLength;
}

/** A list of strings in as many lines as the line length asks for. */
export function layoutStrings(head: string, texts: readonly string[], style: FileStyle, indent = ''): string {
  const items = texts.map((text) => `${style.quote}${text}${style.quote}`);
  return layoutCall(`${head}[`, items, style, indent, ']');
}
