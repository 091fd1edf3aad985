import { describe, expect, it } from 'vitest';
import { mergeLayout, readLayout, writeLayout } from '../../../../../main/services/layout/layout-file.ts';

describe('the layout file', () => {
  it('holds one model a line, sorted', () => {
    const text = writeLayout({ 'shop.Order': { x: 10.4, y: -3 }, 'catalog.Book': { x: 0, y: 0 } });
    expect(text).toBe('{\n  "catalog.Book": { "x": 0, "y": 0 },\n  "shop.Order": { "x": 10, "y": -3 }\n}\n');
    expect(readLayout(text)).toEqual({ 'catalog.Book': { x: 0, y: 0 }, 'shop.Order': { x: 10, y: -3 } });
  });

  it('counts what is damaged as not there', () => {
    expect(readLayout('')).toEqual({});
    expect(readLayout('<<<<<<< HEAD')).toEqual({});
    expect(readLayout('[1, 2]')).toEqual({});
    expect(readLayout('{"a.B": {"x": 1, "y": 2}, "a.C": "left", "a.D": {"x": 1}}')).toEqual({
      'a.B': { x: 1, y: 2 },
    });
  });

  it('survives a model called like a property of every object', () => {
    const places = readLayout('{"__proto__": {"x": 1, "y": 2}, "a.constructor": {"x": 3, "y": 4}}');
    expect(writeLayout(mergeLayout(places, {}))).toContain('"a.constructor": { "x": 3, "y": 4 }');
  });

  it('merges changes and forgets what is null', () => {
    const before = { 'a.A': { x: 1, y: 1 }, 'a.B': { x: 2, y: 2 } };
    expect(mergeLayout(before, { 'a.B': null, 'a.C': { x: 3, y: 3 } })).toEqual({
      'a.A': { x: 1, y: 1 },
      'a.C': { x: 3, y: 3 },
    });
  });
});
