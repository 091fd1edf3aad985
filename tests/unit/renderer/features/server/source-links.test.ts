import { expect, test } from 'vitest';
import { isOwnCode, linksIn } from '../../../../../renderer/features/server/source-links.ts';

test('a line of a traceback names a file and a line', () => {
  const text = '  File "/shop/my models.py", line 12, in save';
  const [link] = linksIn(text);
  expect(link).toMatchObject({ file: '/shop/my models.py', line: 12 });
  expect(text.slice(link?.start, link?.end)).toBe('File "/shop/my models.py", line 12');
});

test('warnings and linters write file and line with a colon', () => {
  expect(linksIn('/shop/catalog/models.py:30: RuntimeWarning: naive datetime')).toMatchObject([
    { file: '/shop/catalog/models.py', line: 30 },
  ]);
  expect(linksIn('C:\\shop\\views.py:7 and templates/a.html:3')).toMatchObject([
    { file: 'C:\\shop\\views.py', line: 7 },
    { file: 'templates/a.html', line: 3 },
  ]);
});

test('times, addresses and what Python calls its own files are no places', () => {
  expect(linksIn('14:05:09 http://localhost:8000/ File "<string>", line 1')).toEqual([]);
});

test('packages inside of the workspace are not the project’s own code', () => {
  expect(isOwnCode('catalog/models.py')).toBe(true);
  expect(isOwnCode('.venv/lib/python3.12/site-packages/django/apps/config.py')).toBe(false);
  expect(isOwnCode(null)).toBe(false);
});
