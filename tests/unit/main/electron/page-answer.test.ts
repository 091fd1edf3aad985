import { expect, test } from 'vitest';
import { answerPage } from '../../../../main/electron/page-answer.ts';
import type { WindowFiles } from '../../../../main/services/window-files/window-files.ts';

const files: WindowFiles = {
  find: (path) =>
    ['/', '/index.html', '/assets/app.js'].includes(path)
      ? { type: 'text/html; charset=utf-8', immutable: false, read: () => Promise.resolve(Buffer.from(path)) }
      : undefined,
};

const get = (url: string, method = 'GET'): Promise<Response> => answerPage({ method, url }, files);

test('serves the bundle with its policy', async () => {
  const response = await get('samois://app/');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('/');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(response.headers.get('content-security-policy')).not.toContain('ws:');
  expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  expect(await (await get('samois://app/assets/app.js?v=1#top')).text()).toBe('/assets/app.js');
});

test.each([
  'samois://app',
  'samois://other/',
  'samois://app.evil/',
  'samois://app:1/',
  'samois://user@app/',
  'samois:/',
  'samois:///index.html',
  'https://app/',
  'samois://app/../index.html',
  'samois://app/%2e%2e/index.html',
  'samois://app/..%2f..%2fetc/passwd',
  'samois://app//index.html',
  'samois://app/assets/',
  'samois://app/assets/../../package.json',
  'samois://app/etc/passwd',
  'samois://app/index.html%00',
  'samois://app/INDEX.HTML',
  'samois://app/\\index.html',
  'file:///etc/passwd',
  'SAMOIS://app/',
])('%s is no file of the window', async (url) => {
  const response = await get(url);
  expect(response.status).toBe(404);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('only reads', async () => {
  for (const method of ['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']) {
    expect((await get('samois://app/', method)).status).toBe(404);
  }
});
