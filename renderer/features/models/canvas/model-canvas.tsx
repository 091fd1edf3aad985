import { useEffect, useRef, useState, type ClipboardEvent, type KeyboardEvent, type MouseEvent } from 'react';
import { readCopiedModels } from '../../../../shared/django/copied-models.ts';
import type { CanvasWish } from '../../../stores/designer-store.ts';
import { ContextMenu, type MenuEntry } from '../../../ui/menu.tsx';
import { toWorld } from './camera.ts';
import type { CanvasEvents } from './canvas-events.ts';
import { performAction, type ActionContext } from './canvas-actions.ts';
import { canvasAction, type CanvasAction } from './canvas-keys.ts';
import { createCanvasEngine, NO_EMPHASIS, type CanvasEngine } from './canvas-engine.ts';
import { edgeSentence } from './draw-edges.ts';
import { attachGestures } from './gestures.ts';
import { appAt, hitTest, type Hit } from './hit-test.ts';
import { InlineName, type RenameTarget } from './inline-name.tsx';
import { Minimap } from './minimap.tsx';
import type { Picture } from './picture-keeper.ts';

interface ModelCanvasProps {
  readonly picture: Picture;
  readonly selected: ReadonlySet<string>;
  readonly field: string | null;
  readonly matching: ReadonlySet<string> | null;
  /** Fields that hold what is searched for. */
  readonly found: ReadonlySet<string>;
  readonly edgesHidden: boolean;
  readonly wish: CanvasWish | null;
  readonly events: CanvasEvents;
  /** Tells the view which engine draws, for what stands around the canvas. */
  readonly onEngine: (engine: CanvasEngine | null) => void;
}

/** The models as a picture to work in: pan, zoom, choose, move, rename, by pointer and by keyboard. */
export function ModelCanvas(props: ModelCanvasProps) {
  const { picture, selected, field, matching, found, edgesHidden, wish, events, onEngine } = props;
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
      picked: (models) => {
        latest.current.events.select([...latest.current.selected, ...models]);
      },
      dragsField: (model, name) => latest.current.selected.has(model) && latest.current.field === name,
      fieldDropped: (source, drop) => {
        latest.current.events.fieldDropped(source, drop);
      },
      moved: (places) => {
        latest.current.events.moved(places);
      },
      open: (hit, at) => {
        if (hit.kind === 'model' && !hit.model.includes('.')) latest.current.events.expand(hit.model);
        else if (hit.kind === 'model') setRenaming(renameTarget(made, hit.model, hit.field));
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
      found,
      edgesHidden,
    });
  }, [engine, selected, field, hover, matching, found, edgesHidden]);

  const granted = useRef<CanvasWish | null>(null);
  useEffect(() => {
    if (engine === null || wish === null || wish === granted.current) return;
    // A model that was just written is revealed once the picture has it.
    if (wish.kind === 'reveal' && !picture.scene.byId.has(wish.model)) return;
    granted.current = wish;
    if (wish.kind === 'fit') engine.fit();
    else if (wish.kind === 'zoom') engine.zoomBy(wish.factor);
    else if (wish.kind === 'reveal') engine.reveal(wish.model);
    else if (wish.kind === 'rename') startRename(engine, latest.current, setRenaming);
  }, [engine, wish, latest, picture]);

  const act = (action: CanvasAction): void => {
    if (engine === null) return;
    if (action.kind === 'rename') startRename(engine, latest.current, setRenaming);
    else performAction(action, engine, latest.current);
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

  // The clipboard's own events, and not its keys: they work across windows and ask for no permission.
  const onCopy = (event: ClipboardEvent): void => {
    const copied = events.copy();
    if (copied === null) return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', JSON.stringify(copied));
  };
  const onPaste = (event: ClipboardEvent): void => {
    const copied = readCopiedModels(event.clipboardData.getData('text/plain'));
    if (copied === null) return;
    event.preventDefault();
    events.paste(copied);
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
          onCopy={onCopy}
          onPaste={onPaste}
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
        Arrow keys go from model to model, Enter opens the inspector, plus and minus zoom, zero shows all, F
        focuses on what is around a model, Escape ends that. The list of models beside the diagram holds the
        same.
      </p>
      <p className="visually-hidden" aria-live="polite">
        {spoken(picture, selected)}
      </p>
    </div>
  );
}

/** The newest values for listeners that are attached once. */
function useLatest(value: ActionContext) {
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
  if (node === undefined || node.kind === 'outside' || node.kind === 'app' || node.mark === 'removed')
    return null;
  const row = node.rows.findIndex((candidate) => candidate.name === field);
  if (field === null || row < 0) return { model, row: -1, name: node.name };
  return node.rows[row]?.inherited === true ? null : { model, row, name: field };
}

function startRename(
  engine: CanvasEngine,
  { selected, field }: ActionContext,
  start: (target: RenameTarget | null) => void,
): void {
  const [model] = selected;
  if (selected.size !== 1 || model === undefined) return;
  if (engine.camera().zoom < 0.5) engine.reveal(model);
  start(renameTarget(engine, model, field));
}

function canvasLabel({ scene }: Picture): string {
  const models = scene.nodes.filter(({ kind }) => kind !== 'outside' && kind !== 'app').length;
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
