import { useRef, useState } from 'react';
import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import { ProposalDialog } from '../../../fields/proposal-dialog.tsx';
import { FormField } from '../../../ui/form-field.tsx';
import { TextField } from '../../../ui/text-field.tsx';
import { Button } from '../../../ui/button.tsx';
import { readPattern } from './str-pattern.ts';

interface StrDialogProps {
  readonly model: ModelFacts;
  readonly onClose: () => void;
}

/** Asks how a row is written for people, as a pattern of its fields. */
export function StrDialog({ model, onClose }: StrDialogProps) {
  const [pattern, setPattern] = useState(firstPattern(model));
  const field = useRef<HTMLInputElement>(null);
  const read = readPattern(pattern, model);
  const insert = (name: string): void => {
    const input = field.current;
    const start = input?.selectionStart ?? pattern.length;
    const end = input?.selectionEnd ?? start;
    setPattern(`${pattern.slice(0, start)}{${name}}${pattern.slice(end)}`);
    input?.focus();
  };
  return (
    <ProposalDialog
      title={`How a ${model.name} is written`}
      description="Writes __str__: the admin, forms and error messages name a row by it."
      operations={read.problem === null ? [{ kind: 'model.setStr', model: model.id, pattern }] : null}
      onClose={onClose}
      onWritten={onClose}
    >
      <FormField
        label="Pattern"
        problem={pattern === '' ? null : read.problem}
        help="Fields in braces: {title} ({year})."
      >
        {(control) => (
          <TextField {...control} ref={field} code autoFocus value={pattern} onChange={setPattern} />
        )}
      </FormField>
      <div className="pattern-fields" role="group" aria-label="Put in a field">
        {model.fields
          .filter(({ relation }) => relation?.kind !== 'many-to-many')
          .map(({ name }) => (
            <Button
              key={name}
              small
              onClick={() => {
                insert(name);
              }}
            >
              {name}
            </Button>
          ))}
      </div>
      <p className="pattern-preview" aria-live="polite">
        {read.problem === null ? (
          <>
            Reads like <strong>{read.sample}</strong>
          </>
        ) : (
          ' '
        )}
      </p>
    </ProposalDialog>
  );
}

/** What most people would choose: the first text. */
function firstPattern({ fields }: ModelFacts): string {
  const text = fields.find(
    ({ type }) => type === 'CharField' || type === 'SlugField' || type === 'TextField',
  );
  return text === undefined ? '' : `{${text.name}}`;
}
