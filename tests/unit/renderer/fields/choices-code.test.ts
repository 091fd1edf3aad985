import { describe, expect, it } from 'vitest';
import {
  choicesFromLines,
  choicesToLines,
  readChoices,
  writeChoices,
} from '../../../../renderer/fields/choices-code.ts';
import { readString } from '../../../../shared/python/string-code.ts';

describe('choices', () => {
  it('are read from lists and tuples of pairs', () => {
    expect(readChoices(`[('a', 'A'), ("b", "It's B"),]`)).toEqual([
      { value: 'a', label: 'A' },
      { value: 'b', label: "It's B" },
    ]);
    expect(readChoices('((1, "One"), (2, "Two"))')).toEqual([
      { value: '1', label: 'One' },
      { value: '2', label: 'Two' },
    ]);
  });

  it('stay code where they are anything else', () => {
    for (const code of [
      'Status.choices',
      "[('a', _('A'))]",
      "{'a': 'A'}",
      "[('G', [('a', 'A')])]",
      'f()',
      "['a']",
    ]) {
      expect(readChoices(code)).toBeNull();
    }
  });

  it('survive the way to lines and back', () => {
    const code = `[('draft', 'Draft'), ('with: colon', 'x')]`;
    expect(writeChoices([{ value: 'draft', label: 'Draft' }], false)).toBe(`[('draft', 'Draft')]`);
    expect(writeChoices([{ value: '1', label: 'One' }], true)).toBe(`[(1, 'One')]`);
    expect(choicesFromLines('draft\nin_review: In review\n\n')).toEqual([
      { value: 'draft', label: 'Draft' },
      { value: 'in_review', label: 'In review' },
    ]);
    expect(choicesToLines(readChoices(code) ?? [])).toContain('draft: Draft');
  });
});

describe('string literals', () => {
  it('are read where they are plain', () => {
    expect(readString("'it\\'s'")).toBe("it's");
    expect(readString('"a\\nb"')).toBe('a\nb');
    expect(readString("f'x'")).toBeNull();
    expect(readString("'a' 'b'")).toBeNull();
    expect(readString("'\\x41'")).toBeNull();
    expect(readString('name')).toBeNull();
  });
});
