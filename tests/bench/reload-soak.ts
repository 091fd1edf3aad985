import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createHostService } from '../../main/services/host/host-service.ts';
import { ensurePythonEnvironment } from '../../scripts/python-environment.ts';
import { processesOfGroup } from '../support/process-group.ts';
import { testPython } from '../support/python-environment.ts';
import { makeReloadProject } from '../support/reload-project.ts';
import { untilAnswer } from '../support/until-answer.ts';

// Many reloads of one server: what the supervisor and its group hold must not grow. Linux, which tells of a process.
// `npm run test:soak -- [--reloads N]`

const SAMPLE_EVERY = 50;
const SETTLED_MILLISECONDS = 2000;
const MEMORY_GROWTH = 1.1;
// What grows to its full size first is no leak: the host keeps so many traces, and its timers of a minute.
const KEPT_TRACES = 1000;
const WARM_UP = 100;

/** What the host holds at one moment. */
interface Holdings {
  readonly reloads: number;
  readonly kilobytes: number;
  readonly descriptors: number;
  readonly processes: number;
}

async function look(pid: number, reloads: number): Promise<Holdings> {
  await pause(SETTLED_MILLISECONDS); // old servers drain, spares and checkpoints are made anew
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return {
    reloads,
    kilobytes: Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]),
    descriptors: (await readdir(`/proc/${pid}/fd`)).length,
    processes: processesOfGroup(pid).length,
  };
}

function findings(samples: readonly Holdings[]): readonly string[] {
  const [first, ...later] = samples.filter(({ reloads }) => reloads >= WARM_UP);
  if (first === undefined) return [];
  const grown = (name: keyof Holdings, factor: number): readonly string[] => {
    const least = Math.min(...later.slice(-3).map((sample) => sample[name]));
    return later.length > 0 && least > first[name] * factor
      ? [`${name} grew from ${first[name]} to ${least}.`]
      : [];
  };
  return [...grown('kilobytes', MEMORY_GROWTH), ...grown('descriptors', 1), ...grown('processes', 1)];
}

async function soak(folder: string, reloads: number): Promise<readonly Holdings[]> {
  const project = await makeReloadProject(folder, { models: 30, api: false });
  const target = { interpreter: testPython, projectFolder: folder, settingsModule: project.settings };
  const host = createHostService({
    hostFolder: join(import.meta.dirname, '../../resources/host'),
    environment: process.env,
    target: () => Promise.resolve(target),
    report: (error) => {
      console.error(error);
    },
  });
  try {
    const { pid } = (await host.call('hello')) as { readonly pid: number };
    const { port } = (await host.call('serve.start', { port: 0 })) as { readonly port: number };
    const address = `http://127.0.0.1:${port}/`;
    const isNew = (body: string): boolean => body.includes(project.expected());
    for (let request = 0; request < KEPT_TRACES; request += 1) await untilAnswer(address, isNew);
    const samples: Holdings[] = [];
    for (let reload = 1; reload <= reloads; reload += 1) {
      const file = await project.edit(reload % 5 === 0 ? 'models' : 'views', String(reload));
      await host.call('serve.reload', { files: [file], kind: 'changed' });
      await untilAnswer(address, isNew);
      if (reload % SAMPLE_EVERY !== 0) continue;
      const sample = await look(pid, reload);
      samples.push(sample);
      console.log(JSON.stringify(sample));
    }
    return samples;
  } finally {
    await host.dispose();
  }
}

const { values } = parseArgs({ options: { reloads: { type: 'string', default: '2000' } } });
await ensurePythonEnvironment();
const folder = await mkdtemp(join(tmpdir(), 'samois-soak-'));
try {
  const found = findings(await soak(folder, Number(values.reloads)));
  for (const finding of found) console.error(finding);
  if (found.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
