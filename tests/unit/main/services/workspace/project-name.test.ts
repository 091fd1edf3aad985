import { describe, expect, it } from 'vitest';
import { projectNameProblem, suggestedName } from '../../../../../main/services/workspace/project-name.ts';

describe('the name of a project', () => {
  it.each(['shop', 'my_shop', 'Shop2', '_shop'])('can be %s', (name) => {
    expect(projectNameProblem(name)).toBeNull();
  });

  it.each([
    ['', 'Give the project a name'],
    ['my shop', 'Try "my_shop"'],
    ['2shop', 'Try "shop"'],
    ['shop-site', 'Try "shop_site"'],
    ['Café ☕', 'Try "cafe"'],
    ['🎸', 'Try "mysite"'],
    ['../etc', 'Try "etc"'],
    ['class', 'a word of the Python language'],
    ['None', 'a word of the Python language'],
    ['json', 'standard library'],
    ['Site', 'standard library'],
    ['django', 'contains or imports'],
    ['test', 'Try "test_project"'],
    ['accounts', 'contains or imports'],
    ['catalog', 'contains or imports'],
    ['a'.repeat(61), 'longer than 60'],
  ])('can not be "%s": %s', (name, words) => {
    expect(projectNameProblem(name)).toContain(words);
  });

  it('is suggested so that it can be taken', () => {
    for (const typed of ['my shop', 'class', 'json', 'Ünïcode', '0', '___', 'test', 'x'.repeat(200)])
      expect(projectNameProblem(suggestedName(typed))).toBeNull();
  });
});
