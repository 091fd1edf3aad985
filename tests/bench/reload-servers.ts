import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createHostService } from '../../main/services/host/host-service.ts';
import { freePort } from '../support/free-port.ts';
import { testPython } from '../support/python-environment.ts';
import type { ReloadProject } from '../support/reload-project.ts';

/** A way to serve a project that follows its saves. */
export interface ReloadServer {
  readonly address: string;
  /** Leader of the process group of all that it runs. */
  readonly pid: number;
  /** What a save tells it; the others watch the files. */
  readonly saved: (file: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts a server for a project. */
export type StartServer = (project: ReloadProject) => Promise<ReloadServer>;

/** The studio's own host. */
export const startHost: StartServer = async (project) => {
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
  const { pid } = (await host.call('hello')) as { readonly pid: number };
  const { port } = (await host.call('serve.start', { host: 'localhost', port: 0 })) as {
    readonly port: number;
  };
  return {
    address: `http://127.0.0.1:${port}/`,
    pid,
    saved: async (file) => {
      await host.call('serve.reload', { files: [file], kind: 'changed' });
    },
    stop: () => host.dispose(),
  };
};

function startProgram(args: (port: number) => readonly string[]): StartServer {
  return async (project) => {
    const port = await freePort();
    const child = spawn(testPython, args(port), { cwd: project.folder, stdio: 'ignore', detached: true });
    return {
      address: `http://127.0.0.1:${port}/`,
      pid: child.pid ?? 0,
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

const runserver = (...options: readonly string[]): StartServer =>
  startProgram((port) => ['manage.py', 'runserver', ...options, String(port)]);

/** https://github.com/adamchainz/django-watchfiles: an app that makes runserver watch instead of look. */
const withWatchfiles: StartServer = async (project) => {
  const settings = 'from config.settings import *\nINSTALLED_APPS = ["django_watchfiles", *INSTALLED_APPS]\n';
  await writeFile(join(project.folder, 'config/watched.py'), settings);
  return runserver('--settings', 'config.watched')(project);
};

/** Every server that this machine has, the host first. Django takes Watchman by itself where it is there. */
export function reloadServers(): ReadonlyMap<string, StartServer> {
  const watchman = isInstalled('pywatchman') && spawnSync('watchman', ['--version']).status === 0;
  const uvicorn = startProgram((port) => [
    ...['-m', 'uvicorn', 'config.asgi:application', '--reload', '--port', String(port)],
  ]);
  return new Map<string, StartServer>([
    ['host', startHost],
    [watchman ? 'runserver+watchman' : 'runserver', runserver()],
    ...(isInstalled('django_watchfiles') ? ([['runserver+watchfiles', withWatchfiles]] as const) : []),
    ...(isInstalled('uvicorn') ? ([['uvicorn --reload', uvicorn]] as const) : []),
  ]);
}
