import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import type { ExportOptions } from '../../../shared/contract/data-calls.ts';
import type { DeploymentContext } from './deployment-context.ts';

/** One file written for the deployment. */
export interface DeploymentFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** Runs a job of the Python host. */
export type RunHostJob = (
  name: string,
  params: Readonly<Record<string, unknown>>,
  options: { readonly signal?: AbortSignal },
) => Promise<unknown>;

/** Renders the deployment templates with Django's own engine, into memory. */
export async function renderDeployment(
  runHostJob: RunHostJob,
  templatesFolder: string,
  context: DeploymentContext,
  options: ExportOptions,
  signal?: AbortSignal,
): Promise<readonly DeploymentFile[]> {
  const folders = [
    'project',
    ...(options.continuousIntegration === 'none' ? [] : [options.continuousIntegration]),
  ];
  const target = await mkdtemp(join(tmpdir(), 'samois-deployment-'));
  try {
    for (const folder of folders) {
      const template = join(templatesFolder, folder);
      const params = { template, target, context: context.values, names: context.names };
      await runHostJob('templates.render', params, signal === undefined ? {} : { signal });
    }
    return await readRendered(target);
  } finally {
    await rm(target, { recursive: true, force: true });
  }
}

async function readRendered(folder: string): Promise<readonly DeploymentFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(async (entry): Promise<DeploymentFile> => {
      const file = join(entry.parentPath, entry.name);
      const [text, { mode }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
      const path = relative(folder, file).split(sep).join('/');
      return { path, text, executable: (mode & 0o100) !== 0 };
    });
  return (await Promise.all(files)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
}
