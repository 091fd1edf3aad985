import { FileCode2, GitCommitVertical } from 'lucide-react';
import { useEffect, useState } from 'react';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useMigrations, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Pane } from '../../ui/pane.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { findMigration } from './migration-rows.ts';

interface MigrationDetailsProps {
  readonly app: string;
  readonly name: string;
}

/** One migration that exists: its SQL, its file, and going to it. */
export function MigrationDetails({ app, name }: MigrationDetailsProps) {
  const { editor } = useStudio();
  const migration = useMigrations((state) =>
    state.applied === null ? undefined : findMigration(state.applied, app, name),
  );
  const workspace = useWorkspace((state) => state.workspace);
  const [asked, setAsked] = useState(false);
  if (migration === undefined) {
    return (
      <EmptyState icon={GitCommitVertical} title="This migration is gone">
        {app} has no migration named {name} any more.
      </EmptyState>
    );
  }
  const path = workspace === null ? null : pathInWorkspace(workspace, migration.file);
  return (
    <Pane
      title={name}
      detail={app}
      actions={
        <>
          <AppliedBadge applied={migration.applied} />
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
          <Button
            small
            onClick={() => {
              setAsked(true);
            }}
          >
            Migrate to here…
          </Button>
        </>
      }
    >
      <div className="migrations-planned">
        <MigrationSql app={app} name={name} />
      </div>
      {asked && (
        <MigrateDialog
          app={app}
          name={name}
          onClose={() => {
            setAsked(false);
          }}
        />
      )}
    </Pane>
  );
}

function AppliedBadge({ applied }: { readonly applied: boolean | null }) {
  if (applied === null) return <Badge>not known</Badge>;
  return applied ? <Badge tone="success">applied</Badge> : <Badge tone="warning">not applied</Badge>;
}

function MigrationSql({ app, name }: MigrationDetailsProps) {
  const { api } = useStudio();
  const [sql, setSql] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    api.call('migrations.sql', { app, name }).then(
      (answer) => {
        setSql(answer.sql);
      },
      (error: unknown) => {
        setProblem(failureOf(error).message);
      },
    );
  }, [api, app, name]);
  if (problem !== null)
    return (
      <Banner inset tone="warning">
        {problem}
      </Banner>
    );
  if (sql === null) return <Spinner />;
  return (
    <CodeBlock
      wrap
      label={`SQL of ${name}`}
      text={sql === '' ? '-- No SQL: the database does not change.' : sql}
    />
  );
}

type Step = {
  readonly app: string;
  readonly name: string;
  readonly backwards: boolean;
  readonly operations: readonly string[];
};

interface MigrateDialogProps extends MigrationDetailsProps {
  readonly onClose: () => void;
}

/** What going to a migration would run, before it runs: forwards or back. */
function MigrateDialog({ app, name, onClose }: MigrateDialogProps) {
  const { api, migrations, notify } = useStudio();
  const [steps, setSteps] = useState<readonly Step[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    api.call('migrations.preview', { app, name }).then(setSteps, (error: unknown) => {
      setProblem(failureOf(error).message);
    });
  }, [api, app, name]);
  const backwards = steps?.some((step) => step.backwards) === true;
  const go = (): void => {
    onClose();
    void attempt(notify, 'The database was not brought there', async () => {
      await migrations.apply({ app, name });
      notify({ kind: 'done', title: `${app} is at ${name}` });
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Bring ${app} to ${name}`}
      description={
        backwards ? 'This takes migrations back; what their tables and columns hold is lost.' : undefined
      }
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            kind={backwards ? 'danger' : 'primary'}
            disabled={steps === null || steps.length === 0}
            onClick={go}
          >
            {backwards ? 'Take back' : 'Apply'}
          </Button>
        </>
      }
    >
      {problem !== null && (
        <Banner inset tone="danger">
          {problem}
        </Banner>
      )}
      {steps === null && problem === null && <Spinner />}
      {steps?.length === 0 && <p>The database is there already.</p>}
      {steps !== null && <Steps steps={steps} />}
    </Dialog>
  );
}

function Steps({ steps }: { readonly steps: readonly Step[] }) {
  return (
    <ol className="migration-steps">
      {steps.map((step) => (
        <li key={`${step.app}.${step.name}`}>
          <strong>
            {step.backwards ? 'take back' : 'apply'} {step.app} {step.name}
          </strong>
          <ul>
            {step.operations.map((operation, index) => (
              <li key={index}>{operation}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
