import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The files of the app that every save writes together; their folder moves between two names. */
export const NAMES = ['models.py', 'admin.py', 'api/serializers.py', 'api/urls.py', 'views.py'] as const;
/** The two names of the app's folder. */
export const FOLDERS = ['shop', 'apps/store'] as const;

const KILOBYTE = 1024;
// Together up to 8 MB in one save.
const SIZES = [1, 2, 8, 60, 4000, 16, 500].map((kilobytes) => kilobytes * KILOBYTE);
const LINE = `${'x'.repeat(63)}\n`;

/** What one of the files holds after the save with this mark: it begins and ends with it, and its size follows from it. */
export function markedText(mark: string, name: string): string {
  const round = Number(mark.split('-').at(-1));
  const size = SIZES[(round + name.length) % SIZES.length] ?? KILOBYTE;
  return `${mark}\n${LINE.repeat(Math.ceil(size / LINE.length))}${mark}\n`;
}

/** The changes of a save that writes all files. */
export function markedChanges(folder: string, mark: string): Readonly<Record<string, string>> {
  return Object.fromEntries(NAMES.map((name) => [`${folder}/${name}`, markedText(mark, name)]));
}

/** Where the app's folder is now; null before there is one. */
export function folderNow(root: string): string | null {
  const there = FOLDERS.filter((folder) => existsSync(join(root, folder)));
  if (there.length > 1) throw new Error(`Both ${there.join(' and ')} are there.`);
  return there[0] ?? null;
}

/** The mark of the save that stands in a workspace; fails where any byte is of another one. Null for none. */
export function readMark(root: string): string | null {
  const folder = folderNow(root);
  if (folder === null) return null;
  const mark = readFileSync(join(root, folder, NAMES[0]), 'utf8').split('\n', 1)[0] ?? '';
  for (const name of NAMES) {
    if (readFileSync(join(root, folder, name), 'utf8') !== markedText(mark, name))
      throw new Error(`${folder}/${name} is torn or of another save than ${mark}.`);
  }
  return mark;
}
