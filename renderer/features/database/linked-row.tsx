import { useEffect, useState } from 'react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { DatabasePage } from '../../../shared/contract/data-calls.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { textOf } from './cell-text.ts';
import { rowsWith } from './filter-draft.ts';
import type { RowLabels } from './use-model-table.ts';

/** The link of a cell on which the pointer rests. */
export interface HoveredLink {
  readonly table: string;
  readonly column: string;
  readonly value: CellValue;
  readonly element: HTMLElement;
}

interface LinkedRowProps {
  readonly database: string;
  readonly hovered: HoveredLink;
  readonly labels: RowLabels;
}

const SHOWN_COLUMNS = 12;

/** The row that a foreign key points to, beside the pointer. */
export function LinkedRow({ database, hovered, labels }: LinkedRowProps) {
  const { api } = useStudio();
  const { table, column, value, element } = hovered;
  const [page, setPage] = useState<DatabasePage | null>(null);
  useEffect(() => {
    let current = true;
    const filter = rowsWith(column, value);
    const input = { database, table, limit: 1, order: null, search: '', filter, after: null };
    api.call('database.rows', input).then(
      (found) => {
        if (current) setPage(found);
      },
      () => undefined, // a press on the link says why it can't be shown
    );
    return () => {
      current = false;
    };
  }, [api, database, table, column, value]);
  if (page === null) return null;
  const [row] = page.rows;
  const place = element.getBoundingClientRect();
  const below = place.bottom < window.innerHeight / 2;
  return (
    <div
      className="linked-row"
      role="tooltip"
      style={{
        left: Math.min(place.right + 8, window.innerWidth - 340),
        ...(below ? { top: place.bottom + 4 } : { bottom: window.innerHeight - place.top + 4 }),
      }}
    >
      <strong>{labels.labelOf(table, column, value) ?? table}</strong>
      {row === undefined ? (
        <p>No row of {table} has this value.</p>
      ) : (
        <dl>
          {page.columns.slice(0, SHOWN_COLUMNS).map((name, index) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{textOf(row.cells[index] ?? { kind: 'null' }).text.slice(0, 80)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
