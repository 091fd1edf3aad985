import { useState } from 'react';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { useProposal } from '../../../stores/use-proposal.ts';
import { isSound, problemsOf } from './field-draft.ts';
import { parseQuickField } from './quick-field.ts';

interface QuickAddProps {
  readonly snapshot: ProjectSnapshot;
  readonly model: ModelFacts;
}

/** Adds a field from one typed line. */
export function QuickAdd({ snapshot, model }: QuickAddProps) {
  const [line, setLine] = useState('');
  const { propose, problem, clear } = useProposal();
  const parsed = line.trim() === '' ? null : quickFieldOf(line, snapshot, model);
  const told = problem ?? (parsed?.ok === false && line.includes(' ') ? parsed.problem : null);
  return (
    <form
      className="quick-add"
      onSubmit={(event) => {
        event.preventDefault();
        if (parsed?.ok !== true) return;
        void propose([{ kind: 'field.add', model: model.id, field: parsed.field, after: null }]).then(
          (written) => {
            if (written) setLine('');
          },
        );
      }}
    >
      <FormField
        label="Add a field by typing"
        problem={told}
        help={
          parsed?.ok === true ? (
            <QuickPreview line={line} model={model} snapshot={snapshot} />
          ) : (
            'Like title: Char(200) unique, or author: FK Author.'
          )
        }
      >
        {(control) => (
          <TextField
            {...control}
            code
            placeholder="title: Char(200) unique"
            value={line}
            onChange={(text) => {
              clear();
              setLine(text);
            }}
          />
        )}
      </FormField>
    </form>
  );
}

function QuickPreview({ line, snapshot, model }: QuickAddProps & { readonly line: string }) {
  const parsed = quickFieldOf(line, snapshot, model);
  if (!parsed.ok) return null;
  const { type, to, options } = parsed.field;
  const given = Object.entries(options).map(([name, code]) => `${name}=${code}`);
  return (
    <>
      <code>
        {type}({[...(to === null ? [] : [to]), ...given].join(', ')})
      </code>{' '}
      Press Enter to see the change.
    </>
  );
}

/** Reads a line and checks what it means against the model it is for. */
export function quickFieldOf(
  line: string,
  snapshot: ProjectSnapshot,
  model: ModelFacts,
): ReturnType<typeof parseQuickField> {
  const parsed = parseQuickField(line, {
    models: snapshot.models.filter((candidate) => !candidate.abstract).map((candidate) => candidate.id),
    app: model.app,
  });
  if (!parsed.ok) return parsed;
  const problems = problemsOf(parsed.field, model, null);
  if (isSound(problems)) return parsed;
  const problem = problems.name ?? problems.type ?? problems.to ?? Object.values(problems.options)[0];
  return { ok: false, problem: problem ?? 'This field can’t be added.' };
}
