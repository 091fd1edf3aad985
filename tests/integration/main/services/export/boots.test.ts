import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../../../support/free-port.ts';
import type { Studio } from '../../../../support/studio-services.ts';
import {
  exportTo,
  GOOD_ENVIRONMENT,
  makePlainProject,
  makeTemplateProject,
  ownFolder,
  python,
  studioWith,
} from './exported-project.ts';
import {
  ask,
  createGunicorn,
  createPostgresql,
  createRedis,
  productionServicesAvailable,
} from './services-of-production.ts';

const { folder, remove } = ownFolder();
const available = productionServicesAvailable();
const plain = join(folder, 'exported-shop');
const templated = join(folder, 'exported-library');
let studio: Studio;

beforeAll(async () => {
  studio = await studioWith(makePlainProject(folder));
});

afterAll(async () => {
  await studio.dispose();
  remove();
});

it('has no finding: check --deploy is silent on a project of startproject and on the own template', async () => {
  expect(await exportTo(studio, { kind: 'folder', path: plain })).toMatchObject({ issues: [] });
  const other = await studioWith(makeTemplateProject(folder));
  try {
    expect(await exportTo(other, { kind: 'folder', path: templated })).toMatchObject({ issues: [] });
  } finally {
    await other.dispose();
  }
});

const key = GOOD_ENVIRONMENT['SECRET_KEY'] ?? '';
const strong = 'sehr-geheimes-Wort';

describe('refuses to start', () => {
  it.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['without a secret key', { SECRET_KEY: '' }, /SECRET_KEY is not set/],
    ['with a short key', { SECRET_KEY: key.slice(0, 49) }, /49 characters/],
    ['with the development key', { SECRET_KEY: `django-insecure-${key}` }, /development/],
    ['with a monotonous key', { SECRET_KEY: 'a'.repeat(60) }, /no random text/],
    ['with a repeated key', { SECRET_KEY: 'aB3-xY7_'.repeat(8) }, /no random text/],
    ['with the key of an example', { SECRET_KEY: `changeme-${key}` }, /no random text/],
    ['with DEBUG', { DEBUG: '1' }, /DEBUG is on/],
    ['without hosts', { ALLOWED_HOSTS: '' }, /ALLOWED_HOSTS is not set/],
    ['with any host', { ALLOWED_HOSTS: '*' }, /any host/],
    ['with a URL for a host', { ALLOWED_HOSTS: 'https://shop.example.com' }, /host name alone/],
    ['without a database', { DATABASE_URL: '' }, /DATABASE_URL is not set/],
    [
      'with a default password',
      { DATABASE_URL: 'postgresql://postgres:postgres@db/shop' },
      /everybody tries/,
    ],
    ['with a short password', { DATABASE_URL: 'postgresql://shop:hK3-x9@db/shop' }, /needs 12/],
    ['without a database name', { DATABASE_URL: `postgresql://shop:${strong}@db` }, /names no database/],
    ['with an unknown engine', { DATABASE_URL: 'oracle://db/shop' }, /starts with 'oracle'/],
    ['without a cache', { REDIS_URL: '' }, /REDIS_URL is not set/],
    ['with an open cache', { REDIS_URL: 'redis://cache:6379/0' }, /REDIS_URL has no password/],
    ['with forms from plain HTTP', { CSRF_TRUSTED_ORIGINS: 'http://shop.example.com' }, /https/],
  ])('%s', async (_, changed, reason) => {
    const starts = [
      [plain, 'shop.production.settings'],
      [templated, 'library.production.settings'],
    ].map(([exported = '', DJANGO_SETTINGS_MODULE = '']) =>
      python(exported, ['-c', 'import django; django.setup()'], {
        ...GOOD_ENVIRONMENT,
        ...changed,
        DJANGO_SETTINGS_MODULE,
      }),
    );
    for (const { code, output } of await Promise.all(starts)) {
      expect(code).not.toBe(0);
      expect(output).toMatch(reason);
    }
  });

  it('under gunicorn too, at once and with every reason', async () => {
    const { code, output } = await python(plain, ['-m', 'gunicorn', '--config', 'gunicorn.conf.py'], {
      BIND: '127.0.0.1:0',
    });
    expect(code).not.toBe(0);
    expect(output).toMatch(/SECRET_KEY is not set.*ALLOWED_HOSTS is not set.*DATABASE_URL.*REDIS_URL/);
  });
});

describe.runIf(available)('on PostgreSQL and Redis', () => {
  it.each([
    ['a plain project', () => plain, 'shop'],
    ['the own template', () => templated, 'library'],
  ])('%s serves, tells its state, and recovers', async (_, exported, name) => {
    const own = ownFolder();
    const redis = createRedis(await freePort());
    const postgresql = createPostgresql(own.folder, await freePort());
    const environment = {
      ...GOOD_ENVIRONMENT,
      DATABASE_URL: postgresql.url,
      REDIS_URL: redis.url,
      DJANGO_SETTINGS_MODULE: `${name}.production.settings`,
      STATIC_ROOT: join(own.folder, 'static'),
      MEDIA_ROOT: join(own.folder, 'media'),
      WEB_CONCURRENCY: '1',
    };
    const site = createGunicorn(exported(), await freePort(), environment);
    const status = async (path: string) => (await ask(site.url + path, { Host: 'not-allowed' })).status;
    try {
      await Promise.all([redis.start(), postgresql.start()]);
      const migrated = await python(exported(), ['manage.py', 'migrate', '--noinput'], environment);
      expect(migrated.output).toMatch(/Applying auth\.0001_initial/);
      const collected = await python(exported(), ['manage.py', 'collectstatic', '--noinput'], environment);
      expect(collected.output).toMatch(/static files copied/);
      await site.start();

      expect([await status('/healthz'), await status('/readyz')]).toEqual([200, 200]);
      expect(await ask(`${site.url}/readyz`)).toMatchObject({ body: 'ready\n' });
      await checkAnswers(site.url);

      await redis.stop();
      expect([await status('/readyz'), await status('/healthz')]).toEqual([503, 200]);
      expect((await ask(`${site.url}/readyz`)).body).toBe('not ready\n');
      await redis.start();
      await expect.poll(() => status('/readyz'), { timeout: 10_000 }).toBe(200);

      await postgresql.stop();
      expect([await status('/readyz'), await status('/healthz')]).toEqual([503, 200]);
      await postgresql.start();
      await expect.poll(() => status('/readyz'), { timeout: 10_000 }).toBe(200);
    } finally {
      await site.stop();
      await Promise.all([redis.stop(), postgresql.stop()]);
      own.remove();
    }
  });
});

it('boots on SQLite as well', async () => {
  const own = ownFolder();
  const environment = {
    ...GOOD_ENVIRONMENT,
    DATABASE_URL: `sqlite:///${join(own.folder, 'db.sqlite3')}`,
    STATIC_ROOT: join(own.folder, 'static'),
    WEB_CONCURRENCY: '1',
  };
  const site = createGunicorn(plain, await freePort(), environment);
  try {
    await site.start();
    expect((await ask(`${site.url}/healthz`)).status).toBe(200);
  } finally {
    await site.stop();
    own.remove();
  }
});

/** What a visitor gets over the load balancer, and what nobody gets. */
async function checkAnswers(url: string): Promise<void> {
  const secure = { Host: 'shop.example.com', 'X-Forwarded-Proto': 'https' };
  const page = await ask(`${url}/admin/login/`, secure);
  expect(page.status).toBe(200);
  expect(page.headers).toMatchObject({
    'strict-transport-security': 'max-age=31536000; includeSubDomains; preload',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
  });
  expect(page.headers['content-security-policy']).toContain("default-src 'self'");
  expect(String(page.headers['set-cookie'])).toMatch(/csrftoken=.*Secure/);

  const style = /href="(\/static\/admin\/css\/base\.[0-9a-f]+\.css)"/.exec(page.body)?.[1] ?? '';
  const file = await ask(url + style, { ...secure, 'Accept-Encoding': 'gzip' });
  expect(file.status).toBe(200);
  expect(file.headers).toMatchObject({ 'content-encoding': 'gzip' });
  expect(file.headers['cache-control']).toContain('immutable');

  expect((await ask(`${url}/admin/login/`, { Host: 'shop.example.com' })).status).toBe(301);
  expect((await ask(`${url}/admin/login/`, { ...secure, Host: 'evil.example.com' })).status).toBe(400);
}
