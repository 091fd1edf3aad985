import { useEffect, useState } from 'react';
import type { MergePlan, MigrationKey } from '../../../shared/contract/migration-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useSource, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** Shows what both sides of a conflict do, and writes the migration that joins them. */
export function MergeDialog({ app, onClose }: { readonly app: string; readonly onClose: () => void }) {
  const { api, notify } = useStudio();
  const [plan, setPlan] = useState<MergePlan | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    api.call('migrations.merge', { app, write: false }).then(setPlan, (error: unknown) => {
      setProblem(failureOf(error).message);
    });
  }, [api, app]);
  const write = (): void => {
    onClose();
    void attempt(notify, 'Nothing was merged', async () => {
      const { name } = await api.call('migrations.merge', { app, write: true });
      notify({ kind: 'done', title: `Merged in ${name}` });
    });
  };
  return (
    <Dialog
      open
      width="medium"
      onClose={onClose}
      title={`Merge the migrations of ${app}`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={plan === null} onClick={write}>
            Write the merge
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
        {plan === null && problem === null && <Spinner />}
        {plan !== null && plan.clashes.length > 0 && (
          <Banner inset tone="warning">
            {plan.clashes.join(' ')} Which comes last decides: look at both before you merge.
          </Banner>
        )}
        {plan !== null && (
          <div className="merge-branches">
            {plan.branches.map((branch) => (
              <section key={branch.migrations.join()} aria-label={branch.migrations.at(-1)}>
                <h3>{branch.migrations.join(', ')}</h3>
                <ul>
                  {branch.operations.map((operation, index) => (
                    <li key={index}>{operation}</li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )}
        {plan !== null && <CodeBlock label={`File of ${plan.name}`} text={plan.code} maxHeight={220} />}
      </div>
    </Dialog>
  );
}

/** Says what squashing does, and writes it. */
export function SquashDialog({ app, name, onClose }: MigrationKey & { readonly onClose: () => void }) {
  const { api, notify } = useStudio();
  const write = (): void => {
    onClose();
    void attempt(notify, 'Nothing was squashed', async () => {
      const { written } = await api.call('migrations.squash', { app, name });
      notify({ kind: 'done', title: `Squashed into ${fileName(written[0] ?? '')}` });
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Squash ${app} up to ${name}`}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" onClick={write}>
            Squash
          </Button>
        </>
      }
    >
      <p>
        Django writes one migration that does what all of them up to {name} do. The old files stay until every
        database has them; then they can be deleted, with the line “replaces” of the new one. Functions of
        RunPython have to be copied by hand: the new file says which.
      </p>
    </Dialog>
  );
}

/** Writes a migration that goes through the rows of a model, to be filled in by hand. */
export function StubDialog({ onClose }: { readonly onClose: () => void }) {
  const { api, editor, notify } = useStudio();
  const snapshot = useSource((state) => state.snapshot);
  const workspace = useWorkspace((state) => state.workspace);
  const installed = new Set(snapshot?.apps.filter((app) => app.installed).map((app) => app.label));
  const models = (snapshot?.models ?? [])
    .filter((each) => !each.abstract && installed.has(each.app))
    .map(({ id }) => id);
  const [model, setModel] = useState(models[0] ?? '');
  const [name, setName] = useState('fill_rows');
  const valid = /^[A-Za-z_]\w*$/.test(name);
  const write = (): void => {
    onClose();
    void attempt(notify, 'The migration was not written', async () => {
      const [app = '', of = ''] = model.split('.');
      const { file } = await api.call('migrations.stub', { app, model: of, name });
      const path = workspace === null ? null : pathInWorkspace(workspace, file);
      if (path !== null) await editor.reveal({ file: path, start: 0, end: 0, line: 1 });
    });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="New migration for rows"
      description="It goes through the rows of a model in batches; what happens to each is yours to write."
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!valid || model === ''} onClick={write}>
            Write and open it
          </Button>
        </>
      }
    >
      <div className="migrate-dialog">
        <FormField label="Model">
          {(control) => (
            <Select
              {...control}
              label="Model"
              value={model}
              onChange={setModel}
              choices={models.map((each) => ({ value: each, label: each }))}
            />
          )}
        </FormField>
        <FormField
          label="Name"
          problem={valid ? null : 'A name is letters, digits and underscores, and begins with no digit.'}
        >
          {(control) => <TextField {...control} code value={name} onChange={setName} />}
        </FormField>
      </div>
    </Dialog>
  );
}

function fileName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
