import type { Frame } from './frame.ts';

/** What a drag would do, over everything else; drawn in world units. */
export function drawSketch({ context, theme, camera, sketch }: Frame): void {
  if (sketch === null) return;
  context.strokeStyle = theme.accent;
  context.lineWidth = 1.5 / camera.zoom;
  if (sketch.kind === 'marquee') {
    const { x, y, width, height } = sketch.rect;
    context.globalAlpha = 0.16;
    context.fillStyle = theme.accent;
    context.fillRect(x, y, width, height);
    context.globalAlpha = 1;
    context.strokeRect(x, y, width, height);
    return;
  }
  const { from, to, line } = sketch;
  if (line !== null) {
    context.fillStyle = theme.accent;
    context.fillRect(line.x, line.y - 1, line.width, 2);
    return;
  }
  const radius = 4 / camera.zoom;
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.lineTo(to.x, to.y);
  context.stroke();
  context.beginPath();
  context.arc(to.x, to.y, radius, 0, Math.PI * 2);
  context.fillStyle = theme.accent;
  context.fill();
}
