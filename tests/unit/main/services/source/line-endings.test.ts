import { describe, expect, it } from 'vitest';
import { withLineEndingsOf } from '../../../../../main/services/source/line-endings.ts';

const before = 'a\r\nb\nc\r\nd';

describe('withLineEndingsOf', () => {
  it('gives every line its own ending back when the editor made them all alike', () => {
    expect(withLineEndingsOf(before, 'a\nb\nc\nd')).toBe(before);
    expect(withLineEndingsOf(before, 'a\r\nb\r\nc\r\nd')).toBe(before);
    expect(withLineEndingsOf(before, before)).toBe(before);
  });

  it('gives a new line the ending of the one above', () => {
    expect(withLineEndingsOf(before, 'a\nb\nnew\nc\nd')).toBe('a\r\nb\nnew\nc\r\nd');
    expect(withLineEndingsOf(before, 'new\na\nb\nc\nd')).toBe('new\r\na\r\nb\nc\r\nd');
    expect(withLineEndingsOf(before, 'a\nB\nc\nd')).toBe('a\r\nB\r\nc\r\nd');
  });

  it('keeps a final newline that was typed, and a missing one missing', () => {
    expect(withLineEndingsOf(before, 'a\nb\nc\nd\n')).toBe('a\r\nb\nc\r\nd\r\n');
    expect(withLineEndingsOf('a\r\nb\n', 'a\nb')).toBe('a\r\nb');
    expect(withLineEndingsOf(before, '')).toBe('');
  });
});
