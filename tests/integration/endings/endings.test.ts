import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { enterStudio, type StudioClient } from '../../support/studio-client.ts';
import { startStudio, type StudioProcess } from '../../support/studio-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { MARKER, markedProcesses } from './marked-processes.ts';
import { prepareProject, type State, states } from './states.ts';

const SECONDS_PROMISED = 5;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const;
type Ending = (typeof signals)[number];

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
  const process = await startStudio({ folder, stateFolder, env: { [MARKER]: marker } });
  const client = await enterStudio(process.link);
  await client.call('trust.grant', {});
  await client.call('python.choose', { path: interpreter });
  return { process, client, marker, folder };
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
  await expect.poll(left, { timeout: SECONDS_PROMISED * 1000, interval: 20 }).toEqual([]);
  if (port === null) return;
  // A process that is just dying shows no environment any more, and still holds its port.
  await expect.poll(() => isRefused(port), { timeout: SECONDS_PROMISED * 1000, interval: 20 }).toBe(true);
}

// The studio itself and its SQLite processes, which hold nothing of the project.
const OWN = /main\/web\/entry|database-process/;
// What stays ready for the next start of the server.
const HOST = new RegExp(`${OWN.source}|host/run\\.py|^(/bin/)?sh -c`);

it.for(
  states.flatMap((state, index) =>
    // Every state with the worst ending and a polite one; the polite ones take turns.
    ([signals[index % 3] ?? 'SIGTERM', 'SIGKILL'] satisfies Ending[]).map(
      (signal) => [signal, state.name, state] as const,
    ),
  ),
)('%s leaves nothing of a project that %s', async ([signal, , state]) => {
  const { process, client, marker, folder } = await run(state);
  const port = await state.reach(client, folder);
  expect(markedProcesses(marker).length).toBeGreaterThan(1);
  const began = performance.now();
  await process.end(signal);
  await expectNothingLeft(marker, port, null);
  expect(performance.now() - began).toBeLessThan(SECONDS_PROMISED * 1000);
  client.close();
});

it.for(states.map((state) => [state.name, state] as const))(
  'stopping, revoking trust and closing leave nothing of a project that %s',
  async ([, state]) => {
    const { process, client, marker, folder } = await run(state);
    const trustAgain = async (): Promise<void> => {
      await client.call('trust.grant', {});
    };
    const endings: Readonly<Record<string, () => Promise<unknown>>> = {
      stop: () => client.call('server.stop', {}),
      revoke: () => client.call('trust.revoke', { path: folder }),
      close: () => client.call('workspace.close', {}),
    };
    for (const [name, end] of Object.entries(endings)) {
      await trustAgain();
      if (name === 'stop' && state.serves !== true) continue;
      const port = await state.reach(client, folder);
      const began = performance.now();
      await end();
      await expectNothingLeft(marker, port, name === 'stop' ? HOST : OWN);
      expect(performance.now() - began, name).toBeLessThan(SECONDS_PROMISED * 1000);
    }
    await process.end('SIGTERM');
    client.close();
  },
);
