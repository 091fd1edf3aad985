import type { CanvasEngine } from './canvas-engine.ts';
import type { Sketch } from './frame.ts';
import type { Point, Rect } from './geometry.ts';
import type { Hit } from './hit-test.ts';
import { FOOT_HEIGHT, HEADER_HEIGHT, ROW_HEIGHT, rowMiddle } from './metrics.ts';

/** The field that is dragged. */
export interface FieldSource {
  readonly model: string;
  readonly field: string;
}

/** Where a field was dropped. */
export type FieldDrop =
  /** On another model: the two are to be related. */
  | { readonly kind: 'relate'; readonly target: string }
  /** In its own model, behind this field; null: before all others. */
  | { readonly kind: 'reorder'; readonly after: string | null };

/** The field under the pointer. */
export function fieldSource(hit: Hit): FieldSource | null {
  return hit.kind === 'model' && hit.field !== null ? { model: hit.model, field: hit.field } : null;
}

/** What dropping the field there means; null where it means nothing. */
export function fieldDrop(
  engine: CanvasEngine,
  { model, field }: FieldSource,
  hit: Hit,
  at: Point,
): FieldDrop | null {
  if (hit.kind !== 'model') return null;
  if (hit.model !== model) {
    const node = engine.arrangement().scene.byId.get(hit.model);
    return node === undefined || node.kind === 'abstract' || node.kind === 'app'
      ? null
      : { kind: 'relate', target: hit.model };
  }
  const gap = gapAt(engine, model, at);
  if (gap === null) return null;
  const rows = engine.arrangement().scene.byId.get(model)?.rows ?? [];
  const after = gap === 0 ? null : (rows[gap - 1]?.name ?? null);
  const from = rows.findIndex((row) => row.name === field);
  // Before or behind itself is where it stands.
  return gap === from || gap === from + 1 ? null : { kind: 'reorder', after };
}

/** How the drag is drawn: a line to the pointer, or the gap between two fields. */
export function fieldSketch(engine: CanvasEngine, source: FieldSource, hit: Hit, to: Point): Sketch {
  const arrangement = engine.arrangement();
  const rect = arrangement.rectOf(source.model);
  const row =
    arrangement.scene.byId.get(source.model)?.rows.findIndex(({ name }) => name === source.field) ?? -1;
  const from = { x: to.x < rect.x ? rect.x : rect.x + rect.width, y: rect.y + rowMiddle(row) };
  const drop = fieldDrop(engine, source, hit, to);
  const gap = drop?.kind === 'reorder' ? gapAt(engine, source.model, to) : null;
  return { kind: 'field', from, to, line: gap === null ? null : lineAt(rect, gap) };
}

/** Between which of its own fields the pointer is: 0 before the first. */
function gapAt(engine: CanvasEngine, model: string, at: Point): number | null {
  const arrangement = engine.arrangement();
  const node = arrangement.scene.byId.get(model);
  if (node === undefined) return null;
  const own = node.rows.filter((row) => !row.inherited && row.mark !== 'removed').length;
  const y = at.y - arrangement.rectOf(model).y - HEADER_HEIGHT - FOOT_HEIGHT / 2;
  return Math.max(0, Math.min(own, Math.round(y / ROW_HEIGHT)));
}

function lineAt(rect: Rect, gap: number): Rect {
  const y = rect.y + HEADER_HEIGHT + FOOT_HEIGHT / 2 + gap * ROW_HEIGHT;
  return { x: rect.x + 6, y, width: rect.width - 12, height: 0 };
}
