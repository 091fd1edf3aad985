import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testPython } from '../support/python-environment.ts';
import { freePort } from '../support/free-port.ts';
import { openStudio } from '../support/studio-services.ts';
import { makeThirtyModels } from '../support/thirty-models.ts';
import { untilAnswer } from '../support/until-answer.ts';
import type { Benchmark } from './measure.ts';

/** From the write of a view to the first response with the new content. */
export const saveToNewResponse: Benchmark = {
  name: 'save-to-response',
  studio: 'a view is written by another program; the host makes its warm spare the server',
  reference: 'the same edit of the same project under manage.py runserver',
  unit: 'ms',
  rounds: 20,
  prepare: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'samois-bench-'));
    const ours = await makeThirtyModels(join(folder, 'ours'));
    const theirs = await makeThirtyModels(join(folder, 'theirs'));
    const studio = await openStudio({ folder: ours.folder, interpreter: testPython });
    const { address } = await studio.call('server.start', { port: 0 });
    const port = await freePort();
    const runserver = spawn(testPython, ['manage.py', 'runserver', String(port)], {
      cwd: theirs.folder,
      stdio: 'ignore',
      detached: true,
    });
    const reference = `http://127.0.0.1:${port}/`;
    await untilAnswer(address ?? '', (body) => body === 'first');
    await untilAnswer(reference, (body) => body === 'first');
    let edit = 0;
    const measureAt = async (place: string, project: typeof ours): Promise<number> => {
      edit += 1;
      const answer = `answer ${edit}`;
      await writeFile(project.viewFile, project.viewText(answer));
      return (await untilAnswer(place, (body) => body === answer)).milliseconds;
    };
    return {
      studio: () => measureAt(address ?? '', ours),
      reference: () => measureAt(reference, theirs),
      dispose: async () => {
        if (runserver.pid !== undefined) process.kill(-runserver.pid, 'SIGTERM');
        await studio.dispose();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
