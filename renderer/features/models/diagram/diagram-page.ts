import type { Arrangement } from '../canvas/arrangement.ts';
import { sheetOf } from './draw-diagram.ts';
import { escaped } from './svg-context.ts';

/** What the page knows of a model, for its search. */
interface Entry {
  readonly id: string;
  /** In lower case: the model with its fields and types. */
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One HTML file that needs nothing else: the picture with pan, zoom and search over models and fields. */
export function diagramPage(svg: string, arrangement: Arrangement, title: string): string {
  const sheet = sheetOf({ arrangement });
  const entries = arrangement.scene.nodes.map((node): Entry => {
    const { x, y, width, height } = arrangement.rectOf(node.id);
    const text = [node.id, ...node.rows.map((row) => `${row.name} ${row.type}`)].join(' ').toLowerCase();
    return { id: node.id, text, x: x - sheet.x, y: y - sheet.y, width, height };
  });
  // What ends a script in HTML must not stand in a text of it.
  const data = JSON.stringify(entries).replaceAll('<', '\\u003c');
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
<aside>
<h1>${escaped(title)}</h1>
<input type="search" placeholder="Search models and fields" aria-label="Search models and fields" autofocus>
<ol></ol>
</aside>
<main tabindex="0" aria-label="Diagram">${svg}</main>
<script>const entries = ${data};
${SCRIPT}</script>
</html>
`;
}

const STYLE = `
body { display: flex; margin: 0; height: 100vh; font: 14px system-ui, sans-serif; }
aside { display: flex; flex-direction: column; width: 260px; border-right: 1px solid #8886; }
h1 { margin: 12px 12px 0; font-size: 15px; }
input { margin: 12px; padding: 6px 8px; font: inherit; }
ol { flex: 1; margin: 0; padding: 0 8px 8px; overflow: auto; list-style: none; }
button { width: 100%; padding: 4px 8px; border: 0; background: none; font: inherit; text-align: left; cursor: pointer; }
button:hover, button:focus-visible { background: #8883; }
main { flex: 1; overflow: hidden; cursor: grab; touch-action: none; }
svg { width: 100%; height: 100%; }
.found { fill: #f5c84255; stroke: #c98a00; stroke-width: 3; }
@media print { aside { display: none; } }
`;

const SCRIPT = `
const svg = document.querySelector('svg');
const list = document.querySelector('ol');
const input = document.querySelector('input');
const whole = svg.viewBox.baseVal;
let view = { x: 0, y: 0, width: whole.width, height: whole.height };
svg.removeAttribute('width');
svg.removeAttribute('height');
const show = () => svg.setAttribute('viewBox', [view.x, view.y, view.width, view.height].join(' '));
const perPixel = () => Math.max(view.width / svg.clientWidth, view.height / svg.clientHeight);
const marks = document.createElementNS(svg.namespaceURI, 'g');
svg.append(marks);
const mark = (found) => {
  marks.replaceChildren(...found.map((entry) => {
    const rect = document.createElementNS(svg.namespaceURI, 'rect');
    for (const name of ['x', 'y', 'width', 'height']) rect.setAttribute(name, entry[name]);
    rect.setAttribute('class', 'found');
    return rect;
  }));
};
const goTo = (entry) => {
  view = { x: entry.x - 400, y: entry.y - 250, width: entry.width + 800, height: entry.height + 500 };
  mark([entry]);
  show();
};
const search = () => {
  const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const found = entries.filter((entry) => words.every((word) => entry.text.includes(word)));
  mark(words.length === 0 ? [] : found);
  list.replaceChildren(...found.map((entry) => {
    const item = document.createElement('li');
    const button = document.createElement('button');
    button.textContent = entry.id;
    button.onclick = () => goTo(entry);
    item.append(button);
    return item;
  }));
  return found;
};
input.addEventListener('input', search);
input.addEventListener('keydown', (event) => {
  const [first] = event.key === 'Enter' ? search() : [];
  if (first !== undefined) goTo(first);
});
svg.addEventListener('wheel', (event) => {
  event.preventDefault();
  const factor = Math.exp(event.deltaY * 0.0015);
  const box = svg.getBoundingClientRect();
  const scale = perPixel();
  const x = view.x + view.width / 2 + (event.clientX - box.left - box.width / 2) * scale;
  const y = view.y + view.height / 2 + (event.clientY - box.top - box.height / 2) * scale;
  view = {
    x: x - (x - view.x) * factor,
    y: y - (y - view.y) * factor,
    width: view.width * factor,
    height: view.height * factor,
  };
  show();
}, { passive: false });
svg.addEventListener('pointerdown', (event) => svg.setPointerCapture(event.pointerId));
svg.addEventListener('pointermove', (event) => {
  if (event.buttons !== 1) return;
  const scale = perPixel();
  view.x -= event.movementX * scale;
  view.y -= event.movementY * scale;
  show();
});
search();
`;
