import { Failure } from '../../../contract/failure.ts';

/** A name by which packages are compared: https://packaging.python.org/en/latest/specifications/name-normalization/ */
export function normalName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** Refuses what the package index can't know: https://packaging.python.org/en/latest/specifications/dependency-specifiers/ */
export function assertPackageName(name: string): void {
  if (/^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$/.test(name)) return;
  throw new Failure('invalid-input', `“${name}” can’t be the name of a package.`, { name });
}

const CLAUSE = /^(===|==|~=|!=|<=|>=|<|>)\s*[A-Za-z0-9][A-Za-z0-9.*+!_-]*$/;

/** A version specifier without spaces: `>=5.2,<6`. */
export function cleanSpecifier(specifier: string): string {
  const clauses = specifier.split(',').map((clause) => clause.trim());
  if (specifier.trim() === '') return '';
  const wrong = clauses.find((clause) => !CLAUSE.test(clause));
  if (wrong === undefined) return clauses.map((clause) => clause.replace(/\s+/g, '')).join(',');
  throw new Failure('invalid-input', `“${wrong}” is not a version specifier: write for example >=5.2,<6.`, {
    specifier,
  });
}

/** A version: https://packaging.python.org/en/latest/specifications/version-specifiers/ */
export function cleanVersion(version: string): string {
  const plain = version.trim().replace(/^==\s*/, '');
  if (/^v?(\d+!)?\d+(\.\d+)*((a|b|rc|\.?post|\.?dev)\d+)*(\+[a-z0-9.]+)?$/i.test(plain)) return plain;
  throw new Failure('invalid-input', `“${version}” is not a version: write for example 5.2.3.`, { version });
}

/** A requirement as one writes it: `django-filter[crispy]>=25.1; python_version > "3.9"`. */
export interface RequirementParts {
  readonly name: string;
  /** From the start of the requirement: where the specifier stands, empty where there is none. */
  readonly specifierStart: number;
  readonly specifierEnd: number;
  /** `name @ https://…`: has no version. */
  readonly direct: boolean;
}

/** The parts of a requirement; null for something else, such as an option of pip or a path. */
export function requirementParts(text: string): RequirementParts | null {
  const head = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(\[[^\]]*\])?\s*/.exec(text);
  const name = head?.[1];
  if (head === null || name === undefined) return null;
  const rest = text.slice(head[0].length);
  if (rest.startsWith('@')) {
    return { name, specifierStart: head[0].length, specifierEnd: text.length, direct: true };
  }
  const specifier = /^\(?((===|==|~=|!=|<=|>=|<|>)\s*[^\s,;#)]+\s*,?\s*)*\)?/.exec(rest)?.[0] ?? '';
  const after = rest.slice(specifier.length);
  // `./packages/one` and file names are no names of packages.
  if (after !== '' && !/^\s*([;#\\]|--|$)/.test(after)) return null;
  const written = specifier.trimEnd();
  const start = written === '' ? head[0].trimEnd().length : head[0].length;
  return { name, specifierStart: start, specifierEnd: start + written.length, direct: false };
}
