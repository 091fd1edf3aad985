/** What the canvas draws with, so that the same drawing becomes a text. */
type DrawingContext = CanvasRenderingContext2D;

/** Records a drawing as SVG: it understands as much of a drawing context as the canvas uses. */
export class SvgContext {
  fillStyle = '#000';
  strokeStyle = '#000';
  lineWidth = 1;
  globalAlpha = 1;
  font = '12px sans-serif';
  textAlign: CanvasTextAlign = 'left';
  textBaseline: CanvasTextBaseline = 'middle';
  private readonly parts: string[] = [];
  private readonly measurer: DrawingContext;
  private path: string[] = [];
  private dash: readonly number[] = [];
  private transform = '';

  /** Texts are measured by a real context: only it knows the fonts. */
  constructor(measurer: DrawingContext) {
    this.measurer = measurer;
  }

  measureText(text: string): TextMetrics {
    this.measurer.font = this.font;
    return this.measurer.measureText(text);
  }

  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    const isPlain = a === 1 && b === 0 && c === 0 && d === 1 && e === 0 && f === 0;
    this.transform = isPlain ? '' : ` transform="matrix(${[a, b, c, d, e, f].map(short).join(' ')})"`;
  }

  setLineDash(dash: readonly number[]): void {
    this.dash = dash;
  }

  beginPath(): void {
    this.path = [];
  }

  moveTo(x: number, y: number): void {
    this.path.push(`M${short(x)} ${short(y)}`);
  }

  lineTo(x: number, y: number): void {
    this.path.push(`L${short(x)} ${short(y)}`);
  }

  bezierCurveTo(a: number, b: number, c: number, d: number, x: number, y: number): void {
    this.path.push(`C${[a, b, c, d, x, y].map(short).join(' ')}`);
  }

  closePath(): void {
    this.path.push('Z');
  }

  /** Only whole circles are drawn. */
  arc(x: number, y: number, radius: number): void {
    const r = short(radius);
    const turn = `a${r} ${r} 0 1 0`;
    this.path.push(
      `M${short(x - radius)} ${short(y)}${turn} ${short(2 * radius)} 0${turn} ${short(-2 * radius)} 0`,
    );
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.path.push(`M${short(x)} ${short(y)}h${short(width)}v${short(height)}h${short(-width)}Z`);
  }

  roundRect(x: number, y: number, width: number, height: number, radii: number | readonly number[]): void {
    const all = typeof radii === 'number' ? [radii, radii, radii, radii] : radii;
    const [a = 0, b = 0, c = 0, d = 0] = all;
    const corner = (radius: number, dx: number, dy: number): string =>
      radius === 0 ? '' : `a${short(radius)} ${short(radius)} 0 0 1 ${short(dx)} ${short(dy)}`;
    this.path.push(
      `M${short(x + a)} ${short(y)}h${short(width - a - b)}${corner(b, b, b)}v${short(height - b - c)}` +
        `${corner(c, -c, c)}h${short(-(width - c - d))}${corner(d, -d, -d)}v${short(-(height - d - a))}${corner(a, a, -a)}Z`,
    );
  }

  fill(): void {
    this.add(`<path d="${this.path.join('')}" fill="${plainColour(this.fillStyle)}"`);
  }

  stroke(): void {
    const dash = this.dash.length === 0 ? '' : ` stroke-dasharray="${this.dash.map(short).join(' ')}"`;
    this.add(
      `<path d="${this.path.join('')}" fill="none" stroke="${plainColour(this.strokeStyle)}" stroke-width="${short(this.lineWidth)}"${dash}`,
    );
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const size = `width="${short(width)}" height="${short(height)}"`;
    this.add(`<rect x="${short(x)}" y="${short(y)}" ${size} fill="${plainColour(this.fillStyle)}"`);
  }

  strokeRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.stroke();
  }

  fillText(text: string, x: number, y: number): void {
    const anchors: Readonly<Record<string, string>> = { center: 'middle', right: 'end' };
    const anchor = anchors[this.textAlign];
    const [, style = '', size = '12', family = 'sans-serif'] = /^(.*?)([\d.]+)px (.*)$/.exec(this.font) ?? [];
    const weight = /\d{3}/.exec(style)?.[0] ?? '400';
    const look = `font-family="${escaped(family)}" font-size="${size}" font-weight="${weight}"`;
    const slant = style.includes('italic') ? ' font-style="italic"' : '';
    const aligned = anchor === undefined ? '' : ` text-anchor="${anchor}"`;
    this.add(
      `<text x="${short(x)}" y="${short(y)}" dominant-baseline="central" ${look}${slant}${aligned} fill="${plainColour(this.fillStyle)}"`,
      escaped(text),
    );
  }

  /** The whole drawing. */
  toSvg(width: number, height: number): string {
    const size = `width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}"`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>\n${this.parts.join('\n')}\n</svg>\n`;
  }

  /** For who draws: what is not there is not used. */
  asContext(): DrawingContext {
    return this as unknown as DrawingContext;
  }

  private add(open: string, inner: string | null = null): void {
    const faint = this.globalAlpha === 1 ? '' : ` opacity="${short(this.globalAlpha)}"`;
    this.parts.push(`${open}${faint}${this.transform}${inner === null ? '/>' : `>${inner}</text>`}`);
  }
}

/** Mixed colours come as `color(srgb 0.1 0.2 0.3)`, which only browsers understand. */
function plainColour(colour: string): string {
  const found = /^color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.]+))?\)$/.exec(colour);
  if (found === null) return colour;
  const [red, green, blue] = found.slice(1, 4).map((part) => String(Math.round(Number(part) * 255)));
  const alpha = found[4] === undefined ? '' : `, ${found[4]}`;
  return `rgb${alpha === '' ? '' : 'a'}(${red ?? '0'}, ${green ?? '0'}, ${blue ?? '0'}${alpha})`;
}

function short(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A text as it stands in SVG and HTML. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
