import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import { isFile } from './virtual-environment.ts';

/** What a project says it needs, as an installer takes it. */
export interface Requirements {
  /** The file that says it, for people. */
  readonly file: string;
  readonly folder: string;
  readonly args: readonly string[];
}

// In the order of how much they hold: the lists for development include those for production.
const LISTS = [
  'requirements-dev.txt',
  'requirements/local.txt',
  'requirements/dev.txt',
  'requirements/development.txt',
  'requirements.txt',
  'requirements/base.txt',
];

const pyproject = z.object({
  project: z.object({ dependencies: z.array(z.string()).default([]) }).optional(),
  tool: z.object({ poetry: z.unknown().optional() }).optional(),
});

/** Finds the requirements of a project: a requirements file, else the dependencies of `pyproject.toml` (PEP 621). */
export async function findRequirements(folders: readonly string[]): Promise<Requirements> {
  for (const folder of folders) {
    for (const list of LISTS) {
      const file = join(folder, list);
      if (await isFile(file)) return { file, folder, args: ['-r', file] };
    }
    const file = join(folder, 'pyproject.toml');
    if (await isFile(file)) return fromPyproject(file, folder);
  }
  throw new Failure(
    'not-found',
    'The project has neither a requirements.txt nor a pyproject.toml that names its packages. Write requirements.txt first.',
  );
}

async function fromPyproject(file: string, folder: string): Promise<Requirements> {
  const facts = pyproject.safeParse(readToml(file, await readFile(file, 'utf8'))).data;
  const dependencies = facts?.project?.dependencies ?? [];
  if (dependencies.length > 0) return { file, folder, args: dependencies.map(checked) };
  const poetry = facts?.tool?.poetry !== undefined;
  throw new Failure(
    'not-available',
    poetry
      ? `${file} keeps its packages in Poetry's own form. Run "poetry install" in a terminal and open the project again.`
      : `${file} names no packages under [project] dependencies. Add them there, or write a requirements.txt.`,
  );
}

/** A dependency becomes an argument of the installer, so none may look like an option. */
function checked(dependency: string): string {
  const clean = dependency.trim();
  if (/^[A-Za-z0-9]/u.test(clean)) return clean;
  throw new Failure('invalid-input', `"${clean}" in pyproject.toml is no requirement that can be installed.`);
}

function readToml(file: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    throw new Failure('project-error', `${file} is not valid TOML, line ${error.line}: correct it first.`);
  }
}
