import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Interpreter } from '../../../shared/contract/workspace-calls.ts';
import { childEnvironment } from './child-environment.ts';
import { inspectInterpreter, isInside, type Candidate, type InspectContext } from './inspect-interpreter.ts';
import {
  active,
  foldersOfPath,
  fromPyLauncher,
  inFolders,
  ofConda,
  ofHomebrew,
  ofPyenv,
  ofSystem,
  ofUv,
  onPath,
  type Machine,
} from './interpreter-places.ts';
import { runTool } from './run-tool.ts';
import { environmentOf, isFile } from './virtual-environment.ts';

/** Where to look, and in which folder nothing may be started. */
export interface InterpreterSearch extends Machine {
  /** The opened folder and the project inside it, where environments are looked for. */
  readonly folders: readonly string[];
  readonly untrusted: string | null;
}

const AT_ONCE = 4;

/**
 * Every interpreter of this machine, each once, with its version and the reason it was found: environments
 * of the project first, then what PATH says, then what version managers and the system hold.
 */
export async function findInterpreters(search: InterpreterSearch): Promise<readonly Interpreter[]> {
  const inside = await inFolders(search.folders);
  const outside = await Promise.all([
    onPath(search),
    pyLauncher(search),
    ofPyenv(search),
    ofUv(search),
    ofConda(search),
    ofHomebrew(search),
    ofSystem(search),
  ]);
  const context: InspectContext = {
    env: search.env,
    hasUv: (await findUv(search)) !== null,
    untrusted: search.untrusted,
  };
  const candidates = await withoutTwins([...inside, ...active(search), ...outside.flat()]);
  const inspected = await inBatches(candidates, (candidate) => inspectInterpreter(candidate, context));
  return withoutShims(inspected);
}

/** Finds `uv` on PATH, but not where an untrusted project could have put it. */
export async function findUv(
  search: Pick<InterpreterSearch, 'env' | 'platform' | 'untrusted'>,
): Promise<string | null> {
  const name = search.platform === 'win32' ? 'uv.exe' : 'uv';
  for (const folder of foldersOfPath(search.env)) {
    const path = join(folder, name);
    if (!(await isFile(path))) continue;
    if (search.untrusted === null || !(await isInside(path, search.untrusted))) return path;
  }
  return null;
}

async function pyLauncher({ env, home, platform }: Machine): Promise<readonly Candidate[]> {
  if (platform !== 'win32') return [];
  try {
    const listing = await runTool({
      command: 'py.exe',
      args: ['-0p'],
      cwd: home,
      env: childEnvironment(env),
      timeoutMilliseconds: 10_000,
    });
    return fromPyLauncher(listing.stdout);
  } catch (error) {
    if (error instanceof Failure) return []; // no launcher on this machine
    throw error;
  }
}

/** One of each file: `python`, `python3` and `python3.12` are links to one; environments link to their base and stay apart. */
async function withoutTwins(candidates: readonly Candidate[]): Promise<readonly Candidate[]> {
  const kept = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const environment = await environmentOf(candidate.path);
    const real = await realpath(candidate.path).catch(() => null); // a place where no interpreter stands
    const key = environment?.folder ?? real;
    if (key === null || kept.has(key)) continue;
    kept.set(key, environment === null ? candidate : { ...candidate, source: 'venv' });
  }
  return [...kept.values()];
}

/** Each once, although a shim of pyenv leads to an interpreter that has its own place too; usable ones first. */
async function withoutShims(interpreters: readonly Interpreter[]): Promise<readonly Interpreter[]> {
  const kept = new Map<string, Interpreter>();
  for (const interpreter of interpreters) {
    if (interpreter.version === null && interpreter.source === 'path') continue; // a shim that leads nowhere
    const key =
      interpreter.source === 'venv'
        ? interpreter.path
        : await realpath(interpreter.path).catch(() => interpreter.path); // gone since it was looked at
    if (!kept.has(key)) kept.set(key, interpreter);
  }
  const found = [...kept.values()];
  return [...found.filter((one) => one.problem === null), ...found.filter((one) => one.problem !== null)];
}

async function inBatches<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE)
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(work))));
  return results;
}
