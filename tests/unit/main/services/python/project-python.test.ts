import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../../../main/services/python/child-environment.ts';
import { chooseInterpreter } from '../../../../../main/services/python/choose-interpreter.ts';
import { environmentName } from '../../../../../main/services/python/poetry.ts';
import { findRequirements } from '../../../../../main/services/python/requirements.ts';
import { newestDjango } from '../../../../../shared/django/django-series.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

async function environmentIn(folder: string): Promise<string> {
  await mkdir(join(folder, 'bin'), { recursive: true });
  await writeFile(join(folder, 'pyvenv.cfg'), 'version = 3.12.1\n');
  await writeFile(join(folder, 'bin', 'python'), '');
  return join(folder, 'bin', 'python');
}

describe('the interpreter of a project', () => {
  it('is the environment beside manage.py before that of the opened folder', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'backend'));
    const outer = await environmentIn(join(folder, '.venv'));
    const inner = await environmentIn(join(folder, 'backend', 'venv'));
    const machine = { env: {}, home: folder, platform: 'linux' as const };
    expect(await chooseInterpreter(machine, [join(folder, 'backend'), folder])).toBe(inner);
    expect(await chooseInterpreter(machine, [folder])).toBe(outer);
  });

  it('is the active environment where the project has none, else asked for', async () => {
    const folder = await temporaryFolder();
    const active = await environmentIn(join(folder, 'elsewhere'));
    const machine = { home: folder, platform: 'linux' as const };
    const env = { VIRTUAL_ENV: join(folder, 'elsewhere') };
    expect(await chooseInterpreter({ ...machine, env }, [join(folder, 'shop')])).toBe(active);
    expect(await chooseInterpreter({ ...machine, env: {} }, [join(folder, 'shop')])).toBeNull();
  });

  it('is the environment that Poetry keeps for it', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'pyproject.toml'), '[tool.poetry]\nname = "My Shop"\n');
    const name = await environmentName(folder);
    expect(name).toMatch(/^my_shop-[\w-]{8}$/u);
    const python = await environmentIn(join(folder, 'cache', 'virtualenvs', `${name ?? ''}-py3.12`));
    const env = { POETRY_CACHE_DIR: join(folder, 'cache') };
    expect(await chooseInterpreter({ env, home: folder, platform: 'linux' }, [folder])).toBe(python);
  });
});

describe('the requirements of a project', () => {
  it('are its list for development, else its list, else its pyproject.toml', async () => {
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'pyproject.toml'),
      '[project]\nname = "x"\ndependencies = ["Django>=5.2", "redis"]\n',
    );
    expect((await findRequirements([folder])).args).toEqual(['Django>=5.2', 'redis']);
    await writeFile(join(folder, 'requirements.txt'), 'Django\n');
    expect((await findRequirements([folder])).args).toEqual(['-r', join(folder, 'requirements.txt')]);
    await mkdir(join(folder, 'requirements'));
    await writeFile(join(folder, 'requirements', 'local.txt'), '-r base.txt\n');
    expect((await findRequirements([folder])).args).toEqual([
      '-r',
      join(folder, 'requirements', 'local.txt'),
    ]);
  });

  it.each([
    ['nothing', null, 'neither a requirements.txt'],
    ['a broken file', '[project\n', 'not valid TOML, line 1'],
    ['no packages', '[build-system]\nrequires = []\n', 'names no packages'],
    [
      'the form of Poetry',
      '[tool.poetry]\nname = "x"\n[tool.poetry.dependencies]\nDjango = "*"\n',
      'poetry install',
    ],
    [
      'an option',
      '[project]\nname = "x"\ndependencies = ["--index-url=http://evil.example"]\n',
      'no requirement',
    ],
  ])('are explained where there is %s', async (_what, content, words) => {
    const folder = await temporaryFolder();
    if (content !== null) await writeFile(join(folder, 'pyproject.toml'), content);
    await expect(findRequirements([folder])).rejects.toThrow(words);
  });
});

describe('Django for a Python', () => {
  it.each([
    ['3.9.18', null],
    ['3.10.13', '5.2'],
    ['3.11.7', '5.2'],
    ['3.12.1', '6.1'],
    ['3.15.0', '6.1'],
    ['2.7.18', null],
  ])('%s is %s', (python, django) => {
    expect(newestDjango(python)).toBe(django);
  });
});

describe('the environment of a child', () => {
  it('has nothing of another project', () => {
    const own = {
      PATH: '/bin',
      DATABASE_URL: 'x',
      PYTHONPATH: '/x',
      DJANGO_SETTINGS_MODULE: 'x',
      PIP_INDEX_URL: 'y',
    };
    const env = childEnvironment(own, { A: '1' });
    expect(Object.keys(env).sort()).toEqual(['A', 'PATH', 'PIP_INDEX_URL', 'PYTHONUNBUFFERED', 'PYTHONUTF8']);
  });
});
