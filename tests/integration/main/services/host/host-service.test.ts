import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createHostService, type HostService } from '../../../../../main/services/host/host-service.ts';
import { Failure } from '../../../../../shared/contract/failure.ts';
import { type DjangoProject, makeDjangoProject } from '../../../../support/django-project.ts';

const hostFolder = join(import.meta.dirname, '../../../../../resources/host');
let project: DjangoProject;

beforeAll(async () => {
  project = await makeDjangoProject();
});
afterAll(() => project.remove());

interface Opened {
  readonly host: HostService;
  readonly events: { readonly event: string }[];
  readonly reports: unknown[];
}

function open(interpreter = project.interpreter): Opened {
  const events: Opened['events'] = [];
  const reports: unknown[] = [];
  const host = createHostService({
    hostFolder,
    environment: process.env,
    target: () =>
      Promise.resolve({ interpreter, projectFolder: project.folder, settingsModule: project.settingsModule }),
    report: (error) => reports.push(error),
  });
  host.onEvent((event) => events.push(event));
  onTestFinished(() => host.dispose());
  return { host, events, reports };
}

interface Process {
  readonly pid: number;
  readonly group: number;
}

/** The processes of this project's host: those of the groups that its supervisors lead. */
function processesOfHost(groups: readonly number[] = []): readonly Process[] {
  const all = execFileSync('ps', ['-eo', 'pid=,pgid=,stat=,args=']).toString().trim().split('\n');
  const running = all
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , state]) => !state?.startsWith('Z'));
  const leads = (args: string): boolean => args.includes(hostFolder) && args.includes(project.folder);
  const leaders = running.filter(([, , , ...args]) => leads(args.join(' '))).map(([pid]) => Number(pid));
  const wanted = new Set([...groups, ...leaders]);
  return running
    .map(([pid, group]) => ({ pid: Number(pid), group: Number(group) }))
    .filter(({ group }) => wanted.has(group));
}

const hostPid = async (host: HostService): Promise<number> =>
  ((await host.call('hello')) as { readonly pid: number }).pid;

describe('a host that was asked for', () => {
  const target = { interpreter: 'python', projectFolder: '/', settingsModule: 'none' };
  const undecided = () => {
    const asked: PromiseWithResolvers<typeof target>[] = [];
    const host = createHostService({
      hostFolder,
      environment: process.env,
      target: () => {
        const question = Promise.withResolvers<typeof target>();
        asked.push(question);
        return question.promise;
      },
      report: () => undefined,
    });
    return { host, asked };
  };

  it('before a stop is not started after it, where no project is open any more', async () => {
    const { host, asked } = undecided();
    const ensured = host.ensure();
    await host.stop();
    asked[0]?.resolve(target);
    await expect.poll(() => asked.length).toBe(2);
    asked[1]?.reject(new Failure('not-available', 'No project is open.'));
    await expect(ensured).rejects.toThrow('No project is open.');
    expect(host.isRunning()).toBe(false);
  });

  it('before the end of the studio is not started after it', async () => {
    const { host, asked } = undecided();
    const ensured = host.ensure();
    await host.dispose();
    asked[0]?.resolve(target);
    await expect(ensured).rejects.toThrow('The studio is closing.');
    expect(host.isRunning()).toBe(false);
  });
});

describe.skipIf(process.platform === 'win32')('the host', () => {
  it('starts when it is needed, in a process group of its own, and leaves nothing behind', async () => {
    const { host, events } = open();
    expect(host.isRunning()).toBe(false);
    const pid = await hostPid(host);
    expect(
      execFileSync('ps', ['-o', 'pgid=', '-p', String(pid)])
        .toString()
        .trim(),
    ).toBe(String(pid));
    if (existsSync('/proc')) {
      const environment = readFileSync(`/proc/${pid}/environ`, 'utf8');
      expect(environment).toContain('PYTHONDONTWRITEBYTECODE=1');
      expect(environment).toContain('SAMOIS_PROCESS=');
    }
    await host.stop();
    expect(processesOfHost()).toEqual([]);
    expect(events.map((event) => event.event)).toEqual(['ended']);
  });

  it('runs a job and gives its failure in the words of the contract', async () => {
    const { host } = open();
    await expect(host.job('runtime.read')).resolves.toMatchObject({ settingsModule: 'mysite.settings' });
    await expect(host.job('migrations.sql', { app: 'nobody', name: '0001' })).rejects.toMatchObject({
      name: 'Failure',
      code: 'not-found',
      detail: { reason: 'unknown-app' },
    });
    await project.write('broken.py', 'x = \n');
    const settings = await project.read('mysite/settings.py');
    await project.write('mysite/settings.py', `${settings}\nimport broken\n`);
    await expect(host.job('runtime.read')).rejects.toMatchObject({
      code: 'project-error',
      detail: { failure: { type: 'SyntaxError', file: join(project.folder, 'broken.py'), line: 1 } },
    });
    await project.write('mysite/settings.py', settings);
  });

  it('cancels a job', async () => {
    const { host } = open();
    await project.write('catalog/apps.py', 'import time\n\nprint("hanging", flush=True)\ntime.sleep(60)\n');
    const abort = new AbortController();
    const job = host.job('runtime.read', {}, { signal: abort.signal, onOutput: () => abort.abort() });
    await expect(job).rejects.toMatchObject({ code: 'cancelled' });
    await project.write('catalog/apps.py', '');
    await expect(host.job('runtime.read', {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });

  it('tells of a crash, answers everybody who waits, starts again, and gives up after five in a minute', async () => {
    const { host, events } = open();
    for (let crash = 1; crash <= 5; crash += 1) {
      const pid = await hostPid(host);
      process.kill(pid, 'SIGKILL');
      await vi.waitFor(() => expect(events.length).toBe(crash), 10_000);
      expect(events.at(-1)).toMatchObject({ event: 'lost', final: crash === 5 });
    }
    await expect(host.ensure()).rejects.toMatchObject({
      code: 'host-failed',
      message: expect.stringContaining('5 times') as string,
    });
    host.forgiveCrashes();
    await host.ensure();
    await vi.waitFor(() => expect(processesOfHost().length).toBeGreaterThan(0), 10_000);
    await host.stop();
    await vi.waitFor(() => expect(processesOfHost()).toEqual([]), 10_000);
  });

  it('leaves no process when the studio itself is killed', async () => {
    const script = join(import.meta.dirname, 'host-for-ever.ts');
    const { interpreter, folder, settingsModule } = project;
    const studio = spawn(process.execPath, [script, interpreter, folder, settingsModule], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => {
      studio.kill('SIGKILL');
    });
    await once(studio.stdout, 'data');
    const running = processesOfHost();
    expect(running.length).toBeGreaterThan(1);
    const groups = running.map((one) => one.group);
    studio.kill('SIGKILL');
    await vi.waitFor(() => expect(processesOfHost(groups)).toEqual([]), { timeout: 5000, interval: 50 });
  });

  it('says what is wrong with an interpreter that is not there, or is none', async () => {
    const gone = open('/nowhere/bin/python');
    await expect(gone.host.ensure()).rejects.toMatchObject({
      code: 'host-failed',
      message: expect.stringContaining('/nowhere/bin/python') as string,
    });
    const none = open('/bin/true');
    await expect(none.host.ensure()).rejects.toMatchObject({ code: 'host-failed' });
    expect(none.host.isRunning()).toBe(false);
  });

  it('runs nothing where the target says that nothing may run', async () => {
    const host = createHostService({
      hostFolder,
      environment: process.env,
      target: () => Promise.reject(new Error('not trusted')),
      report: () => undefined,
    });
    await expect(host.job('runtime.read')).rejects.toThrow('not trusted');
    expect(host.isRunning()).toBe(false);
  });
});
