import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { calls, type CallName } from '../../../shared/contract/contract.ts';
import { openStudio, type Studio } from '../../support/studio-services.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { plausibleInputs } from './plausible-inputs.ts';
import { makeSoundProject, writeBelow } from './sound-project.ts';

const names = Object.keys(calls) as readonly CallName[];
let parent: string;
let project: string;
let studio: Studio;

beforeEach(async () => {
  parent = await temporaryFolder();
  project = join(parent, 'proj');
  await makeSoundProject(project);
  await writeBelow(parent, {
    'proj-evil/models.py': 'x = 1\n',
    'secret.py': 'x = 2\n',
    'outside/a.py': 'x = 3\n',
  });
  await symlink(join(parent, 'outside'), join(project, 'way-out'));
  await symlink(join(parent, 'secret.py'), join(project, 'secret-link.py'));
  await symlink(join(parent, 'not-there.py'), join(project, 'dangling.py'));
  studio = await openStudio({ folder: project });
});
afterEach(() => studio.dispose());

/** Changes when anything in the folder does, but for the project in it. */
function around(): string {
  const hash = createHash('sha256');
  const entries = readdirSync(parent, { recursive: true, withFileTypes: true });
  for (const entry of entries.sort((a, b) =>
    join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1,
  )) {
    const place = join(entry.parentPath, entry.name);
    if (`${place}/`.startsWith(`${project}/`)) continue;
    hash.update(place);
    if (entry.isFile()) hash.update(readFileSync(place));
    if (entry.isSymbolicLink()) hash.update(readlinkSync(place));
  }
  return hash.digest('hex');
}

function deep(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

const awkward: readonly unknown[] = [
  undefined,
  null,
  true,
  -1,
  0.5,
  NaN,
  Infinity,
  2 ** 53 + 2,
  '',
  '\0',
  '..',
  '../..',
  '\ud800',
  '-rf',
  'x'.repeat(100_000),
  '{{7*7}}${7*7}%s%n',
  "'; DROP TABLE t; --",
  [],
  {},
  [[]],
  deep(500),
  { length: 1e9 },
  JSON.parse('{"__proto__": {"trusted": true}}'),
  { constructor: { prototype: {} } },
  Object.create(null),
  new Date(0),
  new Map([['path', '/']]),
  () => 1,
  Symbol('x'),
  10n,
];

/** The input with each of its values in turn replaced by something awkward, and with one too many. */
function mutations(input: unknown): readonly unknown[] {
  if (typeof input !== 'object' || input === null) return awkward;
  const whole = Array.isArray(input)
    ? []
    : awkward.map((value) => ({ ...input, tooMuch: value })).slice(0, 3);
  const parts = Object.entries(input).flatMap(([key, value]: readonly [string, unknown]) =>
    mutations(value).map((changed) => {
      if (!Array.isArray(input)) return { ...input, [key]: changed };
      const copy: unknown[] = [...(input as readonly unknown[])];
      copy[Number(key)] = changed;
      return copy;
    }),
  );
  return [...whole, ...parts, ...awkward];
}

async function finishedJobs(): Promise<readonly string[]> {
  await expect
    .poll(async () => (await studio.call('job.list', {})).some((job) => job.state === 'running'), {
      timeout: 30_000,
    })
    .toBe(false);
  return (await studio.call('job.list', {})).map((job) => job.failure?.code ?? job.state);
}

it('malformed inputs get a typed failure, do nothing outside, and harm nobody', async () => {
  const before = around();
  const inputs = plausibleInputs(project, parent);
  let asked = 0;
  for (const name of names) {
    if (name === 'python.interpreters') continue; // takes nothing
    for (const input of inputs[name].slice(0, 2).flatMap(mutations)) {
      // What is right after all may do its work: that is another test's.
      if (calls[name].input.safeParse(input).success && name !== 'job.cancel') continue;
      const reply = await studio.request(name, input);
      asked += 1;
      if (!reply.ok) expect(reply.failure.code, `${name} ${reply.failure.message}`).not.toBe('internal');
    }
  }
  expect(asked).toBeGreaterThan(3000);
  for (const name of [
    '',
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    'source.',
    'x'.repeat(1e6),
    7,
    null,
    {},
  ])
    expect(await studio.request(name, {})).toMatchObject({ ok: false, failure: { code: 'not-found' } });
  expect(await finishedJobs()).not.toContain('internal');
  expect(around()).toBe(before);
  expect(({} as { trusted?: boolean }).trusted).toBeUndefined();
  expect(readFileSync(join(project, 'manage.py'), 'utf8')).toContain('execute_from_command_line');
});

describe.each([false, true])('senseless inputs (trusted: %s)', (trusted) => {
  it('get a typed failure or an answer', async () => {
    if (trusted) await studio.call('trust.grant', {});
    const before = around();
    const inputs = plausibleInputs(project, parent);
    const skipped = new Set<CallName>([
      'python.interpreters',
      'workspace.listFolder',
      'workspace.open',
      'trust.grant',
    ]);
    for (const name of names.filter((each) => !skipped.has(each) && !each.startsWith('workspace.create'))) {
      for (const input of inputs[name].slice(0, 1).flatMap(mutations)) {
        if (!calls[name].input.safeParse(input).success) continue;
        const reply = await studio.request(name, input);
        if (!reply.ok) expect(reply.failure.code, `${name} ${reply.failure.message}`).not.toBe('internal');
      }
      if ((await studio.workspace()) === null) await studio.call('workspace.open', { path: project });
      if (trusted) await studio.call('trust.grant', {});
    }
    expect(around()).toBe(before);
  });
});

const escapes = (): readonly string[] => {
  const up = Array.from({ length: 12 }, (_, depth) => '../'.repeat(depth + 1));
  return [
    ...up.flatMap((way) => [`${way}secret.py`, `catalog/${way}secret.py`]),
    ...[
      '..',
      '.',
      './secret.py',
      'catalog/../../secret.py',
      'catalog//models.py',
      '/',
      '//',
      'catalog/',
      './',
    ],
    ...['/etc/passwd', '//etc/passwd', join(parent, 'secret.py'), join(parent, 'proj-evil/models.py')],
    ...['../proj-evil/models.py', '../proj/../secret.py', '..\\secret.py', 'catalog\\..\\..\\secret.py'],
    ...[
      'C:\\Windows\\win.ini',
      'C:secret.py',
      '\\\\host\\share\\x',
      '//host/share/x',
      '\\\\?\\C:\\x',
      'file:///etc/passwd',
    ],
    ...['%2e%2e/secret.py', '..%2fsecret.py', '%2e%2e%2fsecret.py', '..%252fsecret.py', '..%c0%afsecret.py'],
    ...[
      '．．/secret.py',
      '..∕secret.py',
      '‥/secret.py',
      '.. /secret.py',
      ' ../secret.py',
      '../secret.py\0.txt',
      '\0',
      'a\0b',
    ],
    ...['way-out/a.py', 'way-out', 'way-out/new.py', 'secret-link.py', 'dangling.py', 'way-out/../secret.py'],
    ...[
      '~/secret.py',
      '~root/x',
      '$HOME/x',
      '/proc/self/environ',
      '/proc/self/cwd/../secret.py',
      '/dev/stdin',
      '/dev/null',
    ],
    ...['x'.repeat(4000), `${'a/'.repeat(100)}b`, 'x'.repeat(300)],
  ];
};

it('no path leads out of the workspace', async () => {
  const before = around();
  expect(escapes().length).toBeGreaterThan(70);
  for (const path of escapes()) {
    for (const [name, input] of [
      ['source.read', { path }],
      ['source.write', { path, text: 'evil\n', baseHash: '' }],
      [
        'source.write',
        { path, text: 'evil\n', baseHash: createHash('sha256').update('x = 2\n').digest('hex') },
      ],
    ] as const) {
      const reply = await studio.request(name, input);
      expect(JSON.stringify(reply), `${name} ${path}`).not.toMatch(/x = [123]|root:|"internal"/);
    }
  }
  expect(around()).toBe(before);
});

it('no name of an app, a model or a folder leads out', async () => {
  await studio.call('trust.grant', {});
  const before = around();
  for (const name of escapes().filter((path) => path.length < 250)) {
    for (const operation of [
      { kind: 'app.add', name, label: name },
      { kind: 'app.add', name },
      { kind: 'model.add', app: name, name: 'Thing' },
    ]) {
      const planned = await studio.request('source.plan', { operation });
      expect(JSON.stringify(planned)).not.toContain('"internal"');
    }
    const made = await studio.request('workspace.createFolder', { parent: project, name });
    if (made.ok) expect(String(made.value).startsWith(`${project}/`), name).toBe(true);
  }
  await mkdir(join(project, 'made'), { recursive: true });
  expect(around()).toBe(before);
});
