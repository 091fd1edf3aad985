import { expect, test } from 'vitest';
import {
  createRequestsStore,
  firstMethod,
  shownExchange,
} from '../../../../renderer/stores/requests-store.ts';
import type { IncomingResponse } from '../../../../shared/contract/host-calls.ts';
import { Failure } from '../../../../shared/contract/failure.ts';
import { createFakeApi } from './fake-api.ts';

const response: IncomingResponse = {
  status: 200,
  reason: 'OK',
  headers: [],
  body: '',
  bodyBytes: 0,
  truncated: false,
  milliseconds: 1,
  sentHeaders: [],
};

test('an answer stands on top of the history and is shown', async () => {
  const store = createRequestsStore(createFakeApi({ 'requests.send': () => response }));
  store.edit({ path: '/books/<int:pk>/', parameters: { pk: '7' } });
  await store.send();
  expect(shownExchange(store.state.getState())).toMatchObject({
    path: '/books/7/',
    outcome: { kind: 'response' },
  });
  expect(store.state.getState().sending).toBe(false);
});

test('a failure is part of the history too', async () => {
  const refuse = () => {
    throw new Failure('not-available', 'The server is not running.');
  };
  const store = createRequestsStore(createFakeApi({ 'requests.send': refuse }));
  await store.send();
  expect(shownExchange(store.state.getState())?.outcome).toMatchObject({
    kind: 'failure',
    failure: { code: 'not-available' },
  });
});

test('what is not whole is not sent', async () => {
  const api = createFakeApi({ 'requests.send': () => response });
  const store = createRequestsStore(api);
  store.edit({ path: '/books/<int:pk>/' });
  await store.send();
  expect(api.called).toEqual([]);
});

test('fifty requests are kept; one of them can be taken up again', async () => {
  const store = createRequestsStore(createFakeApi({ 'requests.send': () => response }));
  for (let page = 1; page <= 51; page += 1) {
    store.edit({ path: `/${page}/` });
    await store.send();
  }
  const { history } = store.state.getState();
  expect(history).toHaveLength(50);
  const last = history.at(-1);
  expect(last?.path).toBe('/2/');
  store.recall(last?.id ?? 0);
  expect(store.state.getState().draft.path).toBe('/2/');
  store.forget();
  expect(store.state.getState()).toMatchObject({ history: [], shown: null });
});

test('a new request keeps who sends it and takes a method of the route', () => {
  const store = createRequestsStore(createFakeApi({}));
  store.edit({ as: { kind: 'user', id: '3' }, query: [{ name: 'q', value: 'x' }] });
  store.compose({ pattern: '/books/', methods: ['POST', 'OPTIONS'] }, '{}');
  expect(store.state.getState().draft).toMatchObject({
    method: 'POST',
    path: '/books/',
    body: '{}',
    query: [],
    as: { kind: 'user', id: '3' },
  });
  expect(firstMethod(null)).toBe('GET');
});

test('an answer of the former project is not shown in the next', async () => {
  const store = createRequestsStore(createFakeApi({ 'requests.send': () => response }));
  const sending = store.send();
  store.clear();
  await sending;
  expect(store.state.getState()).toMatchObject({ history: [], sending: false });
});
