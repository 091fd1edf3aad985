import { useState } from 'react';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import { PaneHeader } from '../../ui/pane.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TableRowsView } from './table-rows-view.tsx';
import { TableStructureView } from './table-structure.tsx';

interface TableViewProps {
  readonly database: string;
  readonly table: DatabaseTable;
  readonly filter: RowFilter | null;
  /** Shows another table, or the same one with other rows. */
  readonly onGo: (table: string, filter: RowFilter | null) => void;
}

/** One table: its rows, or how it is made. */
export function TableView({ database, table, filter, onGo }: TableViewProps) {
  const [part, setPart] = useState<'rows' | 'structure'>('rows');
  const parts = (
    <Segmented
      label="What is shown of the table"
      value={part}
      onChange={setPart}
      choices={[
        { value: 'rows', label: 'Rows' },
        { value: 'structure', label: 'Structure' },
      ]}
    />
  );
  if (part === 'rows') return <TableRowsView {...{ database, table, parts, filter, onGo }} />;
  return (
    <div className="table-view">
      <PaneHeader title={table.name} detail={table.model ?? undefined} actions={parts} />
      <TableStructureView
        {...{ database, table }}
        onChoose={(name) => {
          onGo(name, null);
        }}
      />
    </div>
  );
}
