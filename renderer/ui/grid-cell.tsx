import { ArrowUpRight } from 'lucide-react';
import { useRef, useState } from 'react';
import { classNames } from './class-names.ts';
import type { GridCell } from './grid-model.ts';

interface GridCellProps {
  readonly id: string;
  readonly cell: GridCell | null;
  readonly left: number;
  readonly width: number;
  readonly column: number;
  readonly end: boolean;
  readonly current: boolean;
  readonly editing: string | null;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  /** Follows the link of the cell. */
  readonly onFollow: () => void;
  readonly onHover: ((element: HTMLElement | null) => void) | undefined;
  readonly onEnd: (text: string | null, move: string | null) => void;
}

/** One cell, or the field in which it is edited. */
export function GridCellView({ id, cell, left, width, column, end, current, editing, ...on }: GridCellProps) {
  return (
    <div
      id={id}
      role="gridcell"
      aria-colindex={column + 1}
      aria-invalid={cell?.problem !== undefined || undefined}
      title={cell?.problem}
      className={classNames(
        'grid-cell',
        end && 'grid-cell-end',
        cell !== null && `grid-cell-${cell.kind}`,
        cell?.changed === true && 'grid-cell-changed',
        cell?.gone === true && 'grid-cell-gone',
        cell?.problem !== undefined && 'grid-cell-problem',
        current && 'grid-cell-current',
      )}
      style={{ left, width }}
      onPointerDown={on.onFocus}
      onDoubleClick={on.onOpen}
    >
      {editing === null ? cell?.text : <CellEditor text={editing} onEnd={on.onEnd} />}
      {editing === null && cell?.link === true && (
        <button
          type="button"
          className="grid-link"
          tabIndex={-1}
          aria-hidden
          title="Go to this row (Ctrl+Enter)"
          onClick={on.onFollow}
          onPointerEnter={(event) => on.onHover?.(event.currentTarget)}
          onPointerLeave={() => on.onHover?.(null)}
        >
          <ArrowUpRight size={12} aria-hidden />
        </button>
      )}
    </div>
  );
}

function CellEditor({ text, onEnd }: { readonly text: string; readonly onEnd: GridCellProps['onEnd'] }) {
  const [value, setValue] = useState(text);
  const ended = useRef(false);
  const end = (result: string | null, move: string | null): void => {
    if (ended.current) return;
    ended.current = true;
    onEnd(result, move);
  };
  return (
    <input
      className="grid-editor"
      aria-label="New value"
      autoFocus
      value={value}
      spellCheck={false}
      onChange={(event) => {
        setValue(event.target.value);
      }}
      onBlur={() => {
        end(value, null);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') end(value, 'ArrowDown');
        else if (event.key === 'Tab') end(value, event.shiftKey ? 'ArrowLeft' : 'ArrowRight');
        else if (event.key === 'Escape') end(null, null);
        else return;
        event.preventDefault();
      }}
    />
  );
}
