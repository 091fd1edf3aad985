import { realpath } from 'node:fs/promises';
import { basename, dirname, join, parse, sep } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Interpreter } from '../../../shared/contract/workspace-calls.ts';
import { childEnvironment } from './child-environment.ts';
import { isAtLeast, newestDjango, OLDEST_PYTHON } from '../../../shared/django/django-series.ts';
import { runTool } from './run-tool.ts';
import { environmentOf, isFile } from './virtual-environment.ts';

/** An interpreter that may be in the list, before it was looked at. */
export interface Candidate {
  readonly path: string;
  readonly source: Interpreter['source'];
  readonly reason: string;
}

/** What looking at an interpreter needs to know. */
export interface InspectContext {
  readonly env: NodeJS.ProcessEnv;
  /** Whether `uv` is there: it makes environments for interpreters that can't make their own. */
  readonly hasUv: boolean;
  /** A folder in which nothing may be started, because the user does not trust it; null for none. */
  readonly untrusted: string | null;
}

const facts = z.object({
  version: z.string(),
  executable: z.string(),
  venv: z.boolean(),
  ensurepip: z.boolean(),
});
type Facts = z.infer<typeof facts>;

const QUESTION = `
import importlib.util, json, sys
has = lambda name: importlib.util.find_spec(name) is not None
print("samois:" + json.dumps({
    "version": ".".join(map(str, sys.version_info[:3])),
    "executable": sys.executable,
    "venv": has("venv"),
    "ensurepip": has("ensurepip"),
}))
`;

const TIMEOUT_MILLISECONDS = 10_000;

/**
 * Looks at one interpreter. It is started with `-I -S` outside every project, so that neither a module
 * of a project nor a `.pth` file of an environment runs; one inside an untrusted folder is not started at all.
 */
export async function inspectInterpreter(
  candidate: Candidate,
  context: InspectContext,
): Promise<Interpreter> {
  if (!(await isFile(candidate.path))) return unusable(candidate, await vanished(candidate.path));
  if (context.untrusted !== null && (await isInside(candidate.path, context.untrusted)))
    return inspectWithoutRunning(candidate);
  const found = await ask(candidate.path, context.env);
  if (typeof found === 'string') return unusable(candidate, found);
  const environment = await environmentOf(candidate.path);
  // A shim or launcher decides by its working directory: what it led to is the interpreter to keep.
  const path = environment === null ? await afterShim(candidate.path, found.executable) : candidate.path;
  return {
    ...candidate,
    path,
    source: environment !== null && candidate.source === 'given' ? 'venv' : candidate.source,
    version: found.version,
    django: newestDjango(found.version),
    problem: problemOf(path, found, environment !== null || context.hasUv),
  };
}

/**
 * Whether a path stands in a folder or leads into it. Its own folder counts with its links resolved, without
 * those of the file: Python takes its library from where it was started, not from what the link leads to.
 */
export async function isInside(path: string, folder: string): Promise<boolean> {
  const started = join(await realOrAsWritten(dirname(path)), basename(path));
  return [path, started, await realOrAsWritten(path)].some(
    (way) => way === folder || way.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  );
}

function realOrAsWritten(path: string): Promise<string> {
  return realpath(path).catch(() => path); // what can't be resolved counts as it is written
}

/** Nothing may be made with it either: whoever makes an environment starts it. */
async function inspectWithoutRunning(candidate: Candidate): Promise<Interpreter> {
  const environment = await environmentOf(candidate.path);
  const version = environment?.version ?? null;
  const age = version === null ? null : tooOld(candidate.path, version);
  return {
    ...candidate,
    version,
    django: version === null ? null : newestDjango(version),
    problem: age ?? `${candidate.path} belongs to a project that you have not trusted, so it is not started.`,
  };
}

async function vanished(path: string): Promise<string> {
  const environment = await environmentOf(path);
  return environment === null
    ? `${path} is not there any more. Choose another interpreter.`
    : `The environment ${environment.folder} has lost the Python it was made from. Delete that folder and make it again.`;
}

async function ask(python: string, env: NodeJS.ProcessEnv): Promise<Facts | string> {
  const notPython = `${python} does not answer like a Python interpreter. Choose the python program itself.`;
  try {
    const result = await runTool({
      command: python,
      args: ['-I', '-S', '-c', QUESTION],
      cwd: parse(python).root,
      env: childEnvironment(env),
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    });
    if (result.timedOut) return `${python} did not answer within ${TIMEOUT_MILLISECONDS / 1000} seconds.`;
    const answer = /^samois:(.+)$/mu.exec(result.stdout)?.[1];
    if (answer !== undefined) return facts.parse(JSON.parse(answer));
    const second = result.tail.some((line) => line.includes('Unknown option: -I')); // Python 2 knows no -I
    return second ? sentenceOfAge(python, '2') : notPython;
  } catch (error) {
    if (error instanceof Failure) return error.message;
    if (error instanceof SyntaxError || error instanceof z.ZodError) return notPython;
    throw error;
  }
}

async function afterShim(path: string, executable: string): Promise<string> {
  if (executable === '') return path;
  const [own, told] = await Promise.all([realpath(path), realpath(executable).catch(() => path)]);
  return own === told ? path : executable;
}

function problemOf(path: string, found: Facts, makesEnvironments: boolean): string | null {
  const age = tooOld(path, found.version);
  if (age !== null || makesEnvironments) return age;
  if (!found.venv || !found.ensurepip) {
    const [major, minor] = found.version.split('.');
    return (
      `Python ${found.version} at ${path} lacks its venv and ensurepip modules, which make virtual environments. ` +
      `On Debian and Ubuntu: apt-get install python${major}.${minor}-venv. Or install uv.`
    );
  }
  return null;
}

function tooOld(path: string, version: string): string | null {
  return isAtLeast(version, OLDEST_PYTHON) ? null : sentenceOfAge(path, version);
}

function sentenceOfAge(path: string, version: string): string {
  return `${path} is Python ${version}; Django 5.2, the oldest supported series, needs Python ${OLDEST_PYTHON.join('.')} or newer.`;
}

function unusable(candidate: Candidate, problem: string): Interpreter {
  return { ...candidate, version: null, django: null, problem };
}
