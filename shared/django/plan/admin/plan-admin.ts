import { Failure } from '../../../contract/failure.ts';
import { isIdentifier, isKeyword } from '../../../python/python-code.ts';
import { removeItems } from '../../../python/list-edit.ts';
import { lineEnd, lineStart } from '../../../python/file-style.ts';
import { removeStatements } from '../../../python/statement-edit.ts';
import { argumentsOf } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import { layoutCode, setAttribute, type ClassOwner } from '../class-attributes.ts';
import { adaptedCode, memberNames } from '../class-code.ts';
import type { Draft } from '../draft.ts';
import { moduleFrom } from '../named-imports.ts';
import { requireApp, requireModel } from '../names.ts';
import { boundNames } from '../models/plan-model.ts';
import type { PlanContext } from '../plan-context.ts';
import { registerInAdmin } from './admin-code.ts';
import { ADMIN_ORDER } from './admin-options.ts';
import { noteRelationWidgets } from './relation-widgets.ts';
import { adminClassOf, findRegistration, type AdminRegistration } from './registrations.ts';

/** Registers a model with options that its fields suggest, the way the file registers the others. */
export function planAdminRegister(
  { model: id }: OperationOf<'admin.register'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  if (model.abstract) throw new Failure('invalid-input', `${id} is abstract: it has no rows to show.`);
  const found = findRegistration(model, context, draft);
  if (found !== null) {
    const line = found.statement.startPosition.row + 1;
    const { path } = found.source;
    throw new Failure('refused', `${id} is registered in ${path} already.`, { file: path, line });
  }
  const app = requireApp(context.snapshot, model.app);
  registerInAdmin(app, model, draft, moduleFrom(`${app.folder}/admin.py`, model.place.file, context));
}

/** Takes a model out of the admin, and its class of options where nothing else uses it. */
export function planAdminUnregister(
  { model: id }: OperationOf<'admin.unregister'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const found = requireRegistration(model, context, draft);
  const { source, list, item, statement, shared, kind } = found;
  if (shared) draft.edit(source.path, removeItems(list, source.text, [item]));
  else {
    const admin = kind === 'call' ? adminClassOf(found, context, draft) : null;
    const owner = kind === 'decorator' ? found.admin : (admin?.name ?? null);
    const users = owner === null ? [] : usersOf(owner, source, found, admin, context);
    if (kind === 'decorator' && users.length > 0) {
      throw new Failure(
        'refused',
        `${String(owner)} is used in ${users.join(', ')}: take it out there first.`,
        {
          file: users[0],
        },
      );
    }
    draft.edit(source.path, removeStatements([statement], source.text));
    if (admin !== null && admin.source.path === source.path && users.length === 0) {
      draft.edit(source.path, removeStatements([admin.definition], source.text));
    }
  }
  draft.dropUnused(source.path);
  noteRelationWidgets(model, context, draft);
}

/** Files in which a class of options is named beside its registration. */
function usersOf(
  name: string,
  source: SourceText,
  found: AdminRegistration,
  admin: ClassOwner | null,
  { files }: PlanContext,
): readonly string[] {
  const own = [found.statement, ...(admin === null ? [] : [admin.definition])];
  const isOwn = (path: string, at: number): boolean =>
    path === source.path && own.some(({ startIndex, endIndex }) => startIndex <= at && at < endIndex);
  return files.paths().filter((path) => {
    const file = path.endsWith('.py') ? files.get(path) : null;
    if (file?.text.includes(name) !== true) return false;
    const named = file.root.descendantsOfType('identifier');
    return named.some(({ text, startIndex }) => text === name && !isOwn(path, startIndex));
  });
}

/** Where a model is registered; fails where it is not. */
export function requireRegistration(
  model: ModelFacts,
  context: PlanContext,
  draft: Draft,
): AdminRegistration {
  const found = findRegistration(model, context, draft);
  if (found !== null) return found;
  throw new Failure('refused', `${model.id} is not registered in the admin: register it first.`);
}

/** Gives an option of a model's admin another value, with a class of options where there is none yet. */
export function planAdminSet(
  { model: id, option, code: typed }: OperationOf<'admin.set'>,
  context: PlanContext,
  draft: Draft,
): void {
  if (!isIdentifier(option) || isKeyword(option))
    throw new Failure('invalid-input', `“${option}” can’t be the name of an option.`, { option });
  const model = requireModel(context.snapshot, id);
  const found = requireRegistration(model, context, draft);
  const owner = found.admin === null ? null : requireAdminClass(found, context, draft);
  if (owner !== null) {
    const code = adaptedCode(typed, owner.source.path, memberNames(owner), context, draft);
    setAttribute(owner, option, code, ADMIN_ORDER, context, draft);
    if (found.shared) draft.note(`${owner.name} is the admin of other models, too: they change with it.`);
    return;
  }
  const { path } = found.source;
  const code = adaptedCode(typed, path, new Set(), context, draft);
  if (code === null) return;
  const { indent } = draft.style(path);
  const line = layoutCode(`${option} = `, code, indent, path, context, draft);
  giveAdminClass(found, model, [line], draft);
}

/** The class of options of a registration; fails where it is not part of the project. */
export function requireAdminClass(found: AdminRegistration, context: PlanContext, draft: Draft): ClassOwner {
  const owner = adminClassOf(found, context, draft);
  if (owner !== null) return owner;
  throw new Failure(
    'refused',
    `${String(found.admin)} is not part of this project: derive a class from it in the editor.`,
    { file: found.source.path, line: found.statement.startPosition.row + 1 },
  );
}

/** Writes a class of options for a model that is registered without one, and registers it with that; `above` stands before it. */
export function giveAdminClass(
  found: AdminRegistration,
  model: ModelFacts,
  lines: readonly string[],
  draft: Draft,
  above: readonly string[] = [],
): void {
  const { source, statement, list, item, shared, call } = found;
  const name = `${model.name}Admin`;
  if (boundNames(source).has(name)) {
    throw new Failure('refused', `${source.path} has a class ${name} that is not the admin of ${model.id}.`, {
      file: source.path,
    });
  }
  const { indent } = draft.style(source.path);
  const body = lines.map((line) => indent + line.replaceAll('\n', `\n${indent}`));
  const head = `class ${name}(${adminModule(source)}.ModelAdmin):`;
  const decorated = source.root.descendantsOfType('decorator').some(({ text }) => /\.register\(/.test(text));
  const callee = call.childForFieldName('function')?.text ?? '';
  const plain = argumentsOf(call.childForFieldName('arguments')).keywords.length === 0;
  const asDecorator = decorated && plain && callee === `${adminModule(source)}.site.register`;
  const definition = asDecorator
    ? [...above, `@${adminModule(source)}.register(${item.text})`, head, ...body]
    : [...above, head, ...body, '', '', `${callee}(${item.text}, ${name})`];
  draft.require(source.path, [{ module: 'django.contrib', name: 'admin' }]);
  if (shared) draft.edit(source.path, removeItems(list, source.text, [item]));
  const start = lineStart(source.text, statement.startIndex);
  const end = lineEnd(source.text, statement.endIndex);
  if (statement.startIndex !== start || source.text.slice(statement.endIndex, end).trim().startsWith(';')) {
    throw new Failure(
      'unclear-source',
      `${model.id} shares a line with other code: register it apart first.`,
      {
        file: source.path,
        line: statement.startPosition.row + 1,
      },
    );
  }
  const code = definition.join('\n');
  if (shared) {
    const text = `\n\n\n${code}${blankAfter(source.text, end, asDecorator)}`;
    draft.edit(source.path, [{ start: end, end, text }]);
    return;
  }
  const before = blankBefore(source.text, start);
  const after = asDecorator ? blankAfter(source.text, end, true) : '';
  draft.edit(source.path, [{ start, end: statement.endIndex, text: before + code + after }]);
}

/** Line breaks that make two empty lines before a class. */
function blankBefore(text: string, at: number): string {
  const above = text.slice(0, at);
  if (above.trim() === '') return '';
  const breaks = /(\r?\n)*$/.exec(above)?.[0].match(/\n/g)?.length ?? 0;
  return '\n'.repeat(Math.max(0, 3 - breaks));
}

/** Line breaks that make two empty lines behind a class, before other code. */
function blankAfter(text: string, end: number, isClass: boolean): string {
  const below = text.slice(end);
  if (below.trim() === '' || !isClass) return '';
  const breaks = /^(\r?\n)*/.exec(below)?.[0].match(/\n/g)?.length ?? 0;
  return '\n'.repeat(Math.max(0, 3 - breaks));
}

/** The name the file has for `django.contrib.admin`. */
export function adminModule({ module }: SourceText): string {
  for (const [local, { module: from, name }] of module.imports) {
    if (from === 'django.contrib' && name === 'admin') return local;
  }
  return 'admin';
}
