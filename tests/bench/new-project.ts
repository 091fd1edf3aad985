import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { followJob } from '../../shared/contract/job.ts';
import { testPython, testWheels } from '../support/python-environment.ts';
import { freePort } from '../support/free-port.ts';
import { openStudio } from '../support/studio-services.ts';
import { untilAnswer } from '../support/until-answer.ts';
import { timed, type Benchmark } from './measure.ts';

const run = promisify(execFile);

/** From the last click of "new project" to the first page of the new site. */
export const newProjectToFirstResponse: Benchmark = {
  name: 'new-project',
  studio: 'create the blank project, open it, start its server, first response',
  reference: 'venv, pip install Django, startproject, migrate, runserver, first response',
  unit: 'ms',
  rounds: 3,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'samois-bench-'));
    const studio = await openStudio();
    let round = 0;
    return {
      studio: async () => {
        round += 1;
        const name = `library${round}`;
        const milliseconds = await timed(async () => {
          const { jobId } = await studio.call('workspace.create', {
            name,
            parent: folder,
            interpreter: testPython,
            template: 'blank',
            database: { kind: 'sqlite' },
            packages: { kind: 'wheels', folder: testWheels },
            superuser: null,
          });
          const { path } = await followJob<{ path: string }>(studio, jobId);
          await studio.call('workspace.open', { path });
          const { address } = await studio.call('server.start', { port: 0 });
          await untilAnswer(address ?? '', (_, status) => status === 200);
        });
        await studio.call('server.stop', {});
        return milliseconds;
      },
      reference: async () => {
        const place = join(folder, `plain${round}`);
        const python = join(place, 'venv/bin/python');
        const port = await freePort();
        let server: ReturnType<typeof spawn> | null = null;
        const milliseconds = await timed(async () => {
          await run(testPython, ['-m', 'venv', join(place, 'venv')]);
          await run(python, [
            '-m',
            'pip',
            'install',
            '-q',
            '--no-index',
            '--find-links',
            testWheels,
            'Django',
          ]);
          await run(python, ['-m', 'django', 'startproject', 'config', place]);
          await run(python, ['manage.py', 'migrate'], { cwd: place });
          server = spawn(python, ['manage.py', 'runserver', '--noreload', String(port)], {
            cwd: place,
            stdio: 'ignore',
          });
          await untilAnswer(`http://127.0.0.1:${port}/`, (_, status) => status === 200);
        });
        (server as ReturnType<typeof spawn> | null)?.kill();
        return milliseconds;
      },
      dispose: async () => {
        await studio.dispose();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
