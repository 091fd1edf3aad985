import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../../../../main/services/storage/make-folder.ts';
import { temporaryFolder } from './opened-source.ts';

it.skipIf(process.platform !== 'linux')('gives up on a folder that the system will never make', async () => {
  await expect(makeFolder('/proc/samois/state')).rejects.toMatchObject({ code: 'ENOENT' });
});

it('makes folders that others make too, and says what stands in the way of one', async () => {
  const made = join(temporaryFolder(), 'a/b/c');
  await Promise.all([makeFolder(made), makeFolder(made)]);
  expect(existsSync(made)).toBe(true);
  await writeFile(join(made, 'file'), '');
  await expect(makeFolder(join(made, 'file/below'))).rejects.toMatchObject({ code: 'ENOTDIR' });
});
