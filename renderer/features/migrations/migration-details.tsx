import { Combine, FileCode2, GitCommitVertical } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MigrationOperation, WrittenMigration } from '../../../shared/contract/migration-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useMigrations, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { conflictingNames, markOf, type MigrationMark } from './graph-layout.ts';
import { MigrateDialog } from './migrate-dialog.tsx';
import { wordOf } from './migration-icon.tsx';
import { findMigration } from './migration-rows.ts';
import { OperationCard } from './operation-card.tsx';
import { hasPostgres, postgresText, sqlText } from './planned-migrations.tsx';
import { SquashDialog } from './write-dialogs.tsx';

interface MigrationDetailsProps {
  readonly app: string;
  readonly name: string;
}

const tones: Readonly<Record<MigrationMark, Tone>> = {
  applied: 'success',
  unapplied: 'warning',
  missing: 'danger',
  conflicting: 'warning',
  squashed: 'neutral',
  unknown: 'neutral',
};

/** One migration that exists: what its operations do, their SQL, its file, and going to it. */
export function MigrationDetails({ app, name }: MigrationDetailsProps) {
  const { editor } = useStudio();
  const state = useMigrations(({ applied }) => applied);
  const workspace = useWorkspace((held) => held.workspace);
  const [asked, setAsked] = useState<'migrate' | 'squash' | null>(null);
  const migration = state === null ? undefined : findMigration(state, app, name);
  if (state === null || migration === undefined) {
    return (
      <EmptyState icon={GitCommitVertical} title="This migration is gone">
        {app} has no migration named {name} any more.
      </EmptyState>
    );
  }
  const path =
    workspace === null || migration.file === '' ? null : pathInWorkspace(workspace, migration.file);
  const mark = markOf(migration, conflictingNames(state, app));
  const close = (): void => {
    setAsked(null);
  };
  return (
    <Pane
      title={name}
      detail={app}
      actions={
        <>
          <Badge tone={tones[mark]}>{wordOf(mark)}</Badge>
          {path !== null && (
            <Button
              small
              kind="quiet"
              icon={FileCode2}
              onClick={() => void editor.reveal({ file: path, start: 0, end: 0, line: 1 })}
            >
              Show in code
            </Button>
          )}
          {path !== null && (
            <Button
              small
              kind="quiet"
              icon={Combine}
              onClick={() => {
                setAsked('squash');
              }}
            >
              Squash…
            </Button>
          )}
          {!migration.missing && (
            <Button
              small
              onClick={() => {
                setAsked('migrate');
              }}
            >
              Migrate to here…
            </Button>
          )}
        </>
      }
    >
      <div className="migrations-planned">
        <Facts migration={migration} />
        {migration.missing ? (
          <Missing app={app} migration={migration} />
        ) : (
          <Operations app={app} name={name} />
        )}
      </div>
      {asked === 'migrate' && <MigrateDialog target={{ app, name }} onClose={close} />}
      {asked === 'squash' && <SquashDialog app={app} name={name} onClose={close} />}
    </Pane>
  );
}

/** How it hangs together with the others. */
function Facts({ migration }: { readonly migration: WrittenMigration }) {
  const { dependencies, replaces, squashedBy } = migration;
  const list = (keys: WrittenMigration['dependencies']): string =>
    keys.map((key) => `${key.app} ${key.name}`).join(', ');
  return (
    <dl className="migration-relations">
      {dependencies.length > 0 && (
        <div>
          <dt>Needs</dt>
          <dd>{list(dependencies)}</dd>
        </div>
      )}
      {replaces.length > 0 && (
        <div>
          <dt>Replaces</dt>
          <dd>{list(replaces)}</dd>
        </div>
      )}
      {squashedBy !== null && (
        <div>
          <dt>Replaced by</dt>
          <dd>{squashedBy}</dd>
        </div>
      )}
    </dl>
  );
}

function Missing({ app, migration }: { readonly app: string; readonly migration: WrittenMigration }) {
  return (
    <Banner inset tone="danger">
      There is no file for {app} {migration.name}
      {migration.applied === true
        ? ', and the database has it applied: another branch or another person made it.'
        : ', and another migration needs it.'}{' '}
      Bring the file back from version control, or from whoever has it.
    </Banner>
  );
}

function Operations({ app, name }: MigrationDetailsProps) {
  const { api } = useStudio();
  const [operations, setOperations] = useState<readonly MigrationOperation[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [shown, setShown] = useState<'operations' | 'sql' | 'postgres'>('operations');
  useEffect(() => {
    api.call('migrations.show', { app, name }).then(
      (answer) => {
        setOperations(answer.operations);
      },
      (error: unknown) => {
        setProblem(failureOf(error).message);
      },
    );
  }, [api, app, name]);
  if (problem !== null) {
    return (
      <Banner inset tone="warning">
        {problem}
      </Banner>
    );
  }
  if (operations === null) return <Spinner />;
  return (
    <>
      <Segmented
        label={`What to show of ${name}`}
        value={shown}
        onChange={setShown}
        choices={[
          { value: 'operations', label: 'Operations' },
          { value: 'sql', label: 'SQL' },
          ...(hasPostgres(operations) ? [{ value: 'postgres' as const, label: 'PostgreSQL' }] : []),
        ]}
      />
      {shown === 'operations' && (
        <ol className="migration-operations">
          {operations.length === 0 && <li>It changes nothing: it only joins or marks others.</li>}
          {operations.map((operation, index) => (
            <OperationCard key={index} operation={operation} />
          ))}
        </ol>
      )}
      {shown === 'sql' && <CodeBlock wrap label={`SQL of ${name}`} text={sqlText(operations)} />}
      {shown === 'postgres' && (
        <CodeBlock wrap label={`PostgreSQL of ${name}`} text={postgresText(operations)} />
      )}
    </>
  );
}
