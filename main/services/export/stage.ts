import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hashOf, MANIFEST, manifestText, type Manifest } from './manifest.ts';
import type { ProjectFile } from './project-files.ts';
import type { DeploymentFile } from './render-deployment.ts';

/** Everything an export consists of. */
export interface ExportPlan {
  readonly project: readonly ProjectFile[];
  readonly deployment: readonly DeploymentFile[];
}

/** An export as it stands in a folder of its own, before anybody sees it. */
export interface Stage {
  readonly folder: string;
  readonly manifest: Manifest;
  readonly executables: ReadonlySet<string>;
}

/** Writes the files of a plan and their manifest into an empty folder. */
export async function writeStage(plan: ExportPlan, folder: string, signal: AbortSignal): Promise<Stage> {
  const manifest = new Map<string, string>();
  const executables = new Set<string>();
  const write = async (path: string, bytes: Uint8Array, executable: boolean): Promise<void> => {
    signal.throwIfAborted();
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes, { mode: executable ? 0o755 : 0o644, flag: 'wx' });
    manifest.set(path, hashOf(bytes));
    if (executable) executables.add(path);
  };
  for (const file of plan.project) await write(file.path, await readFile(file.source), file.executable);
  for (const file of plan.deployment) await write(file.path, Buffer.from(file.text), file.executable);
  await mkdir(dirname(join(folder, MANIFEST)), { recursive: true });
  await writeFile(join(folder, MANIFEST), manifestText(manifest));
  return { folder, manifest, executables };
}

/**
 * Where the project has a file of the same name, its own is kept: the one for the deployment goes
 * beside it as `.new`, and the sentences say so.
 */
export function withoutClashes(plan: ExportPlan): {
  readonly plan: ExportPlan;
  readonly kept: readonly string[];
} {
  const own = new Set(plan.project.map((file) => file.path));
  const kept = plan.deployment.filter((file) => own.has(file.path)).map((file) => file.path);
  const deployment = plan.deployment.map((file) =>
    own.has(file.path) ? { ...file, path: `${file.path}.new` } : file,
  );
  return {
    plan: { ...plan, deployment: deployment.filter((file) => !own.has(file.path)) },
    kept: kept.map(
      (path) =>
        `The project has its own ${path}, which was kept. Compare it with ${path}.new, which belongs to this deployment.`,
    ),
  };
}
