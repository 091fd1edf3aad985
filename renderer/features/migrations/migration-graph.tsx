import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useMigrations } from '../../stores/studio-context.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { classNames } from '../../ui/class-names.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GitCommitVertical } from 'lucide-react';
import { edgesBetween, laneWidth, layoutGraph, type GraphEdge, type MigrationGraph } from './graph-layout.ts';
import { MigrationIcon, wordOf } from './migration-icon.tsx';
import type { MigrationChoice } from './migration-rows.ts';

interface MigrationGraphProps {
  readonly choice: MigrationChoice;
  readonly onChoose: (choice: MigrationChoice) => void;
}

const ROW = 26;
const moves: Readonly<Record<string, number>> = { ArrowUp: -1, ArrowDown: 1, PageUp: -15, PageDown: 15 };

/** Every migration on the lane of its app with what it needs; only the rows in sight are in the page. */
export function MigrationGraphList({ choice, onChoose }: MigrationGraphProps) {
  const state = useMigrations(({ applied }) => applied);
  const [libraries, setLibraries] = useState(false);
  const graph = useMemo(() => {
    const apps = state?.apps.filter(({ project }) => project || libraries).map(({ label }) => label) ?? [];
    return state === null ? { rows: [], edges: [], lanes: [] } : layoutGraph(state, new Set(apps));
  }, [state, libraries]);
  return (
    <div className="migration-graph">
      <div className="migration-graph-options">
        <Checkbox label="With the apps of libraries" checked={libraries} onChange={setLibraries} />
      </div>
      {graph.rows.length === 0 ? (
        <EmptyState icon={GitCommitVertical} title="No migrations yet">
          The apps of this project have none.
        </EmptyState>
      ) : (
        <GraphRows graph={graph} choice={choice} onChoose={onChoose} />
      )}
    </div>
  );
}

function GraphRows({ graph, choice, onChoose }: MigrationGraphProps & { readonly graph: MigrationGraph }) {
  const scroller = useRef<HTMLDivElement>(null);
  const listId = useId();
  const { rows, lanes } = graph;
  const chosen = choice.kind === 'written' ? choice : null;
  const current = rows.findIndex((row) => row.app === chosen?.app && row.name === chosen.name);
  // eslint-disable-next-line react-hooks/incompatible-library -- only the React Compiler minds, and it is not used
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);
  const choose = (index: number): void => {
    const row = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (row !== undefined) onChoose({ kind: 'written', app: row.app, name: row.name });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key } = event;
    const move = moves[key];
    if (move === undefined && key !== 'Home' && key !== 'End') return;
    event.preventDefault();
    choose(move === undefined ? (key === 'Home' ? 0 : rows.length - 1) : current + move);
  };
  const items = virtual.getVirtualItems();
  const lane = laneWidth(lanes.length);
  const gutter = lanes.length * lane + 12;
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  return (
    <div
      ref={scroller}
      className="migration-graph-rows"
      role="listbox"
      aria-label="Graph of the migrations"
      tabIndex={0}
      aria-activedescendant={current >= 0 ? `${listId}-${current}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="migration-graph-all" style={{ height: virtual.getTotalSize() }}>
        <Edges graph={graph} edges={edgesBetween(graph.edges, first, last)} lane={lane} width={gutter} />
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={`${row.app}/${row.name}`}
              id={`${listId}-${index}`}
              role="option"
              aria-selected={index === current}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              aria-label={`${row.app} ${row.name}, ${wordOf(row.mark)}`}
              title={`${row.app} ${row.name}`}
              className={classNames('migration-graph-row', `migration-row-${row.mark}`)}
              style={{ transform: `translateY(${start}px)`, paddingLeft: gutter }}
              onClick={() => {
                choose(index);
              }}
            >
              <span
                className="migration-graph-dot"
                style={{ left: 6 + (row.lane + 0.5) * lane, background: laneColor(row.lane) }}
              />
              <MigrationIcon mark={row.mark} />
              <span className="migration-graph-app">{row.app}</span>
              <span className="migration-graph-name">{row.name}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface EdgesProps {
  readonly graph: MigrationGraph;
  readonly edges: readonly GraphEdge[];
  readonly lane: number;
  readonly width: number;
}

/** The dependencies: down the own lane, then over to the other where it stands. */
function Edges({ graph, edges, lane, width }: EdgesProps) {
  const place = (row: number): { readonly x: number; readonly y: number; readonly lane: number } => {
    const at = graph.rows[row]?.lane ?? 0;
    return { x: 6 + (at + 0.5) * lane, y: (row + 0.5) * ROW, lane: at };
  };
  return (
    <svg className="migration-graph-edges" width={width} height={graph.rows.length * ROW} aria-hidden>
      {edges.map((edge) => {
        const from = place(edge.from);
        const to = place(edge.to);
        const bend = Math.min(ROW, Math.abs(to.y - from.y));
        const path =
          from.x === to.x
            ? `M${from.x} ${from.y}V${to.y}`
            : `M${from.x} ${from.y}V${to.y - bend}C${from.x} ${to.y} ${to.x} ${to.y - bend} ${to.x} ${to.y}`;
        return (
          <path
            key={`${edge.from}-${edge.to}`}
            d={path}
            stroke={laneColor(from.lane)}
            strokeDasharray={from.lane === to.lane ? undefined : '3 3'}
          />
        );
      })}
    </svg>
  );
}

/** Neighbouring lanes are far apart on the colour wheel. */
function laneColor(lane: number): string {
  return `oklch(0.64 0.13 ${(lane * 137 + 250) % 360})`;
}
