import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { removeItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import { argumentsOf, dottedName, partsOf, undecorated } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { modelReferences, type Reference } from '../references/model-references.ts';
import { offerRemovals, offerRenames, stillUsed } from '../references/references-shown.ts';
import { removeUses, type FileRange } from '../references/remove-uses.ts';
import { renameReverseNames, usesOfWaysBack } from '../references/reverse-names.ts';
import { allList } from './models-package.ts';
import { assertModelName, requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { boundNames } from './plan-model.ts';

/** Renames a model, with everything that surely names it. */
export function planModelRename(
  { model: id, name }: OperationOf<'model.rename'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  if (name === model.name) throw new Failure('invalid-input', `The model is called ${name} already.`);
  const others = { ...context.snapshot, models: context.snapshot.models.filter((each) => each.id !== id) };
  assertModelName(name, model.app, others, boundNames(draft.source(model.place.file)));
  const { certain, uncertain } = modelReferences(model, context);
  for (const { path, start, end, line } of certain) {
    const source = draft.source(path);
    if (path !== model.place.file && isImportedName(source, start) && boundNames(source).has(name)) {
      throw new Failure(
        'refused',
        `${path} already has a name ${name} of its own, at or near line ${String(line)}.`,
        { file: path, line },
      );
    }
    // `get_model('catalog', 'book')` takes any letters: small ones stay small.
    const isSmall = source.text.slice(start, end) !== model.name;
    draft.edit(path, [{ start, end, text: isSmall ? name.toLowerCase() : name }]);
  }
  renameReverseNames(model, name, context, draft);
  offerRenames(
    uncertain.map((each) => ({ ...each, why: `may be ${id}` })),
    name,
    draft,
  );
  draft.note('makemigrations asks whether the model was renamed: say yes, and its rows stay.');
}

function isImportedName({ root }: SourceText, start: number): boolean {
  let node: SyntaxNode | null = root.descendantForIndex(start);
  while (node !== null && !node.type.endsWith('_statement')) node = node.parent;
  return node?.type === 'import_from_statement';
}

/** Removes a model and its registration in the admin; refuses while other code refers to it. */
export function planModelRemove(
  { model: id }: OperationOf<'model.remove'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const { certain, uncertain } = modelReferences(model, context);
  const inside = ({ path, start }: Reference): boolean =>
    path === model.place.file && start >= model.place.start && start < model.place.end;
  const byFile = Map.groupBy(
    certain.filter((each) => !inside(each)),
    ({ path }) => path,
  );
  const trivial = [...byFile].map(([path, references]) =>
    removeTrivialUses(model, draft.source(path), references, draft),
  );
  const back = usesOfWaysBack(model, () => true, context);
  const { file: path, start, end } = model.place;
  const left = removeUses(
    {
      certain: back.certain,
      uncertain: [...uncertain.map((each) => ({ ...each, why: `may be ${id}` })), ...back.uncertain],
      gone: [{ path, start, end }, ...trivial.flatMap(({ gone }) => gone)],
    },
    id,
    draft,
  );
  const blocking = [...trivial.flatMap((each) => each.blocking), ...left];
  if (blocking.length > 0) throw stillUsed(id, blocking);
  const source = draft.source(path);
  draft.edit(path, removeStatements([statementAt(source, model.place)], source.text));
  draft.dropUnused(path);
  offerRemovals(back.templates, draft);
}

/** Takes out registrations in the admin, re-exports and their imports; what is left over are real uses. */
function removeTrivialUses(
  model: ModelFacts,
  source: SourceText,
  references: readonly Reference[],
  draft: Draft,
): { readonly blocking: readonly Reference[]; readonly gone: readonly FileRange[] } {
  const gone = registrationsOf(model.name, source);
  const list = allList(source);
  const exported = list === null ? [] : partsOf(list).filter((item) => readString(item) === model.name);
  const isPackage = source.path.endsWith('/__init__.py');
  const covered = [...gone, ...exported].map(({ startIndex, endIndex }) => ({
    path: source.path,
    start: startIndex,
    end: endIndex,
  }));
  const left = references.filter(
    ({ start }) =>
      !covered.some((range) => start >= range.start && start < range.end) && !isImportedName(source, start),
  );
  if (left.length > 0 || (gone.length === 0 && !isPackage)) {
    const imports = references.filter(({ start }) => isImportedName(source, start));
    return { blocking: left.length > 0 ? left : imports, gone: [] };
  }
  for (const statement of gone) draft.edit(source.path, removeStatements([statement], source.text));
  if (list !== null) draft.edit(source.path, removeItems(list, source.text, exported));
  if (isPackage) draft.edit(source.path, dropExport(source, model.name));
  else draft.dropUnused(source.path);
  return { blocking: [], gone: covered };
}

function dropExport({ root, text }: SourceText, name: string): ReturnType<typeof removeStatements> {
  return root.descendantsOfType('import_from_statement').flatMap((statement) => {
    const names = statement.childrenForFieldName('name');
    const gone = names.findIndex((each) => each.text === name);
    const [item, next, previous] = [names[gone], names[gone + 1], names[gone - 1]];
    if (item === undefined) return [];
    if (names.length === 1) return removeStatements([statement], text);
    if (next !== undefined) return [{ start: item.startIndex, end: next.startIndex, text: '' }];
    return [{ start: previous?.endIndex ?? item.startIndex, end: item.endIndex, text: '' }];
  });
}

/** `admin.site.register(Book, …)` and classes with `@admin.register(Book)` that are about this model alone. */
function registrationsOf(name: string, { root }: SourceText): readonly SyntaxNode[] {
  const isAboutIt = (call: SyntaxNode | null): boolean => {
    const callee = dottedName(call?.childForFieldName('function') ?? null) ?? '';
    const [first, second] = argumentsOf(call?.childForFieldName('arguments') ?? null).positional;
    const alone = second === undefined || callee.endsWith('site.register');
    return /(^|\.)(site\.)?register$/.test(callee) && alone && dottedName(first?.value ?? null) === name;
  };
  const found: SyntaxNode[] = [];
  for (const statement of partsOf(root)) {
    const call = statement.type === 'expression_statement' ? statement.namedChild(0) : null;
    if (call?.type === 'call' && isAboutIt(call)) {
      found.push(statement);
      const admin = argumentsOf(call.childForFieldName('arguments')).positional[1]?.value.text;
      const definition = partsOf(root).find(
        (each) =>
          undecorated(each).type === 'class_definition' &&
          undecorated(each).childForFieldName('name')?.text === admin,
      );
      if (definition !== undefined) found.push(definition);
    }
    if (statement.type !== 'decorated_definition') continue;
    const decorators = partsOf(statement).filter(({ type }) => type === 'decorator');
    if (decorators.length === 1 && isAboutIt(decorators[0]?.namedChild(0) ?? null)) found.push(statement);
  }
  return found;
}
