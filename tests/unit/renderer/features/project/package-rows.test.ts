import { expect, test } from 'vitest';
import { readPackages, requirementFiles } from '../../../../../renderer/features/project/package-rows.ts';

const short = (path: string, text: string): readonly string[] =>
  readPackages(path, text).map(
    ({ name, extras, specifier, condition, line }) => `${line} ${name}${extras}|${specifier}|${condition}`,
  );

test('requirements.txt is read line by line, without options and addresses', () => {
  const text = `# what we need
Django>=5.2,<6
psycopg[binary] >= 3.2 ; sys_platform != "win32"
gunicorn==23.0.0  # only in production
-r base.txt
-e git+https://example.com/own.git#egg=own
https://example.com/some.whl
`;
  expect(short('requirements.txt', text)).toEqual([
    '2 Django|>=5.2,<6|',
    '3 psycopg[binary]|>= 3.2|sys_platform != "win32"',
    '4 gunicorn|==23.0.0|',
  ]);
  expect(readPackages('requirements.txt', text)[2]?.comment).toBe('only in production');
});

test('pyproject.toml is read as PEP 621 and as Poetry write it', () => {
  const pep = `[project]
name = "shop"
dependencies = [
  "Django>=5.2",
  "psycopg[binary]>=3.2",
]

[tool.ruff]
select = ["E"]
`;
  expect(short('pyproject.toml', pep)).toEqual(['4 Django|>=5.2|', '5 psycopg[binary]|>=3.2|']);
  const poetry = `[tool.poetry.dependencies]
python = "^3.12"
Django = "^5.2"
celery = { version = "~5.4", extras = ["redis"] }

[tool.poetry.group.dev.dependencies]
pytest = "*"
`;
  expect(short('pyproject.toml', poetry)).toEqual(['3 Django|^5.2|', '4 celery|~5.4|']);
});

test('the file beside manage.py comes first, and a plain list before pyproject.toml', () => {
  expect(requirementFiles(['pyproject.toml', 'requirements.txt', 'site/requirements.txt'], 'site')).toEqual([
    'site/requirements.txt',
    'requirements.txt',
    'pyproject.toml',
  ]);
  expect(requirementFiles(['README.md'], null)).toEqual([]);
});
