import { Activity, ArrowLeft, ArrowRight, Database, RefreshCw, SquareTerminal } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { DatabaseSummary, DatabaseTable } from '../../../shared/contract/data-calls.ts';
import type { RowFilter } from '../../../shared/contract/database-filter.ts';
import { failureOf } from '../../stores/notices.ts';
import { useRememberedPanes, useSource, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { DatabaseHealthView } from './database-health.tsx';
import { SqlBench } from './sql-bench.tsx';
import { TableList } from './table-list.tsx';
import { TableView } from './table-view.tsx';
import { usePlaces } from './use-places.ts';
import './database.css';

/** The databases of the project: their tables and views, and the rows of one of them. */
export function DatabaseView() {
  const { databases, problem } = useDatabases();
  const [chosen, setChosen] = useState<string | null>(null);
  const database = databases?.find(({ id }) => id === chosen) ?? databases?.[0];
  if (database === undefined) {
    return (
      <EmptyState icon={Database} title="No database">
        {databases === null ? <Spinner /> : (problem ?? 'The settings of this project name no database.')}
      </EmptyState>
    );
  }
  return (
    <OneDatabase key={database.id} database={database} databases={databases ?? []} onChoose={setChosen} />
  );
}

interface OneDatabaseProps {
  readonly database: DatabaseSummary;
  readonly databases: readonly DatabaseSummary[];
  readonly onChoose: (id: string) => void;
}

function OneDatabase({ database, databases, onChoose }: OneDatabaseProps) {
  const { tables, problem, reload } = useTables(database);
  const places = usePlaces<Shown>({ kind: 'table', name: null, filter: null });
  const { shown, go: setShown } = places;
  const panes = useRememberedPanes('database');
  const name = shown.kind === 'table' ? shown.name : null;
  const choose = (table: string, filter: RowFilter | null = null): void => {
    setShown({ kind: 'table', name: table, filter });
  };
  const trouble = database.problem ?? problem;
  return (
    <SplitPanes
      {...panes}
      panes={[
        {
          id: 'tables',
          size: 280,
          min: 160,
          max: '50%',
          fixed: true,
          content: (
            <Pane
              side
              title={
                databases.length > 1 ? (
                  <DatabaseChooser {...{ database, databases, onChoose }} />
                ) : (
                  database.id
                )
              }
              detail={database.bytes === null ? undefined : byteSize(database.bytes)}
              actions={
                <>
                  <IconButton
                    icon={ArrowLeft}
                    label="Back"
                    disabled={places.back === null}
                    onClick={() => places.back?.()}
                  />
                  <IconButton
                    icon={ArrowRight}
                    label="Forward"
                    disabled={places.forward === null}
                    onClick={() => places.forward?.()}
                  />
                  <IconButton
                    icon={SquareTerminal}
                    label="Write SQL"
                    pressed={shown.kind === 'sql'}
                    disabled={trouble !== null}
                    onClick={() => {
                      setShown({ kind: 'sql' });
                    }}
                  />
                  <IconButton
                    icon={Activity}
                    label="Health of the file"
                    pressed={shown.kind === 'health'}
                    disabled={database.file === null || !database.exists}
                    onClick={() => {
                      setShown({ kind: 'health' });
                    }}
                  />
                  <IconButton icon={RefreshCw} label="Read the tables again" onClick={reload} />
                </>
              }
            >
              {trouble === null ? (
                <TableList
                  tables={tables}
                  chosen={name}
                  onChoose={(table) => {
                    choose(table);
                  }}
                />
              ) : (
                <Banner inset tone="warning">
                  {trouble}
                </Banner>
              )}
            </Pane>
          ),
        },
        {
          id: 'rows',
          min: 240,
          content: <ShownPart {...{ database, tables, shown }} onGo={choose} />,
        },
      ]}
    />
  );
}

/** What stands beside the list of the tables. */
type Shown =
  | { readonly kind: 'table'; readonly name: string | null; readonly filter: RowFilter | null }
  | { readonly kind: 'sql' }
  | { readonly kind: 'health' };

interface ShownPartProps {
  readonly database: DatabaseSummary;
  readonly tables: readonly DatabaseTable[];
  readonly shown: Shown;
  readonly onGo: (table: string, filter: RowFilter | null) => void;
}

function ShownPart({ database, tables, shown, onGo }: ShownPartProps) {
  if (shown.kind === 'sql') return <SqlBench database={database.id} tables={tables} />;
  if (shown.kind === 'health') return <DatabaseHealthView database={database} />;
  const table = tables.find(({ name }) => name === shown.name);
  if (table === undefined) {
    return (
      <EmptyState icon={Database} title="No table is chosen">
        Choose a table on the left to see and edit its rows.
      </EmptyState>
    );
  }
  return (
    <TableView key={table.name} database={database.id} table={table} filter={shown.filter} onGo={onGo} />
  );
}

function DatabaseChooser({ database, databases, onChoose }: OneDatabaseProps) {
  return (
    <Select
      small
      label="Database"
      value={database.id}
      onChange={onChoose}
      choices={databases.map(({ id, engine }) => ({ value: id, label: id, detail: engine }))}
    />
  );
}

function useDatabases() {
  const { api } = useStudio();
  const settings = useSource((state) => state.snapshot?.settings);
  const [databases, setDatabases] = useState<readonly DatabaseSummary[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const load = useCallback(() => {
    api.call('database.list', {}).then(setDatabases, (error: unknown) => {
      setProblem(failureOf(error).message);
      setDatabases([]);
    });
  }, [api]);
  useEffect(load, [load, settings]);
  // A database that was missing may have been made by the first migration.
  useEffect(() => api.subscribe('migrations.changed', load), [api, load]);
  return { databases, problem };
}

function useTables({ id, exists }: DatabaseSummary) {
  const { api } = useStudio();
  const [tables, setTables] = useState<readonly DatabaseTable[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const reload = useCallback(() => {
    if (!exists) return;
    api.call('database.tables', { database: id }).then(
      (found) => {
        setTables(found);
        setProblem(null);
      },
      (error: unknown) => {
        setProblem(failureOf(error).message);
      },
    );
  }, [api, id, exists]);
  useEffect(reload, [reload]);
  useEffect(() => api.subscribe('migrations.changed', reload), [api, reload]);
  return { tables, problem, reload };
}
