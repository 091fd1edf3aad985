import { drawRoleIcon } from './draw-icons.ts';
import type { Frame, VisibleNode } from './frame.ts';
import {
  CORNER,
  FOOT_HEIGHT,
  GUTTER,
  HEADER_HEIGHT,
  ROW_HEIGHT,
  rowMiddle,
  SIDE_PADDING,
} from './metrics.ts';
import type { SceneRow } from './scene.ts';

interface Fonts {
  readonly title: string;
  readonly abstractTitle: string;
  readonly tag: string;
  readonly name: string;
  readonly inheritedName: string;
  readonly type: string;
  readonly options: string;
}

/** The models with their fields, as they are worked on; drawn in world units. */
export function drawDetailedNodes(frame: Frame): void {
  const { theme, emphasis } = frame;
  const fonts: Fonts = {
    title: `600 13px ${theme.fontFamily}`,
    abstractTitle: `italic 600 13px ${theme.fontFamily}`,
    tag: `400 11px ${theme.fontFamily}`,
    name: `400 12.5px ${theme.fontFamily}`,
    inheritedName: `italic 400 12.5px ${theme.fontFamily}`,
    type: `400 11px ${theme.codeFamily}`,
    options: `400 7.5px ${theme.codeFamily}`,
  };
  for (const entry of frame.visible) {
    const faded = emphasis.matching !== null && !emphasis.matching.has(entry.node.id);
    frame.context.globalAlpha = faded ? 0.35 : 1;
    drawBox(frame, entry);
    drawHeader(frame, entry, fonts);
    drawRows(frame, entry, fonts);
    frame.context.globalAlpha = 1;
    drawOutline(frame, entry);
  }
}

function drawBox({ context, theme, camera }: Frame, { node, rect, hue }: VisibleNode): void {
  const colour = theme.apps[hue % theme.apps.length];
  const mark = node.mark === null ? null : theme.marks[node.mark];
  context.beginPath();
  context.roundRect(rect.x, rect.y, rect.width, rect.height, CORNER);
  context.fillStyle = node.kind === 'outside' ? theme.outsideBox : theme.box;
  context.fill();
  const hairline = 1 / camera.zoom;
  if (node.kind !== 'outside') {
    const onlyHeader = rect.height <= HEADER_HEIGHT;
    context.beginPath();
    context.roundRect(
      rect.x,
      rect.y,
      rect.width,
      HEADER_HEIGHT,
      onlyHeader ? CORNER : [CORNER, CORNER, 0, 0],
    );
    context.fillStyle = mark?.soft ?? (node.kind === 'app' ? colour?.line : colour?.header) ?? theme.box;
    context.fill();
    if (!onlyHeader) {
      context.fillStyle = theme.boxLine;
      context.fillRect(rect.x, rect.y + HEADER_HEIGHT - hairline, rect.width, hairline);
    }
  }
  context.beginPath();
  context.roundRect(rect.x, rect.y, rect.width, rect.height, CORNER);
  context.strokeStyle = node.stale ? theme.warning : (mark?.strong ?? theme.boxLine);
  context.lineWidth = node.stale || mark !== null ? 1.5 * hairline : hairline;
  const dash = node.stale || node.kind === 'abstract' || node.kind === 'outside' || node.mark === 'removed';
  if (dash) context.setLineDash([4, 3]);
  context.stroke();
  if (dash) context.setLineDash([]);
}

function drawHeader({ context, theme, text }: Frame, { node, rect }: VisibleNode, fonts: Fonts): void {
  const middle = rect.y + HEADER_HEIGHT / 2 + 0.5;
  context.textBaseline = 'middle';
  let room = rect.width - 2 * SIDE_PADDING;
  const { tag } = node;
  if (tag !== null) {
    context.font = fonts.tag;
    context.textAlign = 'right';
    const marked = node.mark === null ? null : theme.marks[node.mark].strong;
    context.fillStyle = node.stale ? theme.warning : (marked ?? theme.muted);
    context.fillText(tag, rect.x + rect.width - SIDE_PADDING, middle);
    room -= text.width(context, fonts.tag, tag) + 8;
  }
  const font = node.kind === 'abstract' ? fonts.abstractTitle : fonts.title;
  const label = text.fit(context, font, node.name, room);
  context.font = font;
  context.textAlign = 'left';
  context.fillStyle = node.kind === 'outside' ? theme.muted : theme.text;
  context.fillText(label, rect.x + SIDE_PADDING, middle);
}

function drawRows(frame: Frame, entry: VisibleNode, fonts: Fonts): void {
  const { context, theme } = frame;
  const { node, rect } = entry;
  markRows(frame, entry);
  node.rows.forEach((row, index) => {
    drawRow(frame, row, { x: rect.x, middle: rect.y + rowMiddle(index) + 0.5, width: rect.width }, fonts);
  });
  if (node.hiddenRows === 0) return;
  context.font = fonts.tag;
  context.textAlign = 'left';
  context.fillStyle = theme.muted;
  const more = node.hiddenRows === 1 ? '1 more field' : `${String(node.hiddenRows)} more fields`;
  context.fillText(more, rect.x + GUTTER, rect.y + rowMiddle(node.rows.length) + 0.5);
}

function drawRow(
  { context, theme, text, detail }: Frame,
  row: SceneRow,
  at: { readonly x: number; readonly middle: number; readonly width: number },
  fonts: Fonts,
): void {
  drawRoleIcon(context, theme, row, at.x + SIDE_PADDING + 5, at.middle - 0.5);
  const room = at.width - GUTTER - SIDE_PADDING;
  const nameFont = row.inherited ? fonts.inheritedName : fonts.name;
  const wantedName = text.width(context, nameFont, row.name);
  // The name goes first: the type gets what is left, but never less than a third.
  const typeRoom = Math.max(room / 3, room - wantedName - 12);
  const type = text.fit(context, fonts.type, row.type, typeRoom);
  const typeWidth = type === '' ? 0 : text.width(context, fonts.type, type);
  const name = text.fit(context, nameFont, row.name, room - typeWidth - 12);
  const said = detail === 'everything' && row.options !== '';
  const middle = said ? at.middle - 3.5 : at.middle;
  const mark = row.mark === null ? null : theme.marks[row.mark].strong;
  context.textAlign = 'left';
  context.font = nameFont;
  context.fillStyle = mark ?? (row.inherited ? theme.muted : theme.text);
  context.fillText(name, at.x + GUTTER, middle);
  if (row.mark === 'removed') context.fillRect(at.x + GUTTER, middle, text.width(context, nameFont, name), 1);
  if (said) {
    context.font = fonts.options;
    context.fillStyle = theme.muted;
    context.fillText(text.fit(context, fonts.options, row.options, room), at.x + GUTTER, at.middle + 6);
  }
  context.textAlign = 'right';
  context.font = fonts.type;
  context.fillStyle = theme.muted;
  context.fillText(type, at.x + at.width - SIDE_PADDING, middle);
}

/** Tints the row under the pointer and the chosen one. */
function markRows({ context, theme, emphasis }: Frame, { node, rect }: VisibleNode): void {
  const mark = (field: string, colour: string): void => {
    const index = node.rows.findIndex((row) => row.name === field);
    if (index < 0) return;
    context.fillStyle = colour;
    const y = rect.y + HEADER_HEIGHT + FOOT_HEIGHT / 2 + index * ROW_HEIGHT;
    context.beginPath();
    context.roundRect(rect.x + 4, y, rect.width - 8, ROW_HEIGHT, 4);
    context.fill();
  };
  const { hover, field, found } = emphasis;
  for (const row of node.rows) {
    if (row.mark !== null) mark(row.name, theme.marks[row.mark].soft);
    if (found.has(`${node.id}.${row.name}`)) mark(row.name, theme.found);
  }
  if (hover.kind === 'model' && hover.model === node.id && hover.field !== null)
    mark(hover.field, theme.rowHover);
  if (field?.model === node.id) mark(field.field, theme.accentSoft);
}

function drawOutline({ context, theme, camera, emphasis, lit }: Frame, { node, rect }: VisibleNode): void {
  const selected = emphasis.selected.has(node.id);
  const hovered = emphasis.hover.kind === 'model' && emphasis.hover.model === node.id;
  if (!selected && !hovered && !lit.models.has(node.id)) return;
  const width = (selected ? 2 : 1.25) / camera.zoom;
  context.beginPath();
  context.roundRect(rect.x, rect.y, rect.width, rect.height, CORNER);
  context.strokeStyle = theme.accent;
  context.lineWidth = width;
  context.stroke();
}
