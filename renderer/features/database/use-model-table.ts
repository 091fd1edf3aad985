import { useEffect, useRef, useState } from 'react';
import type { CellValue } from '../../../shared/contract/cell-value.ts';
import type { ModelTable } from '../../../shared/contract/database-model-calls.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { rowId } from './staged-changes.ts';

/** The table as Django sees it; null without a model, without trust, and until Django has answered. */
export function useModelTable(database: string, table: string): ModelTable | null {
  const { api } = useStudio();
  const [found, setFound] = useState<{ readonly of: string; readonly model: ModelTable | null } | null>(null);
  const of = `${database}\n${table}`;
  useEffect(() => {
    let current = true;
    const read = (): void => {
      api.call('database.describe', { database, table }).then(
        (model) => {
          if (current) setFound({ of, model });
        },
        () => {
          if (current) setFound({ of, model: null }); // the stored values can be shown in any case
        },
      );
    };
    read();
    const unsubscribe = api.subscribe('runtime.changed', read);
    return () => {
      current = false;
      unsubscribe();
    };
  }, [api, database, table, of]);
  return found?.of === of ? found.model : null;
}

/** What the rows are called that foreign keys in sight point to. */
export interface RowLabels {
  readonly labelOf: (table: string, column: string, value: CellValue) => string | null;
  /** These values are in sight; those not known yet are asked for. */
  readonly want: (table: string, column: string, values: readonly CellValue[]) => void;
}

const PAUSE = 120;
const MOST_ASKED = 300;

/** Asks Django in batches, after the scrolling has paused; what a row is called is asked once. */
export function useRowLabels(database: string): RowLabels {
  const { api } = useStudio();
  const [labels, setLabels] = useState<ReadonlyMap<string, string>>(new Map());
  const asked = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const waiting = useRef(new Map<string, { table: string; column: string; values: CellValue[] }>());
  useEffect(() => {
    const known = asked.current;
    const forget = api.subscribe('database.changed', () => {
      known.clear(); // a row may be called otherwise now
    });
    return () => {
      forget();
      if (timer.current !== null) clearTimeout(timer.current);
    };
  }, [api]);
  const flush = (): void => {
    const batches = [...waiting.current.values()];
    waiting.current.clear();
    for (const { table, column, values } of batches) {
      api.call('database.labels', { database, table, column, values: values.slice(0, MOST_ASKED) }).then(
        (found) => {
          setLabels((before) => {
            const next = new Map(before);
            for (const { value, label } of found) next.set(idOf(table, column, value), label);
            return next;
          });
        },
        () => undefined, // the stored value is shown instead
      );
    }
  };
  return {
    labelOf: (table, column, value) => labels.get(idOf(table, column, value)) ?? null,
    want: (table, column, values) => {
      const unknown = values.filter(
        (value) => value.kind !== 'null' && !asked.current.has(idOf(table, column, value)),
      );
      if (unknown.length === 0) return;
      const batch = waiting.current.get(`${table}\n${column}`) ?? { table, column, values: [] };
      for (const value of unknown) {
        asked.current.add(idOf(table, column, value));
        batch.values.push(value);
      }
      waiting.current.set(`${table}\n${column}`, batch);
      if (timer.current !== null) clearTimeout(timer.current);
      timer.current = setTimeout(flush, PAUSE);
    },
  };
}

function idOf(table: string, column: string, value: CellValue): string {
  return `${table} ${column} ${rowId([value])}`;
}
