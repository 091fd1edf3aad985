import { describe, expect, it } from 'vitest';
import {
  anyOf,
  containsPattern,
  literal,
  quoteName,
  realText,
} from '../../../../../main/services/database/sql-text.ts';

describe('SQL text', () => {
  it('quotes a name so that it stays a name', () => {
    expect(quoteName('a"b; DROP TABLE x')).toBe('"a""b; DROP TABLE x"');
  });

  it('looks for wildcards as they are written', () => {
    expect(containsPattern('50%_\\')).toBe('%50\\%\\_\\\\%');
  });

  it('shows values as literals', () => {
    expect(literal({ kind: 'text', text: "it's" })).toBe("'it''s'");
    expect(literal({ kind: 'real', text: 'Infinity' })).toBe('9e999');
    expect(literal({ kind: 'blob', bytes: 2, hex: '00ff' })).toBe("x'00ff'");
    expect(literal({ kind: 'null' })).toBe('NULL');
  });

  it.each([0, -0, 5, 0.1, 1e300, 5e-324, 2 ** 53, -1.5, Infinity])('keeps every bit of %d', (value) => {
    expect(Object.is(Number(realText(value)), value)).toBe(true);
  });

  it('never nests 2,000 conditions deeper than SQLite allows', () => {
    const sql = anyOf(Array.from({ length: 2000 }, (_, place) => `c${String(place)}`));
    let depth = 0;
    let deepest = 0;
    for (const sign of sql) {
      if (sign === '(') depth += 1;
      if (sign === ')') depth -= 1;
      deepest = Math.max(deepest, depth);
    }
    expect(deepest).toBeLessThan(20);
    expect(anyOf([])).toBe('0');
  });
});
