import { GripVertical } from 'lucide-react';
import { useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react';
import './ordered-list.css';

/** One line of an ordered list. */
export interface OrderedItem {
  readonly id: string;
  readonly content: ReactNode;
  /** Stands where it stands: it is not moved, and nothing is put behind it. */
  readonly fixed?: boolean;
}

interface OrderedListProps {
  readonly label: string;
  readonly items: readonly OrderedItem[];
  /** The item is to stand behind another; null: before all others. */
  readonly onMove: (id: string, after: string | null) => void;
  readonly disabled?: boolean;
}

/** Lines in an order that the user changes: by the handle, or with Alt and the arrow keys. */
export function OrderedList({ label, items, onMove, disabled = false }: OrderedListProps) {
  const [dragged, setDragged] = useState<string | null>(null);
  const [gap, setGap] = useState<number | null>(null);
  const ids = items.filter(({ fixed }) => fixed !== true).map(({ id }) => id);

  const move = (id: string, to: number): void => {
    const from = ids.indexOf(id);
    // The gap behind an item and the one before it are its own place.
    if (disabled || from < 0 || to < 0 || to > ids.length || to === from || to === from + 1) return;
    onMove(id, ids.slice(0, to).findLast((other) => other !== id) ?? null);
  };
  const onKeyDown = (event: KeyboardEvent, id: string): void => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    event.stopPropagation();
    const at = ids.indexOf(id);
    move(id, event.key === 'ArrowUp' ? at - 1 : at + 2);
  };
  const onDragOver = (event: DragEvent, at: number): void => {
    if (dragged === null || at < 0) return;
    event.preventDefault();
    const box = event.currentTarget.getBoundingClientRect();
    setGap(event.clientY < box.top + box.height / 2 ? at : at + 1);
  };
  const end = (): void => {
    if (dragged !== null && gap !== null) move(dragged, gap);
    setDragged(null);
    setGap(null);
  };

  return (
    <ol className="ordered-list" aria-label={label}>
      {items.map(({ id, content, fixed = false }) => {
        const at = fixed ? -1 : ids.indexOf(id);
        return (
          <li
            key={id}
            className="ordered-item"
            data-dragged={dragged === id || undefined}
            data-gap={gapBeside(at, gap, ids.length)}
            onKeyDown={(event) => {
              onKeyDown(event, id);
            }}
            onDragOver={(event) => {
              onDragOver(event, at);
            }}
            onDrop={(event) => {
              event.preventDefault();
              end();
            }}
          >
            <span
              className="ordered-handle"
              draggable={!fixed && !disabled}
              title={fixed ? undefined : 'Drag, or press Alt and an arrow key'}
              aria-hidden
              onDragStart={(event) => {
                event.dataTransfer.effectAllowed = 'move';
                event.dataTransfer.setData('text/plain', id);
                setDragged(id);
              }}
              onDragEnd={() => {
                setDragged(null);
                setGap(null);
              }}
            >
              {!fixed && !disabled && <GripVertical size={12} />}
            </span>
            <div className="ordered-content">{content}</div>
          </li>
        );
      })}
    </ol>
  );
}

/** Where beside an item the line of the gap is drawn; one gap is drawn once. */
function gapBeside(at: number, gap: number | null, count: number): 'before' | 'after' | undefined {
  if (gap === null || at < 0) return undefined;
  if (gap === at) return 'before';
  return gap === count && at === count - 1 ? 'after' : undefined;
}
