import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { classNames } from './class-names.ts';
import { ContextMenu, type MenuEntry } from './menu.tsx';
import { treeMove, treeRows, typedRow, type TreeNode, type TreeRow } from './tree-rows.ts';
import './tree.css';

interface TreeProps {
  readonly label: string;
  readonly roots: readonly TreeNode[];
  readonly open: ReadonlySet<string>;
  readonly onToggle: (id: string) => void;
  /** What is shown elsewhere: the open file, the chosen model. */
  readonly selected: string | null;
  /** A leaf was pressed or entered. */
  readonly onActivate: (id: string) => void;
  /** What can be done with a row: its context menu. */
  readonly menuOf?: (id: string) => readonly MenuEntry[];
}

const ROW_HEIGHT = 24;

/** A tree of any length: only the rows in sight are in the page, the keyboard reaches all of them. */
export function Tree({ label, roots, open, onToggle, selected, onActivate, menuOf }: TreeProps) {
  const rows = useMemo(() => treeRows(roots, open), [roots, open]);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const scroller = useRef<HTMLDivElement>(null);
  const treeId = useId();
  const search = useTypedLetters();
  const found = rows.findIndex((row) => row.node.id === (currentId ?? selected));
  const current = Math.max(found, 0);

  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
  });

  const selectedIndex = rows.findIndex((row) => row.node.id === selected);
  useEffect(() => {
    if (selectedIndex >= 0) virtual.scrollToIndex(selectedIndex, { align: 'auto' });
  }, [selectedIndex, virtual]);

  const focusRow = (index: number): void => {
    setCurrentId(rows[index]?.node.id ?? null);
    virtual.scrollToIndex(index, { align: 'auto' });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || rows.length === 0) return;
    const move = treeMove(rows, current, event.key);
    if (move === null) {
      if (event.key.length !== 1) return;
      const index = typedRow(rows, current, search(event.key));
      if (index >= 0) focusRow(index);
    } else if (move.kind === 'focus') focusRow(move.index);
    else if (move.kind === 'toggle') onToggle(move.id);
    else onActivate(move.id);
    event.preventDefault();
  };

  const press = (row: TreeRow): void => {
    setCurrentId(row.node.id);
    if (row.branch) onToggle(row.node.id);
    else onActivate(row.node.id);
  };

  const tree = (
    <div
      ref={scroller}
      className="tree"
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={rows.length > 0 ? `${treeId}-${current}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="tree-space" style={{ height: virtual.getTotalSize() }} role="presentation">
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index];
          return (
            row && (
              <TreeRowView
                key={row.node.id}
                id={`${treeId}-${item.index}`}
                row={row}
                top={item.start}
                current={item.index === current}
                selected={row.node.id === selected}
                onPress={press}
                onMenu={() => {
                  setCurrentId(row.node.id);
                }}
              />
            )
          );
        })}
      </div>
    </div>
  );
  const entries = menuOf?.(rows[current]?.node.id ?? '') ?? [];
  return entries.length === 0 ? tree : <ContextMenu entries={entries}>{tree}</ContextMenu>;
}

interface TreeRowViewProps {
  readonly id: string;
  readonly row: TreeRow;
  readonly top: number;
  readonly current: boolean;
  readonly selected: boolean;
  readonly onPress: (row: TreeRow) => void;
  /** Its context menu is about to open. */
  readonly onMenu: () => void;
}

function TreeRowView({ id, row, top, current, selected, onPress, onMenu }: TreeRowViewProps) {
  const { node } = row;
  return (
    <div
      id={id}
      role="treeitem"
      aria-label={node.label}
      aria-level={row.level}
      aria-posinset={row.position}
      aria-setsize={row.siblings}
      aria-expanded={row.branch ? row.open : undefined}
      aria-selected={selected}
      title={node.label}
      className={classNames(
        'tree-row',
        current && 'tree-row-current',
        selected && 'tree-row-selected',
        node.muted === true && 'tree-row-muted',
      )}
      style={{ transform: `translateY(${top}px)`, paddingLeft: 4 + (row.level - 1) * 12 }}
      onClick={() => {
        onPress(row);
      }}
      onContextMenuCapture={onMenu}
    >
      <span className={classNames('tree-chevron', row.open && 'tree-chevron-open')} aria-hidden>
        {row.branch && <ChevronRight size={13} />}
      </span>
      {node.icon !== undefined && <span className="tree-icon">{node.icon}</span>}
      <span className="tree-label">{node.label}</span>
      {node.detail !== undefined && <span className="tree-detail">{node.detail}</span>}
    </div>
  );
}

/** Gathers letters that are typed in one go. */
function useTypedLetters(): (letter: string) => string {
  const typed = useRef({ text: '', at: 0 });
  return (letter) => {
    const now = performance.now();
    const text = now - typed.current.at < 700 ? typed.current.text + letter : letter;
    typed.current = { text, at: now };
    return text;
  };
}
