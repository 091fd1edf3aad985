import { Failure } from '../../../contract/failure.ts';
import { indentAt } from '../../../python/file-style.ts';
import { layoutCall } from '../../../python/layout.ts';
import { indentLines } from '../../../python/statement-edit.ts';
import { isIdentifier, pythonString } from '../../../python/python-code.ts';
import { undecorated } from '../../../python/syntax.ts';
import type { OperationOf } from '../../operations.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts, ModelFacts, ProjectSnapshot, RouteFacts } from '../../project-model.ts';
import { statementAt } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import { requireModel } from '../names.ts';
import type { PlanContext } from '../plan-context.ts';
import { insertMember, memberNamed, singleReturn, type MemberRank } from './class-members.ts';

/** Sets `__str__` from a pattern with the names of fields in braces. */
export function planModelSetStr(
  { model: id, pattern }: OperationOf<'model.setStr'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  const { quote } = draft.style(model.place.file);
  const code = textCode(readPattern(pattern), model, context.snapshot, quote);
  setReturn(model, '__str__', 'str', (head) => `${head}${code}`, draft);
}

/** Sets `get_absolute_url` to the address of a route. */
export function planModelSetAbsoluteUrl(
  { model: id, route, parameters }: OperationOf<'model.setAbsoluteUrl'>,
  context: PlanContext,
  draft: Draft,
): void {
  const model = requireModel(context.snapshot, id);
  assertRoute(route, parameters, context.snapshot);
  const path = model.place.file;
  const style = draft.style(path);
  const given = Object.entries(parameters).map(([name, field]) => {
    if (!isIdentifier(name)) throw invalid(`“${name}” can’t be the name of a parameter.`);
    assertPath(field, model, context.snapshot);
    return `${pythonString(name, style.quote)}: self.${field}`;
  });
  const args = [pythonString(route, style.quote)];
  if (given.length > 0) args.push(`kwargs={${given.join(', ')}}`);
  draft.require(path, [{ module: 'django.urls', name: 'reverse' }]);
  setReturn(
    model,
    'get_absolute_url',
    'url',
    (head, indent) => layoutCall(`${head}reverse(`, args, style, indent),
    draft,
  );
}

/** Writes the one `return` of a method: into the method that has no other statement, or into a new one. */
function setReturn(
  model: ModelFacts,
  name: string,
  rank: MemberRank,
  code: (head: string, indent: string) => string,
  draft: Draft,
): void {
  const source = draft.source(model.place.file);
  const { indent: unit } = draft.style(source.path);
  const definition = statementAt(source, model.place);
  const known = memberNamed(definition, name);
  if (known === null) {
    const inner = indentAt(source.text, definition.startIndex) + unit + unit;
    const body = indentLines(code('return ', inner), unit);
    draft.edit(source.path, insertMember(definition, source, `def ${name}(self):\n${body}`, rank, unit));
    return;
  }
  const method = undecorated(known);
  const value = method.type === 'function_definition' ? singleReturn(method) : null;
  if (value === null) throw doesMore(name, model, source, known.startPosition.row + 1);
  const indent = indentAt(source.text, value.startIndex);
  const text = code('return ', indent).replaceAll('\n', `\n${indent}`).slice('return '.length);
  if (sameText(text, value.text))
    throw new Failure('refused', `${name} of ${model.name} returns that already.`);
  draft.edit(source.path, [{ start: value.startIndex, end: value.endIndex, text }]);
  draft.dropUnused(source.path);
}

function sameText(a: string, b: string): boolean {
  return a.replace(/\s+/g, '') === b.replace(/\s+/g, '');
}

function doesMore(name: string, model: ModelFacts, source: SourceText, line: number): Failure {
  return new Failure(
    'unclear-source',
    `${name} of ${model.name} does more than return one value: change it in the editor.`,
    { file: source.path, line },
  );
}

/** A piece of a pattern: text as it is, or the name of a field. */
interface PatternPart {
  readonly kind: 'text' | 'name';
  readonly text: string;
}

function readPattern(pattern: string): readonly PatternPart[] {
  if (pattern.trim() === '') throw invalid('Say what an object is shown as, for example {title} ({year}).');
  const parts: PatternPart[] = [];
  const add = (text: string): void => {
    const last = parts.at(-1);
    if (last?.kind === 'text') parts.splice(-1, 1, { kind: 'text', text: last.text + text });
    else parts.push({ kind: 'text', text });
  };
  for (const [piece, name] of pattern.matchAll(/\{\{|\}\}|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
    if (name !== undefined) parts.push({ kind: 'name', text: name.trim() });
    else if (piece === '{{' || piece === '}}') add(piece.charAt(0));
    else if (piece === '{' || piece === '}')
      throw invalid('A brace of the pattern is not closed: write {{ for a brace that is shown.');
    else add(piece);
  }
  return parts;
}

const TEXTS = /^(Char|Text|Slug|Email|URL)Field$/;

function textCode(
  parts: readonly PatternPart[],
  model: ModelFacts,
  snapshot: ProjectSnapshot,
  quote: "'" | '"',
): string {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'text') return pythonString(only.text, quote);
  if (parts.length === 1 && only !== undefined) {
    const field = assertPath(only.text, model, snapshot);
    if (isDisplay(only.text, model)) return `self.${only.text}()`;
    const isText = field !== null && TEXTS.test(field.type) && !isNullable(field) && !only.text.includes('.');
    return isText ? `self.${only.text}` : `str(self.${only.text})`;
  }
  const code = parts.map(({ kind, text }) => {
    if (kind === 'text')
      return pythonString(text, quote).slice(1, -1).replaceAll('{', '{{').replaceAll('}', '}}');
    assertPath(text, model, snapshot);
    return `{self.${text}${isDisplay(text, model) ? '()' : ''}}`;
  });
  const fixed = parts.map(({ kind, text }) => (kind === 'text' ? text : '')).join('');
  const around = pythonString(fixed, quote).charAt(0);
  const pieces = around === quote ? code : requoted(parts, code, around === '"' ? '"' : "'");
  return `f${around}${pieces.join('')}${around}`;
}

/** The texts of a pattern escaped for the quotes around all of it. */
function requoted(
  parts: readonly PatternPart[],
  code: readonly string[],
  around: "'" | '"',
): readonly string[] {
  const other = around === '"' ? "'" : '"';
  return parts.map(({ kind, text }, index) => {
    if (kind === 'name') return code[index] ?? '';
    const escaped = text
      .split(other)
      .map((piece) => pythonString(piece, around).slice(1, -1))
      .join(other);
    return escaped.replaceAll('{', '{{').replaceAll('}', '}}');
  });
}

function isNullable({ options }: FieldFacts): boolean {
  return options.some(({ name, value }) => name === 'null' && value !== false);
}

/** https://docs.djangoproject.com/en/5.2/ref/models/instances/#django.db.models.Model.get_FOO_display */
function isDisplay(name: string, { fields }: ModelFacts): boolean {
  const field = /^get_(\w+)_display$/.exec(name)?.[1];
  return fields.some(
    (each) => each.name === field && each.options.some((option) => option.name === 'choices'),
  );
}

/** The field at the end of `author.name`; null where it is something else that objects have. */
function assertPath(path: string, model: ModelFacts, snapshot: ProjectSnapshot): FieldFacts | null {
  const unknown = (owner: ModelFacts, name: string): Failure =>
    invalid(`${owner.id} has no field named “${name}”.`);
  const names = path.split('.');
  let owner: ModelFacts | null = model;
  let found: FieldFacts | null = null;
  for (const [index, name] of names.entries()) {
    if (!isIdentifier(name)) throw invalid(`“${path}” is not the name of a field.`);
    if (owner === null) return null;
    const here: ModelFacts = owner;
    found = here.fields.find((field) => field.name === name) ?? null;
    if (found === null) {
      const attribute = name.replace(/_id$/, '');
      const isColumn = here.fields.some((field) => field.name === attribute && field.relation !== null);
      const known =
        ['pk', 'id'].includes(name) || isColumn || here.methods.includes(name) || isDisplay(name, here);
      if (!known && hasOnlyKnownBases(here, snapshot)) throw unknown(here, name);
      return null;
    }
    if (found.relation === null && index < names.length - 1) return found;
    if (found.relation?.kind === 'many-to-many') {
      throw invalid(`${here.id}.${name} leads to many objects: it can’t be shown as one.`);
    }
    const target: string | null = found.relation?.target ?? null;
    owner = snapshot.models.find(({ id }) => id === target) ?? null;
  }
  return found;
}

function hasOnlyKnownBases({ bases }: ModelFacts, { models }: ProjectSnapshot): boolean {
  return bases.every((base) => /(^|\.)Model$/.test(base) || models.some(({ name }) => name === base));
}

/** The route has to be there, with these parameters. */
function assertRoute(
  name: string,
  parameters: Readonly<Record<string, string>>,
  { routes }: ProjectSnapshot,
): void {
  const named = routes.filter((route) => route.name === name);
  if (named.length === 0) throw new Failure('not-found', `There is no route named “${name}”.`);
  const given = Object.keys(parameters).sort().join(' ');
  if (named.some((route) => parametersOf(route).join(' ') === given)) return;
  const [first] = named;
  const wanted = first === undefined ? [] : parametersOf(first);
  throw invalid(
    wanted.length === 0
      ? `The route “${name}” takes no parameters.`
      : `The route “${name}” takes ${wanted.join(' and ')}: say which field gives each of them.`,
  );
}

function parametersOf({ pattern }: RouteFacts): readonly string[] {
  return [...pattern.matchAll(/<(?:[^<>:]*:)?(\w+)>/g)].map(([, name = '']) => name).sort();
}

function invalid(message: string): Failure {
  return new Failure('invalid-input', message);
}
