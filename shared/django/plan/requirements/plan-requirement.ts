import { Failure } from '../../../contract/failure.ts';
import type { OperationOf } from '../../operations.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertPackageName, cleanSpecifier, cleanVersion, normalName } from './package-name.ts';
import { requirementEntries } from './requirement-entries.ts';
import type { RequirementEntry } from './requirement-entry.ts';
import { enterRequirements, requirementsFile } from './requirements.ts';

/** Enters a package where the project lists what it needs. */
export function planRequirementAdd(
  { package: name, specifier }: OperationOf<'requirement.add'>,
  context: PlanContext,
  draft: Draft,
): void {
  assertPackageName(name);
  const versions = cleanSpecifier(specifier);
  const listed = requirementEntries(context).find((entry) => entry.main && entry.name === normalName(name));
  if (listed !== undefined) {
    throw new Failure('refused', `${name} stands in ${listed.path} already.`, { file: listed.path });
  }
  const file = requirementsFile(context);
  if (file === null) {
    throw new Failure(
      'not-available',
      'The project lists its packages nowhere: make a requirements.txt or a pyproject.toml first.',
    );
  }
  enterRequirements(file, [{ name, versions }], draft);
  draft.package(name);
  noteLock(file, context, draft);
}

/** Takes a package out of every list it stands in. */
export function planRequirementRemove(
  { package: name }: OperationOf<'requirement.remove'>,
  context: PlanContext,
  draft: Draft,
): void {
  for (const { path, whole } of requireEntries(name, context)) {
    draft.edit(path, [{ ...whole, text: '' }]);
    noteLock(path, context, draft);
  }
}

/** Fixes a package to one version wherever it is listed; extras, markers and comments stay. */
export function planRequirementPin(
  { package: name, version: typed }: OperationOf<'requirement.pin'>,
  context: PlanContext,
  draft: Draft,
): void {
  const version = cleanVersion(typed);
  for (const { path, version: place, pin, hashed } of requireEntries(name, context)) {
    if (place === null)
      throw new Failure('refused', `${name} comes from an address in ${path}, which has no version.`, {
        file: path,
      });
    if (hashed)
      throw new Failure(
        'refused',
        `${name} is fixed to hashes in ${path}: they belong to the version it has now.`,
        { file: path },
      );
    const text = `${pin}${version}`;
    if (draft.source(path).text.slice(place.start, place.end) === text) continue;
    draft.edit(path, [{ ...place, text }]);
    noteLock(path, context, draft);
  }
  draft.package(`${name}==${version}`);
}

function requireEntries(name: string, context: PlanContext): readonly RequirementEntry[] {
  assertPackageName(name);
  const found = requirementEntries(context).filter((entry) => entry.name === normalName(name));
  if (found.length > 0) return found;
  throw new Failure('not-found', `${name} stands in no list of packages of the project.`);
}

function noteLock(path: string, { files }: PlanContext, draft: Draft): void {
  if (!path.endsWith('pyproject.toml')) return;
  const isPoetry = files.get(path)?.text.includes('[tool.poetry') === true;
  const tool = isPoetry ? 'poetry lock' : 'uv lock';
  draft.note(`A lock file beside ${path} is made anew by ${tool}.`);
}
