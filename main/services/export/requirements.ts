import { readFile } from 'node:fs/promises';
import { posix } from 'node:path';
import { parse } from 'smol-toml';
import type { ProjectFile } from './project-files.ts';

/** What production needs beyond any project; left out where the project already names it. */
const PINNED: readonly (readonly [name: string, requirement: string, instead?: readonly string[]])[] = [
  ['gunicorn', 'gunicorn==27.0.1'],
  ['whitenoise', 'whitenoise==6.12.0'],
  ['psycopg', 'psycopg[binary]==3.3.9', ['psycopg2', 'psycopg2-binary']],
  ['redis', 'redis==8.1.0'],
];
const CANDIDATES = [
  'requirements.txt',
  'requirements/production.txt',
  'requirements/prod.txt',
  'requirements/base.txt',
];

/** The requirements of an export. */
export interface Requirements {
  /** Lines of `requirements-production.txt`. */
  readonly lines: readonly string[];
  /** Files that pip reads, for the first stage of the image. */
  readonly files: readonly string[];
  /** psycopg2 is compiled, and then needs PostgreSQL's library in the image as well. */
  readonly needsLibpq: boolean;
  /** What is wrong with them, in a sentence; null when all is well. */
  readonly problem: string | null;
}

/** The project's own requirements, wherever they are written, with what production adds. */
export async function readRequirements(
  files: readonly ProjectFile[],
  installedDjango: string | null,
): Promise<Requirements> {
  const read = async (path: string): Promise<string | null> => {
    const file = files.find((candidate) => candidate.path === path);
    return file === undefined ? null : readFile(file.source, 'utf8');
  };
  const first = CANDIDATES.find((path) => files.some((file) => file.path === path));
  if (first !== undefined) {
    const { names, visited } = await namedIn(first, read);
    return answer([`-r ${first}`, ...missing(names)], names, [...visited], null);
  }
  const declared = dependenciesOf(await read('pyproject.toml'));
  if (declared !== null) {
    const names = declared.map(nameOf);
    return answer([...declared, ...missing(names)], names, [], null);
  }
  const django = installedDjango === null ? 'Django' : `Django==${installedDjango}`;
  return answer(
    [django, ...missing([])],
    [],
    [],
    'The project lists no requirements, so the image gets Django alone. Write its packages to requirements.txt.',
  );
}

function answer(
  lines: readonly string[],
  names: readonly string[],
  files: readonly string[],
  problem: string | null,
): Requirements {
  return { lines, files, needsLibpq: names.includes('psycopg2'), problem };
}

async function namedIn(
  first: string,
  read: (path: string) => Promise<string | null>,
): Promise<{ readonly names: readonly string[]; readonly visited: ReadonlySet<string> }> {
  const names: string[] = [];
  const visited = new Set<string>();
  const open = [first];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const text = visited.has(path) ? null : await read(path);
    if (text === null) continue;
    visited.add(path);
    for (const line of text.split(/\r?\n/)) {
      const included = /^\s*(?:-r|--requirement|-c|--constraint)[ =]\s*(\S+)/.exec(line)?.[1];
      if (included !== undefined) open.push(posix.join(posix.dirname(path), included));
      else if (/^\s*[A-Za-z0-9]/.test(line)) names.push(nameOf(line));
    }
  }
  return { names, visited };
}

function missing(names: readonly string[]): readonly string[] {
  return PINNED.filter(
    ([name, , instead = []]) => ![name, ...instead].some((known) => names.includes(known)),
  ).map(([, requirement]) => requirement);
}

/** packaging.python.org, "Names and normalization": Foo.Bar_baz and foo-bar-baz are one package. */
function nameOf(requirement: string): string {
  const name = /^\s*([A-Za-z0-9][A-Za-z0-9._-]*)/.exec(requirement)?.[1] ?? '';
  return name.toLowerCase().replaceAll(/[-_.]+/g, '-');
}

function dependenciesOf(pyproject: string | null): readonly string[] | null {
  if (pyproject === null) return null;
  try {
    const project = parse(pyproject)['project'];
    const dependencies =
      typeof project === 'object' && 'dependencies' in project ? project['dependencies'] : null;
    if (!Array.isArray(dependencies)) return null;
    return dependencies.filter((line) => typeof line === 'string');
  } catch {
    return null; // not TOML: pip would refuse it too, and the sentence about missing requirements fits
  }
}
