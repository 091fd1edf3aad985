import { useState } from 'react';
import type { ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { KeyHint } from '../../../ui/key-hint.tsx';
import { Select } from '../../../ui/select.tsx';
import { TextArea, TextField } from '../../../ui/text-field.tsx';
import { ProposalProblem } from '../../../fields/proposal-problem.tsx';
import { useProposal } from '../../../stores/use-proposal.ts';
import { modelNameProblem, readLines, type ModelDraft } from './model-draft.ts';

interface AddModelDialogProps {
  readonly snapshot: ProjectSnapshot;
  /** The app the gesture was about. */
  readonly app: string | null;
  readonly onClose: () => void;
  /** Called before the model is written, so that its place can be kept; and after. */
  readonly onProposed: (model: string) => void;
  readonly onAdded: (model: string) => void;
}

/** Asks for a new model with its fields, one a line. */
export function AddModelDialog({ snapshot, app, onClose, onProposed, onAdded }: AddModelDialogProps) {
  const apps = snapshot.apps.filter((candidate) => candidate.folder !== null);
  const [draft, setDraft] = useState<ModelDraft>({
    app: app ?? apps[0]?.label ?? '',
    name: '',
    lines: '',
    admin: true,
  });
  const proposal = useProposal();
  const { propose, waiting, busy } = proposal;
  const name = modelNameProblem(draft, snapshot);
  const { fields, problems } = readLines(draft, snapshot);
  const sound = name === null && problems.length === 0 && draft.app !== '';
  const id = `${draft.app}.${draft.name}`;
  const submit = async (): Promise<void> => {
    if (!sound) return;
    onProposed(id);
    const written = await propose([
      { kind: 'model.add', app: draft.app, name: draft.name, fields: [...fields], admin: draft.admin },
    ]);
    if (written) onAdded(id);
  };
  return (
    <Dialog
      open={!waiting}
      onClose={onClose}
      keepOpen={draft.name !== '' || draft.lines !== ''}
      width="medium"
      title="Add a model"
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={!sound} onClick={() => void submit()}>
            Show the change… <KeyHint shortcut="Mod+Enter" />
          </Button>
        </>
      }
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void submit();
      }}
    >
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ProposalProblem of={proposal} />
        <div className="dialog-form-pair">
          <FormField label="Name" problem={draft.name === '' ? null : name}>
            {(control) => (
              <TextField
                {...control}
                code
                autoFocus
                placeholder="Book"
                value={draft.name}
                onChange={(next) => setDraft({ ...draft, name: next })}
              />
            )}
          </FormField>
          <FormField label="App">
            {(control) => (
              <Select
                {...control}
                choices={apps.map((candidate) => ({ value: candidate.label, label: candidate.label }))}
                value={draft.app}
                onChange={(next) => setDraft({ ...draft, app: next })}
              />
            )}
          </FormField>
        </div>
        <FormField
          label="Fields"
          optional
          problem={
            problems[0] === undefined ? null : `Line ${String(problems[0].line)}: ${problems[0].problem}`
          }
          help={<LinesHelp count={fields.length} />}
        >
          {(control) => (
            <TextArea
              {...control}
              code
              rows={7}
              placeholder={
                'title: Char(200)\nauthor: FK Author protect\npublished: Date?\nprice: Decimal(8, 2) default=0'
              }
              value={draft.lines}
              onChange={(lines) => setDraft({ ...draft, lines })}
            />
          )}
        </FormField>
        <Checkbox
          label="Register it in the admin"
          checked={draft.admin}
          onChange={(admin) => setDraft({ ...draft, admin })}
        />
      </form>
    </Dialog>
  );
}

function LinesHelp({ count }: { readonly count: number }) {
  return (
    <>
      One a line: <code>name: Type</code>, then <code>unique</code>, <code>null</code>, <code>index</code> or
      any option as <code>default=0</code>. <code>?</code> makes it optional, <code>Tag[]</code> is
      many-to-many.
      {count > 0 && <> {count === 1 ? 'One field' : `${String(count)} fields`} so far.</>}
    </>
  );
}
