import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const requirementFiles = [
  join(root, 'tests', 'support', 'requirements.txt'),
  join(root, 'tests', 'host', 'requirements.txt'),
].filter((file) => existsSync(file));

const fingerprint = createHash('sha256')
  .update(requirementFiles.map((file) => readFileSync(file, 'utf8')).join('\n'))
  .digest('hex')
  .slice(0, 12);

/** The virtual environment all suites share: real Django and the packages the studio adds, pinned. */
export const testEnvironment = join(root, '.cache', 'python', fingerprint);

/** The interpreter of that environment. */
export const testPython = join(
  testEnvironment,
  process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python',
);

/** Wheels of the same packages, so that tests of "new project" need no network. */
export const testWheels = join(testEnvironment, 'wheels');

/** Makes the environment when it is missing; called by the test runner and before the integration suite. */
export async function ensurePythonEnvironment(): Promise<void> {
  if (existsSync(join(testEnvironment, 'complete'))) return;
  console.log('Installing the pinned Python packages the suites need (once) …');
  await rm(testEnvironment, { recursive: true, force: true });
  await mkdir(join(root, '.cache', 'python'), { recursive: true });
  const python = await firstPython();
  // Built in place, because the scripts of a virtual environment name its folder.
  await run(python, ['-m', 'venv', testEnvironment]);
  const pip = ['-m', 'pip', '--disable-pip-version-check'];
  const lists = requirementFiles.flatMap((file) => ['-r', file]);
  await run(testPython, [...pip, 'download', '-q', '-d', testWheels, 'pip', ...lists], {
    maxBuffer: 1e8,
  });
  await run(testPython, [...pip, 'install', '-q', '--no-index', '--find-links', testWheels, ...lists], {
    maxBuffer: 1e8,
  });
  await writeFile(join(testEnvironment, 'complete'), '');
}

async function firstPython(): Promise<string> {
  for (const candidate of ['python3.12', 'python3.13', 'python3.11', 'python3.10', 'python3', 'python']) {
    try {
      await run(candidate, ['-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))']);
      return candidate;
    } catch {
      continue; // not there, too old, or without venv
    }
  }
  throw new Error(
    'The suites need Python 3.10 or newer with its venv module; on Debian: apt-get install python3-venv',
  );
}
