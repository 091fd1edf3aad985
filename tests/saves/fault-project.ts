import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Studio } from './studio.ts';

/** What a faulted step may be: a plan that edits, makes, removes and moves; the same taken back; a text typed. */
export type StepName = 'apply' | 'undo' | 'write';

const files: Readonly<Record<string, string>> = {
  'shop/models.py': 'm = 1\n'.repeat(20_000),
  'shop/admin.py': 'a = 1\n',
  'shop/logo.svg': '<svg/>',
  'urls.py': 'u = 1\r\n',
  'old.py': 'o = 1\n',
};

/** The files that the plan writes, in its order. */
export const CHANGES: Readonly<Record<string, string | null>> = {
  'shop/models.py': 'm = 2\n'.repeat(30_000),
  'shop/admin.py': 'a = 2\n',
  'api/v1/urls.py': 'v = 1\n',
  'urls.py': 'u = 2\r\n',
  'old.py': null,
};

/** Writes the project whose files are changed. */
export function writeProject(root: string): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

/** Takes one step as a window would ask for it. */
export async function takeStep({ source, apply }: Studio, step: StepName): Promise<void> {
  if (step === 'undo') await source.undo();
  else if (step === 'write') {
    const { hash } = await source.read('urls.py');
    await source.write('urls.py', 'typed = 1\r\n', hash);
  } else await apply(CHANGES, { folderMoves: [{ from: 'shop', to: 'apps/store' }] });
}
