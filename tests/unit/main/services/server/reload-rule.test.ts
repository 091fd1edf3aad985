import { expect, it } from 'vitest';
import { isServedCode, reloadsFor } from '../../../../../main/services/server/reload-rule.ts';

it.each([
  ['/p/catalog/models.py', true],
  ['/p/catalog/templates/catalog/list.html', true],
  ['/p/.env', true],
  ['/p/db.sqlite3', false],
  ['/p/README.md', false],
  ['/p/static/app.js', false],
])('%s: %s', (place, served) => {
  expect(isServedCode(place)).toBe(served);
});

it('asks for one reload a kind of change', () => {
  const change = (place: string, kind: 'added' | 'changed' | 'removed') => ({ place, kind });
  expect(
    reloadsFor([
      change('/p/a.py', 'changed'),
      change('/p/b.py', 'removed'),
      change('/p/c.py', 'changed'),
      change('/p/d.txt', 'added'),
    ]),
  ).toEqual([
    { kind: 'changed', files: ['/p/a.py', '/p/c.py'] },
    { kind: 'removed', files: ['/p/b.py'] },
  ]);
  expect(reloadsFor([])).toEqual([]);
});
