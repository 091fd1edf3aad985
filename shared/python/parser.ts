import { Edit, Language, Parser, type Node, type Point, type Range, type Tree } from 'web-tree-sitter';
import { sharedEnds } from './shared-ends.ts';

/** A node of a Python syntax tree; its indices are UTF-16 offsets into the text, like those of a string. */
export type SyntaxNode = Node;
/** A Python syntax tree; holds memory of the parser until `delete()`. */
export type SyntaxTree = Tree;

/** Turns Python source into syntax trees; never fails, errors are nodes of the tree. */
export interface PythonParser {
  readonly parse: (text: string) => SyntaxTree;
  /** The tree of some parts of a text, as if nothing else stood in it; they are in their order, and none is empty. */
  readonly parseParts: (
    text: string,
    parts: readonly { readonly start: number; readonly end: number }[],
  ) => SyntaxTree;
  /** Parses a changed text, reusing what did not change; `previous.tree` is used up. */
  readonly reparse: (
    previous: { readonly tree: SyntaxTree; readonly text: string },
    text: string,
  ) => SyntaxTree;
  /** The tree of a changed text beside that of the text as it is, which stays. */
  readonly parseBeside: (
    current: { readonly tree: SyntaxTree; readonly text: string },
    text: string,
  ) => SyntaxTree;
  readonly dispose: () => void;
}

/** Where the two WebAssembly modules are: their bytes, or an address that can be fetched. */
export interface ParserModules {
  /** `web-tree-sitter/web-tree-sitter.wasm` */
  readonly runtime: Uint8Array | string;
  /** `tree-sitter-python/tree-sitter-python.wasm` */
  readonly grammar: Uint8Array | string;
}

let started: Promise<void> | null = null;

/** Makes a parser; the runtime is started once for all of them. */
export async function createPythonParser(modules: ParserModules): Promise<PythonParser> {
  const { runtime, grammar } = modules;
  started ??= Parser.init(
    typeof runtime === 'string' ? { locateFile: () => runtime } : { wasmBinary: runtime },
  ).catch((error: unknown) => {
    started = null; // so that the next attempt is a new one
    throw error;
  });
  await started;
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));

  const parse = (text: string, old: SyntaxTree | null, includedRanges?: Range[]): SyntaxTree => {
    const options = includedRanges === undefined ? undefined : { includedRanges };
    const tree = parser.parse(text, old, options);
    if (tree === null) throw new Error('The Python parser has no language.');
    return tree;
  };
  const reparse: PythonParser['reparse'] = (previous, text) => {
    previous.tree.edit(editBetween(previous.text, text));
    const tree = parse(text, previous.tree);
    previous.tree.delete();
    return tree;
  };
  return {
    parse: (text) => parse(text, null),
    parseParts: (text, parts) => parse(text, null, rangesOf(text, parts)),
    reparse,
    parseBeside: ({ tree, text: before }, text) => reparse({ tree: tree.copy(), text: before }, text),
    dispose: () => {
      parser.delete();
    },
  };
}

function editBetween(before: string, after: string): Edit {
  const { head, tail } = sharedEnds(before, after);
  const oldEnd = before.length - tail;
  const newEnd = after.length - tail;
  return new Edit({
    startIndex: head,
    oldEndIndex: oldEnd,
    newEndIndex: newEnd,
    startPosition: pointAt(before, head),
    oldEndPosition: pointAt(before, oldEnd),
    newEndPosition: pointAt(after, newEnd),
  });
}

function rangesOf(text: string, parts: readonly { start: number; end: number }[]): Range[] {
  let row = 0;
  let lineStart = 0;
  const pointOf = (index: number): Point => {
    for (let next = text.indexOf('\n', lineStart); next !== -1 && next < index;) {
      row += 1;
      lineStart = next + 1;
      next = text.indexOf('\n', lineStart);
    }
    return { row, column: index - lineStart };
  };
  return parts.map(({ start, end }) => ({
    startIndex: start,
    startPosition: pointOf(start),
    endIndex: end,
    endPosition: pointOf(end),
  }));
}

function pointAt(text: string, index: number): Point {
  let row = 0;
  let lineStart = 0;
  for (let next = text.indexOf('\n'); next !== -1 && next < index; next = text.indexOf('\n', next + 1)) {
    row += 1;
    lineStart = next + 1;
  }
  return { row, column: index - lineStart };
}
