import { panBy, visibleWorld } from './camera.ts';
import type { CanvasEngine } from './canvas-engine.ts';
import type { CanvasAction } from './canvas-keys.ts';
import { centerOf, type Point } from './geometry.ts';
import type { CanvasEvents } from './canvas-events.ts';
import { modelTowards, type Direction } from './neighbour.ts';
import type { SceneNode } from './scene.ts';

/** What is chosen while a key is pressed, and who is told what it does. */
export interface ActionContext {
  readonly selected: ReadonlySet<string>;
  readonly events: CanvasEvents;
  readonly field: string | null;
}

const PAN_STEP = 80;
const NUDGE = 8;
const VECTORS: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** Does what a key of the canvas stands for; the name of a model is edited by the canvas itself. */
export function performAction(
  action: Exclude<CanvasAction, { readonly kind: 'rename' }>,
  engine: CanvasEngine,
  context: ActionContext,
): void {
  const { selected, events } = context;
  const [model] = selected;
  switch (action.kind) {
    case 'go':
      go(engine, model ?? null, action.direction, events);
      break;
    case 'pan':
      pan(engine, action.direction);
      break;
    case 'nudge':
      nudge(engine, selected, action.direction, events);
      break;
    case 'field':
      goToField(engine, context, action.step);
      break;
    case 'move-field':
      moveField(engine, context, action.step);
      break;
    case 'command':
      events.run(action.command);
      break;
    case 'zoom':
      engine.zoomBy(action.factor);
      break;
    case 'fit':
      engine.fit();
      break;
    case 'open':
      events.open();
      break;
    case 'remove':
      events.remove();
      break;
    case 'add-field':
      if (model !== undefined) events.inspect({ kind: 'new' });
      break;
    case 'select-all':
      events.select(engine.arrangement().scene.nodes.map((node) => node.id));
      break;
    case 'clear':
      if (context.field !== null) events.inspect(null);
      else if (selected.size > 0) events.select([]);
      else events.run('models.focusNothing');
      break;
  }
}

function pan(engine: CanvasEngine, direction: Direction): void {
  const { x, y } = VECTORS[direction];
  engine.look(panBy(engine.camera(), -x * PAN_STEP, -y * PAN_STEP));
}

function goToField(engine: CanvasEngine, { selected, field, events }: ActionContext, step: 1 | -1): void {
  const [model] = selected;
  const node = model === undefined ? undefined : engine.arrangement().scene.byId.get(model);
  const next = fieldBeside(node, field, step);
  if (next !== null) events.inspect({ kind: 'field', name: next });
}

/** Puts the chosen field one place up or down among those of its model. */
function moveField(engine: CanvasEngine, { selected, field, events }: ActionContext, step: 1 | -1): void {
  const [model] = selected;
  if (model === undefined || field === null) return;
  const rows =
    engine
      .arrangement()
      .scene.byId.get(model)
      ?.rows.filter((row) => !row.inherited) ?? [];
  const at = rows.findIndex((row) => row.name === field);
  const to = at + step;
  if (at < 0 || to < 0 || to >= rows.length) return;
  const after = step < 0 ? rows[to - 1] : rows[to];
  events.fieldDropped({ model, field }, { kind: 'reorder', after: after?.name ?? null });
}

/** To the next model in a direction; without a chosen one, to the one nearest to the middle of the window. */
function go(engine: CanvasEngine, from: string | null, direction: Direction, events: CanvasEvents): void {
  const arrangement = engine.arrangement();
  const to = from === null ? nearestToCenter(engine) : modelTowards(arrangement, from, direction);
  if (to === null) return;
  events.select([to]);
  engine.reveal(to);
}

function nearestToCenter(engine: CanvasEngine): string | null {
  const arrangement = engine.arrangement();
  const middle = centerOf(visibleWorld(engine.camera(), engine.viewport()));
  const distance = ({ id }: SceneNode): number => {
    const center = centerOf(arrangement.rectOf(id));
    return Math.hypot(center.x - middle.x, center.y - middle.y);
  };
  const [nearest] = [...arrangement.scene.nodes].sort((a, b) => distance(a) - distance(b));
  return nearest?.id ?? null;
}

function nudge(
  engine: CanvasEngine,
  selected: ReadonlySet<string>,
  direction: Direction,
  events: CanvasEvents,
): void {
  const { x, y } = VECTORS[direction];
  const places = new Map(
    [...selected].map((id) => {
      const rect = engine.arrangement().rectOf(id);
      return [id, { x: rect.x + x * NUDGE, y: rect.y + y * NUDGE }] as const;
    }),
  );
  if (places.size === 0) return;
  engine.move(places);
  events.moved(places);
}

function fieldBeside(node: SceneNode | undefined, field: string | null, step: 1 | -1): string | null {
  if (node === undefined || node.rows.length === 0) return null;
  const at = node.rows.findIndex((row) => row.name === field);
  const start = at < 0 && step < 0 ? node.rows.length : at;
  return node.rows[Math.min(node.rows.length - 1, Math.max(0, start + step))]?.name ?? null;
}
