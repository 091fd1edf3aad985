import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPythonService } from '../../../../../main/services/python/python-service.ts';
import type { Workspace } from '../../../../../shared/contract/workspace-calls.ts';
import { watchJobs } from '../../../../support/finished-job.ts';
import { environmentWithUv } from '../../../../support/project-creation.ts';
import { testPython, testWheels } from '../../../../support/python-environment.ts';
import { pinnedTool } from '../../../../support/python-tools.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

/** An index that nobody answers for: whatever is installed comes from somewhere else. */
const UNREACHABLE = {
  PIP_INDEX_URL: 'http://127.0.0.1:9/simple',
  PIP_CONFIG_FILE: '/dev/null',
};

const basePython = execFileSync(testPython, ['-c', 'import sys; print(sys._base_executable)'], {
  encoding: 'utf8',
}).trim();

async function arrange(env: NodeJS.ProcessEnv, interpreter: string | null = basePython) {
  const folder = await temporaryFolder();
  const project = join(folder, 'shop');
  await mkdir(project);
  const workspace: Workspace = {
    path: project,
    realPath: project,
    name: 'shop',
    trusted: true,
    projects: [''],
    project: '',
    interpreter,
    problem: null,
  };
  const used: string[] = [];
  const watched = watchJobs();
  const python = createPythonService({
    stateFolder: join(folder, 'state'),
    jobs: watched.jobs,
    opened: () => workspace,
    untrusted: () => Promise.resolve(null),
    useInterpreter: (path) => Promise.resolve(used.push(path)),
    machine: { env, home: homedir(), platform: process.platform },
  });
  return { ...watched, python, project, used, stateFolder: join(folder, 'state') };
}

function has(python: string, module: string): boolean {
  const script = `import importlib.util, sys; sys.exit(importlib.util.find_spec("${module}") is None)`;
  try {
    execFileSync(python, ['-I', '-c', script]);
    return true;
  } catch {
    return false;
  }
}

describe('installing what a project needs', () => {
  it('makes an environment instead of touching the Python of the machine', async () => {
    const env = { ...environmentWithUv(null), PIP_NO_INDEX: '1', PIP_FIND_LINKS: testWheels };
    const { python, project, used, finished } = await arrange(env);
    await writeFile(join(project, 'requirements.txt'), 'asgiref\n');
    expect(await finished(python.installRequirements())).toMatchObject({ state: 'succeeded' });
    expect(used).toEqual([join(project, '.venv', 'bin', 'python')]);
    expect(has(join(project, '.venv', 'bin', 'python'), 'asgiref')).toBe(true);
    expect(has(basePython, 'asgiref')).toBe(false);
  });

  it('adds pip to an environment that uv made without it', async () => {
    const env = { ...environmentWithUv(null), PIP_NO_INDEX: '1', PIP_FIND_LINKS: testWheels };
    const uv = join(await pinnedTool('uv==0.13.9'), 'uv');
    const environment = join(await temporaryFolder(), '.venv');
    execFileSync(uv, ['venv', '-q', '--python', basePython, environment]);
    const { python, project, jobs, finished } = await arrange(env, join(environment, 'bin', 'python'));
    await writeFile(
      join(project, 'pyproject.toml'),
      '[project]\nname = "shop"\ndependencies = ["sqlparse"]\n',
    );
    const job = python.installRequirements();
    expect(await finished(job)).toMatchObject({ state: 'succeeded' });
    expect(jobs.log(job.jobId)).toContain('The environment has no pip; adding it.');
    expect(has(join(environment, 'bin', 'python'), 'sqlparse')).toBe(true);
    expect(existsSync(join(project, '.venv'))).toBe(false);
  });

  it('ends when the project is closed or no longer trusted', async () => {
    const { python, project, used, at, finished, jobs } = await arrange(environmentWithUv(null));
    await writeFile(join(project, 'requirements.txt'), 'asgiref\n');
    const job = python.installRequirements();
    await at(job, 'Looking at the environment');
    jobs.cancelOfProject();
    expect(await finished(job)).toMatchObject({ state: 'cancelled' });
    expect(used).toEqual([]);
  });

  it('asks for an interpreter and for a list first', async () => {
    const without = await arrange(environmentWithUv(null), null);
    await writeFile(join(without.project, 'requirements.txt'), 'asgiref\n');
    const asked = await without.finished(without.python.installRequirements());
    expect(asked.failure?.message).toContain('Choose one first');
    const empty = await arrange(environmentWithUv(null));
    const missing = await empty.finished(empty.python.installRequirements());
    expect(missing.failure?.message).toContain('Write requirements.txt first');
  });
});

describe('without a network', () => {
  it('pip installs what it fetched before', async () => {
    const { python, project, stateFolder } = await arrange({ ...environmentWithUv(null), ...UNREACHABLE });
    await mkdir(stateFolder);
    await symlink(testWheels, join(stateFolder, 'wheels'));
    const lines: string[] = [];
    const tools = await python.tools({
      signal: new AbortController().signal,
      log: (line) => lines.push(line),
    });
    const made = await tools.makeEnvironment(basePython, join(project, '.venv'));
    const work = {
      python: made,
      source: { kind: 'index' },
      what: 'It could not be installed',
      cwd: project,
    } as const;
    await tools.install({ ...work, requirements: ['Django>=5.2,<6.2'] });
    expect(lines).toContain('The package index could not be reached; trying what was fetched before.');
    expect((await tools.installedVersions(made)).get('django')).toMatch(/^5\.2\./u);
    await expect(tools.install({ ...work, requirements: ['no-such-package'] })).rejects.toThrow(
      'could not be reached',
    );
  });

  it('uv installs what it fetched before', async () => {
    const index = await packageIndex();
    const cache = await temporaryFolder();
    const uv = environmentWithUv(await pinnedTool('uv==0.13.9'));
    const env = { ...uv, UV_DEFAULT_INDEX: index.address, UV_CACHE_DIR: cache, UV_HTTP_RETRIES: '0' };
    const { python, project } = await arrange(env);
    const tools = await python.tools({ signal: new AbortController().signal, log: () => undefined });
    const installIn = async (name: string, requirement: string): Promise<string> => {
      const made = await tools.makeEnvironment(basePython, join(project, name));
      const source = { kind: 'index' } as const;
      const what = 'It could not be installed';
      await tools.install({ python: made, source, what, cwd: project, requirements: [requirement] });
      return made;
    };
    expect(has(await installIn('first', 'sqlparse'), 'sqlparse')).toBe(true);
    await index.close();
    expect(has(await installIn('second', 'sqlparse'), 'sqlparse')).toBe(true);
    await expect(installIn('third', 'asgiref')).rejects.toThrow('could not be reached');
  });
});

/** A package index with the wheels of the suites, as PEP 503 describes it. */
async function packageIndex(): Promise<{ readonly address: string; readonly close: () => Promise<void> }> {
  const wheels = await readdir(testWheels);
  const server = createServer((request, response) => {
    const [, name = '', file] = (request.url ?? '').split('/');
    if (file !== undefined && wheels.includes(file)) {
      createReadStream(join(testWheels, file)).pipe(response);
      return;
    }
    const links = wheels.filter((wheel) => wheel.startsWith(`${name}-`));
    response.setHeader('Content-Type', 'text/html');
    response.end(links.map((wheel) => `<a href="/${name}/${wheel}">${wheel}</a>`).join(''));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  return { address: `http://127.0.0.1:${String(port)}/`, close };
}
