import { describe, expect, it } from 'vitest';
import { copyModels, pastedModels, readCopiedModels } from '../../../../shared/django/copied-models.ts';
import { makeField, makeModel, makeRelation } from '../../../support/model-scenes.ts';

const author = makeModel('shop.Author', [
  makeField('name', 'CharField', { max_length: 200 }),
  makeField('place', 'PointOnMapField'),
]);
const book = makeModel('shop.Book', [
  makeRelation('author', 'shop.Author'),
  makeRelation('next', 'self'),
  makeRelation('owner', 'auth.User'),
]);

describe('copied models', () => {
  it('lead to each other as the originals do, under names that are free', () => {
    const pasted = pastedModels(copyModels([author, book]), 'sales', new Set(['book', 'BookCopy']));
    expect(pasted.map(({ name }) => name)).toEqual(['Author', 'BookCopy2']);
    expect(pasted[1]?.fields.map(({ to }) => to)).toEqual(['sales.Author', 'self', 'auth.User']);
  });

  it('say what can’t go along', () => {
    const { models, left } = copyModels([author]);
    expect(models[0]?.fields.map(({ name }) => name)).toEqual(['name']);
    expect(left).toEqual(['Author.place is not copied: PointOnMapField is no field of Django.']);
  });

  it('leave code behind that its own module is needed for', () => {
    const place = { file: 'shop/models.py', start: 0, end: 1, line: 1 };
    const field = makeField('status', 'CharField', { max_length: 9 });
    const options = [
      ...field.options,
      { name: 'choices', code: 'Status.choices', place },
      { name: 'default', code: "'it''s'", place },
    ];
    const { models, left } = copyModels([makeModel('shop.Order', [{ ...field, options }])]);
    expect(models[0]?.fields[0]?.options).toEqual({ max_length: '9', default: "'it''s'" });
    expect(left[0]).toContain('without choices');
  });

  it('are found in a text of the clipboard, and nowhere else', () => {
    const copied = copyModels([author]);
    expect(readCopiedModels(JSON.stringify(copied))).toEqual(copied);
    expect(readCopiedModels('samois/models')).toBeNull();
    expect(readCopiedModels('{"kind":"samois/models","models":[]}')).toBeNull();
    expect(readCopiedModels('SELECT 1')).toBeNull();
  });
});
