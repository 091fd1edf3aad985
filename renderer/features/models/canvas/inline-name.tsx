import { useEffect, useRef, useState } from 'react';
import { toScreen } from './camera.ts';
import type { CanvasEngine } from './canvas-engine.ts';
import { HEADER_HEIGHT, ROW_HEIGHT, rowMiddle } from './metrics.ts';

/** What is being renamed: a model, or a field of it. */
export interface RenameTarget {
  readonly model: string;
  /** Row of the field; -1 for the model itself. */
  readonly row: number;
  readonly name: string;
}

interface InlineNameProps {
  readonly engine: CanvasEngine;
  readonly target: RenameTarget;
  readonly onCommit: (name: string) => void;
  readonly onCancel: () => void;
}

/** A text field that lies over the name it changes and follows it when the canvas moves. */
export function InlineName({ engine, target, onCommit, onCancel }: InlineNameProps) {
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState(target.name);
  const done = useRef(false);

  useEffect(() => {
    const element = input.current;
    if (element === null) return undefined;
    const place = (): void => {
      lieOver(element, engine, target);
    };
    place();
    element.select();
    return engine.onDrawn(place);
  }, [engine, target]);

  const end = (commit: boolean): void => {
    // Leaving the field after Enter or Escape must not commit a second time.
    if (done.current) return;
    done.current = true;
    const next = name.trim();
    if (commit && next !== '' && next !== target.name) onCommit(next);
    else onCancel();
  };

  return (
    <input
      ref={input}
      className="models-inline-name"
      aria-label={target.row < 0 ? `New name of ${target.name}` : `New name of the field ${target.name}`}
      value={name}
      spellCheck={false}
      autoComplete="off"
      autoFocus
      onChange={(event) => {
        setName(event.target.value);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(true);
        if (event.key === 'Escape') end(false);
      }}
      onBlur={() => {
        end(true);
      }}
    />
  );
}

function lieOver(element: HTMLElement, engine: CanvasEngine, { model, row }: RenameTarget): void {
  const rect = engine.arrangement().rectOf(model);
  const camera = engine.camera();
  const height = (row < 0 ? HEADER_HEIGHT : ROW_HEIGHT) * camera.zoom;
  const at = toScreen(camera, { x: rect.x, y: rect.y + rowMiddle(row) });
  element.style.width = `${String(Math.max(140, rect.width * camera.zoom))}px`;
  element.style.transform = `translate(${String(at.x)}px, ${String(at.y - Math.max(26, height) / 2)}px)`;
  element.style.height = `${String(Math.max(26, height))}px`;
}
