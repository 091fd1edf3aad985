import { Failure } from '../../../contract/failure.ts';
import { indentAt } from '../../../python/file-style.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { removeItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import { partsOf } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { SourceText } from '../../project-files.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import type { Reference } from '../references/model-references.ts';
import { allList } from './models-package.ts';
import { moduleFor } from './module-graph.ts';
import { boundNames } from './plan-model.ts';

/** Where a class stood and where it goes. */
export interface ClassMove {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Modules that still give the class to those that import it from there. */
  readonly stillThere: (path: string) => boolean;
}

/** Lets a file that names a moved class import it from where it is now. */
export function moveUses(
  source: SourceText,
  references: readonly Reference[],
  move: ClassMove,
  context: PlanContext,
  draft: Draft,
): void {
  const statements = new Map<number, SyntaxNode>();
  for (const { start, end } of references) {
    const node = source.root.descendantForIndex(start, end);
    if (node === null || node.type === 'string_content') continue;
    const statement = importAround(node);
    if (statement !== null) statements.set(statement.startIndex, statement);
    else if (node.parent?.type === 'attribute' && isLast(node, node.parent)) {
      moveAttribute(node.parent, source, move, context, draft);
    }
  }
  for (const statement of statements.values()) moveImport(statement, source, move, context, draft);
}

function isLast(node: SyntaxNode, attribute: SyntaxNode): boolean {
  return attribute.childForFieldName('attribute')?.id === node.id;
}

function importAround(node: SyntaxNode): SyntaxNode | null {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'import_from_statement') return parent;
    if (parent.type.endsWith('_statement')) return null;
  }
  return null;
}

/** `models.Book` becomes `Book`, where the module has the class no more. */
function moveAttribute(
  attribute: SyntaxNode,
  source: SourceText,
  { name, from, to, stillThere }: ClassMove,
  context: PlanContext,
  draft: Draft,
): void {
  const owner = attribute.childForFieldName('object')?.text ?? '';
  const module = context.resolver.resolve(source.path, owner);
  if (module?.kind === 'module' && stillThere(module.path)) return;
  const bound = context.resolver.resolve(source.path, name);
  const isIt = bound?.kind === 'class' && bound.path === from;
  if (boundNames(source).has(name) && !isIt) {
    throw new Failure(
      'refused',
      `${source.path} has a name ${name} of its own: import the class there by hand first.`,
      {
        file: source.path,
        line: attribute.startPosition.row + 1,
      },
    );
  }
  draft.edit(source.path, [{ start: attribute.startIndex, end: attribute.endIndex, text: name }]);
  draft.require(source.path, [{ module: moduleFor(source.path, to, false, context), name }]);
  draft.dropUnused(source.path);
}

function moveImport(
  statement: SyntaxNode,
  source: SourceText,
  { name, to, stillThere }: ClassMove,
  context: PlanContext,
  draft: Draft,
): void {
  const module = statement.childForFieldName('module_name');
  const old = module === null ? null : context.resolver.findFrom(source.path, module.text);
  if (module === null || old === null || stillThere(old)) return;
  const names = statement.childrenForFieldName('name');
  const item = names.find((each) => (each.childForFieldName('name') ?? each).text === name);
  if (item === undefined) return;
  if (to === source.path) {
    draft.edit(source.path, dropName(statement, names, item, source.text));
    return;
  }
  const target = moduleFor(source.path, to, module.text.startsWith('.'), context);
  if (names.length === 1) {
    draft.edit(source.path, [{ start: module.startIndex, end: module.endIndex, text: target }]);
    return;
  }
  draft.edit(source.path, dropName(statement, names, item, source.text));
  if (statement.parent?.type === 'module') {
    draft.require(source.path, [{ module: target, name: item.text }]);
    return;
  }
  const indent = indentAt(source.text, statement.startIndex);
  const text = `\n${indent}from ${target} import ${item.text}`;
  draft.edit(source.path, [{ start: statement.endIndex, end: statement.endIndex, text }]);
}

/** Takes one name out of an import of several, or the import of one. */
export function dropName(
  statement: SyntaxNode,
  names: readonly SyntaxNode[],
  item: SyntaxNode,
  text: string,
): readonly TextEdit[] {
  const at = names.findIndex(({ id }) => id === item.id);
  const [next, previous] = [names[at + 1], names[at - 1]];
  if (next !== undefined) return [{ start: item.startIndex, end: next.startIndex, text: '' }];
  if (previous !== undefined) return [{ start: previous.endIndex, end: item.endIndex, text: '' }];
  const end = text.indexOf('\n', statement.endIndex);
  return [{ start: statement.startIndex, end: end === -1 ? text.length : end + 1, text: '' }];
}

/** Takes a class out of the names a package gives on. */
export function dropReexport(source: SourceText, name: string, draft: Draft): void {
  const list = allList(source);
  const gone = list === null ? [] : partsOf(list).filter((item) => readString(item) === name);
  if (list !== null && gone.length > 0) draft.edit(source.path, removeItems(list, source.text, gone));
  for (const statement of source.root.descendantsOfType('import_from_statement')) {
    const names = statement.childrenForFieldName('name');
    const item = names.find((each) => each.text === name);
    if (item !== undefined) draft.edit(source.path, dropName(statement, names, item, source.text));
  }
}
