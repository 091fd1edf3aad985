import { expect, test } from 'vitest';
import { readConfiguredStyle } from '../../../../shared/python/style-config.ts';

test.each([
  [
    'pyproject.toml',
    '[tool.ruff]\nline-length = 100\n[tool.ruff.format]\nquote-style = "single"\n',
    100,
    "'",
  ],
  ['pyproject.toml', '[tool.black]\nline-length = 79\n', 79, '"'],
  ['pyproject.toml', '[tool.black]\nskip-string-normalization = true\n', null, null],
  ['pyproject.toml', '[tool.ruff\n', null, null],
  ['backend/ruff.toml', 'line-length = 120\n[format]\nquote-style = "double"\n', 120, '"'],
  ['.flake8', '[flake8]\nmax-line-length = 119  # as Django\n', 119, null],
  ['setup.cfg', '[metadata]\nname = x\n[flake8]\nmax_line_length: 90\n', 90, null],
  ['tox.ini', '[pycodestyle]\nmax-line-length=99\n', 99, null],
  ['.editorconfig', 'root = true\n[*]\nmax_line_length = 80\n[*.{py,pyi}]\nmax_line_length = 88\n', 88, null],
])('%s says how long lines are and which quotes are used', (name, text, lineLength, quote) => {
  expect(readConfiguredStyle(name, text)).toMatchObject({ lineLength, quote });
});

test('.editorconfig says how lines are indented', () => {
  const text = '[*]\nindent_style = space\nindent_size = 2\n[*.py]\nindent_size = 4\n';
  expect(readConfiguredStyle('.editorconfig', text).indent).toBe('    ');
  expect(readConfiguredStyle('.editorconfig', '[*]\nindent_style = tab\n').indent).toBe('\t');
});
