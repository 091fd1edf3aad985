import type { MenuEntry } from './menu.tsx';

/** A column of a grid. */
export interface GridColumn {
  readonly id: string;
  readonly title: string;
  /** Small text under or beside the title: the type. */
  readonly detail?: string | undefined;
  /** First width in pixels. */
  readonly width?: number;
  readonly align?: 'start' | 'end';
  readonly sorted?: 'ascending' | 'descending' | undefined;
  /** Stays at the left edge; such columns come first. */
  readonly pinned?: boolean;
  /** Whether a press on its header asks for sorting. */
  readonly sortable?: boolean;
}

/** What a cell shows. Values are text by the time they come here. */
export interface GridCell {
  readonly text: string;
  /** How the text is set: data, nothing (`NULL`), or a remark (`<12 bytes>`). */
  readonly kind: 'value' | 'none' | 'remark';
  /** Text to begin an edit with; null where the cell can't be edited. */
  readonly edit: string | null;
  /** Changed and not yet applied. */
  readonly changed?: boolean;
  /** Its row is about to be deleted. */
  readonly gone?: boolean;
  /** Leads to another place: a small button shows it. */
  readonly link?: boolean;
  /** What is wrong with it, in a sentence. */
  readonly problem?: string | undefined;
}

/** A place in a grid. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

/** All that a grid is told and tells; whatever draws it keeps to this. */
export interface DataGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly rowCount: number;
  /** null while the row is on its way. */
  readonly cellAt: (row: number, column: number) => GridCell | null;
  /** What stands in the first, narrow column: the number of the row by default. */
  readonly rowLabel?: (row: number) => string;
  readonly selectedRows?: ReadonlySet<number>;
  readonly onSelectRows?: (rows: ReadonlySet<number>) => void;
  readonly onEdit?: (position: GridPosition, text: string) => void;
  /** Delete on a cell that may be emptied. */
  readonly onClear?: (position: GridPosition) => void;
  /** Enter or double press on a cell that can't be edited: show it whole. */
  readonly onOpenCell?: (position: GridPosition) => void;
  readonly onSort?: (columnId: string) => void;
  /** Text that was pasted with this cell as its first. */
  readonly onPaste?: (position: GridPosition, block: readonly (readonly string[])[]) => void;
  /** Ctrl+Enter on a cell, or a press on its link. */
  readonly onFollow?: (position: GridPosition) => void;
  /** The pointer rests on the link of a cell; null when it has left. */
  readonly onHoverLink?: (
    link: { readonly position: GridPosition; readonly element: HTMLElement } | null,
  ) => void;
  /** What the secondary button offers on a cell, and on a title. */
  readonly menuFor?: (position: GridPosition) => readonly MenuEntry[];
  readonly headMenuFor?: (columnId: string) => readonly MenuEntry[];
  readonly onResizeColumn?: (columnId: string, width: number) => void;
  /** A title was dropped on another one. */
  readonly onMoveColumn?: (columnId: string, onto: string) => void;
  /** Which rows are in sight, to load them. */
  readonly onVisibleRows?: (first: number, last: number) => void;
}

/** Where a key press leads from a cell; null for keys that do not move. */
export function gridMove(
  from: GridPosition,
  key: string,
  size: { readonly rows: number; readonly columns: number; readonly page: number },
  control: boolean,
): GridPosition | null {
  const at = (row: number, column: number): GridPosition => ({
    row: Math.min(Math.max(row, 0), size.rows - 1),
    column: Math.min(Math.max(column, 0), size.columns - 1),
  });
  switch (key) {
    case 'ArrowDown':
      return at(control ? size.rows - 1 : from.row + 1, from.column);
    case 'ArrowUp':
      return at(control ? 0 : from.row - 1, from.column);
    case 'ArrowRight':
      return at(from.row, control ? size.columns - 1 : from.column + 1);
    case 'ArrowLeft':
      return at(from.row, control ? 0 : from.column - 1);
    case 'Home':
      return at(control ? 0 : from.row, 0);
    case 'End':
      return at(control ? size.rows - 1 : from.row, size.columns - 1);
    case 'PageDown':
      return at(from.row + size.page, from.column);
    case 'PageUp':
      return at(from.row - size.page, from.column);
    default:
      return null;
  }
}

/** A width for a column from its title and its first values, between 72 and 320 pixels. */
export function guessColumnWidth(title: string, samples: readonly string[]): number {
  const longest = Math.max(title.length + 4, ...samples.map((sample) => Math.min(sample.length, 60)));
  return Math.min(Math.max(longest * 7.4 + 24, 72), 320);
}

/** A width for the numbers of so many rows, in pixels. */
export function rowLabelWidth(rows: number): number {
  return Math.max(56, 24 + 7.4 * String(rows).length);
}
