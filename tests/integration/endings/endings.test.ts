import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { enterStudio, type StudioClient } from '../../support/studio-client.ts';
import { startStudio, type StudioProcess } from '../../support/studio-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { MARKER, markedProcesses } from './marked-processes.ts';
import { prepareProject, type State, states } from './states.ts';

// Ctrl-C, the session manager, the terminal, a crash that leaves a core, and what nobody can hear.
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGABRT', 'SIGKILL'] as const;
type Signal = (typeof signals)[number];

// `npm run test:faults` runs every ending with every state, so many times; each run of the tests some of them.
const faultRounds = Number(process.env['SAMOIS_FAULT_ROUNDS'] ?? 0);
// Five seconds are promised, and measured where nothing else is; a machine that runs all the tests may take longer.
const SECONDS = faultRounds > 0 ? 5 : 30;

interface Running {
  readonly process: StudioProcess;
  readonly client: StudioClient;
  readonly marker: string;
  readonly folder: string;
}

async function run(state: State): Promise<Running> {
  const parent = await temporaryFolder();
  const { folder, interpreter } = await prepareProject(state, join(parent, 'shop'));
  const marker = randomUUID();
  const stateFolder = join(parent, 'state');
  const studio = await startStudio({ folder, stateFolder, env: { [MARKER]: marker } });
  const client = await enterStudio(studio.link);
  await client.call('trust.grant', {});
  await client.call('python.choose', { path: interpreter });
  return { process: studio, client, marker, folder };
}

async function isRefused(port: number): Promise<boolean> {
  const socket = connect({ host: '127.0.0.1', port });
  try {
    await once(socket, 'connect');
    return false;
  } catch {
    return true;
  } finally {
    socket.destroy();
  }
}

/** Nothing but `allowed` runs any more, and nobody answers on the port. */
async function expectNothingLeft(marker: string, port: number | null, allowed: RegExp | null): Promise<void> {
  const left = (): readonly string[] =>
    markedProcesses(marker)
      .map(({ command }) => command)
      .filter((command) => allowed === null || !allowed.test(command));
  await expect.poll(left, { timeout: SECONDS * 1000, interval: 20 }).toEqual([]);
  if (port === null) return;
  // A process that is just dying shows no environment any more, and still holds its port.
  await expect.poll(() => isRefused(port), { timeout: SECONDS * 1000, interval: 20 }).toBe(true);
}

// The studio itself and its SQLite processes, which hold nothing of the project.
const OWN = /main\/web\/entry|database-process/;
// What stays ready for the next start of the server.
const HOST = new RegExp(`${OWN.source}|host/run\\.py|^(/bin/)?sh -c`);

async function endByCall(
  ending: string,
  end: (running: Running) => Promise<unknown>,
  running: Running,
  state: State,
): Promise<void> {
  const { client, marker, folder } = running;
  const port = await state.reach(client, folder);
  const allowed = ending === 'stop' ? HOST : OWN;
  // Its answer may take longer: what was opened instead is read first.
  const answered = end(running);
  await Promise.all([answered, expectNothingLeft(marker, port, allowed)]);
  await expectNothingLeft(marker, port, allowed);
}

async function endBySignals(running: Running, state: State, first: readonly Signal[]): Promise<void> {
  const { process: studio, client, marker, folder } = running;
  const port = await state.reach(client, folder);
  expect(markedProcesses(marker).length).toBeGreaterThan(1);
  for (const signal of first.slice(0, -1)) process.kill(studio.pid, signal);
  await Promise.all([studio.end(first.at(-1) ?? 'SIGKILL'), expectNothingLeft(marker, port, null)]);
  client.close();
}

/** Endings that the studio survives: what ran of the project is gone. */
const calls: Readonly<Record<string, (running: Running) => Promise<unknown>>> = {
  stop: ({ client }) => client.call('server.stop', {}),
  revoke: ({ client, folder }) => client.call('trust.revoke', { path: folder }),
  close: ({ client }) => client.call('workspace.close', {}),
  'another project': async ({ client, folder }) => {
    await client.call('workspace.open', { path: dirname(folder) });
  },
  'a host that is killed': async ({ client, marker }) => {
    for (const { pid, command } of markedProcesses(marker)) {
      if (/host\/run\.py --project/.test(command)) process.kill(pid, 'SIGKILL');
    }
    await client.call('workspace.close', {});
  },
};

/** Endings of the studio itself. */
const ends: Readonly<Record<string, (running: Running, state: State) => Promise<void>>> = {
  ...Object.fromEntries(
    signals.map((signal) => [
      signal,
      (running: Running, state: State) => endBySignals(running, state, [signal]),
    ]),
  ),
  'SIGTERM twice': (running, state) => endBySignals(running, state, ['SIGTERM', 'SIGTERM']),
  'SIGTERM, then SIGKILL': (running, state) => endBySignals(running, state, ['SIGTERM', 'SIGKILL']),
};

it.for(
  faultRounds > 0
    ? []
    : states.flatMap((state, index) =>
        // Every state with the worst endings and a polite one; the polite ones take turns.
        ([signals[index % 3] ?? 'SIGTERM', 'SIGABRT', 'SIGKILL'] satisfies Signal[]).map(
          (signal) => [signal, state.name, state] as const,
        ),
      ),
)('%s leaves nothing of a project that %s', async ([signal, , state]) => {
  await endBySignals(await run(state), state, [signal]);
});

it.for(faultRounds > 0 ? [] : states.map((state) => [state.name, state] as const))(
  'stopping, revoking trust, closing, opening another project and the death of the host leave nothing of a project that %s',
  async ([, state]) => {
    const running = await run(state);
    for (const [name, end] of Object.entries(calls)) {
      if (name === 'stop' && state.serves !== true) continue;
      await running.client.call('workspace.open', { path: running.folder });
      await running.client.call('trust.grant', {});
      await endByCall(name, end, running, state);
    }
    await running.process.end('SIGTERM');
    running.client.close();
  },
);

it.for(
  Array.from({ length: faultRounds }, (_, round) =>
    states.flatMap((state) => [
      ...Object.keys(ends).map((ending) => [ending, state.name, round + 1, state] as const),
      ...Object.keys(calls)
        .filter((ending) => ending !== 'stop' || state.serves === true)
        .map((ending) => [ending, state.name, round + 1, state] as const),
    ]),
  ).flat(),
)('%s leaves nothing of a project that %s (%i)', async ([ending, , , state]) => {
  const running = await run(state);
  const whole = ends[ending];
  if (whole !== undefined) {
    await whole(running, state);
    return;
  }
  const call = calls[ending];
  if (call !== undefined) await endByCall(ending, call, running, state);
  await running.process.end('SIGTERM');
  running.client.close();
});
