import { describe, expect, it } from 'vitest';
import {
  createTextFit,
  type TextMeasurer,
} from '../../../../../../renderer/features/models/canvas/text-fit.ts';

/** Every letter is ten wide. */
function measurer(): TextMeasurer & { measured: number } {
  const context = {
    font: '',
    measured: 0,
    measureText: (text: string) => {
      context.measured += 1;
      return { width: text.length * 10 };
    },
  };
  return context;
}

describe('cutting texts', () => {
  it('leaves what fits and ends the rest with an ellipsis', () => {
    const fit = createTextFit();
    const context = measurer();
    expect(fit.fit(context, 'f', 'author', 60)).toBe('author');
    expect(fit.fit(context, 'f', 'author', 59)).toBe('auth…');
    expect(fit.fit(context, 'f', 'a long name', 30)).toBe('a…');
    expect(fit.fit(context, 'f', 'author', 10)).toBe('');
  });

  it('measures every text once, until fonts change', () => {
    const fit = createTextFit();
    const context = measurer();
    fit.fit(context, 'f', 'author', 35);
    const once = context.measured;
    for (let again = 0; again < 50; again += 1) fit.fit(context, 'f', 'author', 35.4);
    expect(context.measured).toBe(once);
    fit.clear();
    fit.fit(context, 'f', 'author', 35);
    expect(context.measured).toBe(2 * once);
  });
});
