import { joinPath } from '../../module-resolver.ts';
import { lineEnd } from '../../../python/file-style.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';

/** A package with the versions the generated code is made for. */
export interface Requirement {
  readonly name: string;
  readonly versions: string;
}

/** Enters packages where the project lists its requirements. */
export function addRequirements(
  requirements: readonly Requirement[],
  context: PlanContext,
  draft: Draft,
): void {
  for (const { name } of requirements) draft.package(name);
  const file = requirementsFile(context);
  if (file === null) {
    draft.note(
      `The project has no requirements file: install ${requirements.map(({ name }) => name).join(', ')}.`,
    );
    return;
  }
  const { text } = draft.source(file);
  const missing = requirements.filter(({ name }) => !mentions(text, name));
  if (missing.length === 0) return;
  if (file.endsWith('.txt')) addLines(file, text, missing, draft);
  else addToPyproject(file, text, missing, draft);
}

function requirementsFile({ files, snapshot }: PlanContext): string | null {
  const names = [
    'requirements.txt',
    'requirements/base.txt',
    'requirements/common.txt',
    'requirements/production.txt',
  ];
  const folders = [...new Set([snapshot.project ?? '', ''])];
  const plain = folders.flatMap((folder) => names.map((name) => joinPath(folder, name)));
  const found = plain.find((path) => files.has(path));
  if (found !== undefined) return found;
  const project = folders.map((folder) => joinPath(folder, 'pyproject.toml')).find((path) => files.has(path));
  const text = project === undefined ? '' : (files.get(project)?.text ?? '');
  return project !== undefined && (dependencyList(text) !== null || poetryEnd(text) !== null)
    ? project
    : null;
}

/** https://packaging.python.org/en/latest/specifications/name-normalization/ */
function mentions(text: string, name: string): boolean {
  const pattern = name.replace(/[-_.]+/g, '[-_.]+');
  return new RegExp(`(^|["'\\s])${pattern}(?![\\w.-]*[\\w])`, 'im').test(text);
}

function addLines(file: string, text: string, missing: readonly Requirement[], draft: Draft): void {
  const lines = missing.map(({ name, versions }) => `${name}${versions}`);
  const written = text.trimEnd().length;
  const at = lineEnd(text, written);
  const start = written === 0 ? '' : '\n';
  const end = at === text.length && written === 0 ? '\n' : '';
  draft.edit(file, [{ start: at, end: at, text: `${start}${lines.join('\n')}${end}` }]);
}

function addToPyproject(file: string, text: string, missing: readonly Requirement[], draft: Draft): void {
  const list = dependencyList(text);
  if (list !== null) {
    const inside = text.slice(list.start, list.end);
    const indent = /\n([ \t]+)\S/.exec(inside)?.[1] ?? '    ';
    const block = missing.map(({ name, versions }) => `\n${indent}"${name}${versions}",`).join('');
    const at = list.start + inside.trimEnd().length;
    const comma = list.openItem === null ? [] : [{ start: list.openItem, end: list.openItem, text: ',' }];
    draft.edit(file, [...comma, { start: at, end: at, text: block + (inside.includes('\n') ? '' : '\n') }]);
    return;
  }
  const end = poetryEnd(text);
  if (end === null) return;
  const lines = missing.map(({ name, versions }) => `\n${name} = "${versions}"`);
  draft.edit(file, [{ start: end, end, text: lines.join('') }]);
}

interface DependencyList {
  readonly start: number;
  readonly end: number;
  /** The end of the last item where no comma follows it. */
  readonly openItem: number | null;
}

/** The inside of `dependencies = [ … ]` of the project table. */
function dependencyList(text: string): DependencyList | null {
  const table = /^\[project\][ \t]*$/m.exec(text);
  if (table === null) return null;
  const rest = text.slice(table.index);
  const next = /\n\[/.exec(rest);
  const body = next === null ? rest : rest.slice(0, next.index);
  const key = /^dependencies\s*=\s*\[/m.exec(body);
  if (key === null) return null;
  const start = table.index + key.index + key[0].length;
  let quote: string | null = null;
  let openItem: number | null = null;
  for (let at = start; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== null) {
      if (character !== quote) continue;
      quote = null;
      openItem = at + 1;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ',') openItem = null;
    else if (character === '#') at = lineEnd(text, at);
    else if (character === ']') return { start, end: at, openItem };
  }
  return null;
}

/** The end of the last line of Poetry's dependencies. */
function poetryEnd(text: string): number | null {
  const table = /^\[tool\.poetry\.dependencies\][ \t]*$/m.exec(text);
  if (table === null) return null;
  const next = text.indexOf('\n[', table.index);
  const body = next === -1 ? text.slice(table.index) : text.slice(table.index, next);
  return table.index + body.trimEnd().length;
}
