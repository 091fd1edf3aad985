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

  it.each([
    ['latin-1', 'e9', 'é'],
    ['latin-1', '85', '\x85'],
    ['iso-8859-15', 'a4', '€'],
    ['cp1252', '80', '€'],
    ['koi8-r', 'c1', 'а'],
    ['mac_roman', '8e', 'é'],
  ])('edits a file in %s and gives its bytes back', (name, byte, character) => {
    const original = Buffer.concat([
      bytes(`# coding: ${name}\r\nname = "`),
      Buffer.from(byte, 'hex'),
      bytes('"'),
    ]);
    const { text, readOnly, exact } = decodeText('shop/models.py', original);
    expect({ text, readOnly, exact }).toEqual({
      text: `# coding: ${name}\r\nname = "${character}"`,
      readOnly: null,
      exact: true,
    });
    expect(encodeText('shop/models.py', text, false)).toEqual(original);
  });

  it('shows a file of an encoding it can not write as Python reads it, and names the encoding', () => {
    const file = decodeText('shop/models.py', Buffer.from('2320636f64696e673a20736a69730a23208341', 'hex'));
    expect(file.text).toContain('# ア');
    expect(file.exact).toBe(true);
    expect(file.readOnly).toContain('shop/models.py is written in sjis');
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

  it('follows the coding line of the new text, and names a character that it has not', () => {
    expect(encodeText('a.py', '# coding: utf-8\n# é', false)).toEqual(bytes('# coding: utf-8\n# é'));
    expect(encodeText('a.py', '# coding: latin-1\n# é', false)).toEqual(
      bytes('# coding: latin-1\n# é', 'latin1'),
    );
    expect(() => encodeText('a.py', '# coding: latin-1\n# €', false)).toThrow('latin-1, which has no “€”');
    expect(() => encodeText('a.py', '# coding: ascii\n# 🐍', false)).toThrow('which has no “🐍”');
    expect(() => encodeText('a.py', '# coding: klingon\n', false)).toThrow('klingon');
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
