import { describe, expect, test } from 'vitest';
import { fuzzyFilter, fuzzyScore } from '../../../../renderer/ui/fuzzy.ts';

const names = [
  'catalog/models.py',
  'accounts/models.py',
  'BookViewSet',
  'Book',
  'bookkeeping',
  'Start Server',
];
const find = (typed: string) => fuzzyFilter(names, typed, (name) => name, 10);

describe('fuzzy search', () => {
  test('nothing typed keeps the order', () => {
    expect(find('')).toEqual(names);
    expect(find('  ')).toEqual(names);
  });

  test('what is written in one piece comes first, the shorter text before the longer', () => {
    expect(find('book')).toEqual(['Book', 'BookViewSet', 'bookkeeping']);
  });

  test('starts of words find a name', () => {
    expect(find('bvs')).toEqual(['BookViewSet']);
    expect(find('c/m')[0]).toBe('catalog/models.py');
    expect(find('sserv')).toEqual(['Start Server']);
  });

  test('letters in another order do not fit', () => {
    expect(fuzzyScore('models.py', 'yp')).toBeNull();
  });

  test('the list is cut', () => {
    expect(fuzzyFilter(names, '', (name) => name, 2)).toHaveLength(2);
  });
});
