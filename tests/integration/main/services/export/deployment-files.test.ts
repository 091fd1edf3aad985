import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { testPython } from '../../../../support/python-environment.ts';
import { exportTo, makePlainProject, ownFolder, studioWith } from './exported-project.ts';
import { isOnPath } from './services-of-production.ts';

const { folder, remove } = ownFolder();
const exported = join(folder, 'exported');

beforeAll(async () => {
  const studio = await studioWith(makePlainProject(folder));
  await exportTo(studio, { kind: 'folder', path: exported });
  await studio.dispose();
});

afterAll(remove);

/** A YAML file as its parser sees it: anchors and merge keys resolved. */
function yaml(path: string): unknown {
  const program = 'import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1])), default=str))';
  return JSON.parse(execFileSync(testPython, ['-c', program, join(exported, path)], { encoding: 'utf8' }));
}

const service = z.object({
  image: z.string(),
  user: z.string().optional(),
  read_only: z.literal(true),
  cap_drop: z.tuple([z.literal('ALL')]),
  security_opt: z.tuple([z.literal('no-new-privileges:true')]),
  ports: z.array(z.string()).optional(),
  networks: z.array(z.string()),
  environment: z.record(z.string(), z.string()).optional(),
  healthcheck: z.looseObject({}).optional(),
  deploy: z.object({ replicas: z.number() }).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
});
const compose = z.object({
  services: z.record(z.string(), service),
  networks: z.record(z.string(), z.object({ internal: z.boolean().optional() })),
  volumes: z.record(z.string(), z.unknown()),
});

it('has a compose file in which every container is locked and only the load balancer has ports', () => {
  const { services, networks, volumes } = compose.parse(yaml('compose.yaml'));
  expect(Object.keys(services).toSorted()).toEqual(['balancer', 'cache', 'database', 'migrations', 'web']);
  for (const [name, { ports, healthcheck, image }] of Object.entries(services)) {
    expect(ports !== undefined, name).toBe(name === 'balancer');
    expect(healthcheck, name).toBeDefined();
    expect(image, name).toMatch(/:(?!latest)/);
  }
  expect(networks['inside']).toEqual({ internal: true });
  expect([services['database']?.networks, services['cache']?.networks]).toEqual([['inside'], ['inside']]);
  expect(services['web']?.deploy?.replicas).toBe(3);
  expect(services['web']?.depends_on?.['migrations']).toEqual({
    condition: 'service_completed_successfully',
  });
  expect(services['migrations']?.deploy).toBeUndefined();
  expect([services['database']?.user, services['cache']?.user]).toEqual(['postgres', 'redis']);
  expect(Object.keys(volumes)).toContain('database');
  const secrets = Object.values(services).flatMap(({ environment = {} }) =>
    Object.entries(environment).filter(([name]) => /PASSWORD|SECRET|URL/.test(name)),
  );
  expect(secrets.length).toBeGreaterThan(5);
  // ${NAME:?…}: Compose itself refuses to start without it; no secret has a default.
  for (const [, value] of secrets) expect(value).toMatch(/\$\{[A-Z_]+:\?/);
});

it('has a Dockerfile of two stages that ends without root and holds no secret', () => {
  const text = readFileSync(join(exported, 'Dockerfile'), 'utf8');
  expect(text.match(/^FROM /gm)).toHaveLength(2);
  expect(text).not.toMatch(/\{[{%]|^ARG .*(?:KEY|PASSWORD)|^ENV .*SECRET/m);
  const lastStage = text.slice(text.lastIndexOf('\nFROM '));
  expect(lastStage).toMatch(/collectstatic[^]*\nUSER site\n[^]*HEALTHCHECK[^]*CMD \["gunicorn"/);
  expect(lastStage).not.toMatch(/build-essential/);
  expect(readFileSync(join(exported, '.dockerignore'), 'utf8')).toMatch(/^\.env$/m);
  expect(readFileSync(join(exported, 'requirements-production.txt'), 'utf8')).toMatch(
    /-r requirements\.txt\ngunicorn==[^]*whitenoise==[^]*psycopg\[binary\]==[^]*redis==/,
  );
});

it('has a workflow that a YAML parser reads', () => {
  const workflow = yaml('.github/workflows/checks.yml');
  expect(JSON.stringify(workflow)).toMatch(/makemigrations --check.*manage\.py test.*check --deploy/);
});

it('is clean Python', () => {
  execFileSync(testPython, ['-W', 'error', '-m', 'compileall', '-q', join(exported, 'shop/production')]);
  execFileSync(testPython, ['-m', 'py_compile', join(exported, 'gunicorn.conf.py')]);
});

it.runIf(isOnPath('nginx') && isOnPath('openssl'))('has a load balancer that nginx accepts', () => {
  const certificates = join(folder, 'certificates');
  mkdirSync(certificates);
  const files = ['-keyout', join(certificates, 'privkey.pem'), '-out', join(certificates, 'fullchain.pem')];
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', ...files],
    {
      stdio: 'ignore',
    },
  );
  const text = readFileSync(join(exported, 'nginx.conf'), 'utf8');
  expect(text).toMatch(/location \/media\/ \{/);
  // Debian's nginx is older than the image: it knows neither of the two, nor the names of the containers.
  const local = text
    .replace('server web:8000 resolve', 'server 127.0.0.1:8000')
    .replace('http2 on;', '')
    .replaceAll(' /tmp/', ` ${folder}/`)
    .replace('/dev/stdout', join(folder, 'access.log'))
    .replaceAll('/etc/nginx/certificates', certificates);
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, local);
  const path = `${process.env['PATH'] ?? ''}:/usr/sbin`;
  execFileSync('nginx', ['-t', '-q', '-c', file, '-p', folder], { env: { ...process.env, PATH: path } });
});
