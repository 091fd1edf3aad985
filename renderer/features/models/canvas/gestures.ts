import { panBy, toWorld, zoomAt } from './camera.ts';
import type { CanvasEngine } from './canvas-engine.ts';
import { rectBetween, type Point } from './geometry.ts';
import { fieldDrop, fieldSketch, fieldSource, type FieldDrop, type FieldSource } from './field-drag.ts';
import { hitTest, sameHit, type Hit } from './hit-test.ts';

/** What the pointer does to the models; places are world points. */
export interface GestureHandlers {
  readonly hover: (hit: Hit) => void;
  /** A press that did not become a drag; `add`: with the key that adds to the selection. */
  readonly pick: (hit: Hit, add: boolean) => void;
  /** A press on a model that was not chosen: it is, before it can be dragged. */
  readonly press: (model: string) => void;
  readonly selected: () => ReadonlySet<string>;
  readonly moved: (places: ReadonlyMap<string, Point>) => void;
  readonly open: (hit: Hit, at: Point) => void;
  /** The models in a rectangle that was drawn; `add`: beside those that are chosen. */
  readonly picked: (models: readonly string[]) => void;
  /** Whether this field is dragged by itself, instead of its model. */
  readonly dragsField: (model: string, field: string) => boolean;
  readonly fieldDropped: (source: FieldSource, drop: FieldDrop) => void;
}

type Drag =
  | {
      readonly kind: 'marquee';
      readonly hit: Hit;
      readonly start: Point;
      readonly from: Point;
      active: boolean;
    }
  | {
      readonly kind: 'field';
      readonly hit: Hit;
      readonly start: Point;
      readonly source: FieldSource;
      active: boolean;
    }
  | { readonly kind: 'pan'; readonly hit: Hit; readonly start: Point; last: Point; active: boolean }
  | {
      readonly kind: 'move';
      readonly hit: Hit;
      readonly start: Point;
      readonly from: ReadonlyMap<string, Point>;
      active: boolean;
    };

/** A press becomes a drag once the pointer has moved so many pixels. */
const THRESHOLD = 4;
const LINE_PIXELS = 16;
const PAGE_PIXELS = 400;
const ZOOM_SPEED = 0.0085;
/** One notch of a wheel must not jump over several levels of detail. */
const MAX_ZOOM_STEP = 1.35;

const NOTHING: Hit = { kind: 'nothing' };

/** Turns pointer and wheel into camera moves and model moves; the answer takes the listeners off. */
export function attachGestures(
  element: HTMLElement,
  engine: CanvasEngine,
  handlers: GestureHandlers,
): () => void {
  let drag: Drag | null = null;
  let hovered: Hit = NOTHING;

  const at = (event: MouseEvent): Point => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const worldAt = (event: MouseEvent): Point => toWorld(engine.camera(), at(event));
  const hitAt = (event: MouseEvent): Hit =>
    hitTest(engine.arrangement(), worldAt(event), engine.camera().zoom);
  const hover = (hit: Hit): void => {
    if (sameHit(hit, hovered)) return;
    hovered = hit;
    handlers.hover(hit);
  };

  const onPointerDown = (event: PointerEvent): void => {
    if (event.button !== 0 && event.button !== 1) return;
    element.focus({ preventScroll: true });
    element.setPointerCapture(event.pointerId);
    const hit = event.button === 1 ? NOTHING : hitAt(event);
    drag = beginDrag(hit, event);
    // The middle button would start the browser's own scrolling.
    if (event.button === 1) event.preventDefault();
  };

  const beginDrag = (hit: Hit, event: PointerEvent): Drag => {
    const start = at(event);
    const source = fieldSource(hit);
    if (source !== null && (event.altKey || handlers.dragsField(source.model, source.field)))
      return { kind: 'field', hit, start, source, active: false };
    const ids = draggedModels(engine, handlers, hit, event);
    if (ids.length > 0) return { kind: 'move', hit, start, from: placesOf(engine, ids), active: false };
    if (event.shiftKey && event.button === 0)
      return { kind: 'marquee', hit, start, from: toWorld(engine.camera(), start), active: false };
    return { kind: 'pan', hit, start, last: start, active: false };
  };

  const onPointerMove = (event: PointerEvent): void => {
    if (drag === null) {
      hover(hitAt(event));
      return;
    }
    const here = at(event);
    if (!drag.active && Math.hypot(here.x - drag.start.x, here.y - drag.start.y) < THRESHOLD) return;
    drag.active = true;
    element.dataset['drag'] = drag.kind;
    hover(NOTHING);
    if (drag.kind === 'pan') {
      engine.look(panBy(engine.camera(), here.x - drag.last.x, here.y - drag.last.y));
      drag.last = here;
    } else if (drag.kind === 'marquee') {
      engine.sketch({ kind: 'marquee', rect: rectBetween(drag.from, worldAt(event)) });
    } else if (drag.kind === 'field') {
      engine.sketch(fieldSketch(engine, drag.source, hitAt(event), worldAt(event)));
    } else {
      engine.move(shifted(drag.from, here, drag.start, engine.camera().zoom));
    }
  };

  const end = (): Drag | null => {
    const ended = drag;
    drag = null;
    delete element.dataset['drag'];
    engine.sketch(null);
    return ended;
  };

  const onPointerUp = (event: PointerEvent): void => {
    const ended = end();
    if (ended === null) return;
    if (!ended.active) {
      if (event.button === 0) handlers.pick(ended.hit, event.shiftKey || event.ctrlKey || event.metaKey);
    } else if (ended.kind === 'marquee') {
      handlers.picked(engine.arrangement().index.within(rectBetween(ended.from, worldAt(event))));
    } else if (ended.kind === 'field') {
      const drop = fieldDrop(engine, ended.source, hitAt(event), worldAt(event));
      if (drop !== null) handlers.fieldDropped(ended.source, drop);
    } else if (ended.kind === 'move') {
      handlers.moved(shifted(ended.from, at(event), ended.start, engine.camera().zoom));
    }
  };

  const cancel = (): void => {
    const ended = end();
    if (ended?.kind === 'move' && ended.active) engine.move(ended.from);
  };

  const onWheel = (event: WheelEvent): void => {
    event.preventDefault();
    const unit = event.deltaMode === 1 ? LINE_PIXELS : event.deltaMode === 2 ? PAGE_PIXELS : 1;
    // A pinch on a touchpad arrives as a wheel with the control key.
    if (event.ctrlKey || event.metaKey) {
      const factor = Math.exp(-event.deltaY * unit * ZOOM_SPEED);
      engine.look(
        zoomAt(engine.camera(), at(event), Math.min(MAX_ZOOM_STEP, Math.max(1 / MAX_ZOOM_STEP, factor))),
      );
    } else {
      const sideways = event.shiftKey && event.deltaX === 0;
      const dx = sideways ? event.deltaY : event.deltaX;
      const dy = sideways ? 0 : event.deltaY;
      engine.look(panBy(engine.camera(), -dx * unit, -dy * unit));
    }
    if (drag === null) hover(hitAt(event));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || drag?.active !== true) return;
    event.stopPropagation();
    cancel();
  };

  const listeners: readonly (readonly [string, (event: never) => void])[] = [
    ['pointerdown', onPointerDown],
    ['pointermove', onPointerMove],
    ['pointerup', onPointerUp],
    ['pointercancel', cancel],
    ['lostpointercapture', cancel],
    [
      'pointerleave',
      () => {
        hover(NOTHING);
      },
    ],
    [
      'dblclick',
      (event: MouseEvent) => {
        handlers.open(hitAt(event), worldAt(event));
      },
    ],
    ['keydown', onKeyDown],
  ];
  for (const [name, listener] of listeners) element.addEventListener(name, listener as EventListener);
  element.addEventListener('wheel', onWheel, { passive: false });
  return () => {
    for (const [name, listener] of listeners) element.removeEventListener(name, listener as EventListener);
    element.removeEventListener('wheel', onWheel);
  };
}

/** What a drag from here would move: the chosen models, or all of an app by its title. */
function draggedModels(
  engine: CanvasEngine,
  handlers: GestureHandlers,
  hit: Hit,
  event: PointerEvent,
): readonly string[] {
  if (hit.kind === 'app') {
    return engine.arrangement().scene.apps.find((app) => app.label === hit.app)?.models ?? [];
  }
  if (hit.kind !== 'model') return [];
  const adding = event.shiftKey || event.ctrlKey || event.metaKey;
  if (!handlers.selected().has(hit.model)) {
    if (adding) return [hit.model];
    handlers.press(hit.model);
  }
  return handlers.selected().has(hit.model) ? [...handlers.selected()] : [hit.model];
}

function placesOf(engine: CanvasEngine, ids: readonly string[]): ReadonlyMap<string, Point> {
  return new Map(
    ids.map((id) => {
      const { x, y } = engine.arrangement().rectOf(id);
      return [id, { x, y }] as const;
    }),
  );
}

function shifted(
  from: ReadonlyMap<string, Point>,
  here: Point,
  start: Point,
  zoom: number,
): ReadonlyMap<string, Point> {
  const dx = (here.x - start.x) / zoom;
  const dy = (here.y - start.y) / zoom;
  return new Map([...from].map(([id, { x, y }]) => [id, { x: Math.round(x + dx), y: Math.round(y + dy) }]));
}
