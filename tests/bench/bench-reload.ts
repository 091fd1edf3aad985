import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { type Edit, edits, makeReloadProject, type ReloadProject } from '../support/reload-project.ts';
import { type Visitor, visit } from '../support/visitor.ts';
import { measureIdle, seeEqualEdits } from './reload-checks.ts';
import { reloadServers, type ReloadServer, type StartServer } from './reload-servers.ts';

// From the write of a file to the first response with the new content, side by side in one run: the host, and
// what people use without it. All of it takes about 45 minutes; a part of it:
// `npm run bench:reload -- [--project api-30] [--server host] [--edit views] [--n 20] [--json FILE]`.
// `-- --idle [SECONDS]` measures the host that nobody asks for anything, `-- --equal [EDITS]` whether it sees every
// one of many edits of the same size.

const projects = {
  'admin-30': { models: 30, api: false },
  'api-30': { models: 30, api: true },
  'admin-300': { models: 300, api: false },
} as const;
type ProjectName = keyof typeof projects;

interface Figures {
  readonly project: ProjectName;
  /** `start` is from nothing to the first response. */
  readonly edit: Edit | 'start';
  readonly server: string;
  readonly median: number;
  readonly p90: number;
  readonly rounds: number;
  readonly refused: number;
  readonly cut: number;
  /** Edits that were not seen in time. */
  readonly missed: number;
}

interface Choice {
  readonly rounds: number;
  readonly edits: readonly Edit[];
  readonly servers: ReadonlyMap<string, StartServer>;
}

// A user looks at the page before the next save; the host prepares meanwhile, the others have nothing to prepare.
const BETWEEN_MILLISECONDS = 900;
const SEEN_SECONDS = 30;
const STARTS = 5;

async function measureOne(
  server: ReloadServer,
  visitor: Visitor,
  project: ReloadProject,
  edit: Edit,
  value: string,
): Promise<number | null> {
  await pause(BETWEEN_MILLISECONDS);
  const start = performance.now();
  const file = await project.edit(edit, value);
  const seen = visitor.until(project.expected(), SEEN_SECONDS).then(
    () => true,
    () => false,
  );
  await server.saved(file);
  return (await seen) ? performance.now() - start : null;
}

async function measureStarts(project: ReloadProject, start: StartServer): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    const began = performance.now();
    const server = await start(project);
    const visitor = visit(server.address);
    try {
      await visitor.until(project.expected());
      times.push(performance.now() - began);
    } finally {
      visitor.end();
      await server.stop();
    }
  }
  return times;
}

async function measureServer(
  project: ReloadProject,
  start: StartServer,
  choice: Choice,
  told: (figure: Omit<Figures, 'project' | 'server'>) => void,
): Promise<void> {
  told(figureOf('start', await measureStarts(project, start)));
  const server = await start(project);
  const visitor = visit(server.address);
  try {
    await visitor.until(project.expected());
    for (const edit of choice.edits) {
      const before = { refused: visitor.refused(), cut: visitor.cut() };
      const times: (number | null)[] = [];
      for (let round = 0; round < choice.rounds; round += 1) {
        times.push(await measureOne(server, visitor, project, edit, `${edit}${1000 + round}`));
      }
      const lost = { refused: visitor.refused() - before.refused, cut: visitor.cut() - before.cut };
      told({ ...figureOf(edit, times), ...lost });
    }
  } finally {
    visitor.end();
    await server.stop();
  }
}

function figureOf(
  edit: Figures['edit'],
  times: readonly (number | null)[],
): Omit<Figures, 'project' | 'server'> {
  const seen = times.filter((time) => time !== null);
  const [median, p90] = [quantile(seen, 0.5), quantile(seen, 0.9)];
  return { edit, median, p90, rounds: times.length, refused: 0, cut: 0, missed: times.length - seen.length };
}

async function measureProject(
  name: ProjectName,
  choice: Choice,
  folder: string,
): Promise<readonly Figures[]> {
  const figures: Figures[] = [];
  for (const [server, start] of choice.servers) {
    const began = performance.now();
    const project = await makeReloadProject(join(folder, `${name} ${server}`), projects[name]);
    await measureServer(project, start, choice, (measured) => {
      const figure = { project: name, server, ...measured };
      figures.push(figure);
      console.log(line(figure));
    });
    console.log(`${name} ${server}: ${minutes(performance.now() - began)}`);
  }
  return figures;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? NaN;
}

function line({ project, edit, server, median, p90, rounds, refused, cut, missed }: Figures): string {
  const figures = `median ${median.toFixed(0).padStart(6)} ms  p90 ${p90.toFixed(0).padStart(6)} ms  n ${rounds}`;
  const lost = `refused ${refused}  cut ${cut}${missed > 0 ? `  NOT SEEN ${missed}` : ''}`;
  return `${project.padEnd(10)} ${edit.padEnd(10)} ${server.padEnd(20)} ${figures}  ${lost}`;
}

function minutes(milliseconds: number): string {
  return `${(milliseconds / 60_000).toFixed(1)} minutes`;
}

/** What was named; everything where nothing was. */
function chosen<T extends string>(all: readonly T[], named: readonly string[]): readonly T[] {
  const unknown = named.find((name) => !all.includes(name as T));
  if (unknown !== undefined) throw new Error(`There is no ${unknown}: choose of ${all.join(', ')}.`);
  return named.length === 0 ? all : all.filter((name) => named.includes(name));
}

async function compare(
  names: readonly ProjectName[],
  choice: Choice,
  folder: string,
): Promise<readonly Figures[]> {
  const began = performance.now();
  const figures: Figures[] = [];
  for (const name of names) figures.push(...(await measureProject(name, choice, folder)));
  for (const { project, edit, median } of figures.filter(({ server }) => server === 'host')) {
    const reference = figures.find(
      (other) => other.server.startsWith('runserver') && other.project === project && other.edit === edit,
    );
    if (reference)
      console.log(`${project} ${edit}: ${(reference.median / median).toFixed(1)} times ${reference.server}`);
  }
  console.log(`All of it took ${minutes(performance.now() - began)}.`);
  return figures;
}

const several = { type: 'string' as const, multiple: true as const, default: [] as string[] };
const { values } = parseArgs({
  options: {
    project: several,
    server: several,
    edit: several,
    n: { type: 'string', default: '20' },
    json: { type: 'string' },
    idle: { type: 'string' },
    equal: { type: 'string' },
  },
  // An option without its number takes the usual one.
  args: process.argv.slice(2).flatMap((word, at, all) => {
    const usual = { '--idle': '30', '--equal': '200' }[word];
    return usual === undefined || /^\d+$/.test(all[at + 1] ?? '') ? [word] : [word, usual];
  }),
});
await ensurePythonEnvironment();
const folder = await mkdtemp(join(tmpdir(), 'samois-bench-reload-'));
try {
  console.log(`${cpus().length} cores, load ${loadavg()[0]?.toFixed(1) ?? '?'} at the start`);
  const names = chosen(Object.keys(projects) as ProjectName[], values.project);
  const make = (title: string): Promise<ReloadProject> =>
    makeReloadProject(join(folder, title), projects[names[0] ?? 'api-30']);
  if (values.idle !== undefined || values.equal !== undefined) {
    const held = [
      values.idle === undefined || (await measureIdle(await make('idle'), Number(values.idle))),
      values.equal === undefined || (await seeEqualEdits(await make('equal'), Number(values.equal))),
    ];
    if (held.includes(false)) process.exitCode = 1;
  } else {
    const all = reloadServers();
    const named = chosen([...all.keys()], values.server);
    const servers = new Map([...all].filter(([name]) => named.includes(name)));
    const choice = { rounds: Number(values.n), edits: chosen(edits, values.edit), servers };
    const figures = await compare(names, choice, folder);
    if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(figures, null, 2)}\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
