import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ensurePythonEnvironment, testPython } from '../../scripts/python-environment.ts';
import { corpusRoot, type CorpusProject } from './corpus.ts';
import { overlayFolder, workspaceFolder } from './read-corpus.ts';
import type { Registry } from './registry.ts';

const run = promisify(execFile);
const environments = join(corpusRoot, '..', 'conformance');

/** What Django says of a project of the corpus, in an environment of its own; fails with what Python printed. */
export async function bootProject(project: CorpusProject): Promise<Registry> {
  const { requirements, settings, name } = project;
  if (requirements === null || settings === null) throw new Error(`${name} is not to be started.`);
  const python = await environmentOf(project, requirements);
  const output = join(environments, `${name}-${project.version}.json`);
  const folders = [overlayFolder(project), workspaceFolder(project)].filter(existsSync);
  return dumpRegistry(python, settings, output, folders);
}

/** Starts Django with these settings and reads what it says; the last folder is the working folder. */
export async function dumpRegistry(
  python: string,
  settings: string,
  output: string,
  folders: readonly string[],
): Promise<Registry> {
  await rm(output, { force: true });
  const script = join(import.meta.dirname, 'dump_registry.py');
  await run(python, [script, settings, output, ...folders], {
    cwd: folders.at(-1),
    maxBuffer: 1e8,
    env: { PATH: process.env['PATH'] ?? '', HOME: dirname(output), PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(await readFile(output, 'utf8')) as Registry;
}

/** The interpreter of a virtual environment with these packages, made where it is missing. */
async function environmentOf(project: CorpusProject, requirements: readonly string[]): Promise<string> {
  const constraints = join(import.meta.dirname, 'constraints', `${project.name}-${project.version}.txt`);
  const pins = existsSync(constraints) ? await readFile(constraints, 'utf8') : '';
  const fingerprint = createHash('sha256')
    .update(`${requirements.join('\n')}\n${pins}`)
    .digest('hex');
  const folder = join(environments, `${project.name}-${project.version}-${fingerprint.slice(0, 8)}`);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(join(folder, 'complete'))) return python;
  await ensurePythonEnvironment();
  await rm(folder, { recursive: true, force: true });
  await mkdir(environments, { recursive: true });
  await run(await interpreterFor(project), ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '-q', '--prefer-binary'];
  const pinned = pins === '' ? [] : ['-c', constraints];
  await run(python, [...pip, ...pinned, ...requirements], { maxBuffer: 1e8 });
  await writeFile(join(folder, 'complete'), '');
  return python;
}

/** An interpreter that is new enough, or a sentence that there is none. */
async function interpreterFor({ name, version, python }: CorpusProject): Promise<string> {
  if (python === undefined) return testPython;
  const [major, minor] = python.split('.');
  const test = `import sys, venv, ensurepip; sys.exit(sys.version_info < (${major}, ${minor}))`;
  for (const candidate of [testPython, `python${python}`, 'python3.13', 'python3.14', 'python3']) {
    const fits = await run(candidate, ['-c', test]).then(
      () => true,
      () => false,
    );
    if (fits) return candidate;
  }
  throw new Error(`${name} ${version} needs Python ${python} or newer, and there is none on the PATH.`);
}
