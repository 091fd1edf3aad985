import { Failure } from '../../../contract/failure.ts';
import { lineEnd } from '../../../python/file-style.ts';
import { joinPath } from '../../module-resolver.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { normalName } from './package-name.ts';
import { mainDependencies, poetryEnd } from './pyproject.ts';
import { isGenerated, requirementEntries } from './requirement-entries.ts';

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
  const known = new Set(
    requirementEntries(context)
      .filter(({ main }) => main)
      .map(({ name }) => name),
  );
  const missing = requirements.filter(({ name }) => !known.has(normalName(name)));
  if (missing.length > 0) enterRequirements(file, missing, draft);
}

/** Writes requirements into a list of packages, at its end. */
export function enterRequirements(file: string, missing: readonly Requirement[], draft: Draft): void {
  const { text } = draft.source(file);
  if (file.endsWith('.txt')) addLines(file, text, missing, draft);
  else addToPyproject(file, text, missing, draft);
}

/** The list of packages that people of this project write by hand; null where there is none. */
export function requirementsFile({ files, snapshot }: PlanContext): string | null {
  const names = [
    'requirements.txt',
    'requirements/base.txt',
    'requirements/common.txt',
    'requirements/production.txt',
  ];
  const folders = [...new Set([snapshot.project ?? '', ''])];
  const plain = folders.flatMap((folder) => names.map((name) => joinPath(folder, name)));
  const present = plain.filter((path) => files.has(path));
  const found = present.find((path) => !isGenerated(files.get(path)?.text ?? ''));
  const project = folders
    .map((folder) => joinPath(folder, 'pyproject.toml'))
    .find((path) => {
      const text = files.get(path)?.text ?? '';
      return mainDependencies(text) !== null || poetryEnd(text) !== null;
    });
  const [generated] = present;
  if (found === undefined && project === undefined && generated !== undefined) {
    throw new Failure(
      'refused',
      `${generated} is written by a program: change the file that it is made from.`,
      { file: generated },
    );
  }
  // A file that only includes others and says nothing itself still is the one people write to.
  return found ?? project ?? null;
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
  const list = mainDependencies(text);
  if (list !== null) {
    const inside = text.slice(list.start, list.end);
    const last = list.items.at(-1);
    const indent = /\n([ \t]+)\S/.exec(inside)?.[1] ?? '    ';
    const quote = last === undefined ? '"' : text.charAt(last.start);
    const items = missing.map(({ name, versions }) => quote + name + versions + quote);
    if (!inside.includes('\n') && last !== undefined && `${inside}${items.join(', ')}`.length < 60) {
      const at = last.end;
      draft.edit(file, [{ start: at, end: at, text: items.map((item) => `, ${item}`).join('') }]);
      return;
    }
    const comma = last?.comma === null ? [{ start: last.end, end: last.end, text: ',' }] : [];
    const block = items.map((item) => `\n${indent}${item},`).join('');
    const at = list.start + inside.trimEnd().length;
    const close = inside.includes('\n') ? '' : '\n';
    draft.edit(file, [...comma, { start: at, end: at, text: block + close }]);
    return;
  }
  const end = poetryEnd(text);
  if (end === null) return;
  const lines = missing.map(({ name, versions }) => `\n${name} = "${versions === '' ? '*' : versions}"`);
  draft.edit(file, [{ start: end, end, text: lines.join('') }]);
}
