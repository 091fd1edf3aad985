import { describe, expect, it } from 'vitest';
import {
  apiDraftFor,
  apiOperation,
  pathFor,
  pathProblem,
} from '../../../../../../renderer/features/models/dialogs/api-draft.ts';
import { makeField, makeModel, makeRelation } from '../../../../../support/model-scenes.ts';

const book = makeModel('shop.Book', [
  makeField('title', 'CharField'),
  makeField('status', 'CharField', { choices: 'x' }),
  makeRelation('author', 'shop.Author'),
  makeField('api_token', 'CharField'),
  makeField('data', 'JSONField'),
]);

describe('the form of an API', () => {
  it('starts with what most APIs offer, and with no secret', () => {
    expect(apiOperation(book, apiDraftFor(book))).toEqual({
      kind: 'api.add',
      model: 'shop.Book',
      path: 'books',
      fields: ['id', 'title', 'status', 'author', 'data'],
      filters: ['status', 'author'],
      search: ['title', 'status'],
      permission: 'authenticated-or-read-only',
    });
  });

  it.each([
    ['Book', 'books'],
    ['OrderLine', 'order-lines'],
    ['Category', 'categories'],
    ['Address', 'addresses'],
    ['Day', 'days'],
    ['HTTPRequest', 'http-requests'],
  ])('%s is found under %s', (name, path) => {
    expect(pathFor(name)).toBe(path);
  });

  it('refuses paths that are none', () => {
    expect(pathProblem('order-lines')).toBeNull();
    expect(pathProblem('v2/books')).toBeNull();
    for (const path of ['', '/books', 'books/', 'a b', 'böcker', '<int:pk>'])
      expect(pathProblem(path)).not.toBeNull();
  });
});
