import { lineEnd, lineStart, nextLine, type FileStyle } from './file-style.ts';
import type { SyntaxNode } from './parser.ts';
import { STANDARD_LIBRARY } from './python-code.ts';
import { codeEnd, partsOf } from './syntax.ts';
import type { TextEdit } from './text-edit.ts';

/** A name some new code needs: `from module import name`, or `import module` when `name` is null. */
export interface ImportRequest {
  readonly module: string;
  readonly name: string | null;
}

/** What the importer has to know beside the tree. */
export interface ImportContext {
  readonly text: string;
  readonly style: FileStyle;
  /** Whether a top-level module is one of the project's own. */
  readonly isOwn: (module: string) => boolean;
}

/** One import statement at the top level of a file. */
interface ImportStatement {
  readonly node: SyntaxNode;
  readonly module: string;
  readonly isFrom: boolean;
  readonly names: readonly SyntaxNode[];
}

/** A range that is replaced by `text`. */
type ReplacedRange = Pick<TextEdit, 'start' | 'end'> & Partial<Pick<TextEdit, 'text'>>;

/** Edits that make the requested names known and take out those which nothing uses once `ranges` are gone. */
export function importChanges(
  root: SyntaxNode,
  requests: readonly ImportRequest[],
  ranges: readonly ReplacedRange[],
  context: ImportContext,
): readonly TextEdit[] {
  const gone = new Map(unusedNames(root, ranges, context.text).map((each) => [each.statement.node.id, each]));
  const added = importEdits(root, requests, context, (statement, names) => {
    const unused = gone.get(statement.node.id);
    if (unused === undefined) return null;
    gone.delete(statement.node.id);
    const isGone = ({ id }: SyntaxNode): boolean => unused.names.some((name) => name.id === id);
    const kept = statement.names.filter((name) => !isGone(name)).map((name) => name.text);
    const code = fromImport(statement.module, [...kept, ...names], context.style);
    return { start: statement.node.startIndex, end: statement.node.endIndex, text: code };
  });
  const removed = [...gone.values()].flatMap((unused) => removeNames(unused, context.text));
  const isBehind = (edit: TextEdit, { start, end }: TextEdit): boolean =>
    edit.start === edit.end && edit.text.startsWith('\n') && start < edit.start && edit.start < end;
  const free = added.filter((edit) => !removed.some((around) => isBehind(edit, around)));
  const moved = removed.flatMap((around) => {
    const lines = added.filter((edit) => isBehind(edit, around)).map((edit) => edit.text);
    return lines.length === 0 ? [] : [behindRemoved(lines.join(''), around, context.text)];
  });
  return [...free, ...moved, ...removed];
}

/** Lines that are new at the end of one that goes stand below it; a paragraph of its own stays one. */
function behindRemoved(lines: string, { start, end }: TextEdit, text: string): TextEdit {
  const isParagraph = /\n\r?\n$/.test(text.slice(start, end));
  return { start: end, end, text: isParagraph ? `${lines.replace(/^\n+/, '')}\n\n` : `${lines.slice(1)}\n` };
}

/** Edits that make the requested names known; what is there already costs nothing. */
export function importEdits(
  root: SyntaxNode,
  requests: readonly ImportRequest[],
  context: ImportContext,
  rewrite: (statement: ImportStatement, names: readonly string[]) => TextEdit | null = () => null,
): readonly TextEdit[] {
  const statements = topImports(root);
  const wanted = new Map<string, Set<string>>();
  const plain = new Set<string>();
  for (const { module, name } of requests) {
    if (isImported(statements, module, name)) continue;
    if (name === null) plain.add(module);
    else wanted.set(module, (wanted.get(module) ?? new Set<string>()).add(name));
  }
  const edits: TextEdit[] = [];
  const fresh: FreshImport[] = [...plain].map((module) => ({
    module,
    isFrom: false,
    code: `import ${module}`,
  }));
  for (const [module, names] of wanted) {
    const existing = statements.findLast(
      (each) => each.isFrom && each.module === module && each.names.length > 0,
    );
    const rewritten = existing === undefined ? null : rewrite(existing, [...names]);
    if (rewritten !== null) edits.push(rewritten);
    else if (existing !== undefined) edits.push(...extendImport(existing, [...names], context));
    else fresh.push({ module, isFrom: true, code: fromImport(module, [...names], context.style) });
  }
  return [...edits, ...placeImports(root, statements, fresh, context)];
}

/** A block of imports for a new file, in the order of the groups. */
export function renderImports(
  requests: readonly ImportRequest[],
  style: FileStyle,
  isOwn: (m: string) => boolean,
): string {
  const modules = new Map<string, Set<string>>();
  const fresh: FreshImport[] = [];
  for (const { module, name } of requests) {
    if (name !== null) modules.set(module, (modules.get(module) ?? new Set<string>()).add(name));
    else if (!fresh.some((each) => each.module === module)) {
      fresh.push({ module, isFrom: false, code: `import ${module}` });
    }
  }
  for (const [module, names] of modules) {
    fresh.push({ module, isFrom: true, code: fromImport(module, [...names], style) });
  }
  return blockOf(fresh, isOwn);
}

function blockOf(fresh: readonly FreshImport[], isOwn: (m: string) => boolean): string {
  const sorted = [...fresh].sort((a, b) => compareKeys(keyOf(a, isOwn), keyOf(b, isOwn)));
  return sorted
    .map((each, index) => {
      const before = sorted[index - 1];
      const gap = before !== undefined && keyOf(before, isOwn)[0] !== keyOf(each, isOwn)[0] ? '\n' : '';
      return gap + each.code;
    })
    .join('\n');
}

/** Edits that take out imported names which nothing uses once `ranges` are gone. */
export function unusedImportEdits(
  root: SyntaxNode,
  ranges: readonly ReplacedRange[],
  text: string,
): readonly TextEdit[] {
  return unusedNames(root, ranges, text).flatMap((unused) => removeNames(unused, text));
}

interface UnusedNames {
  readonly statement: ImportStatement;
  readonly names: readonly SyntaxNode[];
}

function unusedNames(
  root: SyntaxNode,
  ranges: readonly ReplacedRange[],
  text: string,
): readonly UnusedNames[] {
  const unused = (name: string): boolean => {
    let gone = false;
    const word = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'u');
    // What takes the place of a range may use the name again.
    if (ranges.some((range) => word.test(range.text ?? ''))) return false;
    for (const node of usesOf(name, root, text)) {
      if (!ranges.some(({ start, end }) => node.startIndex >= start && node.endIndex <= end)) return false;
      if (node.type === 'identifier') gone = true;
    }
    return gone;
  };
  return topImports(root).flatMap((statement): readonly UnusedNames[] => {
    if (statement.module === '__future__') return [];
    const names = statement.names.filter((name) => unused(boundName(name)));
    return names.length === 0 ? [] : [{ statement, names }];
  });
}

function removeNames({ statement, names }: UnusedNames, text: string): readonly TextEdit[] {
  if (names.length === statement.names.length) return [removeImport(statement.node, text)];
  return names.map((name) => removeName(statement, name, names));
}

/** Where a name is used; Django also takes that of a class as a string. */
function* usesOf(name: string, root: SyntaxNode, text: string): Generator<SyntaxNode> {
  const word = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'gu');
  for (const { index } of text.matchAll(word)) {
    const node = root.descendantForIndex(index, index + name.length);
    if (node?.type === 'identifier' && !isInImport(node)) yield node;
    if (node?.type === 'string_content' && node.text === name) yield node;
  }
}

function isInImport(node: SyntaxNode): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type.startsWith('import_') || parent.type === 'future_import_statement') return true;
    if (parent.type.endsWith('_statement')) return false;
  }
  return false;
}

function boundName(name: SyntaxNode): string {
  const alias = name.childForFieldName('alias');
  return alias?.text ?? name.text.split('.')[0] ?? name.text;
}

/** An import with its line, and with one of the empty lines around it where it stands alone. */
function removeImport(node: SyntaxNode, text: string): TextEdit {
  const start = lineStart(text, node.startIndex);
  const end = nextLine(text, node.endIndex);
  const isBlank = (from: number, to: number): boolean => from < to && text.slice(from, to).trim() === '';
  const alone = isBlank(lineStart(text, start - 1), start) && isBlank(end, nextLine(text, end));
  return { start, end: alone ? nextLine(text, end) : end, text: '' };
}

/** With the comma behind it, or the one before it where no name behind it stays. */
function removeName({ names }: ImportStatement, name: SyntaxNode, gone: readonly SyntaxNode[]): TextEdit {
  const at = names.findIndex(({ id }) => id === name.id);
  const next = names[at + 1];
  const isLast = names.slice(at).every(({ id }) => gone.some((one) => one.id === id));
  if (next !== undefined && !isLast) return { start: name.startIndex, end: next.startIndex, text: '' };
  return { start: names[at - 1]?.endIndex ?? name.startIndex, end: name.endIndex, text: '' };
}

function topImports(root: SyntaxNode): readonly ImportStatement[] {
  return partsOf(root).flatMap((node): ImportStatement[] => {
    const names = node.childrenForFieldName('name');
    if (node.type === 'import_statement') {
      const first = names[0];
      const module = (first?.type === 'aliased_import' ? first.childForFieldName('name') : first)?.text ?? '';
      return [{ node, module, isFrom: false, names }];
    }
    if (node.type === 'future_import_statement') return [{ node, module: '__future__', isFrom: true, names }];
    if (node.type !== 'import_from_statement') return [];
    const module = node.childForFieldName('module_name')?.text ?? '';
    return [{ node, module, isFrom: true, names }];
  });
}

function isImported(statements: readonly ImportStatement[], module: string, name: string | null): boolean {
  if (name !== null) {
    return statements.some(
      (s) => s.isFrom && s.module === module && s.names.some((each) => each.text === name),
    );
  }
  return statements.some((s) => !s.isFrom && s.names.some((each) => each.text === module));
}

/** isort's order of names: constants, classes, then the rest. */
function nameRank(name: string): string {
  const kind = /^[A-Z0-9_]+$/.test(name) && name.length > 1 ? '0' : /^[A-Z]/.test(name) ? '1' : '2';
  return kind + naturalKey(name);
}

/** Without regard to case, and with numbers in their own order: `Part9` before `Part10`. */
function naturalKey(name: string): string {
  return name.toLowerCase().replaceAll(/\d+/g, (digits) => digits.padStart(9, '0'));
}

/** Imported names in isort's order. */
export function sortNames(names: readonly string[]): readonly string[] {
  return [...names].sort((a, b) => (nameRank(a) < nameRank(b) ? -1 : 1));
}

function fromImport(module: string, names: readonly string[], style: FileStyle): string {
  const sorted = sortNames(names);
  const line = `from ${module} import ${sorted.join(', ')}`;
  if (line.length <= style.lineLength) return line;
  return `from ${module} import (\n${sorted.map((name) => `${style.indent}${name},`).join('\n')}\n)`;
}

function extendImport(
  statement: ImportStatement,
  names: readonly string[],
  { text, style }: ImportContext,
): readonly TextEdit[] {
  const existing = statement.names.map((node) => node.text);
  const bracketed = statement.node.children.some(({ type }) => type === '(');
  const simple = !bracketed && !text.slice(statement.node.startIndex, statement.node.endIndex).includes('\n');
  const added = names.reduce((sum, name) => sum + name.length + 2, 0);
  const width = lineEnd(text, statement.node.startIndex) - lineStart(text, statement.node.startIndex);
  if (simple && width + added > style.lineLength) {
    const code = fromImport(statement.module, [...existing, ...names], { ...style, lineLength: 0 });
    return [{ start: statement.node.startIndex, end: statement.node.endIndex, text: code }];
  }
  return sortNames(names).map((name) => insertName(statement, name, text));
}

function insertName(statement: ImportStatement, name: string, text: string): TextEdit {
  const last = statement.names.at(-1);
  const next = statement.names.find((node) => nameRank(node.text) > nameRank(name));
  const vertical = last !== undefined && last.startPosition.row > statement.node.startPosition.row;
  const own = (node: SyntaxNode): boolean =>
    text.slice(lineStart(text, node.startIndex), node.startIndex).trim() === '';
  const indentOf = (node: SyntaxNode): string =>
    text.slice(lineStart(text, node.startIndex), node.startIndex);
  if (next !== undefined) {
    const gap = vertical && own(next) ? `,\n${indentOf(next)}` : ', ';
    return { start: next.startIndex, end: next.startIndex, text: name + gap };
  }
  const at = last?.endIndex ?? statement.node.endIndex;
  const gap = last !== undefined && vertical && own(last) ? `,\n${indentOf(last)}` : ', ';
  return { start: at, end: at, text: gap + name };
}

interface FreshImport {
  readonly module: string;
  readonly isFrom: boolean;
  readonly code: string;
}

type Key = readonly [group: number, isFrom: number, module: string];

/** isort's sections: future, standard library, third party, the project's own, relative. */
function keyOf(
  one: { readonly module: string; readonly isFrom: boolean },
  isOwn: (m: string) => boolean,
): Key {
  const first = one.module.split('.')[0] ?? '';
  const group =
    one.module === '__future__'
      ? 0
      : one.module.startsWith('.')
        ? 4
        : isOwn(first)
          ? 3
          : STANDARD_LIBRARY.has(first)
            ? 1
            : 2;
  return [group, one.isFrom ? 1 : 0, naturalKey(one.module)];
}

function compareKeys(a: Key, b: Key): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0);
}

function placeImports(
  root: SyntaxNode,
  statements: readonly ImportStatement[],
  fresh: readonly FreshImport[],
  context: ImportContext,
): readonly TextEdit[] {
  const { text, isOwn } = context;
  const sorted = [...fresh].sort((a, b) => compareKeys(keyOf(a, isOwn), keyOf(b, isOwn)));
  if (sorted.length === 0) return [];
  if (statements.length === 0) return [firstImports(root, sorted, context)];
  return sorted.map((one) => {
    const key = keyOf(one, isOwn);
    const groupOf = (statement: ImportStatement): number => keyOf(statement, isOwn)[0];
    const before = statements.findLast((s) => compareKeys(keyOf(s, isOwn), key) <= 0);
    const next = statements.find((s) => groupOf(s) >= key[0]) ?? statements[0];
    const inGroup = sorted.filter((other) => keyOf(other, isOwn)[0] === key[0]);
    const first =
      next !== undefined && (before === undefined || (groupOf(before) < key[0] && groupOf(next) === key[0]));
    if (first) {
      const at = Math.max(lineStart(text, next.node.startIndex), text.startsWith('\uFEFF') ? 1 : 0);
      // The last one of a group that is new is followed by a blank line.
      const isLast = inGroup.at(-1) === one && groupOf(next) !== key[0];
      return { start: at, end: at, text: `${one.code}\n${isLast ? '\n' : ''}` };
    }
    const at = lineEnd(text, before?.node.endIndex ?? 0);
    const isNewGroup = before !== undefined && groupOf(before) !== key[0] && inGroup[0] === one;
    return { start: at, end: at, text: `${isNewGroup ? '\n\n' : '\n'}${one.code}` };
  });
}

/** A file without imports gets them behind its docstring, or at its top behind the comments of the file. */
function firstImports(
  root: SyntaxNode,
  fresh: readonly FreshImport[],
  { text, isOwn }: ImportContext,
): TextEdit {
  const block = blockOf(fresh, isOwn);
  const [first] = partsOf(root);
  const docstring = first?.type === 'expression_statement' && first.namedChild(0)?.type === 'string';
  if (docstring) {
    const at = lineEnd(text, codeEnd(first));
    return { start: at, end: at, text: `\n\n${block}` };
  }
  const at = headerEnd(text);
  const next = text.slice(at).trimStart();
  const gap = next === '' ? '\n' : /^(class|def|@)/.test(next) ? '\n\n\n' : '\n\n';
  return { start: at, end: at, text: block + gap };
}

/** Behind a byte order mark, `#!` and `# -*- coding` lines. */
function headerEnd(text: string): number {
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (/^#(!|.*coding[:=])/.test(text.slice(at, lineEnd(text, at)))) {
    const next = nextLine(text, at);
    if (next === at) break;
    at = next;
  }
  return at;
}
