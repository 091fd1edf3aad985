import { Failure } from '../../../contract/failure.ts';
import { lineEnd, nextLine } from '../../../python/file-style.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { attachedStart } from '../../../python/statement-edit.ts';
import { argumentsOf, codeEnd, lineOf, partsOf } from '../../../python/syntax.ts';
import { applyEdits, type TextEdit } from '../../../python/text-edit.ts';
import { folderOf, joinPath } from '../../module-resolver.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import { appendToModule } from '../append.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { fieldCall } from '../fields/plan-field.ts';
import type { PlanContext } from '../plan-context.ts';
import { carriedNames, definitionOf, valueNames } from './carried-names.ts';
import { findCycle, moduleFor } from './module-graph.ts';
import { boundNames } from './plan-model.ts';

/** A model with what goes with it, as it is to stand in another module. */
export interface MovedClass {
  readonly source: SourceText;
  /** The class and helpers that only it uses, in their order. */
  readonly statements: readonly SyntaxNode[];
  readonly imports: readonly ImportRequest[];
  /** Edits of the moved code itself, at its old places. */
  readonly edits: readonly TextEdit[];
  /** The old module goes on using the class. */
  readonly isUsedBehind: boolean;
  /** Edits of the code that stays. */
  readonly left: readonly TextEdit[];
}

/** How a class is named in a relation of another module. */
export type Label = (model: ModelFacts) => string;

/** Works out what a model takes along, and refuses what would make modules import each other. */
export function prepareMove(
  model: ModelFacts,
  target: string,
  users: readonly string[],
  label: Label,
  edits: readonly TextEdit[],
  context: PlanContext,
  draft: Draft,
): MovedClass {
  const source = draft.source(model.place.file);
  const statement = statementAt(source, model.place);
  const statements = withHelpers(statement, source, context);
  const isMoved = (at: number): boolean =>
    statements.some(({ startIndex, endIndex }) => at >= startIndex && at < endIndex);
  const { imports, own } = carriedNames(statements, source, context);
  const behind = source.root
    .descendantsOfType('identifier')
    .filter((node) => node.text === model.name && !isMoved(node.startIndex) && isValue(node));
  const quote = draft.style(source.path).quote;
  const outer = relationNodes(
    context.snapshot.models.filter((each) => each.place.file === source.path),
    source,
  );
  const inner = outer.filter(({ startIndex }) => isMoved(startIndex));

  let kept = own.filter((name) => !statements.some((each) => definitionName(each) === name));
  let used = behind.length > 0;
  const moved: TextEdit[] = [...edits];
  const left: TextEdit[] = [];
  const others = imports.filter(({ file }) => file !== target);
  const cycle = (): readonly string[] | null =>
    findCycle(
      target,
      [
        ...others.flatMap(({ file }) => (file === null ? [] : [[target, file] as const])),
        ...(kept.length > 0 ? [[target, source.path] as const] : []),
        ...(used ? [[source.path, target] as const] : []),
        ...users.map((path) => [path, target] as const),
      ],
      context,
    );
  if (cycle() !== null) {
    // Relations may name models by strings, which is Django's own way out.
    const strings = kept.filter((name) => isRelationOnly(name, statements, inner));
    for (const node of inner.filter(({ text }) => strings.includes(text))) {
      const named = context.snapshot.models.find(
        ({ name, place }) => name === node.text && place.file === source.path,
      );
      if (named !== undefined) moved.push(replaced(node, `${quote}${label(named)}${quote}`));
    }
    kept = kept.filter((name) => !strings.includes(name));
  }
  if (cycle() !== null && behind.every((node) => outer.some(({ id }) => id === node.id))) {
    for (const node of behind) left.push(replaced(node, `${quote}${label(model)}${quote}`));
    used = false;
  }
  const way = cycle();
  if (way !== null) throw circular(model, way, source);
  assertNamesMeanTheSame(imports, model, source, target, context);
  const requests = [
    ...others.map(({ module, name }) => ({ module, name })),
    ...kept.map((name) => ({ module: oldModule(source.path, target, context), name })),
  ];
  return { source, statements, imports: requests, edits: moved, isUsedBehind: used, left };
}

/** Modules of one folder name each other by dots where its other modules do. */
function oldModule(source: string, target: string, context: PlanContext): string {
  const folder = folderOf(target);
  const beside = [source, joinPath(folder, '__init__.py')];
  const imports = beside.flatMap((path) => [...(context.files.get(path)?.module.imports.values() ?? [])]);
  const relative = folderOf(source) === folder && imports.some(({ module }) => module.startsWith('.'));
  return moduleFor(target, source, relative, context);
}

function replaced({ startIndex, endIndex }: SyntaxNode, text: string): TextEdit {
  return { start: startIndex, end: endIndex, text };
}

function isValue(node: SyntaxNode): boolean {
  const { parent } = node;
  const isAttribute = parent?.type === 'attribute' && parent.childForFieldName('object')?.id !== node.id;
  const isKeyword = parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id;
  return !isAttribute && !isKeyword;
}

function definitionName(statement: SyntaxNode): string {
  const definition =
    statement.type === 'decorated_definition' ? statement.childForFieldName('definition') : statement;
  const assigned = statement.namedChild(0)?.childForFieldName('left')?.text;
  return definition?.childForFieldName('name')?.text ?? assigned ?? '';
}

/** Functions, constants and classes of the module that nothing else uses go with the model. */
function withHelpers(statement: SyntaxNode, source: SourceText, context: PlanContext): readonly SyntaxNode[] {
  const moved = [statement];
  for (;;) {
    const { own } = carriedNames(moved, source, context);
    const next = own
      .filter((name) => !moved.some((each) => definitionName(each) === name))
      .map((name) => helperOf(name, moved, source, context))
      .find((found) => found !== null);
    if (next === undefined) return moved.sort((a, b) => a.startIndex - b.startIndex);
    moved.push(next);
  }
}

function helperOf(
  name: string,
  moved: readonly SyntaxNode[],
  source: SourceText,
  { files, migrations, snapshot }: PlanContext,
): SyntaxNode | null {
  const definition = definitionOf(name, source);
  const isModel = snapshot.models.some((each) => each.name === name && each.place.file === source.path);
  if (definition === null || isModel) return null;
  const inside = [definition, ...moved];
  const elsewhere = source.root
    .descendantsOfType('identifier')
    .some(
      (node) =>
        node.text === name &&
        !inside.some(
          ({ startIndex, endIndex }) => node.startIndex >= startIndex && node.endIndex <= endIndex,
        ),
    );
  const word = new RegExp(`\\b${name}\\b`);
  const others = [files, migrations].some((store) =>
    store
      .paths()
      .some((path) => path !== source.path && /\.py$/.test(path) && word.test(store.get(path)?.text ?? '')),
  );
  return elsewhere || others ? null : definition;
}

/** The classes that relations of models name: `Author` of `ForeignKey(Author)`. */
function relationNodes(models: readonly ModelFacts[], source: SourceText): readonly SyntaxNode[] {
  return models.flatMap(({ fields }) =>
    fields
      .filter(({ relation, inheritedFrom }) => relation !== null && inheritedFrom === null)
      .flatMap(({ place }) => {
        const given = argumentsOf(fieldCall(statementAt(source, place)).childForFieldName('arguments'));
        const named = given.keywords.filter(({ name }) => name === 'to' || name === 'through');
        return [given.positional[0], ...named].flatMap((argument) => {
          const value = argument?.value;
          return value?.type === 'identifier' ? [value] : [];
        });
      }),
  );
}

function isRelationOnly(
  name: string,
  statements: readonly SyntaxNode[],
  relations: readonly SyntaxNode[],
): boolean {
  const uses = statements.flatMap((statement) => valueNames(statement).filter(({ text }) => text === name));
  return uses.length > 0 && uses.every((node) => relations.some(({ id }) => id === node.id));
}

function circular(model: ModelFacts, way: readonly string[], source: SourceText): Failure {
  return new Failure(
    'refused',
    `${model.name} can’t go there: ${way.join(' would import ')}. Move what they share to a module of its own first.`,
    { file: source.path, line: model.place.line },
  );
}

/** A name that the target has for something else would change what the class means. */
function assertNamesMeanTheSame(
  imports: readonly { readonly local: string }[],
  model: ModelFacts,
  source: SourceText,
  target: string,
  { files, resolver }: PlanContext,
): void {
  const there = files.get(target);
  if (there === null) return;
  const bound = boundNames(there);
  const meaning = (path: string, name: string): string => JSON.stringify(resolver.resolve(path, name));
  const different = imports.find(
    ({ local }) => bound.has(local) && meaning(source.path, local) !== meaning(target, local),
  );
  if (different === undefined && !bound.has(model.name)) return;
  if (different === undefined && resolver.resolve(target, model.name)?.kind === 'class') return;
  throw new Failure(
    'refused',
    `“${different?.local ?? model.name}” means something else in ${target}: rename it there first.`,
    { file: target },
  );
}

/** Takes the class out of its module and puts it into the other one. */
export function writeMove(
  { source, statements, imports, edits, left }: MovedClass,
  target: string,
  draft: Draft,
): void {
  const { text, path } = source;
  const code = statements.map((statement) => {
    const start = attachedStart(statement, text);
    const end = lineEnd(text, codeEnd(statement));
    if (text.slice(codeEnd(statement), end).trim().startsWith(';')) throw sharesLine(statement, source);
    const inside = edits.filter((edit) => edit.start >= start && edit.end <= end);
    const local = inside.map((edit) => ({ ...edit, start: edit.start - start, end: edit.end - start }));
    return applyEdits(text.slice(start, end), local).replaceAll('\r\n', '\n');
  });
  const body = code.reduce((all, piece, at) => {
    const isBlock = (each: string): boolean => /^(@|class |def |async )/m.test(each);
    const gap = isBlock(piece) || isBlock(code[at - 1] ?? '') ? '\n\n\n' : '\n';
    return all === '' ? piece : all + gap + piece;
  }, '');
  for (const statement of statements) draft.edit(path, [cutWithComments(statement, text)]);
  const rest = partsOf(source.root).filter(
    (each) => !statements.some(({ id }) => id === each.id) && !each.type.startsWith('import_'),
  );
  if (rest.length === 0 && !/(^|\/)(models|__init__)\.py$/.test(path)) {
    draft.note(`${path} holds nothing any more: delete it when no migration names it.`);
  }
  draft.edit(path, left);
  draft.dropUnused(path);
  if (draft.exists(target)) {
    const there = draft.source(target);
    draft.edit(target, [appendToModule(there, body)]);
    draft.require(target, imports);
  } else draft.createModule(target, { code: body, imports });
}

function sharesLine(statement: SyntaxNode, { path }: SourceText): Failure {
  return new Failure('unclear-source', 'The class shares its lines with other code: move it in the editor.', {
    file: path,
    line: lineOf(statement),
  });
}

/** A statement of a module with its comments and the blank lines behind it. */
function cutWithComments(statement: SyntaxNode, text: string): TextEdit {
  const start = attachedStart(statement, text);
  let end = nextLine(text, codeEnd(statement));
  while (end < text.length && text.slice(end, nextLine(text, end)).trim() === '') end = nextLine(text, end);
  if (end < text.length) return { start, end, text: '' };
  const kept = text.slice(0, start).trimEnd().length;
  if (kept === 0) return { start: kept, end: text.length, text: '' };
  // Without a line break at its end the file has none afterwards, either.
  const hasEnd = text.trimEnd().length < text.length;
  return { start: hasEnd ? nextLine(text, kept) : kept, end: text.length, text: '' };
}
