import { useEffect, useState } from 'react';
import type { ModelTable, RelatedRows } from '../../../shared/contract/database-model-calls.ts';
import { useStudio } from '../../stores/studio-context.tsx';

type Related = Pick<RelatedRows, 'title' | 'table' | 'column' | 'toColumn'>;

/** The tables whose rows point to those of this one: as Django names them, or as the database declares. */
export function useRelatedRows(
  database: string,
  table: string,
  model: ModelTable | null,
): readonly Related[] {
  const { api } = useStudio();
  const [found, setFound] = useState<{ readonly of: string; readonly related: readonly Related[] } | null>(
    null,
  );
  useEffect(() => {
    let current = true;
    api.call('database.structure', { database, table }).then(
      ({ referencedBy }) => {
        const related = referencedBy.map(({ table: other, columns, toColumns }) => ({
          ...{ title: other, table: other },
          ...{ column: columns[0] ?? '', toColumn: toColumns[0] ?? '' },
        }));
        if (current) setFound({ of: table, related });
      },
      () => undefined, // the rows themselves say what is wrong with the table
    );
    return () => {
      current = false;
    };
  }, [api, database, table]);
  if (model !== null) return model.related;
  return found?.of === table ? found.related : [];
}
