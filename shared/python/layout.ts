import type { FileStyle } from './file-style.ts';
import type { SyntaxNode } from './parser.ts';
import { partsOf } from './syntax.ts';

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

interface Brackets {
  /** What stands before the items: `models.Index(`. */
  readonly head: string;
  readonly items: readonly SyntaxNode[];
  readonly close: string;
  /** Formatters put the arguments of a call into one line where they fit; items of a list never. */
  readonly isCall: boolean;
}

/** An expression behind `head` in as many lines as the line length asks for, the way Black breaks it. */
export function layoutExpression(
  head: string,
  expression: SyntaxNode,
  style: FileStyle,
  indent = '',
  tail = '',
): string {
  const oneLine = `${head}${expression.text}${tail}`;
  // What was typed in several lines is laid out already.
  if (expression.text.includes('\n') || fits(`${indent}${oneLine}`, style)) return oneLine;
  const brackets = bracketsOf(expression);
  if (brackets === null || brackets.items.length === 0) return oneLine;
  const open = head + brackets.head;
  const close = brackets.close + tail;
  const inside = brackets.items.map(({ text }) => text).join(', ');
  if (brackets.isCall && fits(`${indent}${style.indent}${inside}`, style)) {
    return `${open}\n${style.indent}${inside}\n${close}`;
  }
  const lines = brackets.items
    .map((item) => layoutExpression('', item, style, indent + style.indent, ','))
    .flatMap((code) => code.split('\n').map((line) => style.indent + line));
  return `${open}\n${lines.join('\n')}\n${close}`;
}

function bracketsOf(node: SyntaxNode): Brackets | null {
  if (node.type === 'keyword_argument' || node.type === 'pair') {
    const value = node.childForFieldName('value');
    const inner = value === null ? null : bracketsOf(value);
    if (value === null || inner === null) return null;
    const name = node.text.slice(0, value.startIndex - node.startIndex);
    return { ...inner, head: name + inner.head };
  }
  const list = node.type === 'call' ? node.childForFieldName('arguments') : node;
  if (list === null || !/^(argument_list|list|tuple|set|dictionary)$/.test(list.type)) return null;
  if (list.descendantsOfType('comment').length > 0) return null;
  return {
    head: node.text.slice(0, list.startIndex + 1 - node.startIndex),
    items: partsOf(list),
    close: list.text.slice(-1),
    isCall: node.type === 'call',
  };
}
