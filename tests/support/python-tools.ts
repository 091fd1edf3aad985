import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { testPython } from './python-environment.ts';

const run = promisify(execFile);
const cache = join(import.meta.dirname, '..', '..', '.cache', 'python');

/** A pinned package in an environment of its own, made once; gives the folder of its programs. */
export async function pinnedTool(requirement: string, python = testPython): Promise<string> {
  const folder = join(cache, `tool-${requirement.replaceAll(/[^\w.]+/gu, '-')}`);
  const programs = join(folder, process.platform === 'win32' ? 'Scripts' : 'bin');
  if (existsSync(join(folder, 'complete'))) return programs;
  console.log(`Installing ${requirement} for the suites (once) …`);
  await rm(folder, { recursive: true, force: true });
  await mkdir(cache, { recursive: true });
  await run(python, ['-m', 'venv', folder]);
  await run(join(programs, 'python'), ['-m', 'pip', 'install', '-q', requirement], { maxBuffer: 1e8 });
  await writeFile(join(folder, 'complete'), '');
  return programs;
}
