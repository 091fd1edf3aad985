import { execFileSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { testPython } from '../../support/python-environment.ts';
import type { StudioClient } from '../../support/studio-client.ts';
import { makeSoundProject, writeBelow } from '../trust/sound-project.ts';

/** What the project is doing when the studio ends. */
export interface State {
  readonly name: string;
  /** Its server runs, so it can be stopped alone. */
  readonly serves?: boolean;
  readonly prepare: (folder: string) => Promise<void>;
  /** Brings it about; gives the port that is served, if one is. */
  readonly reach: (studio: StudioClient, folder: string) => Promise<number | null>;
}

const PATIENCE = { timeout: 30_000, interval: 20 };

async function serve(studio: StudioClient): Promise<number> {
  await studio.call('server.start', { port: 0 });
  await expect.poll(async () => (await studio.call('server.status', {})).state, PATIENCE).toBe('serving');
  return (await studio.call('server.status', {})).port ?? -1;
}

async function until(file: string): Promise<void> {
  await expect.poll(() => existsSync(file), PATIENCE).toBe(true);
}

/** A project whose URLconf runs this when it is loaded. */
const serving = (name: string, atImport: string): State => ({
  name,
  serves: true,
  prepare: (folder) => appendFile(join(folder, 'shop/urls.py'), `\n${atImport}`),
  reach: serve,
});

const STUBBORN = `import signal, threading, time
for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
    signal.signal(each, signal.SIG_IGN)
threading.Thread(target=time.sleep, args=(1000,)).start()
`;

const descendant = (options: string): string => `import subprocess, sys
subprocess.Popen([sys.executable, "-c",
    "import signal, time; [signal.signal(s, signal.SIG_IGN) for s in (1, 2, 15)]; time.sleep(1000)"]${options})
`;

const reloading: State = {
  name: 'reloads',
  serves: true,
  prepare: () => Promise.resolve(),
  reach: async (studio, folder) => {
    const views = join(folder, 'catalog/views.py');
    const begun = join(folder, 'begun');
    const good = (await readFile(views, 'utf8')).split('import time')[0] ?? '';
    await writeFile(views, good);
    await rm(begun, { force: true });
    const port = await serve(studio);
    await writeFile(
      views,
      `${good}import time\nopen(${JSON.stringify(begun)}, "w").close()\ntime.sleep(1000)\n`,
    );
    await until(begun);
    return port;
  },
};

const migrating: State = {
  name: 'migrates',
  prepare: (folder) =>
    writeBelow(folder, {
      'catalog/migrations/0001_initial.py': `import time
from django.db import migrations


def wait(apps, schema_editor):
    open(${JSON.stringify(join(folder, 'begun'))}, "w").close()
    time.sleep(1000)


class Migration(migrations.Migration):
    operations = [migrations.RunPython(wait)]
`,
    }),
  reach: async (studio, folder) => {
    await rm(join(folder, 'begun'), { force: true });
    await studio.call('migrations.apply', { app: 'catalog' });
    await until(join(folder, 'begun'));
    return null;
  },
};

const installing: State = {
  name: 'installs packages',
  prepare: (folder) =>
    writeBelow(folder, {
      'requirements.txt': './slow\n',
      'slow/pyproject.toml':
        '[build-system]\nrequires = []\nbuild-backend = "backend"\nbackend-path = ["."]\n[project]\nname = "slow"\nversion = "1"\n',
      'slow/backend.py': `import signal, subprocess, sys, time

signal.signal(signal.SIGTERM, signal.SIG_IGN)
subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
open(${JSON.stringify(join(folder, 'begun'))}, "w").close()
time.sleep(1000)
`,
    }),
  reach: async (studio, folder) => {
    await rm(join(folder, 'begun'), { force: true });
    await studio.call('python.installRequirements', {});
    await until(join(folder, 'begun'));
    return null;
  },
};

/** An interpreter that never comes to our first line: something in its environment runs before. */
const starting: State = {
  name: 'starts',
  prepare: async (folder) => {
    const environment = join(folder, '.venv');
    execFileSync(testPython, ['-m', 'venv', '--without-pip', environment]);
    const site = execFileSync(
      join(environment, 'bin/python'),
      ['-Ic', 'import site; print(site.getsitepackages()[0])'],
      {
        encoding: 'utf8',
      },
    ).trim();
    const begun = JSON.stringify(join(folder, 'begun'));
    await writeFile(join(site, 'slow.pth'), `import time; open(${begun}, "w").close(); time.sleep(1000)\n`);
  },
  reach: async (studio, folder) => {
    await rm(join(folder, 'begun'), { force: true });
    void studio.request('server.start', { port: 0 });
    await until(join(folder, 'begun'));
    return null;
  },
};

export const states: readonly State[] = [
  serving('serves', ''),
  serving('ignores every polite signal', STUBBORN),
  serving('has started another program', descendant('')),
  serving('has started another program in a session of its own', descendant(', start_new_session=True')),
  reloading,
  migrating,
  installing,
  starting,
];

/** A project in this state's making, and the interpreter that runs it. */
export async function prepareProject(
  state: State,
  folder: string,
): Promise<{ folder: string; interpreter: string }> {
  await makeSoundProject(folder);
  const real = realpathSync(folder);
  await state.prepare(real);
  const own = join(real, '.venv/bin/python');
  return { folder: real, interpreter: existsSync(own) ? own : testPython };
}
