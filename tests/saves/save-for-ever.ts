import { FOLDERS, folderNow, markedChanges } from './marked-files.ts';
import { openStudio } from './studio.ts';

// A studio that does nothing but save several files at once, with and without a move of their folder, take it back and
// do it again, until somebody kills it.
const [root = '', storageFolder = ''] = process.argv.slice(2);
const { source, apply } = await openStudio(root, storageFolder);
process.stdout.write('saving\n');
for (let round = 1; ; round += 1) {
  const mark = `${process.pid}-${round}`;
  const folder = folderNow(root) ?? FOLDERS[0];
  const other = FOLDERS.find((name) => name !== folder) ?? FOLDERS[1];
  const moves = round % 2 === 0 && folderNow(root) !== null;
  await apply(markedChanges(folder, mark), { folderMoves: moves ? [{ from: folder, to: other }] : [] });
  process.stdout.write(`saved ${round}\n`);
  if (round % 3 === 0) await source.undo();
  if (round % 6 === 0) await source.redo();
}
