import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const config = createRequire(import.meta.url)(join(root, '.dependency-cruiser.cjs')) as {
  readonly forbidden: readonly { readonly name: string }[];
};

/** For each rule a file that breaks it, and the file it wrongly reaches for. */
const violations: Readonly<Record<string, readonly [file: string, target: string]>> = {
  'no-cycles': ['shared/django/one.ts', './two.ts'],
  'shared-imports-nothing-of-ours': ['shared/python/a.ts', '../../main/services/a/face.ts'],
  'shared-uses-few-packages': ['shared/python/b.ts', 'node:fs'],
  'preload-imports-only-the-contract': ['preload/a.ts', '../shared/django/two.ts'],
  'renderer-imports-only-shared': ['renderer/api/a.ts', '../../main/services/a/face.ts'],
  'renderer-has-no-node': ['renderer/api/b.ts', 'node:path'],
  'main-does-not-import-the-window': ['main/web/a.ts', '../../renderer/ui/button.ts'],
  'electron-only-in-its-shell': ['main/services/a/c.ts', 'electron'],
  'services-do-not-know-their-shell': ['main/services/a/d.ts', '../../web/entry.ts'],
  'shells-do-not-know-each-other': ['main/electron/a.ts', '../web/entry.ts'],
  'services-meet-in-create-services': ['main/services/a/e.ts', '../b/inside.ts'],
  'features-do-not-know-each-other': ['renderer/features/a/a.ts', '../b/b.ts'],
  'ui-knows-no-state': ['renderer/ui/a.ts', '../stores/store.ts'],
  'stores-know-only-the-api': ['renderer/stores/a.ts', '../ui/button.ts'],
  'fields-know-no-features': ['renderer/fields/a.ts', '../features/b/b.ts'],
  'commands-know-no-features': ['renderer/commands/a.ts', '../features/b/b.ts'],
  'only-threads-parse': ['renderer/api/c.ts', '../../shared/python/parser.ts'],
  'threads-are-started-not-imported': ['main/services/a/f.ts', './a-worker.ts'],
  'product-does-not-import-tests': ['scripts/a.ts', '../tests/support/thing.ts'],
};

const innocent = [
  'main/services/a/face.ts',
  'main/services/a/a-worker.ts',
  'main/services/b/inside.ts',
  'main/web/entry.ts',
  'shared/python/parser.ts',
  'renderer/ui/button.ts',
  'renderer/stores/store.ts',
  'renderer/features/b/b.ts',
  'tests/support/thing.ts',
];

describe('the arrows between the folders', () => {
  let folder: string;
  let found: readonly { readonly from: string; readonly rule: { readonly name: string } }[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'samois-arrows-'));
    const write = async (file: string, text: string): Promise<void> => {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), text);
    };
    for (const file of innocent) await write(file, 'export const value = 1;\n');
    await write('shared/django/two.ts', "import './one.ts';\nexport const value = 2;\n");
    for (const [file, target] of Object.values(violations)) {
      await write(file, `import * as reached from '${target}';\nexport const from = reached;\n`);
    }
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
    for (const file of ['.dependency-cruiser.cjs', 'tsconfig.base.json']) {
      await symlink(join(root, file), join(folder, file));
    }
    const cruiser = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
    const folders = ['shared', 'main', 'preload', 'renderer', 'scripts', 'tests'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [cruiser, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...folders],
      { cwd: folder, maxBuffer: 50e6 },
    ).catch((error: unknown) => error as { stdout: string }); // it ends with the number of violations
    found = (JSON.parse(stdout) as { summary: { violations: typeof found } }).summary.violations;
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('has a planted violation for every rule', () => {
    expect(Object.keys(violations).sort()).toEqual(config.forbidden.map((rule) => rule.name).sort());
  });

  it.each(Object.entries(violations))('%s is enforced', (rule, [file]) => {
    expect(
      found.filter((violation) => violation.rule.name === rule).map((violation) => violation.from),
    ).toContain(file);
  });
});
