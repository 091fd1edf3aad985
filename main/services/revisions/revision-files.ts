import { Failure } from '../../../shared/contract/failure.ts';
import { wantsFile } from '../../../shared/django/source-index.ts';
import { git } from './git.ts';

/** A Python file of a revision, by its path in the workspace. */
export interface RevisionFile {
  readonly path: string;
  readonly text: string;
}

/** The commit that a name means now; fails with a sentence where it means none. */
export async function commitOf(folder: string, revision: string): Promise<string> {
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
    return (await git(folder, args)).toString('utf8').trim();
  } catch (error) {
    if (!(error instanceof Failure) || error.code !== 'tool-failed') throw error;
    throw new Failure(
      'not-found',
      `“${revision}” is no revision of this repository: name a branch, a tag or a commit.`,
    );
  }
}

/** The files of a commit that the source lens reads, below the workspace alone. */
export async function filesOf(folder: string, commit: string): Promise<readonly RevisionFile[]> {
  // Names come relative to the folder, and those of other folders of the repository do not come.
  const listed = await git(folder, ['ls-tree', '-r', '-z', commit]);
  const blobs = listed
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      const [, hash, path] = /^100(?:644|755) blob (\w+)\t(.*)$/s.exec(line) ?? [];
      return hash !== undefined && path?.endsWith('.py') === true && wantsFile(path) ? [{ hash, path }] : [];
    });
  if (blobs.length === 0) return [];
  const wanted = [...new Set(blobs.map(({ hash }) => hash))];
  const texts = readBatch(await git(folder, ['cat-file', '--batch'], `${wanted.join('\n')}\n`));
  return blobs.flatMap(({ hash, path }) => {
    const text = texts.get(hash);
    return text === undefined ? [] : [{ path, text }];
  });
}

/** The answer of `git cat-file --batch`: a line with hash, kind and size, the bytes, a line break; and so on. */
export function readBatch(answer: Buffer): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (let at = 0; at < answer.length;) {
    const end = answer.indexOf(0x0a, at);
    if (end < 0) break;
    const [hash = '', kind, size] = answer.toString('utf8', at, end).split(' ');
    if (kind !== 'blob' || size === undefined) {
      at = end + 1; // `missing`, where the repository was fetched in part
      continue;
    }
    const start = end + 1;
    texts.set(hash, answer.toString('utf8', start, start + Number(size)));
    at = start + Number(size) + 1;
  }
  return texts;
}
