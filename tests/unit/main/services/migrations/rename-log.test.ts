import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createRenameLog, renameOf } from '../../../../../main/services/migrations/rename-log.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

it('takes renames of fields and models, and nothing else', () => {
  expect(renameOf({ kind: 'field.rename', model: 'shop.Book', field: 'title', name: 'name' })).toEqual({
    app: 'shop',
    model: 'Book',
    old: 'title',
    new: 'name',
    field: true,
  });
  expect(renameOf({ kind: 'model.rename', model: 'shop.Book', name: 'Volume' })).toEqual({
    app: 'shop',
    model: 'Book',
    old: 'Book',
    new: 'Volume',
    field: false,
  });
  expect(renameOf({ kind: 'field.remove', model: 'shop.Book', field: 'title' })).toBeNull();
});

it('remembers them in their order, each project for itself, until a migration holds them', async () => {
  const log = createRenameLog(join(await temporaryFolder(), 'renames.json'));
  await log.note('/one', { kind: 'field.rename', model: 'shop.Book', field: 'a', name: 'b' });
  await log.note('/one', { kind: 'field.rename', model: 'shop.Book', field: 'b', name: 'c' });
  await log.note('/two', { kind: 'model.rename', model: 'shop.Book', name: 'Volume' });
  expect((await log.list('/one')).map((each) => each.new)).toEqual(['b', 'c']);
  await log.forget('/one');
  expect(await log.list('/one')).toEqual([]);
  expect(await log.list('/two')).toHaveLength(1);
});
