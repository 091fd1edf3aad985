import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type BlobStore, createBlobStore } from '../../../../../main/services/source/blob-store.ts';
import type { HistoryRecord, HistoryStep } from '../../../../../main/services/source/history.ts';
import { writeAll, writesOf } from '../../../../../main/services/source/write-all.ts';
import { temporaryFolder, writeFiles } from './opened-source.ts';

function stepOf(files: HistoryRecord['files']): HistoryStep {
  const folders = { madeFolders: [], moves: [], removedFolders: [] };
  return { kind: 'do', record: { id: '1', title: 'Change', at: 0, files, ...folders } };
}

it.each([
  ['ENOSPC', 'the disk is full'],
  ['EACCES', 'permission'],
  ['EIO', 'the disk reports an error'],
])('gives the first files back when a later one fails with %s, and says so', async (code, words) => {
  const root = temporaryFolder();
  await writeFiles(root, { 'a.py': 'a\n', 'b.py': 'b\n' });
  const kept = createBlobStore(join(temporaryFolder(), 'blobs'));
  const hashes = await kept.put(...['a\n', 'A\n', 'b\n', 'B\n'].map((text) => Buffer.from(text)));
  const [a = '', newA = '', b = '', newB = ''] = hashes;
  const failing: BlobStore = {
    ...kept,
    get: (hash) =>
      hash === newB ? Promise.reject(Object.assign(new Error(code), { code })) : kept.get(hash),
  };
  const files = [
    { path: 'a.py', before: a, after: newA, mode: 0o644 },
    { path: 'b.py', before: b, after: newB, mode: 0o644 },
  ];
  const step = stepOf(files);
  await expect(writeAll(writesOf(root, step), failing)).rejects.toThrow(
    expect.objectContaining({ code: 'refused', message: expect.stringMatching(`b.py.*${words}`) as string }),
  );
  expect(['a.py', 'b.py'].map((name) => readFileSync(join(root, name), 'utf8'))).toEqual(['a\n', 'b\n']);
  expect(readdirSync(root).sort()).toEqual(['a.py', 'b.py']);
});

it('takes nothing back that another program has written in the meantime', async () => {
  const root = temporaryFolder();
  await writeFiles(root, { 'a.py': 'a\n', 'b.py': 'b\n' });
  const kept = createBlobStore(join(temporaryFolder(), 'blobs'));
  const [a = '', newA = ''] = await kept.put(...['a\n', 'A\n'].map((text) => Buffer.from(text)));
  const blobs: BlobStore = {
    ...kept,
    get: async (hash) => {
      const bytes = await kept.get(hash);
      writeFileSync(join(root, 'b.py'), 'theirs\n'); // between the first file and the second
      return bytes;
    },
  };
  const files = [
    { path: 'a.py', before: a, after: newA, mode: 0o644 },
    { path: 'b.py', before: a, after: newA, mode: 0o644 },
  ];
  const step = stepOf(files);
  await expect(writeAll(writesOf(root, step), blobs)).rejects.toMatchObject({
    code: 'changed-outside',
    detail: { path: 'b.py', theirs: 'theirs\n' },
  });
  expect(readFileSync(join(root, 'a.py'), 'utf8')).toBe('a\n');
  expect(readFileSync(join(root, 'b.py'), 'utf8')).toBe('theirs\n');
});
