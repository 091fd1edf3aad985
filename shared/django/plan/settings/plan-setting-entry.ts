import { Failure } from '../../../contract/failure.ts';
import { insertItems, removeItems } from '../../../python/list-edit.ts';
import { moveItem } from '../../../python/list-move.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { pythonString } from '../../../python/python-code.ts';
import { lineOf, partsOf } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import { appendToModule } from '../append.ts';
import { installApps, requireSettings } from '../apps/plan-app.ts';
import { layoutCode } from '../class-attributes.ts';
import { adaptedCode } from '../class-code.ts';
import type { Draft } from '../draft.ts';
import { withExpression } from '../expression.ts';
import type { PlanContext } from '../plan-context.ts';
import { DEFAULT_ENTRIES, misplacedIn, orderedIndex } from './entry-order.ts';
import { assertSetting } from './plan-setting.ts';
import { settingLists, settingStatements, type SettingList } from './setting-statements.ts';

/** What tells entries apart: the text of a string whatever its quotes, or else the code. */
function keyOf(node: SyntaxNode): string {
  return readString(node) ?? node.text.replace(/\s+/g, '');
}

function keyOfCode(code: string, { files }: PlanContext): string {
  return withExpression(code.trim(), files, keyOf);
}

/** Adds an entry to a list of the settings, where its documentation wants it. */
export function planSettingsAddEntry(
  { setting, code, after }: OperationOf<'settings.addEntry'>,
  context: PlanContext,
  draft: Draft,
): void {
  assertSetting(setting);
  const key = keyOfCode(code, context);
  const lists = settingLists(setting, context, draft);
  const holder = lists.find(({ list }) => partsOf(list).some((item) => keyOf(item) === key));
  if (holder !== undefined) {
    const { path } = holder.source;
    throw new Failure('refused', `${setting} has ${code.trim()} already, in ${path}.`, {
      file: path,
      line: lineOf(holder.list),
    });
  }
  if (after !== null) {
    insertAfter(setting, code, after, lists, context, draft);
    return;
  }
  if (
    setting === 'INSTALLED_APPS' &&
    orderedIndex(key, [key]) === null &&
    isModuleName(key) &&
    lists.length > 0
  ) {
    installApps([key], context, draft);
    return;
  }
  const target = listFor(key, lists);
  if (target === null) {
    makeList(setting, code, context, draft);
    return;
  }
  const at = orderedIndex(key, partsOf(target.list).map(keyOf)) ?? undefined;
  insertEntry(target, code, at, context, draft);
}

function isModuleName(key: string): boolean {
  return /^[A-Za-z_]\w*(\.\w+)*$/.test(key);
}

function insertEntry(
  { source, list }: SettingList,
  code: string,
  at: number | undefined,
  context: PlanContext,
  draft: Draft,
): void {
  const adapted = adaptedCode(code, source.path, new Set(), context, draft) ?? '';
  draft.edit(source.path, insertItems(list, source.text, [adapted], at));
}

function insertAfter(
  setting: string,
  code: string,
  after: string,
  lists: readonly SettingList[],
  context: PlanContext,
  draft: Draft,
): void {
  const anchor = keyOfCode(after, context);
  for (const target of lists) {
    const at = partsOf(target.list).findIndex((item) => keyOf(item) === anchor);
    if (at === -1) continue;
    insertEntry(target, code, at + 1, context, draft);
    return;
  }
  throw new Failure('not-found', `${setting} has no entry ${after.trim()} to stand behind.`);
}

/** The list in which an entry finds the ones it depends on, or else the last of the setting's own. */
function listFor(key: string, lists: readonly SettingList[]): SettingList | null {
  const ordered = lists.find(
    ({ list, main }) => main && orderedIndex(key, partsOf(list).map(keyOf)) !== null,
  );
  return ordered ?? lists.findLast(({ main }) => main) ?? lists.at(-1) ?? null;
}

/** A setting that no module names yet; entries of Django's default stay. */
function makeList(setting: string, code: string, context: PlanContext, draft: Draft): void {
  const [made] = settingStatements(setting, context, draft);
  if (made !== undefined) {
    const { path } = made.source;
    const line = lineOf(made.statement);
    throw new Failure(
      'unclear-source',
      `${setting} is not a plain list at ${path}:${String(line)}: change it in the editor.`,
      { file: path, line },
    );
  }
  const path = requireSettings(context).file;
  const { quote } = draft.style(path);
  const defaults = (DEFAULT_ENTRIES[setting] ?? []).map((entry) => pythonString(entry, quote));
  const adapted = adaptedCode(code, path, new Set(), context, draft) ?? '';
  const line = layoutCode(
    `${setting} = `,
    `[${[...defaults, adapted].join(', ')}]`,
    '',
    path,
    context,
    draft,
  );
  draft.edit(path, [appendToModule(draft.source(path), line, 1)]);
}

/** Takes an entry out of all lists that a setting is made of. */
export function planSettingsRemoveEntry(
  { setting, code }: OperationOf<'settings.removeEntry'>,
  context: PlanContext,
  draft: Draft,
): void {
  assertSetting(setting);
  const key = keyOfCode(code, context);
  let found = false;
  for (const { source, list } of settingLists(setting, context, draft)) {
    const gone = partsOf(list).filter((item) => keyOf(item) === key);
    if (gone.length === 0) continue;
    found = true;
    draft.edit(source.path, removeItems(list, source.text, gone));
    draft.dropUnused(source.path);
  }
  if (found) return;
  const call = settingStatements(setting, context, draft).find(
    ({ kind, value }) => kind === 'method' && keyOf(value) === key,
  );
  if (call === undefined)
    throw new Failure('not-found', `${setting} has no entry ${code.trim()} in the source.`);
  const file = call.source.path;
  const line = lineOf(call.statement);
  throw new Failure(
    'unclear-source',
    `${code.trim()} is added by a call at ${file}:${String(line)}: take it out there.`,
    { file, line },
  );
}

/** Puts an entry behind another one of its list, or before all others. */
export function planSettingsReorderEntry(
  { setting, code, after }: OperationOf<'settings.reorderEntry'>,
  context: PlanContext,
  draft: Draft,
): void {
  assertSetting(setting);
  const key = keyOfCode(code, context);
  const anchorKey = after === null ? null : keyOfCode(after, context);
  if (anchorKey === key) throw new Failure('invalid-input', 'An entry can’t stand behind itself.');
  const holder = settingLists(setting, context, draft).find(({ list }) => itemWith(list, key) !== null);
  const item = holder === undefined ? null : itemWith(holder.list, key);
  if (holder === undefined || item === null)
    throw new Failure('not-found', `${setting} has no entry ${code.trim()} in the source.`);
  const { source, list } = holder;
  const anchor = anchorKey === null ? null : itemWith(list, anchorKey);
  if (anchorKey !== null && anchor === null) {
    const message = `${after?.trim() ?? ''} stands in another list than ${code.trim()}: only entries of one list have an order.`;
    throw new Failure('refused', message, { file: source.path, line: lineOf(list) });
  }
  const others = partsOf(list).filter(({ id }) => id !== item.id);
  const at = anchor === null ? 0 : others.findIndex(({ id }) => id === anchor.id) + 1;
  const order = others.toSpliced(at, 0, item);
  if (order.every(({ id }, index) => id === partsOf(list)[index]?.id)) return;
  draft.edit(source.path, moveItem(list, source.text, item, anchor));
  for (const sentence of misplacedIn(order.map(keyOf))) draft.note(sentence);
}

function itemWith(list: SyntaxNode, key: string): SyntaxNode | null {
  return partsOf(list).find((item) => keyOf(item) === key) ?? null;
}
