import { describe, expect, test } from 'vitest';
import type { SourceFile } from '../../../../shared/contract/source-calls.ts';
import {
  applyTyped,
  changedOutside,
  freshFile,
  isDirty,
  neighbour,
  positionAt,
  replacementOf,
  saved,
} from '../../../../renderer/stores/open-files.ts';

const disk = (text: string, hash = text): SourceFile => ({
  path: 'a.py',
  text,
  hash,
  lineEnding: 'lf',
  readOnly: null,
});

describe('a file that changes outside', () => {
  test('is followed where nothing was typed', () => {
    const file = changedOutside(freshFile(disk('old')), disk('new'));
    expect(file).toMatchObject({ draft: 'new', conflict: null });
    expect(isDirty(file)).toBe(false);
  });

  test('becomes a conflict where something was typed; both texts are kept', () => {
    const file = changedOutside({ ...freshFile(disk('old')), draft: 'typed' }, disk('new'));
    expect(file.draft).toBe('typed');
    expect(file.conflict?.text).toBe('new');
  });

  test('is no conflict where it became what was typed', () => {
    const file = changedOutside({ ...freshFile(disk('old')), draft: 'same' }, disk('same'));
    expect(file.conflict).toBeNull();
    expect(isDirty(file)).toBe(false);
  });

  test('ends a conflict when the old bytes are back', () => {
    const conflict = changedOutside({ ...freshFile(disk('old')), draft: 'typed' }, disk('new'));
    expect(changedOutside(conflict, disk('old')).conflict).toBeNull();
  });
});

describe('a save', () => {
  test('makes the file clean', () => {
    const file = saved({ ...freshFile(disk('old')), draft: 'typed' }, disk('typed'), 'typed');
    expect(isDirty(file)).toBe(false);
  });

  test('keeps what was typed meanwhile', () => {
    const file = saved({ ...freshFile(disk('old')), draft: 'typed more' }, disk('typed'), 'typed');
    expect(file.draft).toBe('typed more');
    expect(isDirty(file)).toBe(true);
  });
});

test('closing a tab goes to the right, else to the left', () => {
  const files = ['a', 'b', 'c'].map((path) => freshFile({ ...disk(''), path }));
  expect(neighbour(files, 'b')).toBe('c');
  expect(neighbour(files, 'c')).toBe('b');
  expect(neighbour(files.slice(0, 1), 'a')).toBeNull();
});

describe('typed changes', () => {
  const change = (line: number, column: number, text: string, endLine = line, endColumn = column) => ({
    startLine: line,
    startColumn: column,
    endLine,
    endColumn,
    text,
  });

  test('leave every other line ending as it is', () => {
    const mixed = 'one\r\ntwo\nthree\r\n';
    expect(applyTyped(mixed, [change(2, 4, '!\nnew')], '\r\n')).toBe('one\r\ntwo!\r\nnew\nthree\r\n');
  });

  test('count columns behind a byte order mark', () => {
    expect(applyTyped('\uFEFFone', [change(1, 1, 'x')], '\n')).toBe('\uFEFFxone');
  });

  test('may be several at once, in the positions of the text before', () => {
    const changes = [change(1, 1, 'b'), change(2, 1, 'd')];
    expect(applyTyped('a\nc', changes, '\n')).toBe('ba\ndc');
  });

  test('join and remove lines', () => {
    expect(applyTyped('one\r\ntwo\r\n', [change(1, 4, '', 2, 1)], '\r\n')).toBe('onetwo\r\n');
  });
});

test('offsets become lines and columns', () => {
  const text = 'one\r\ntwo\n\nfour';
  expect(positionAt(text, 0)).toEqual({ line: 1, column: 1 });
  expect(positionAt(text, 5)).toEqual({ line: 2, column: 1 });
  expect(positionAt(text, 7)).toEqual({ line: 2, column: 3 });
  expect(positionAt(text, 9)).toEqual({ line: 3, column: 1 });
  expect(positionAt(text, 14)).toEqual({ line: 4, column: 5 });
  expect(positionAt('\uFEFFx', 1)).toEqual({ line: 1, column: 1 });
  for (let offset = 0; offset < text.length; offset += 1) {
    const before = text.slice(0, offset).split(/\r\n|\n/);
    if (text.slice(offset - 1, offset + 1) === '\r\n') continue;
    expect(positionAt(text, offset)).toEqual({
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    });
  }
});

test('the replacement between two texts is the smallest one', () => {
  expect(replacementOf('abcd', 'abXcd')).toEqual({ start: 2, end: 2, text: 'X' });
  expect(replacementOf('aaa', 'aa')).toEqual({ start: 2, end: 3, text: '' });
  expect(replacementOf('same', 'same')).toEqual({ start: 4, end: 4, text: '' });
  expect(replacementOf('', 'new')).toEqual({ start: 0, end: 0, text: 'new' });
});
