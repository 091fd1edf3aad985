import { Equal, RefreshCw } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import type { Drift, DriftRow } from '../../../shared/contract/migration-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';

const causes: Readonly<Record<DriftRow['causes'][number], { readonly word: string; readonly tone: Tone }>> = {
  unmade: { word: 'no migration yet', tone: 'info' },
  unapplied: { word: 'not applied', tone: 'warning' },
  drifted: { word: 'database differs', tone: 'danger' },
};

/** Models, migrations and the database beside each other: only where they do not agree. */
export function DriftPane() {
  const { api } = useStudio();
  const [drift, setDrift] = useState<Drift | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const look = useCallback(() => {
    api.call('migrations.drift', {}).then(
      (found) => {
        setDrift(found);
        setProblem(null);
      },
      (error: unknown) => {
        setProblem(failureOf(error).message);
      },
    );
  }, [api]);
  useEffect(look, [look]);
  useEffect(() => api.subscribe('migrations.changed', look), [api, look]);
  return (
    <Pane
      title="Models, migrations, database"
      detail={drift === null ? undefined : `${drift.tables} tables compared`}
      actions={<IconButton icon={RefreshCw} label="Compare again" onClick={look} />}
    >
      {problem !== null && <Banner tone="danger">{problem}</Banner>}
      {drift === null && problem === null && <Spinner />}
      {drift !== null && drift.rows.length === 0 && (
        <EmptyState icon={Equal} title="All three agree">
          Every table of the project is in the database as the models and the migrations say.
        </EmptyState>
      )}
      {drift !== null && drift.rows.length > 0 && <DriftTable rows={drift.rows} />}
      {drift !== null && drift.unknown.length > 0 && (
        <p className="drift-unknown">
          In the database, but of no model and no migration: {drift.unknown.join(', ')}.
        </p>
      )}
    </Pane>
  );
}

function DriftTable({ rows }: { readonly rows: readonly DriftRow[] }) {
  return (
    <table className="drift-table">
      <thead>
        <tr>
          <th scope="col">Part</th>
          <th scope="col">Models</th>
          <th scope="col">Migrations</th>
          <th scope="col">Database</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.table}.${row.part ?? ''}`}>
            <th scope="row">
              {row.part ?? 'the table'}{' '}
              <span className="drift-owner">{row.part === null ? row.table : row.model}</span>
            </th>
            <Cell text={row.models} />
            <Cell text={row.migrations} />
            <Cell text={row.database} />
            <td>
              {row.causes.map((cause) => (
                <Badge key={cause} tone={causes[cause].tone}>
                  {causes[cause].word}
                </Badge>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ text }: { readonly text: string | null }) {
  return <td className="drift-cell">{text === null ? <span className="drift-absent">–</span> : text}</td>;
}
