import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { CanvasWish, InspectedField } from '../../../stores/designer-store.ts';
import { ContextMenu, type MenuEntry } from '../../../ui/menu.tsx';
import { panBy, toWorld, visibleWorld } from './camera.ts';
import { canvasAction, type CanvasAction } from './canvas-keys.ts';
import { createCanvasEngine, NO_EMPHASIS, type CanvasEngine } from './canvas-engine.ts';
import { edgeSentence } from './draw-edges.ts';
import { centerOf, type Point } from './geometry.ts';
import { attachGestures } from './gestures.ts';
import { appAt, hitTest, type Hit } from './hit-test.ts';
import { InlineName, type RenameTarget } from './inline-name.tsx';
import { Minimap } from './minimap.tsx';
import { modelTowards, type Direction } from './neighbour.ts';
import type { Picture } from './picture-keeper.ts';
import type { SceneNode } from './scene.ts';

/** What happens on the canvas, for the view that knows the project. */
export interface CanvasEvents {
  readonly select: (models: Iterable<string>) => void;
  readonly toggle: (model: string) => void;
  readonly inspect: (field: InspectedField | null) => void;
  readonly moved: (places: ReadonlyMap<string, Point>) => void;
  readonly addModel: (app: string | null, at: Point) => void;
  readonly rename: (model: string, field: string | null, name: string) => void;
  readonly remove: () => void;
  /** Moves the focus to the inspector. */
  readonly open: () => void;
  readonly menu: (
    hit: Hit,
    app: string | null,
    at: Point,
    rename: (target: RenameTarget) => void,
  ) => readonly MenuEntry[];
}

interface ModelCanvasProps {
  readonly picture: Picture;
  readonly selected: ReadonlySet<string>;
  readonly field: string | null;
  readonly matching: ReadonlySet<string> | null;
  readonly edgesHidden: boolean;
  readonly wish: CanvasWish | null;
  readonly events: CanvasEvents;
  /** Tells the view which engine draws, for what stands around the canvas. */
  readonly onEngine: (engine: CanvasEngine | null) => void;
}

const PAN_STEP = 80;
const NUDGE = 8;
const VECTORS: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** The models as a picture to work in: pan, zoom, choose, move, rename, by pointer and by keyboard. */
export function ModelCanvas(props: ModelCanvasProps) {
  const { picture, selected, field, matching, edgesHidden, wish, events, onEngine } = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [engine, setEngine] = useState<CanvasEngine | null>(null);
  const [hover, setHover] = useState<Hit>({ kind: 'nothing' });
  const [renaming, setRenaming] = useState<RenameTarget | null>(null);
  const [menu, setMenu] = useState<readonly MenuEntry[]>([]);
  const latest = useLatest({ selected, events, field });

  useEffect(() => {
    if (host.current === null || canvas.current === null) return undefined;
    const made = createCanvasEngine({ canvas: canvas.current, host: host.current });
    const detach = attachGestures(host.current, made, {
      hover: setHover,
      press: (model) => {
        latest.current.events.select([model]);
        // The drag that may follow asks for the selection before the next render has brought it.
        latest.current = { ...latest.current, selected: new Set([model]) };
      },
      pick: (hit, add) => {
        pick(hit, add, made, latest.current.events);
      },
      selected: () => latest.current.selected,
      moved: (places) => {
        latest.current.events.moved(places);
      },
      open: (hit, at) => {
        if (hit.kind === 'model') setRenaming(renameTarget(made, hit.model, hit.field));
        else if (hit.kind !== 'edge') latest.current.events.addModel(appAt(made.arrangement(), at), at);
      },
    });
    setEngine(made);
    onEngine(made);
    return () => {
      detach();
      made.dispose();
      setEngine(null);
      onEngine(null);
    };
  }, [latest, onEngine]);

  const fitted = useRef(0);
  useEffect(() => {
    if (engine === null) return;
    engine.show(picture.scene, picture.positions);
    if (fitted.current === picture.fitted) return;
    fitted.current = picture.fitted;
    engine.fit();
  }, [engine, picture]);

  useEffect(() => {
    const [model] = selected;
    engine?.emphasize({
      ...NO_EMPHASIS,
      selected,
      field: field === null || model === undefined ? null : { model, field },
      hover,
      matching,
      edgesHidden,
    });
  }, [engine, selected, field, hover, matching, edgesHidden]);

  const granted = useRef<CanvasWish | null>(null);
  useEffect(() => {
    if (engine === null || wish === null || wish === granted.current) return;
    granted.current = wish;
    if (wish.kind === 'fit') engine.fit();
    else if (wish.kind === 'zoom') engine.zoomBy(wish.factor);
    else if (wish.kind === 'reveal') engine.reveal(wish.model);
    else if (wish.kind === 'rename') startRename(engine, latest.current, setRenaming);
  }, [engine, wish, latest]);

  const act = (action: CanvasAction): void => {
    if (engine === null) return;
    if (action.kind === 'rename') startRename(engine, latest.current, setRenaming);
    else perform(action, engine, latest.current);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const action = canvasAction(event);
    if (action === null) return;
    event.preventDefault();
    act(action);
  };

  const onContextMenu = (event: MouseEvent<HTMLDivElement>): void => {
    if (engine === null) return;
    const box = event.currentTarget.getBoundingClientRect();
    const byKey = event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerId < 0;
    const at = toWorld(engine.camera(), { x: event.clientX - box.left, y: event.clientY - box.top });
    const [chosen] = selected;
    const hit: Hit =
      byKey && chosen !== undefined
        ? { kind: 'model', model: chosen, field }
        : hitTest(engine.arrangement(), at, engine.camera().zoom);
    if (hit.kind === 'model' && !selected.has(hit.model)) events.select([hit.model]);
    setMenu(events.menu(hit, appAt(engine.arrangement(), at), at, setRenaming));
  };

  const focusBack = (): void => {
    setRenaming(null);
    host.current?.focus({ preventScroll: true });
  };

  return (
    <div className="models-canvas-frame">
      <ContextMenu entries={menu}>
        <div
          ref={host}
          className="models-canvas"
          data-hover={hover.kind}
          role="application"
          aria-roledescription="diagram"
          aria-label={canvasLabel(picture)}
          aria-describedby="models-canvas-help"
          tabIndex={0}
          onKeyDown={onKeyDown}
          onContextMenu={onContextMenu}
        >
          <canvas ref={canvas} aria-hidden />
        </div>
      </ContextMenu>
      {engine !== null && renaming !== null && (
        <InlineName
          key={`${renaming.model}:${String(renaming.row)}`}
          engine={engine}
          target={renaming}
          onCancel={focusBack}
          onCommit={(name) => {
            focusBack();
            events.rename(renaming.model, renaming.row < 0 ? null : renaming.name, name);
          }}
        />
      )}
      {engine !== null && <Minimap engine={engine} />}
      <p id="models-canvas-help" className="visually-hidden">
        Arrow keys go from model to model, Enter opens the inspector, plus and minus zoom, zero shows all. The
        list of models beside the diagram holds the same.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken(picture, selected)}
      </p>
    </div>
  );
}

interface Latest {
  readonly selected: ReadonlySet<string>;
  readonly events: CanvasEvents;
  readonly field: string | null;
}

/** The newest values for listeners that are attached once. */
function useLatest(value: Latest) {
  const ref = useRef(value);
  useEffect(() => {
    ref.current = value;
  });
  return ref;
}

function pick(hit: Hit, add: boolean, engine: CanvasEngine, events: CanvasEvents): void {
  const { scene } = engine.arrangement();
  if (hit.kind === 'model') {
    if (add) {
      events.toggle(hit.model);
      return;
    }
    events.select([hit.model]);
    events.inspect(hit.field === null ? null : { kind: 'field', name: hit.field });
  } else if (hit.kind === 'edge') {
    const edge = scene.edges.find((candidate) => candidate.id === hit.edge);
    if (edge === undefined) return;
    events.select([edge.source]);
    events.inspect(edge.row < 0 ? null : { kind: 'field', name: edge.label });
  } else if (hit.kind === 'app') {
    events.select(scene.apps.find((app) => app.label === hit.app)?.models ?? []);
  } else if (!add) events.select([]);
}

function renameTarget(engine: CanvasEngine, model: string, field: string | null): RenameTarget | null {
  const node = engine.arrangement().scene.byId.get(model);
  if (node === undefined || node.kind === 'outside') return null;
  const row = node.rows.findIndex((candidate) => candidate.name === field);
  if (field === null || row < 0) return { model, row: -1, name: node.name };
  return node.rows[row]?.inherited === true ? null : { model, row, name: field };
}

function startRename(
  engine: CanvasEngine,
  { selected, field }: Latest,
  start: (target: RenameTarget | null) => void,
): void {
  const [model] = selected;
  if (selected.size !== 1 || model === undefined) return;
  if (engine.camera().zoom < 0.5) engine.reveal(model);
  start(renameTarget(engine, model, field));
}

function perform(action: CanvasAction, engine: CanvasEngine, { selected, events, field }: Latest): void {
  const [model] = selected;
  switch (action.kind) {
    case 'go':
      return go(engine, model ?? null, action.direction, events);
    case 'pan': {
      const { x, y } = VECTORS[action.direction];
      return engine.look(panBy(engine.camera(), -x * PAN_STEP, -y * PAN_STEP));
    }
    case 'nudge':
      return nudge(engine, selected, action.direction, events);
    case 'field': {
      const next = fieldBeside(
        model === undefined ? undefined : engine.arrangement().scene.byId.get(model),
        field,
        action.step,
      );
      return next === null ? undefined : events.inspect({ kind: 'field', name: next });
    }
    case 'zoom':
      return engine.zoomBy(action.factor);
    case 'fit':
      return engine.fit();
    case 'open':
      return events.open();
    case 'remove':
      return events.remove();
    case 'add-field':
      if (model !== undefined) events.inspect({ kind: 'new' });
      return;
    case 'select-all':
      return events.select(engine.arrangement().scene.nodes.map((node) => node.id));
    case 'clear':
      if (field !== null) events.inspect(null);
      else events.select([]);
      return;
    case 'rename':
      return;
  }
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

function canvasLabel({ scene }: Picture): string {
  const models = scene.nodes.filter((node) => node.kind !== 'outside').length;
  return `Diagram of ${String(models)} models and ${String(scene.edges.length)} relations`;
}

/** What a screen reader says of the selection. */
function spoken({ scene }: Picture, selected: ReadonlySet<string>): string {
  const [id] = selected;
  if (id === undefined) return '';
  if (selected.size > 1) return `${String(selected.size)} models chosen`;
  const node = scene.byId.get(id);
  const relations = scene.edges.filter((edge) => edge.source === id).map(edgeSentence);
  return [id, `${String((node?.rows.length ?? 0) + (node?.hiddenRows ?? 0))} fields`, ...relations].join(
    ', ',
  );
}
