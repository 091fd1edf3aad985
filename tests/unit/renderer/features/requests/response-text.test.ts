import { expect, test } from 'vitest';
import { durationWords, statusTone } from '../../../../../renderer/ui/answer-words.ts';
import {
  bodyForm,
  indentJson,
  jsonProblem,
  jsonTokens,
  pageTitle,
  redirectPath,
} from '../../../../../renderer/features/requests/response-text.ts';

const typed = (value: string) => [{ name: 'content-type', value }];

test('the form of a body follows its type', () => {
  expect(bodyForm({ headers: typed('application/problem+json'), body: '{}', bodyBytes: 2 })).toBe('json');
  expect(bodyForm({ headers: typed('text/html; charset=utf-8'), body: '<p>', bodyBytes: 3 })).toBe('html');
  expect(bodyForm({ headers: [], body: 'x', bodyBytes: 1 })).toBe('text');
  expect(bodyForm({ headers: typed('image/png'), body: null, bodyBytes: 9 })).toBe('binary');
  expect(bodyForm({ headers: [], body: '', bodyBytes: 0 })).toBe('empty');
});

test('JSON is indented without touching its values', () => {
  const text = '{"big":9007199254740993,"a":[1,{"b":"x,{\\"y\\"}"}],"none":[],"empty":{},"a":1.50}';
  expect(indentJson(text)).toBe(
    [
      '{',
      '  "big": 9007199254740993,',
      '  "a": [',
      '    1,',
      '    {',
      '      "b": "x,{\\"y\\"}"',
      '    }',
      '  ],',
      '  "none": [],',
      '  "empty": {},',
      '  "a": 1.50',
      '}',
    ].join('\n'),
  );
  expect(indentJson(' "only text" ')).toBe('"only text"');
});

test('what is no JSON is left as it is, and its problem is told', () => {
  expect(indentJson('{"a": }')).toBeNull();
  expect(jsonProblem('{"a": }')).not.toBeNull();
  expect(jsonProblem('[]')).toBeNull();
});

test('tokens give the same text back', () => {
  const text = '{"a": [true, null, -1.5e3, "b"]}';
  const tokens = jsonTokens(text);
  expect(tokens.map((token) => token.text).join('')).toBe(text);
  expect(
    tokens.filter(({ kind }) => kind !== 'space' && kind !== 'punctuation').map(({ kind }) => kind),
  ).toEqual(['key', 'word', 'word', 'number', 'string']);
});

test('status, time and title in short', () => {
  expect([200, 302, 404, 500, 100].map(statusTone)).toEqual([
    'success',
    'info',
    'warning',
    'danger',
    'neutral',
  ]);
  expect([2.34, 540.2, 1250].map(durationWords)).toEqual(['2.3 ms', '540 ms', '1.25 s']);
  expect(pageTitle('<html><title>ValueError\n at /x/ &lt;b&gt; &#x27;</title>')).toBe(
    "ValueError at /x/ <b> '",
  );
  expect(pageTitle('<p>none</p>')).toBeNull();
});

test('redirects on the same site can be followed', () => {
  const to = (location: string) => [{ name: 'Location', value: location }];
  expect(redirectPath({ status: 302, headers: to('/login/?next=/a/') }, '/a/')).toBe('/login/?next=/a/');
  expect(redirectPath({ status: 301, headers: to('../b/') }, '/x/a/')).toBe('/x/b/');
  expect(redirectPath({ status: 302, headers: to('https://elsewhere.org/') }, '/')).toBeNull();
  expect(redirectPath({ status: 200, headers: to('/b/') }, '/')).toBeNull();
});
