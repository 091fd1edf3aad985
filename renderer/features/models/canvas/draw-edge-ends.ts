import type { Frame } from './frame.ts';
import type { Point } from './geometry.ts';
import type { Route, Side } from './route.ts';
import type { SceneEdge } from './scene.ts';

/** What stands at an end of a line: crow's foot, one bar, circle and bar, or the triangle of inheritance. */
type EndSign = 'many' | 'one' | 'optional-one' | 'base' | 'none';

const FOOT_LENGTH = 11;
const FOOT_SPREAD = 5;
const BAR_AT = 8;
const CIRCLE_AT = 13;
const TRIANGLE_LENGTH = 10;

/** Draws the signs at both ends; drawn in world units with the stroke colour of the lines. */
export function drawEnds(
  frame: Frame,
  edges: readonly { readonly edge: SceneEdge; readonly route: Route }[],
  colour: string,
): void {
  const { context, theme } = frame;
  context.fillStyle = theme.background;
  context.strokeStyle = colour;
  context.beginPath();
  for (const { edge, route } of edges) {
    const [first, last] = signsOf(edge);
    traceOpen(context, first, route.start, route.startSide);
    traceOpen(context, last, route.end, route.endSide);
  }
  context.stroke();
  // Circles and triangles cover the line they stand on, so they are filled.
  context.beginPath();
  for (const { edge, route } of edges) traceFilled(context, signsOf(edge)[1], route.end, route.endSide);
  context.fill();
  context.stroke();
}

function signsOf(edge: SceneEdge): readonly [EndSign, EndSign] {
  switch (edge.kind) {
    case 'foreign-key':
    case 'generic':
      return ['many', edge.optional ? 'optional-one' : 'one'];
    case 'one-to-one':
      return ['one', edge.optional ? 'optional-one' : 'one'];
    case 'many-to-many':
      return ['many', 'many'];
    case 'inheritance':
    case 'abstract':
    case 'proxy':
      return ['none', 'base'];
  }
}

function traceOpen(context: CanvasRenderingContext2D, sign: EndSign, at: Point, side: Side): void {
  if (sign === 'many') {
    const tip = at.x + side * FOOT_LENGTH;
    context.moveTo(at.x, at.y - FOOT_SPREAD);
    context.lineTo(tip, at.y);
    context.lineTo(at.x, at.y + FOOT_SPREAD);
  } else if (sign === 'one' || sign === 'optional-one') {
    const x = at.x + side * BAR_AT;
    context.moveTo(x, at.y - FOOT_SPREAD);
    context.lineTo(x, at.y + FOOT_SPREAD);
  }
}

function traceFilled(context: CanvasRenderingContext2D, sign: EndSign, at: Point, side: Side): void {
  if (sign === 'base') {
    const back = at.x + side * TRIANGLE_LENGTH;
    context.moveTo(at.x, at.y);
    context.lineTo(back, at.y - FOOT_SPREAD - 1);
    context.lineTo(back, at.y + FOOT_SPREAD + 1);
    context.closePath();
  } else if (sign === 'optional-one') {
    const x = at.x + side * CIRCLE_AT;
    context.moveTo(x + 3, at.y);
    context.arc(x, at.y, 3, 0, Math.PI * 2);
  }
}
