import { expect, test } from 'vitest';
import { createSqlStore, parametersOf, parameterValue } from '../../../../renderer/stores/sql-store.ts';
import { Failure } from '../../../../shared/contract/failure.ts';
import { createFakeApi } from './fake-api.ts';

test.each([
  ['', { kind: 'null' }],
  ['42', { kind: 'integer', text: '42' }],
  ['-1.5e3', { kind: 'real', text: '-1.5e3' }],
  ['0042x', { kind: 'text', text: '0042x' }],
  [`'42'`, { kind: 'text', text: '42' }],
  [`'it''s'`, { kind: 'text', text: "it's" }],
])('%j stands for its value', (text, value) => {
  expect(parameterValue(text)).toEqual(value);
});

test('the parameters of a script are asked for once', () => {
  expect(parametersOf('SELECT :a, :b; SELECT :a; SELECT 1')).toEqual(['a', 'b']);
});

test('what would write is kept to be run so, and stands in the history once', async () => {
  const api = createFakeApi({
    'database.remember': () => null,
    'database.query': ({ write }) => {
      if (!write) throw new Failure('refused', 'This would write.', { writes: true });
      return [];
    },
  });
  const store = createSqlStore(api);
  await store.run('default', 'DELETE FROM a');
  expect(store.state.getState()).toMatchObject({
    running: false,
    outcome: { kind: 'failure', sql: 'DELETE FROM a', writes: true },
  });
  await store.run('default', 'DELETE FROM a', true);
  expect(store.state.getState()).toMatchObject({
    outcome: { kind: 'results', results: [] },
    history: ['DELETE FROM a'],
  });
});
