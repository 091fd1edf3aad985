import type { ChangeMark } from '../../../../shared/django/model-changes.ts';

/** The colours of the canvas, resolved: what a drawing context understands. */
export interface CanvasTheme {
  readonly background: string;
  readonly box: string;
  readonly boxLine: string;
  readonly outsideBox: string;
  readonly text: string;
  readonly muted: string;
  readonly faint: string;
  readonly edge: string;
  readonly edgeFaint: string;
  readonly accent: string;
  readonly accentSoft: string;
  readonly warning: string;
  readonly rowHover: string;
  readonly key: string;
  /** Behind a field that holds what is searched for. */
  readonly found: string;
  /** What was added, changed and removed since a revision. */
  readonly marks: Readonly<Record<ChangeMark, { readonly strong: string; readonly soft: string }>>;
  /** A colour an app, by its hue; repeats when there are more apps. */
  readonly apps: readonly AppColours[];
  readonly fontFamily: string;
  readonly codeFamily: string;
}

/** One app's colour: for texts, for the area under its models, for borders, for the heads of its models. */
export interface AppColours {
  readonly strong: string;
  readonly soft: string;
  readonly line: string;
  readonly header: string;
}

/** How many app colours `models.css` defines. */
const APP_COLOURS = 8;

/** Reads the colours from the style sheet's variables, as they are for this element now. */
export function readCanvasTheme(host: HTMLElement): CanvasTheme {
  const probe = document.createElement('span');
  probe.hidden = true;
  host.append(probe);
  try {
    // Through `color`, because a variable's own text may still be light-dark() or color-mix().
    const resolve = (value: string): string => {
      probe.style.color = value;
      return getComputedStyle(probe).color;
    };
    const color = (name: string): string => resolve(`var(--canvas-${name})`);
    const style = getComputedStyle(host);
    const mark = (name: ChangeMark) => ({
      strong: color(name),
      soft: resolve(`color-mix(in srgb, var(--canvas-${name}) 16%, var(--canvas-box))`),
    });
    return {
      background: color('background'),
      box: color('box'),
      boxLine: color('box-line'),
      outsideBox: color('outside-box'),
      text: color('text'),
      muted: color('muted'),
      faint: color('faint'),
      edge: color('edge'),
      edgeFaint: color('edge-faint'),
      accent: color('accent'),
      accentSoft: color('accent-soft'),
      warning: color('warning'),
      rowHover: color('row-hover'),
      key: color('key'),
      found: color('found'),
      marks: { added: mark('added'), changed: mark('changed'), removed: mark('removed') },
      apps: Array.from({ length: APP_COLOURS }, (_, hue) => {
        const mix = (percent: number, into: string): string =>
          resolve(`color-mix(in srgb, var(--canvas-app-${String(hue)}) ${String(percent)}%, ${into})`);
        return {
          strong: color(`app-${String(hue)}`),
          soft: mix(5, 'var(--canvas-background)'),
          line: mix(32, 'var(--canvas-background)'),
          header: mix(12, 'var(--canvas-box)'),
        };
      }),
      fontFamily: style.getPropertyValue('--font-ui').trim(),
      codeFamily: style.getPropertyValue('--font-code').trim(),
    };
  } finally {
    probe.remove();
  }
}

/** Calls back when the colours may be others: another theme is chosen here or in the system. */
export function watchCanvasTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, {
    attributes: true,
    attributeFilter: ['data-theme', 'class', 'style'],
  });
  const queries = ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'].map((query) =>
    matchMedia(query),
  );
  for (const query of queries) query.addEventListener('change', changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener('change', changed);
  };
}
