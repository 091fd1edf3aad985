import { useEffect, useState } from 'react';
import type { DatabaseRow } from '../../../shared/contract/data-calls.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { rowAt, rowCount } from './row-blocks.ts';
import { createRowReader, NOTHING_READ, type ReadRows, type RowQuery, type RowReader } from './row-reader.ts';

/** The rows of a table, as far as they are here; those in sight follow by themselves. */
export interface TableRows extends Omit<ReadRows, 'blocks'>, Omit<RowReader, 'stop'> {
  readonly rowCount: number;
  /** null while the row is on its way. */
  readonly rowAt: (index: number) => DatabaseRow | null;
}

interface Reading {
  readonly query: RowQuery;
  readonly reader: RowReader;
  readonly read: ReadRows;
}

const nothing = (): void => undefined;
const idle: Omit<RowReader, 'stop'> = {
  ...{ show: nothing, reload: nothing, pause: nothing, resume: nothing },
  inSight: () => [],
};

/** Reads the rows in sight, and again when the database was written. */
export function useTableRows(query: RowQuery): TableRows {
  const { api } = useStudio();
  const [reading, setReading] = useState<Reading | null>(null);
  useEffect(() => {
    const reader = createRowReader(api, query, (read) => {
      setReading({ query, reader, read });
    });
    reader.reload();
    const unsubscribe = api.subscribe('database.changed', ({ database }) => {
      if (database === query.database) reader.reload();
    });
    return () => {
      unsubscribe();
      reader.stop();
    };
  }, [api, query]);
  // What was read for another question is not shown for this one.
  const current = reading?.query === query ? reading : null;
  const { blocks, ...read } = current?.read ?? NOTHING_READ;
  const { show, reload, pause, resume, inSight } = current?.reader ?? idle;
  return {
    ...{ ...read, show, reload, pause, resume, inSight },
    rowCount: rowCount(blocks),
    rowAt: (index) => rowAt(blocks, index),
  };
}
