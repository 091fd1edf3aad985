import { FlaskConical } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { MigrationKey, Rehearsal } from '../../../shared/contract/migration-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { RehearsalEffect } from './rehearsal-effect.tsx';

type Step = MigrationKey & { readonly backwards: boolean; readonly operations: readonly string[] };

/** Where the database is to be brought: everywhere, an app's last one, one migration, or `zero`. */
export interface MigrateTarget {
  readonly app?: string;
  readonly name?: string;
}

interface MigrateDialogProps {
  readonly target: MigrateTarget;
  /** Opens with the try on a copy under way. */
  readonly tryFirst?: boolean;
  readonly onClose: () => void;
}

/** What going to a migration would run, and on a copy what it does to the rows, before it is done. */
export function MigrateDialog({ target, tryFirst = false, onClose }: MigrateDialogProps) {
  const { api, migrations, notify } = useStudio();
  const [steps, setSteps] = useState<readonly Step[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [fake, setFake] = useState(false);
  const { app, name } = target;
  useEffect(() => {
    api.call('migrations.preview', targetOf(app, name)).then(setSteps, (error: unknown) => {
      setProblem(failureOf(error).message);
    });
  }, [api, app, name]);
  const rehearsal = useRehearsal(target, tryFirst);
  const backwards = steps?.some((step) => step.backwards) === true;
  const go = (): void => {
    onClose();
    void attempt(notify, 'The database was not brought there', async () => {
      await migrations.apply({ ...target, ...(fake ? { fake } : {}) });
      notify({ kind: 'done', title: fake ? 'Marked without running anything' : doneOf(target) });
    });
  };
  return (
    <Dialog
      open
      width="medium"
      onClose={onClose}
      title={titleOf(target)}
      description={
        backwards
          ? 'This takes migrations back; what their tables and columns hold is lost. A SQLite file is copied first.'
          : undefined
      }
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            icon={FlaskConical}
            busy={rehearsal.running}
            disabled={steps === null || steps.length === 0}
            onClick={rehearsal.run}
          >
            Try on a copy
          </Button>
          <Button
            kind={backwards && !fake ? 'danger' : 'primary'}
            disabled={steps === null || steps.length === 0}
            onClick={go}
          >
            {fake ? 'Only mark' : backwards ? 'Take back' : 'Apply'}
          </Button>
        </>
      }
    >
      <div className="migrate-dialog">
        {problem !== null && (
          <Banner inset tone="danger">
            {problem}
          </Banner>
        )}
        {rehearsal.problem !== null && (
          <Banner inset tone="warning">
            {rehearsal.problem}
          </Banner>
        )}
        {rehearsal.value !== null && <RehearsalEffect rehearsal={rehearsal.value} />}
        {steps === null && problem === null && <Spinner />}
        {steps?.length === 0 && <p>The database is there already.</p>}
        {steps !== null && <Steps steps={steps} />}
        {steps !== null && steps.length > 0 && (
          <Checkbox
            label="Only mark them, run nothing (fake)"
            help="For a database that has these tables already, or has lost them already."
            checked={fake}
            onChange={setFake}
          />
        )}
      </div>
    </Dialog>
  );
}

interface RehearsalRun {
  readonly value: Rehearsal | null;
  readonly problem: string | null;
  readonly running: boolean;
  readonly run: () => void;
}

function useRehearsal({ app, name }: MigrateTarget, atOnce: boolean): RehearsalRun {
  const { api } = useStudio();
  const [asked, setAsked] = useState(atOnce ? 1 : 0);
  const [done, setDone] = useState(0);
  const [value, setValue] = useState<Rehearsal | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    if (asked === 0) return;
    api.call('migrations.rehearse', targetOf(app, name)).then(
      (rehearsal) => {
        setValue(rehearsal);
        setProblem(null);
        setDone(asked);
      },
      (error: unknown) => {
        setProblem(failureOf(error).message);
        setDone(asked);
      },
    );
  }, [api, app, name, asked]);
  return {
    value,
    problem,
    running: asked > done,
    run: () => {
      setAsked((before) => before + 1);
    },
  };
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

function targetOf(app: string | undefined, name: string | undefined): MigrateTarget {
  return { ...(app === undefined ? {} : { app }), ...(name === undefined ? {} : { name }) };
}

function titleOf({ app, name }: MigrateTarget): string {
  if (app === undefined) return 'Apply every migration';
  if (name === undefined) return `Apply the migrations of ${app}`;
  return name === 'zero' ? `Take back every migration of ${app}` : `Bring ${app} to ${name}`;
}

function doneOf({ app, name }: MigrateTarget): string {
  if (app === undefined) return 'Applied every migration';
  return name === undefined || name === 'zero' ? `Migrated ${app}` : `${app} is at ${name}`;
}
