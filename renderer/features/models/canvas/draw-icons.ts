import type { CanvasTheme } from './canvas-theme.ts';
import type { SceneRow } from './scene.ts';

/** The sign before a field: key, relation, unique, index. Drawn by hand, since fonts with icons would have to load first. */
export function drawRoleIcon(
  context: CanvasRenderingContext2D,
  theme: CanvasTheme,
  row: SceneRow,
  x: number,
  y: number,
): void {
  context.lineWidth = 1.3;
  switch (row.role) {
    case 'primary':
      context.strokeStyle = theme.key;
      drawKey(context, x, y);
      return;
    case 'foreign-key':
    case 'one-to-one':
    case 'many-to-many':
    case 'generic':
      context.strokeStyle = theme.accent;
      drawArrow(context, x, y, row.role === 'many-to-many');
      return;
    case 'plain':
      if (row.flags.unique) {
        context.strokeStyle = theme.key;
        drawDiamond(context, x, y);
      } else if (row.flags.indexed) {
        context.strokeStyle = theme.muted;
        drawBars(context, x, y);
      }
  }
}

function drawKey(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.arc(x - 2.5, y, 2.6, 0, Math.PI * 2);
  context.moveTo(x + 0.1, y);
  context.lineTo(x + 5.5, y);
  context.lineTo(x + 5.5, y + 2.6);
  context.moveTo(x + 3, y);
  context.lineTo(x + 3, y + 2);
  context.stroke();
}

function drawArrow(context: CanvasRenderingContext2D, x: number, y: number, both: boolean): void {
  context.beginPath();
  context.moveTo(x - 5, y);
  context.lineTo(x + 5, y);
  context.moveTo(x + 2, y - 3);
  context.lineTo(x + 5, y);
  context.lineTo(x + 2, y + 3);
  if (both) {
    context.moveTo(x - 2, y - 3);
    context.lineTo(x - 5, y);
    context.lineTo(x - 2, y + 3);
  }
  context.stroke();
}

function drawDiamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x, y - 3.6);
  context.lineTo(x + 3.6, y);
  context.lineTo(x, y + 3.6);
  context.lineTo(x - 3.6, y);
  context.closePath();
  context.stroke();
}

function drawBars(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x - 4, y - 3);
  context.lineTo(x + 4, y - 3);
  context.moveTo(x - 4, y);
  context.lineTo(x + 1.5, y);
  context.moveTo(x - 4, y + 3);
  context.lineTo(x - 1, y + 3);
  context.stroke();
}
