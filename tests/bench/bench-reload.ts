import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createHostService } from '../../main/services/host/host-service.ts';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { freePort } from '../support/free-port.ts';
import { testPython } from '../support/python-environment.ts';
import { type Edit, edits, makeReloadProject, type ReloadProject } from '../support/reload-project.ts';
import { type Visitor, visit } from '../support/visitor.ts';

// From the write of a file to the first response with the new content, side by side in one run: the host, and
// what people use without it. `npm run bench:reload -- [--rounds N] [--json FILE] [PROJECT …]`.

const projects = {
  'admin-30': { models: 30, api: false },
  'api-30': { models: 30, api: true },
  'admin-300': { models: 300, api: false },
} as const;
type ProjectName = keyof typeof projects;

/** A way to serve a project that follows its saves. */
interface Server {
  readonly address: string;
  /** What a save tells it; the others watch the files. */
  readonly saved: (file: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

interface Figures {
  readonly project: ProjectName;
  readonly edit: Edit;
  readonly server: string;
  readonly median: number;
  readonly p90: number;
  readonly rounds: number;
  readonly refused: number;
  readonly cut: number;
}

// A user looks at the page before the next save; the host prepares meanwhile, the others have nothing to prepare.
const BETWEEN_MILLISECONDS = 900;

async function startHost(project: ReloadProject): Promise<Server> {
  const host = createHostService({
    hostFolder: join(import.meta.dirname, '../../resources/host'),
    environment: process.env,
    target: () =>
      Promise.resolve({
        interpreter: testPython,
        projectFolder: project.folder,
        settingsModule: project.settings,
      }),
    report: (error) => {
      console.error(error);
    },
  });
  const { port } = (await host.call('serve.start', { host: 'localhost', port: 0 })) as {
    readonly port: number;
  };
  return {
    address: `http://127.0.0.1:${port}/`,
    saved: async (file) => {
      await host.call('serve.reload', { files: [file], kind: 'changed' });
    },
    stop: () => host.dispose(),
  };
}

function startProgram(args: (port: number) => readonly string[]) {
  return async (project: ReloadProject): Promise<Server> => {
    const port = await freePort();
    const child = spawn(testPython, args(port), { cwd: project.folder, stdio: 'ignore', detached: true });
    return {
      address: `http://127.0.0.1:${port}/`,
      saved: () => Promise.resolve(),
      stop: () => ended(child),
    };
  };
}

async function ended(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  child.once('exit', () => {
    resolve(undefined);
  });
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  await promise;
}

function isInstalled(module: string): boolean {
  return spawnSync(testPython, ['-c', `import ${module}`]).status === 0;
}

function servers(): ReadonlyMap<string, (project: ReloadProject) => Promise<Server>> {
  const all = new Map<string, (project: ReloadProject) => Promise<Server>>([
    ['host', startHost],
    ['runserver', startProgram((port) => ['manage.py', 'runserver', String(port)])],
  ]);
  if (isInstalled('uvicorn')) {
    all.set(
      'uvicorn --reload',
      startProgram((port) => [
        '-m',
        'uvicorn',
        'config.asgi:application',
        '--reload',
        '--port',
        String(port),
      ]),
    );
  }
  return all;
}

async function measureOne(
  server: Server,
  visitor: Visitor,
  project: ReloadProject,
  edit: Edit,
  value: string,
): Promise<number> {
  await pause(BETWEEN_MILLISECONDS);
  const start = performance.now();
  const file = await project.edit(edit, value);
  const seen = visitor.until(project.expected());
  await server.saved(file);
  await seen;
  return performance.now() - start;
}

async function measureProject(
  name: ProjectName,
  rounds: number,
  folder: string,
): Promise<readonly Figures[]> {
  const figures: Figures[] = [];
  for (const [title, start] of servers()) {
    const project = await makeReloadProject(join(folder, `${name} ${title}`), projects[name]);
    const server = await start(project);
    const visitor = visit(server.address);
    try {
      await visitor.until(project.expected());
      for (const edit of edits) {
        const before = { refused: visitor.refused(), cut: visitor.cut() };
        const times: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          times.push(await measureOne(server, visitor, project, edit, `${edit}${1000 + round}`));
        }
        const figure: Figures = {
          ...{ project: name, edit, server: title, rounds },
          ...{ median: quantile(times, 0.5), p90: quantile(times, 0.9) },
          ...{ refused: visitor.refused() - before.refused, cut: visitor.cut() - before.cut },
        };
        figures.push(figure);
        console.log(line(figure));
      }
    } finally {
      visitor.end();
      await server.stop();
    }
  }
  return figures;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}

function line({ project, edit, server, median, p90, rounds, refused, cut }: Figures): string {
  const figures = `median ${median.toFixed(0).padStart(6)} ms  p90 ${p90.toFixed(0).padStart(6)} ms  n ${rounds}`;
  return `${project.padEnd(10)} ${edit.padEnd(10)} ${server.padEnd(18)} ${figures}  refused ${refused}  cut ${cut}`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '20' }, json: { type: 'string' } },
});
const names = Object.keys(projects).filter(
  (name): name is ProjectName => positionals.length === 0 || positionals.includes(name),
);
await ensurePythonEnvironment();
const folder = await mkdtemp(join(tmpdir(), 'samois-bench-reload-'));
try {
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'} at the start`);
  const figures: Figures[] = [];
  for (const name of names) figures.push(...(await measureProject(name, Number(values.rounds), folder)));
  for (const figure of figures.filter(({ server }) => server === 'host')) {
    const { project, edit, median } = figure;
    const reference = figures.find(
      (other) => other.server === 'runserver' && other.project === project && other.edit === edit,
    );
    if (reference)
      console.log(`${project} ${edit}: ${(reference.median / median).toFixed(1)} times runserver`);
  }
  if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
