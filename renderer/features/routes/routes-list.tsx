import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronRight, TriangleAlert } from 'lucide-react';
import { useEffect, useId, useRef, type KeyboardEvent } from 'react';
import { classNames } from '../../ui/class-names.ts';
import { ContextMenu, type MenuEntry } from '../../ui/menu.tsx';
import { MethodBadges } from './method-badges.tsx';
import { listMove, type ListLine, type RouteGroup, type RouteRow } from './route-rows.ts';

interface RoutesListProps {
  readonly lines: readonly ListLine[];
  readonly chosen: string | null;
  readonly onChoose: (id: string) => void;
  readonly onToggle: (group: RouteGroup) => void;
  /** Enter or a double press. */
  readonly onOpen: (row: RouteRow) => void;
  /** Alt and an arrow key. */
  readonly onMove: (row: RouteRow, step: -1 | 1) => void;
  /** The Delete key. */
  readonly onRemove: (row: RouteRow) => void;
  /** What can be done with a route: its context menu. */
  readonly menuOf: (row: RouteRow) => readonly MenuEntry[];
}

const ROW_HEIGHT = 28;
const columns = ['Method', 'Path', 'Name', 'View', 'App', 'Permissions', 'Source'];

/** Id of a line: of its route or its group. */
function lineId(line: ListLine): string {
  return line.kind === 'route' ? line.row.id : line.group.id;
}

/** The routes as a table whose groups open and close; the chosen line is the one the keyboard is at. */
export function RoutesList(props: RoutesListProps) {
  const { lines, chosen, onChoose, onToggle, onOpen, onMove, onRemove, menuOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const listId = useId();
  const current = lines.findIndex((line) => lineId(line) === chosen);
  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    scrollPaddingStart: ROW_HEIGHT + 4,
    overscan: 12,
  });
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const line = lines[current];
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (event.altKey && line?.kind === 'route' && (step === -1 || step === 1)) {
      event.preventDefault();
      onMove(line.row, step);
    }
    if (event.ctrlKey || event.metaKey || event.altKey || lines.length === 0) return;
    if (event.key === 'Delete' && line?.kind === 'route') onRemove(line.row);
    const page = Math.max(Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2, 1);
    const move = listMove(lines, current, event.key, page);
    if (move === null) return;
    event.preventDefault();
    const target = move.kind === 'focus' ? lines[move.index] : undefined;
    if (target !== undefined) onChoose(lineId(target));
    else if (move.kind === 'toggle') onToggle(move.group);
    else if (move.kind === 'open') onOpen(move.row);
  };

  const list = (
    <div
      ref={scroller}
      className="routes-list"
      role="treegrid"
      tabIndex={0}
      aria-label="Routes"
      aria-rowcount={lines.length + 1}
      aria-activedescendant={current >= 0 ? `${listId}-${current}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="routes-row routes-head" role="row" aria-rowindex={1}>
        {columns.map((column) => (
          <span key={column} role="columnheader" className={`route-${column.toLowerCase()}`}>
            {column}
          </span>
        ))}
      </div>
      <div className="routes-rows" role="presentation" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => {
          const line = lines[item.index];
          return (
            line && (
              <div
                key={lineId(line)}
                id={`${listId}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-level={line.kind === 'group' ? 1 : 2}
                aria-expanded={line.kind === 'group' ? line.open : undefined}
                aria-selected={item.index === current}
                className={classNames(
                  'routes-row',
                  line.kind === 'group' && 'routes-group',
                  item.index === current && 'routes-row-chosen',
                )}
                style={{ transform: `translateY(${item.start}px)` }}
                onClick={() => {
                  onChoose(lineId(line));
                  if (line.kind === 'group') onToggle(line.group);
                }}
                onContextMenuCapture={() => {
                  onChoose(lineId(line));
                }}
                onDoubleClick={() => {
                  if (line.kind === 'route') onOpen(line.row);
                }}
              >
                {line.kind === 'group' ? (
                  <GroupHead group={line.group} open={line.open} />
                ) : (
                  <RouteCells row={line.row} />
                )}
              </div>
            )
          );
        })}
      </div>
    </div>
  );
  const line = lines[current];
  const entries = line?.kind === 'route' ? menuOf(line.row) : [];
  return entries.length === 0 ? list : <ContextMenu entries={entries}>{list}</ContextMenu>;
}

function GroupHead({ group, open }: { readonly group: RouteGroup; readonly open: boolean }) {
  return (
    <span role="gridcell" aria-colspan={columns.length} className="routes-group-label">
      <ChevronRight size={13} aria-hidden className={open ? 'routes-chevron-open' : undefined} />
      {group.label}
      <span className="routes-group-count">{group.rows.length}</span>
    </span>
  );
}

function RouteCells({ row }: { readonly row: RouteRow }) {
  const place = row.viewPlace ?? row.statement;
  return (
    <>
      <span role="gridcell" className="route-method">
        <MethodBadges methods={row.methods} />
      </span>
      <span role="gridcell" className="route-path" title={row.pattern}>
        <Pattern pattern={row.pattern} />
        {row.note !== null && (
          <span title={row.note}>
            <TriangleAlert size={13} role="img" aria-label={row.note} />
          </span>
        )}
      </span>
      <span role="gridcell" className="route-name" title={row.name ?? undefined}>
        {row.name}
      </span>
      <span role="gridcell" className="route-view" title={row.view}>
        {viewName(row.view)}
      </span>
      <span role="gridcell" className="route-app">
        {row.app}
      </span>
      <span role="gridcell" className="route-permissions" title={row.permissions.join(', ')}>
        {row.permissions.join(', ')}
      </span>
      <span role="gridcell" className="route-source" title={place?.file}>
        {place === null ? '' : `${place.file.split(/[\\/]/).slice(-2).join('/')}:${place.line ?? ''}`}
      </span>
    </>
  );
}

/** The last word of a view: `HomeView` of `library.views.HomeView`, and of `views.HomeView.as_view()`. */
function viewName(view: string): string {
  return (
    view
      .replace(/\.as_view\(.*$/s, '')
      .split('.')
      .at(-1) ?? view
  );
}

/** A pattern with its parts set off. */
export function Pattern({ pattern }: { readonly pattern: string }) {
  return (
    <code className="route-pattern">
      {pattern
        .split(/(<[^<>]*>)/)
        .map((piece, index) => (index % 2 === 1 ? <em key={index}>{piece}</em> : piece))}
    </code>
  );
}
