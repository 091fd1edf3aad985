import { describe, expect, it } from 'vitest';
import { decodeText, encodeText, lineEndingOf } from '../../../../../main/services/source/text-file.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8'): Uint8Array => Buffer.from(text, encoding);

describe('decodeText', () => {
  it('keeps the mark at the start apart from the text and gives the same bytes back', () => {
    const original = bytes('\ufeffname = "é"\r\n');
    const { text, bom, readOnly } = decodeText('a.py', original);
    expect({ text, bom, readOnly }).toEqual({ text: 'name = "é"\r\n', bom: true, readOnly: null });
    expect(encodeText('a.py', text, bom)).toEqual(original);
  });

  it.each([
    '# -*- coding: utf-8 -*-',
    '#!/usr/bin/python\n# vim: set fileencoding=UTF_8 :',
    '# coding=ascii',
  ])('edits a file that says %j', (cookie) => {
    expect(decodeText('a.py', bytes(`${cookie}\nx = 1\n`)).readOnly).toBeNull();
  });

  it('shows a file of another encoding as Python reads it, and names the encoding', () => {
    const file = decodeText('shop/models.py', bytes('# coding: latin-1\nname = "é"\n', 'latin1'));
    expect(file.text).toContain('name = "é"');
    expect(file.exact).toBe(true);
    expect(file.readOnly).toContain('shop/models.py is written in latin-1');
  });

  it('takes a coding line for one only where Python does', () => {
    expect(decodeText('a.py', bytes('import os\n# coding: latin-1\n')).readOnly).toBeNull();
    expect(decodeText('a.py', bytes('\n\n# coding: latin-1\n')).readOnly).toBeNull();
    expect(decodeText('a.txt', bytes('# coding: latin-1\n')).readOnly).toBeNull();
  });

  it('never offers to edit what it could not write back', () => {
    for (const odd of [bytes('name = "é"', 'latin1'), bytes('a\0b'), bytes('# coding: klingon\nx\n')]) {
      expect(decodeText('a.py', odd).readOnly).toContain('a.py');
      expect(decodeText('a.py', odd).exact).toBe(false);
    }
  });
});

describe('encodeText', () => {
  it('refuses half a character', () => {
    expect(() => encodeText('a.py', 'x = "\ud83d"', false)).toThrow('half a character');
  });
});

describe('lineEndingOf', () => {
  it.each([
    ['', 'lf'],
    ['a\nb\n', 'lf'],
    ['a\r\nb\r\n', 'crlf'],
    ['a\r\nb\n', 'mixed'],
  ])('%j is %s', (text, ending) => {
    expect(lineEndingOf(text)).toBe(ending);
  });
});
