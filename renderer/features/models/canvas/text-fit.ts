/** What the cache needs of a drawing context. */
export interface TextMeasurer {
  font: string;
  readonly measureText: (text: string) => { readonly width: number };
}

/** Cuts texts to a width; every text is measured once. */
export interface TextFit {
  readonly width: (context: TextMeasurer, font: string, text: string) => number;
  /** The text, or as much of it as fits with an ellipsis behind; '' where not even one letter fits. */
  readonly fit: (context: TextMeasurer, font: string, text: string, maxWidth: number) => string;
  /** Forget everything: the fonts have arrived or changed. */
  readonly clear: () => void;
}

const LIMIT = 30_000;

/** Makes an empty cache. Widths are rounded to whole pixels in its keys, so that zooming does not fill it. */
export function createTextFit(): TextFit {
  const widths = new Map<string, number>();
  const fitted = new Map<string, string>();

  const width = (context: TextMeasurer, font: string, text: string): number => {
    const key = `${font}\n${text}`;
    const known = widths.get(key);
    if (known !== undefined) return known;
    context.font = font;
    const measured = context.measureText(text).width;
    if (widths.size >= LIMIT) widths.clear();
    widths.set(key, measured);
    return measured;
  };

  const cut = (context: TextMeasurer, font: string, text: string, maxWidth: number): string => {
    let low = 0;
    let high = text.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      context.font = font;
      if (context.measureText(`${text.slice(0, middle)}…`).width <= maxWidth) low = middle;
      else high = middle - 1;
    }
    return low === 0 ? '' : `${text.slice(0, low).trimEnd()}…`;
  };

  return {
    width,
    fit: (context, font, text, maxWidth) => {
      const whole = Math.floor(maxWidth);
      const key = `${font}\n${String(whole)}\n${text}`;
      const known = fitted.get(key);
      if (known !== undefined) return known;
      const result = width(context, font, text) <= whole ? text : cut(context, font, text, whole);
      if (fitted.size >= LIMIT) fitted.clear();
      fitted.set(key, result);
      return result;
    },
    clear: () => {
      widths.clear();
      fitted.clear();
    },
  };
}
