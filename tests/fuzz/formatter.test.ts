import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OperationKind } from '../../shared/django/operations.ts';
import { pinnedTool } from '../support/python-tools.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { LIBRARY, testParser } from '../unit/shared/source-fixture.ts';
import type { Bench } from './laws.ts';
import { startJudge } from './python-judge.ts';
import { walk } from './walk.ts';

const run = promisify(execFile);
const CONFIG = '[tool.ruff]\nline-length = 88\n\n[tool.ruff.format]\nquote-style = "single"\n';
const OPERATIONS = 1000;
/** Left out is what takes code as the user types it, and new names that make the lines of others longer. */
const KINDS: readonly OperationKind[] = [
  'model.remove',
  'model.setStr',
  'model.addManager',
  'model.setAbsoluteUrl',
  'field.remove',
  'field.reorder',
  'route.add',
  'route.changePath',
  'serializer.add',
  'view.add',
  'view.addMethod',
  'admin.register',
  'admin.unregister',
  'app.add',
  'settings.removeEntry',
];

let bench: Bench;
beforeAll(async () => {
  bench = { parser: await testParser(), judge: startJudge() };
});
afterAll(async () => {
  await bench.judge.end();
  bench.parser.dispose();
});

test('a project that ruff has formatted stays so', async () => {
  const ruff = join(await pinnedTool('ruff==0.17.6'), 'ruff');
  const folder = await temporaryFolder();
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await write('pyproject.toml', CONFIG);
  for (const [path, text] of Object.entries(LIBRARY)) await write(`before/${path}`, text);
  await run(ruff, ['format', '-q', '.'], { cwd: folder });
  const files = new Map([['pyproject.toml', CONFIG]]);
  for (const path of Object.keys(LIBRARY)) {
    files.set(path, await readFile(join(folder, 'before', path), 'utf8'));
  }
  const texts = new Map<string, string>();
  const onPlan: NonNullable<Parameters<typeof walk>[2]['onPlan']> = (plan, { kind }) => {
    for (const { path, after } of plan.files) {
      if (after !== null && path.endsWith('.py')) texts.set(`after/${texts.size}-${kind}/${path}`, after);
    }
  };
  await walk('formatted', files, { seed: 3, operations: OPERATIONS, kinds: KINDS, onPlan }, bench);
  for (const [path, text] of texts) await write(path, text);
  const { stdout } = await run(ruff, ['format', '--diff', '-q', 'after'], {
    cwd: folder,
    maxBuffer: 1e9,
  }).catch((error: unknown) => error as { readonly stdout: string });
  expect(stdout).toBe('');
});
