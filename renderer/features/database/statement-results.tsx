import { useMemo, useState } from 'react';
import type { StatementResult } from '../../../shared/contract/query-calls.ts';
import { DataGrid } from '../../ui/data-grid.tsx';
import type { GridColumn } from '../../ui/grid-model.ts';
import { Tabs } from '../../ui/tabs.tsx';
import { textOf } from './cell-text.ts';

/** What the statements gave: a tab a statement. */
export function StatementResults({ results }: { readonly results: readonly StatementResult[] }) {
  // The last statement with rows is what somebody wants to see of a script.
  const shown = results.findLastIndex(({ columns }) => columns !== null);
  const [chosen, setChosen] = useState(String(Math.max(shown, 0)));
  const [only] = results;
  if (results.length === 1 && only !== undefined) return <OneResult result={only} />;
  return (
    <Tabs
      label="Results"
      value={chosen}
      onChange={setChosen}
      items={results.map((result, index) => ({
        id: String(index),
        label: `${String(index + 1)}. ${summaryOf(result)}`,
        content: <OneResult result={result} />,
      }))}
    />
  );
}

function OneResult({ result }: { readonly result: StatementResult }) {
  const columns = useMemo(() => gridColumns(result), [result]);
  const { rows } = result;
  return (
    <div className="statement-result">
      <p className="statement-summary" role="status">
        {summaryOf(result)} in {duration(result.milliseconds)}
        {result.hasMore && `: the first ${rows.length.toLocaleString()} are shown`}
      </p>
      {result.columns !== null && (
        <DataGrid
          label="Rows of the result"
          columns={columns}
          rowCount={rows.length}
          cellAt={(row, column) => {
            const value = rows[row]?.[column];
            return value === undefined ? null : { ...textOf(value), edit: null };
          }}
        />
      )}
    </div>
  );
}

/** Two columns of a result may have one name. */
function gridColumns({ columns, rows }: StatementResult): readonly GridColumn[] {
  return (columns ?? []).map((title, place) => {
    const first = rows.find((row) => row[place]?.kind !== 'null')?.[place];
    const number = first?.kind === 'integer' || first?.kind === 'real';
    return { id: `${String(place)} ${title}`, title, align: number ? ('end' as const) : ('start' as const) };
  });
}

function summaryOf({ columns, rows, hasMore, changes }: StatementResult): string {
  if (changes !== null) return changes === 1 ? '1 row changed' : `${changes.toLocaleString()} rows changed`;
  if (columns === null) return 'Done';
  if (hasMore) return `More than ${rows.length.toLocaleString()} rows`;
  return rows.length === 1 ? '1 row' : `${rows.length.toLocaleString()} rows`;
}

function duration(milliseconds: number): string {
  if (milliseconds < 1) return 'less than 1 ms';
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
