import { expect, test } from 'vitest';
import {
  draftProblem,
  firstDraft,
  parameterProblem,
  parametersOf,
  requestPath,
  toOutgoing,
  type RequestDraft,
} from '../../../../renderer/stores/request-draft.ts';

const draft = (change: Partial<RequestDraft>): RequestDraft => ({ ...firstDraft, ...change });

test('the parts of a pattern, each once', () => {
  expect(parametersOf('/books/<slug:slug>/<int:page>/<rest>/<slug:slug>')).toEqual([
    { name: 'slug', converter: 'slug' },
    { name: 'page', converter: 'int' },
    { name: 'rest', converter: null },
  ]);
  expect(parametersOf('/books/')).toEqual([]);
});

test('values are checked as Django’s converters match', () => {
  const problem = (converter: string | null, value: string) =>
    parameterProblem({ name: 'x', converter }, value);
  expect(problem('int', '12')).toBeNull();
  expect(problem('int', '-1')).toContain('whole number');
  expect(problem('slug', 'a b')).not.toBeNull();
  expect(problem('str', 'a/b')).not.toBeNull();
  expect(problem('path', 'a/b')).toBeNull();
  expect(problem('uuid', '075194d3-6885-417e-a8a8-6c931e272f00')).toBeNull();
  expect(problem('uuid', '075194D3-6885-417E-A8A8-6C931E272F00')).not.toBeNull();
  expect(problem('roman', 'XII')).toBeNull();
  expect(problem(null, '')).toBe('Give “x” a value.');
});

test('parts are filled in and escaped, the query follows', () => {
  const filled = draft({
    path: '/files/<str:name>/<path:rest>',
    parameters: { name: 'a b?', rest: 'c d/e#f' },
    query: [
      { name: 'q', value: 'ä & b' },
      { name: '', value: 'not sent' },
    ],
  });
  expect(requestPath(filled)).toBe('/files/a%20b%3F/c%20d/e%23f?q=%C3%A4+%26+b');
  expect(requestPath(draft({ path: '/a/?x=1', query: [{ name: 'y', value: '2' }] }))).toBe('/a/?x=1&y=2');
  expect(requestPath(draft({ path: '/books/<int:pk>/' }))).toBe('/books/<int:pk>/');
});

test('a request can be sent when its path is whole', () => {
  expect(draftProblem(draft({ path: 'books/' }))).toContain('slash');
  expect(draftProblem(draft({ path: '/books/<int:pk>/' }))).toBe('Give “pk” a value.');
  expect(draftProblem(draft({ path: '/books/<int:pk>/', parameters: { pk: '3' } }))).toBeNull();
});

test('a body goes along with its type where the method carries one', () => {
  const json = draft({ method: 'POST', body: '{"a": 1}' });
  expect(toOutgoing(json)).toMatchObject({
    body: '{"a": 1}',
    headers: [{ name: 'Content-Type', value: 'application/json' }],
  });
  expect(toOutgoing({ ...json, method: 'GET' })).toMatchObject({ body: null, headers: [] });
  expect(toOutgoing({ ...json, body: '' })).toMatchObject({ body: null, headers: [] });
  const own = [{ name: 'content-type', value: 'application/merge-patch+json' }];
  expect(toOutgoing({ ...json, headers: [...own, { name: ' ', value: 'x' }] }).headers).toEqual(own);
  const form = draft({ method: 'PUT', bodyKind: 'form', form: [{ name: 'title', value: 'a b' }] });
  expect(toOutgoing(form)).toMatchObject({
    body: 'title=a+b',
    headers: [{ name: 'Content-Type', value: 'application/x-www-form-urlencoded' }],
  });
});
