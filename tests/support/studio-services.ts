import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServices } from '../../main/services/create-services.ts';
import { createClient, type Client } from '../../shared/contract/client.ts';
import type { Reply } from '../../shared/contract/failure.ts';
import type { Workspace } from '../../shared/contract/workspace-calls.ts';

const root = join(import.meta.dirname, '..', '..');

/** The services of a studio without its window, in this process, with a state folder of their own. */
export interface Studio extends Client {
  readonly workspace: () => Promise<Workspace | null>;
  /** A call as it is, answered as it is. */
  readonly request: (name: unknown, input: unknown) => Promise<Reply<unknown>>;
  readonly stateFolder: string;
  readonly dispose: () => Promise<void>;
}

/**
 * Opens the services; with `folder` a project is opened, with `interpreter` it is trusted and run with it.
 * A `stateFolder` that is given belongs to the caller.
 */
export async function openStudio(
  options: { readonly folder?: string; readonly interpreter?: string; readonly stateFolder?: string } = {},
): Promise<Studio> {
  const stateFolder = options.stateFolder ?? (await mkdtemp(join(tmpdir(), 'samois-state-')));
  const services = await createServices({
    stateFolder,
    resourcesFolder: join(root, 'resources'),
    version: 'test',
    shell: 'browser',
    pickFolder: null,
  });
  const client = createClient({
    request: services.dispatch,
    subscribe: services.subscribe,
    onReconnect: () => () => undefined,
  });
  if (options.folder !== undefined) await client.call('workspace.open', { path: options.folder });
  if (options.interpreter !== undefined) {
    await client.call('trust.grant', {});
    await client.call('python.choose', { path: options.interpreter });
  }
  return {
    ...client,
    workspace: () => client.call('workspace.current', {}),
    request: services.dispatch,
    stateFolder,
    dispose: async () => {
      await services.dispose();
      if (options.stateFolder === undefined) await rm(stateFolder, { recursive: true, force: true });
    },
  };
}
