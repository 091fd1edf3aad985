import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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
  const output = join(environments, `${name}.json`);
  await rm(output, { force: true });
  const folders = [overlayFolder(project), workspaceFolder(project)].filter(existsSync);
  const script = join(import.meta.dirname, 'dump_registry.py');
  await run(python, [script, settings, output, ...folders], {
    cwd: workspaceFolder(project),
    maxBuffer: 1e8,
    env: { PATH: process.env['PATH'] ?? '', HOME: environments, PYTHONDONTWRITEBYTECODE: '1' },
  });
  return JSON.parse(await readFile(output, 'utf8')) as Registry;
}

/** The interpreter of a virtual environment with these packages, made where it is missing. */
async function environmentOf(project: CorpusProject, requirements: readonly string[]): Promise<string> {
  const constraints = join(import.meta.dirname, 'constraints', `${project.name}.txt`);
  const pins = existsSync(constraints) ? await readFile(constraints, 'utf8') : '';
  const fingerprint = createHash('sha256')
    .update(`${requirements.join('\n')}\n${pins}`)
    .digest('hex');
  const folder = join(environments, `${project.name}-${fingerprint.slice(0, 8)}`);
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python');
  if (existsSync(join(folder, 'complete'))) return python;
  await ensurePythonEnvironment();
  await rm(folder, { recursive: true, force: true });
  await mkdir(environments, { recursive: true });
  await run(testPython, ['-m', 'venv', folder]);
  const pip = ['-m', 'pip', '--disable-pip-version-check', 'install', '-q', '--prefer-binary'];
  const pinned = pins === '' ? [] : ['-c', constraints];
  await run(python, [...pip, ...pinned, ...requirements], { maxBuffer: 1e8 });
  await writeFile(join(folder, 'complete'), '');
  return python;
}
