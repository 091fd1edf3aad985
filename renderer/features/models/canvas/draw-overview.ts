import type { ChangeMark } from '../../../../shared/django/model-changes.ts';
import { toScreen } from './camera.ts';
import type { Frame, VisibleNode } from './frame.ts';
import { HEADER_HEIGHT } from './metrics.ts';

const NAME_SIZE = 11.5;
/** From afar more letters say more than larger ones. */
const SMALL_NAME_SIZE = 9.5;
const SMALL_BELOW = 0.24;
const COUNT_SIZE = 10.5;
/** One letter and an ellipsis tell nothing. */
const FEWEST_LETTERS = 5;
/** Smaller boxes have room for the name alone. */
const LEAST_COUNT_HEIGHT = 52;
const LEAST_COUNT_WIDTH = 56;
const LEAST_NAME_WIDTH = 26;
/** Distance of the two lines of a long name. */
const LINE = 13;
const KEY_LINE = 15;
const KEY_MARGIN = 6;

/** The models as plain boxes, all of one colour in one go; drawn in world units. */
export function drawNodeBlocks(frame: Frame): void {
  const { context, theme, visible, detail, camera, emphasis, lit } = frame;
  const hairline = 1 / camera.zoom;
  const dimmed = (entry: VisibleNode): boolean =>
    emphasis.matching !== null && !emphasis.matching.has(entry.node.id);
  const groups = Map.groupBy(visible, (entry) =>
    dimmed(entry) ? 'dimmed' : (entry.node.mark ?? `hue ${String(entry.hue)}`),
  );
  for (const entries of groups.values()) {
    const [first] = entries;
    if (first === undefined) continue;
    const faded = dimmed(first);
    const { mark } = first.node;
    const colour = theme.apps[first.hue % theme.apps.length];
    const plain = detail === 'apps' && !faded ? (colour?.line ?? theme.box) : theme.box;
    fillBoxes(frame, entries, mark === null || faded ? plain : markColour(theme, mark, detail), faded);
    if (detail === 'apps') continue;
    context.globalAlpha = faded ? 0.4 : 1;
    context.beginPath();
    for (const { rect } of entries) context.rect(rect.x, rect.y, rect.width, HEADER_HEIGHT / 4);
    context.fillStyle = faded ? theme.boxLine : (colour?.line ?? theme.boxLine);
    context.fill();
    context.beginPath();
    for (const { rect } of entries) context.rect(rect.x, rect.y, rect.width, rect.height);
    context.strokeStyle = theme.boxLine;
    context.lineWidth = hairline;
    context.stroke();
    context.globalAlpha = 1;
  }
  outline(
    frame,
    visible.filter(({ node }) => lit.models.has(node.id)),
    hairline * 1.25,
  );
  outline(
    frame,
    visible.filter(({ node }) => emphasis.selected.has(node.id)),
    hairline * 2.5,
  );
}

/** The names of the models and, below them, what they hang together by: as many keys and relations as fit; drawn in screen units. */
export function drawNodeKeys(frame: Frame): void {
  const { context, theme, camera, text, visible, emphasis } = frame;
  const font = `600 ${String(NAME_SIZE)}px ${theme.fontFamily}`;
  const keyFont = `400 ${String(COUNT_SIZE)}px ${theme.fontFamily}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const { node, rect } of visible) {
    const at = toScreen(camera, rect);
    const width = rect.width * camera.zoom;
    const bottom = at.y + rect.height * camera.zoom;
    const faded = emphasis.matching !== null && !emphasis.matching.has(node.id);
    context.font = font;
    context.fillStyle = faded || node.kind === 'outside' ? theme.faint : theme.text;
    let y = at.y + Math.min(KEY_LINE * 0.75, (bottom - at.y) / 2);
    context.fillText(text.fit(context, font, node.name, width - 2 * KEY_MARGIN), at.x + KEY_MARGIN, y);
    context.font = keyFont;
    for (const row of node.rows) {
      if (row.role === 'plain' && !row.flags.unique) continue;
      y += KEY_LINE;
      if (y + KEY_LINE / 2 > bottom) break;
      context.fillStyle = faded
        ? theme.faint
        : row.role === 'plain' || row.role === 'primary'
          ? theme.key
          : theme.muted;
      context.fillText(text.fit(context, keyFont, row.name, width - 2 * KEY_MARGIN), at.x + KEY_MARGIN, y);
    }
  }
}

/** The names of the models at a size that can be read, whatever the zoom; drawn in screen units. */
export function drawNodeNames(frame: Frame): void {
  const { context, theme, camera, text, visible, emphasis } = frame;
  const size = camera.zoom < SMALL_BELOW ? SMALL_NAME_SIZE : NAME_SIZE;
  const font = `500 ${String(size)}px ${theme.fontFamily}`;
  const countFont = `400 ${String(COUNT_SIZE)}px ${theme.fontFamily}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  for (const { node, rect } of visible) {
    const width = rect.width * camera.zoom;
    const height = rect.height * camera.zoom;
    if (width < LEAST_NAME_WIDTH || height < NAME_SIZE) continue;
    const at = toScreen(camera, rect);
    const cut = text.width(context, font, node.name) > width - 6;
    const [line, second] = cut && height >= 2 * LINE ? halvesOf(node.name) : [node.name, null];
    const label = text.fit(context, font, line, width - 6);
    if (label !== line && label.length < FEWEST_LETTERS) continue;
    const faded = emphasis.matching !== null && !emphasis.matching.has(node.id);
    context.font = font;
    context.fillStyle = faded || node.kind === 'outside' ? theme.faint : theme.text;
    const middle = at.y + Math.min(height / 2, Math.max(13, height * 0.36));
    context.fillText(label, at.x + width / 2, second === null ? middle : middle - LINE / 2);
    if (second !== null) {
      context.fillText(text.fit(context, font, second, width - 8), at.x + width / 2, middle + LINE / 2);
      continue;
    }
    const count = node.rows.length + node.hiddenRows;
    if (height < LEAST_COUNT_HEIGHT || width < LEAST_COUNT_WIDTH || count === 0) continue;
    context.font = countFont;
    context.fillStyle = theme.faint;
    context.fillText(count === 1 ? '1 field' : `${String(count)} fields`, at.x + width / 2, middle + 16);
  }
}

function markColour(theme: Frame['theme'], mark: ChangeMark, detail: Frame['detail']): string {
  return detail === 'apps' ? theme.marks[mark].strong : theme.marks[mark].soft;
}

/** A long name in two lines, apart where a word begins nearest to the middle. */
function halvesOf(name: string): readonly [string, string | null] {
  const starts = [...name.matchAll(/(?<=[a-z0-9])(?=[A-Z])/g)].map(({ index }) => index);
  const middle = name.length / 2;
  const [best] = starts.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  return best === undefined ? [name, null] : [name.slice(0, best), name.slice(best)];
}

function fillBoxes(
  { context }: Frame,
  entries: readonly VisibleNode[],
  colour: string,
  faded: boolean,
): void {
  context.beginPath();
  for (const { rect } of entries) context.rect(rect.x, rect.y, rect.width, rect.height);
  context.globalAlpha = faded ? 0.4 : 1;
  context.fillStyle = colour;
  context.fill();
  context.globalAlpha = 1;
}

function outline({ context, theme }: Frame, entries: readonly VisibleNode[], width: number): void {
  if (entries.length === 0) return;
  context.beginPath();
  for (const { rect } of entries) context.rect(rect.x, rect.y, rect.width, rect.height);
  context.strokeStyle = theme.accent;
  context.lineWidth = width;
  context.stroke();
}
