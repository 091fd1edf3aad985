import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { calls, type CallName } from '../../../shared/contract/contract.ts';
import type { Reply } from '../../../shared/contract/failure.ts';
import { openStudio, type Studio } from '../../support/studio-services.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { boobyTraps, SECRET, type Trap } from './booby-traps.ts';
import { fingerprint, layTrap } from './lay-trap.ts';
import { plausibleInputs } from './plausible-inputs.ts';
import { SOUND_MODELS, SOUND_ROUTES } from './sound-project.ts';

const FILES = 20_000;
const names = Object.keys(calls) as readonly CallName[];
// What would end the state that is looked at.
const notNow = new Set<CallName>(['trust.grant', 'workspace.open', 'workspace.close']);

let studio: Studio;
let poetry: string;
beforeAll(async () => {
  // Somebody who uses Poetry: then the project's pyproject.toml is asked for its name.
  poetry = await mkdtemp(join(tmpdir(), 'samois-poetry-'));
  await mkdir(join(poetry, 'other-py3.11'));
  vi.stubEnv('POETRY_VIRTUALENVS_PATH', poetry);
  studio = await openStudio();
});
afterAll(async () => {
  await studio.dispose();
  vi.unstubAllEnvs();
  await rm(poetry, { recursive: true });
});

/** Everything a window could ask of an untrusted project; the answers, by call. */
async function askEverything(
  trap: Trap,
  project: string,
  parent: string,
): Promise<ReadonlyMap<string, readonly Reply<unknown>[]>> {
  const inputs = plausibleInputs(project, parent);
  const answers = new Map<string, readonly Reply<unknown>[]>();
  for (const name of names) {
    if (notNow.has(name) || (name === 'python.interpreters' && trap.interpreters !== true)) continue;
    const replies: Reply<unknown>[] = [];
    for (const input of inputs[name]) replies.push(await studio.request(name, input));
    answers.set(name, replies);
  }
  return answers;
}

async function jobsHaveEnded(): Promise<void> {
  await expect
    .poll(async () => (await studio.call('job.list', {})).filter((job) => job.state === 'running'), {
      timeout: 20_000,
    })
    .toEqual([]);
}

it.for(boobyTraps(FILES).map((trap) => [trap.name, trap] as const))(
  'opening runs nothing: %s',
  async ([, trap]) => {
    const parent = await temporaryFolder();
    const site = await layTrap(trap, parent);
    const before = fingerprint(site.outside);
    const opened = await studio.call('workspace.open', { path: site.project });
    expect(opened.trusted).toBe(false);
    const snapshot = await studio.call('source.snapshot', {});
    if (trap.hides !== true) {
      expect(snapshot.models.map((model) => model.id)).toEqual(expect.arrayContaining([...SOUND_MODELS]));
      expect(snapshot.routes.map((route) => route.pattern)).toEqual(
        expect.arrayContaining([...SOUND_ROUTES]),
      );
    }
    const answers = await askEverything(trap, site.project, parent);
    await jobsHaveEnded();
    for (const [name, replies] of answers) {
      const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.failure.code));
      if (calls[name as CallName].trust === 'project')
        expect(new Set(codes), name).toEqual(new Set(['not-trusted']));
      else expect(codes, name).not.toContain('internal');
      expect(JSON.stringify(replies), name).not.toContain(SECRET);
    }
    expect(JSON.stringify(await studio.call('job.list', {}))).not.toContain(SECRET);
    expect(existsSync(site.canary)).toBe(false);
    expect(fingerprint(site.outside)).toBe(before);
    await studio.call('workspace.close', {});
    for (const path of ['locked', 'closed.py'])
      if (existsSync(join(site.project, path))) await chmod(join(site.project, path), 0o700);
  },
);
