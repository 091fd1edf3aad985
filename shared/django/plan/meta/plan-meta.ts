import { Failure } from '../../../contract/failure.ts';
import { indentAt, lineEnd, lineStart } from '../../../python/file-style.ts';
import { layoutExpression } from '../../../python/layout.ts';
import { insertItems, removeItems } from '../../../python/list-edit.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { partsOf, unwrap } from '../../../python/syntax.ts';
import type { TextEdit } from '../../../python/text-edit.ts';
import type { OperationOf } from '../../operations.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import { adaptExpression, withExpression, type CodePlace } from '../expression.ts';
import { fieldPlace } from '../fields/plan-field.ts';
import { requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertEntry, assertOptionName, assertOptionValue } from './meta-rules.ts';
import { addOption, metaSource, optionIn, removeOption, type MetaSource } from './meta-source.ts';

/** Sets an option of `Meta`, or takes it away. */
export function planMetaSet(
  { model: id, option, code }: OperationOf<'meta.set'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const found = metaSource(model, draft);
  const current = optionIn(found, model, option);
  const { path } = found.source;
  if (code === null) {
    if (current === null) throw new Failure('refused', `Meta of ${model.name} has no option ${option}.`);
    draft.edit(path, removeOption(found, current.statement));
    draft.dropUnused(path);
    return;
  }
  assertOptionName(option);
  setOption(found, model, option, code, context, draft);
  if (option === 'db_table') {
    draft.note('The migration renames the table: what names it outside of Django has to follow.');
  }
}

/** Writes the code of an option: in the place of the old one, or as a new one. */
export function setOption(
  found: MetaSource,
  model: ModelFacts,
  option: string,
  typed: string,
  context: PlanContext,
  draft: Draft,
): void {
  const current = optionIn(found, model, option);
  const { path, text } = found.source;
  const { code, imports } = adaptExpression(typed, metaPlace(model, context, draft));
  draft.require(path, imports);
  withExpression(code, context.files, (value) => {
    assertOptionValue(option, value, model, context.snapshot);
    if (current === null) draft.edit(path, addOption(found, model, option, value, context));
    else draft.edit(path, [replaceValue(current.value, value, text, found)]);
  });
  if (current !== null) draft.dropUnused(path);
}

/** Names of the class around it mean nothing in the body of Meta. */
function metaPlace(model: ModelFacts, context: PlanContext, draft: Draft): CodePlace {
  return { ...fieldPlace(model, context, draft), known: new Set() };
}

/** One expression in the place of another, broken where its line gets too long. */
function replaceValue(old: SyntaxNode, value: SyntaxNode, text: string, { style }: MetaSource): TextEdit {
  const indent = indentAt(text, old.startIndex);
  const head = text.slice(lineStart(text, old.startIndex), old.startIndex).trimStart();
  const code = layoutExpression(head, value, style, indent).replaceAll('\n', `\n${indent}`);
  return { start: old.startIndex, end: old.endIndex, text: code.slice(head.length) };
}

/** Adds an entry to one of the lists of `Meta`. */
export function planMetaAddEntry(
  { model: id, option, code: typed }: OperationOf<'meta.addEntry'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const found = metaSource(model, draft);
  const current = optionIn(found, model, option);
  const { path } = found.source;
  const { code, imports } = adaptExpression(typed, metaPlace(model, context, draft));
  draft.require(path, imports);
  withExpression(code, context.files, (entry) => {
    assertEntry(option, entry, model, context.snapshot);
    if (current === null) {
      withExpression(`[${code}]`, context.files, (list) => {
        draft.edit(path, addOption(found, model, option, list, context));
      });
      return;
    }
    const { entries, list } = entriesOf(current.value, option, model);
    if (entries.some((each) => sameCode(each.text, code))) {
      throw new Failure('refused', `${option} of ${model.name} has this entry already.`);
    }
    assertFreeName(entry, entries, option, model);
    draft.edit(path, insertEntry(list, current.value, entry, found, context));
  });
}

/** Changes an entry of one of the lists of `Meta`. */
export function planMetaChangeEntry(
  { model: id, option, index, code: typed }: OperationOf<'meta.changeEntry'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const found = metaSource(model, draft);
  const { entry: old, entries } = requireEntry(found, model, option, index);
  const { path, text } = found.source;
  const { code, imports } = adaptExpression(typed, metaPlace(model, context, draft));
  draft.require(path, imports);
  withExpression(code, context.files, (entry) => {
    assertEntry(option, entry, model, context.snapshot);
    const others = entries.filter((_, at) => at !== index);
    assertFreeName(entry, others, option, model);
    if (!sameCode(old.text, code)) draft.edit(path, [replaceValue(old, entry, text, found)]);
  });
  draft.dropUnused(path);
}

/** Takes an entry out of one of the lists of `Meta`; the list goes with its last one. */
export function planMetaRemoveEntry(
  { model: id, option, index }: OperationOf<'meta.removeEntry'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const found = metaSource(model, draft);
  const { entry, entries, list, statement } = requireEntry(found, model, option, index);
  const { path, text } = found.source;
  if (entries.length === 1 || list === null) draft.edit(path, removeOption(found, statement));
  else draft.edit(path, removeItems(list, text, [entry]));
  draft.dropUnused(path);
}

interface Entries {
  readonly entries: readonly SyntaxNode[];
  /** The display that holds them; null where the option is one entry without a list around it. */
  readonly list: SyntaxNode | null;
}

/** `unique_together = ("a", "b")` is one entry, as Django reads it. */
function entriesOf(value: SyntaxNode, option: string, { name, place }: ModelFacts): Entries {
  const list = unwrap(value);
  if (!/^(list|tuple|set)$/.test(list.type)) {
    throw new Failure(
      'unclear-source',
      `${option} of ${name} is put together when the project runs: change it in the editor.`,
      { file: place.file, line: value.startPosition.row + 1 },
    );
  }
  const items = partsOf(list);
  const flat = option.endsWith('_together') && items[0] !== undefined && readString(items[0]) !== undefined;
  return flat ? { entries: [list], list: null } : { entries: items, list };
}

function requireEntry(
  found: MetaSource,
  model: ModelFacts,
  option: string,
  index: number,
): Entries & { readonly entry: SyntaxNode; readonly statement: SyntaxNode } {
  const current = optionIn(found, model, option);
  const held = current === null ? null : entriesOf(current.value, option, model);
  const entry = held?.entries[index];
  if (current === null || held === null || entry === undefined) {
    throw new Failure('not-found', `${option} of ${model.name} has no entry ${String(index + 1)}.`);
  }
  return { ...held, entry, statement: current.statement };
}

/** Two entries of one list can't have one name. */
function assertFreeName(
  entry: SyntaxNode,
  others: readonly SyntaxNode[],
  option: string,
  model: ModelFacts,
): void {
  const name = nameArgument(entry);
  if (name === null || others.every((other) => nameArgument(other) !== name)) return;
  throw new Failure('invalid-input', `${option} of ${model.name} has an entry named “${name}” already.`);
}

function nameArgument(entry: SyntaxNode): string | null {
  const found = entry.type === 'call' ? /\bname\s*=\s*(['"])([^'"]+)\1/.exec(entry.text) : null;
  return found?.[2] ?? null;
}

function insertEntry(
  list: SyntaxNode | null,
  value: SyntaxNode,
  entry: SyntaxNode,
  found: MetaSource,
  { files }: PlanContext,
): readonly TextEdit[] {
  const { style, source } = found;
  const { text } = source;
  const replaceBy = (code: string): readonly TextEdit[] =>
    withExpression(code, files, (whole) => [replaceValue(value, whole, text, found)]);
  if (list === null) {
    return value.type === 'list'
      ? replaceBy(`[${value.text}, ${entry.text}]`)
      : replaceBy(`(${value.text}, ${entry.text})`);
  }
  const items = partsOf(list);
  const first = items[0];
  const vertical = first !== undefined && first.startPosition.row > list.startPosition.row;
  if (vertical) {
    const indent = indentAt(text, first.startIndex);
    const code = layoutExpression('', entry, style, indent, ',').slice(0, -1);
    return insertItems(list, text, [code.replaceAll('\n', `\n${indent}`)]);
  }
  const width = lineEnd(text, list.endIndex) - lineStart(text, list.startIndex);
  const flat = !list.text.includes('\n') && first !== undefined;
  if (!flat || width + 2 + entry.text.length <= style.lineLength)
    return insertItems(list, text, [entry.text]);
  const codes = [...items.map((item) => item.text), entry.text].join(', ');
  return replaceBy(list.text.charAt(0) + codes + list.text.slice(-1));
}

function sameCode(a: string, b: string): boolean {
  const plain = (code: string): string =>
    code
      .replace(/\s+/g, '')
      .replaceAll('"', "'")
      .replace(/,([)\]}])/g, '$1');
  return plain(a) === plain(b);
}
