import { openWorkspaceSource } from '../../../../../main/services/source/workspace-source.ts';
import { createPlainIndex } from './plain-index.ts';

// A studio that does nothing but save several files at once, until somebody kills it.
const [root = '', storageFolder = ''] = process.argv.slice(2);
const names = ['models.py', 'admin.py', 'api/serializers.py', 'api/urls.py', 'views.py'];
const index = createPlainIndex();
const nothing = (): void => undefined;
const source = await openWorkspaceSource({
  root,
  storageFolder,
  index,
  firstRevision: 1,
  events: { onSnapshot: nothing, onFiles: nothing, onHistory: nothing, onError: nothing },
});
process.stdout.write('saving\n');
const operation = { kind: 'app.add', name: 'stock' } as const;
for (let round = 1; ; round += 1) {
  const mark = `${process.pid}-${round}`;
  index.intend(
    Object.fromEntries(
      names.map((name, at) => [name, `${mark}\n${'x = 1\n'.repeat(500 * (at + 1))}${mark}\n`]),
    ),
  );
  const { id } = await source.plan(operation);
  await source.apply(operation, id);
  if (round % 3 === 0) await source.undo();
}
