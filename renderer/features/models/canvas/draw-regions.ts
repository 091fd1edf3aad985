import { toScreen } from './camera.ts';
import type { Region } from './arrangement.ts';
import type { Frame } from './frame.ts';
import { intersects, type Rect } from './geometry.ts';

const CORNER = 14;
const TITLE_SIZE = 13;

/** The apps as tinted areas under everything else; drawn in world units. */
export function drawRegions(frame: Frame): void {
  const { context, theme, camera } = frame;
  for (const { app, rect } of visibleRegions(frame)) {
    const colour = theme.apps[app.hue % theme.apps.length];
    if (colour === undefined) continue;
    context.beginPath();
    if (frame.detail === 'apps') context.rect(rect.x, rect.y, rect.width, rect.height);
    else context.roundRect(rect.x, rect.y, rect.width, rect.height, CORNER);
    context.fillStyle = colour.soft;
    context.fill();
    context.strokeStyle = colour.line;
    context.lineWidth = 1 / camera.zoom;
    if (app.outside) context.setLineDash([5 / camera.zoom, 4 / camera.zoom]);
    context.stroke();
    if (app.outside) context.setLineDash([]);
  }
}

/** The names of the apps: above the models when near, across the region when far; drawn in screen units. */
export function drawRegionTitles(frame: Frame): void {
  for (const region of visibleRegions(frame)) {
    if (frame.detail === 'apps') drawFarTitle(frame, region);
    else drawNearTitle(frame, region);
  }
}

function drawNearTitle(frame: Frame, { app, rect }: Region): void {
  const { context, theme, camera, text } = frame;
  const colour = theme.apps[app.hue % theme.apps.length];
  const at = toScreen(camera, rect);
  const size = Math.max(11, Math.min(TITLE_SIZE * camera.zoom * 1.15, 20));
  const font = `600 ${String(size)}px ${theme.fontFamily}`;
  const left = 14 * Math.max(camera.zoom, 0.5);
  const room = rect.width * camera.zoom - 2 * left;
  const label = text.fit(context, font, app.label, room);
  context.font = font;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.fillStyle = colour?.strong ?? theme.text;
  const y = at.y + 23 * camera.zoom;
  context.fillText(label, at.x + left, y);
  const note = app.outside ? 'not part of this project' : countOf(app.models.length);
  const noteFont = `400 ${String(size * 0.87)}px ${theme.fontFamily}`;
  const used = text.width(context, font, label) + 10;
  const fitted = text.fit(context, noteFont, note, room - used);
  if (fitted !== note) return;
  context.font = noteFont;
  context.fillStyle = theme.muted;
  context.fillText(note, at.x + left + used, y);
}

function drawFarTitle(frame: Frame, { app, rect }: Region): void {
  const { context, theme, camera, text } = frame;
  const colour = theme.apps[app.hue % theme.apps.length];
  const onScreen = screenRect(frame, rect);
  if (onScreen.width < 26 || onScreen.height < 18) return;
  const size = Math.round(Math.max(11, Math.min(22, onScreen.width / 9, onScreen.height * 0.55)));
  const font = `600 ${String(size)}px ${theme.fontFamily}`;
  const label = text.fit(context, font, app.label, onScreen.width - 12);
  if (label === '') return;
  const width = text.width(context, font, label);
  const x = toScreen(camera, rect).x + onScreen.width / 2;
  const y = onScreen.y + onScreen.height / 2;
  context.beginPath();
  context.roundRect(x - width / 2 - 7, y - size * 0.8, width + 14, size * 1.6, 5);
  context.fillStyle = theme.box;
  context.fill();
  context.strokeStyle = colour?.line ?? theme.boxLine;
  context.lineWidth = 1;
  context.stroke();
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = colour?.strong ?? theme.text;
  context.fillText(label, x, y + 0.5);
}

function visibleRegions({ arrangement, world }: Frame): readonly Region[] {
  return arrangement.regions().filter(({ app, rect }) => !app.collapsed && intersects(rect, world));
}

function screenRect({ camera }: Frame, rect: Rect): Rect {
  return { ...toScreen(camera, rect), width: rect.width * camera.zoom, height: rect.height * camera.zoom };
}

function countOf(models: number): string {
  return models === 1 ? '1 model' : `${String(models)} models`;
}
