import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { ProjectFile } from '../../../../../main/services/export/project-files.ts';
import { readRequirements } from '../../../../../main/services/export/requirements.ts';

function files(texts: Readonly<Record<string, string>>): readonly ProjectFile[] {
  const folder = mkdtempSync(join(tmpdir(), 'samois-requirements-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return Object.entries(texts).map(([path, text]) => {
    const source = join(folder, path);
    mkdirSync(dirname(source), { recursive: true });
    writeFileSync(source, text);
    return { path, source, bytes: text.length, executable: false };
  });
}

const names = (lines: readonly string[]): readonly string[] => lines.map((line) => line.split('==')[0] ?? '');

it('adds what production needs, and nothing that the project names itself', async () => {
  const found = await readRequirements(
    files({
      'requirements/production.txt': '-r base.txt\nGunicorn>=23  # ours\n',
      'requirements/base.txt': 'Django==5.2.19\npsycopg2==2.9.10\n-c constraints.txt\n',
      'requirements/constraints.txt': '',
    }),
    '5.2.19',
  );
  expect(found.lines[0]).toBe('-r requirements/production.txt');
  expect(names(found.lines)).toEqual(['-r requirements/production.txt', 'whitenoise', 'redis']);
  expect(found.files.toSorted()).toEqual([
    'requirements/base.txt',
    'requirements/constraints.txt',
    'requirements/production.txt',
  ]);
  expect(found).toMatchObject({ needsLibpq: true, problem: null });
});

it('reads the dependencies of a pyproject.toml', async () => {
  const pyproject = '[project]\nname = "x"\ndependencies = ["Django>=5.2", "redis[hiredis]>=5"]\n';
  const found = await readRequirements(files({ 'pyproject.toml': pyproject }), '5.2.19');
  expect(names(found.lines)).toEqual([
    'Django>=5.2',
    'redis[hiredis]>=5',
    'gunicorn',
    'whitenoise',
    'psycopg[binary]',
  ]);
});

it.each([{}, { 'pyproject.toml': 'not = [toml' }, { 'pyproject.toml': '[tool.ruff]\n' }])(
  'takes the installed Django where nothing is written, and says so (%j)',
  async (texts) => {
    const found = await readRequirements(files(texts), '5.2.19');
    expect(found.lines[0]).toBe('Django==5.2.19');
    expect(found.problem).toMatch(/no requirements/);
  },
);
