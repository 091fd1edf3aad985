import { Play, Route, Square } from 'lucide-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { DatabaseTable } from '../../../shared/contract/data-calls.ts';
import { parametersOf } from '../../stores/sql-store.ts';
import { useRememberedPanes, useSettings, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { PaneHeader } from '../../ui/pane.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { QueryPlanView } from './query-plan-view.tsx';
import { SavedQueriesMenu } from './saved-queries-menu.tsx';
import { SqlEditor } from './sql-editor.tsx';
import { StatementResults } from './statement-results.tsx';

interface SqlBenchProps {
  readonly database: string;
  readonly tables: readonly DatabaseTable[];
}

/** Statements of the user's own: run, stopped, explained. */
export function SqlBench({ database, tables }: SqlBenchProps) {
  const { sql } = useStudio();
  const state = useStore(sql.state);
  const fontSize = useSettings(({ settings }) => settings.editorFontSize);
  const [selected, setSelected] = useState('');
  // What an entry of the history brings has to reach the editor, which owns its text.
  const [version, setVersion] = useState(0);
  const panes = useRememberedPanes('sql');
  const text = state.texts[database] ?? '';
  const wanted = selected.trim() === '' ? text : selected;
  const run = (): void => {
    void sql.run(database, wanted);
  };
  const explain = (): void => {
    void sql.explain(database, wanted);
  };
  const recall = (entry: string): void => {
    sql.edit(database, entry);
    setVersion((before) => before + 1);
  };
  return (
    <div className="sql-bench">
      <PaneHeader
        title="SQL"
        detail={selected.trim() === '' ? undefined : 'the selection'}
        actions={<Actions {...{ text: wanted, run, explain, recall }} />}
      />
      <SplitPanes
        {...panes}
        direction="vertical"
        panes={[
          {
            id: 'text',
            size: '32%',
            min: 90,
            content: (
              <SqlEditor
                key={`${database} ${String(version)}`}
                {...{ text, fontSize, tables }}
                onChange={(next) => {
                  sql.edit(database, next);
                }}
                onSelect={setSelected}
                onRun={run}
                onExplain={explain}
              />
            ),
          },
          {
            id: 'outcome',
            min: 90,
            content: (
              <div className="sql-outcome">
                <Parameters names={parametersOf(wanted)} />
                <Outcome database={database} />
              </div>
            ),
          },
        ]}
      />
    </div>
  );
}

interface ActionsProps {
  /** What would be run. */
  readonly text: string;
  readonly run: () => void;
  readonly explain: () => void;
  readonly recall: (sql: string) => void;
}

function Actions({ text, run, explain, recall }: ActionsProps) {
  const { sql } = useStudio();
  const { running } = useStore(sql.state);
  const empty = text.trim() === '';
  return (
    <>
      <SavedQueriesMenu text={text} recall={recall} />
      <Button small icon={Route} disabled={empty || running} onClick={explain}>
        Plan
      </Button>
      {running ? (
        <Button small icon={Square} onClick={() => void sql.cancel()}>
          Cancel
        </Button>
      ) : (
        <Button small kind="primary" icon={Play} disabled={empty} onClick={run}>
          Run
        </Button>
      )}
    </>
  );
}

function Parameters({ names }: { readonly names: readonly string[] }) {
  const { sql } = useStudio();
  const { parameters } = useStore(sql.state);
  if (names.length === 0) return null;
  return (
    <div className="sql-parameters" role="group" aria-label="Parameters">
      {names.map((name) => (
        <label key={name}>
          <span>{name}</span>
          <TextField
            code
            placeholder="NULL"
            value={parameters[name] ?? ''}
            onChange={(value) => {
              sql.setParameter(name, value);
            }}
          />
        </label>
      ))}
    </div>
  );
}

function Outcome({ database }: { readonly database: string }) {
  const { sql } = useStudio();
  const { outcome, running } = useStore(sql.state);
  if (outcome === null) {
    return (
      <EmptyState icon={Play} title={running ? 'Running' : 'Nothing was run yet'}>
        Statements only read, until you choose to run what writes. Ctrl+Enter runs all of them, or the
        selection.
      </EmptyState>
    );
  }
  if (outcome.kind === 'results') return <StatementResults results={outcome.results} />;
  if (outcome.kind === 'plan') return <QueryPlanView plan={outcome.plan} />;
  const { failure, writes } = outcome;
  return (
    <Banner
      tone={writes ? 'warning' : 'danger'}
      actions={
        writes && (
          <Button
            small
            kind="danger"
            busy={running}
            onClick={() => void sql.run(database, outcome.sql, true)}
          >
            Run and write
          </Button>
        )
      }
    >
      {failure.message}
    </Banner>
  );
}
