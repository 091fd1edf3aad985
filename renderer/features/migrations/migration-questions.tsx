import { useState } from 'react';
import type { MigrationQuestion } from '../../../shared/contract/migration-calls.ts';
import { useMigrations, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { FormField } from '../../ui/form-field.tsx';
import { TextField } from '../../ui/text-field.tsx';

/** What Django can't know and would ask on a terminal: answered here, before anything is written. */
export function MigrationQuestions({ questions }: { readonly questions: readonly MigrationQuestion[] }) {
  return (
    <section className="migration-questions" aria-label="Questions">
      <h3>{questions.length === 1 ? 'One question first' : `${questions.length} questions first`}</h3>
      {questions.map((question) => (
        <Question key={question.id} question={question} />
      ))}
    </section>
  );
}

function Question({ question }: { readonly question: MigrationQuestion }) {
  const { migrations } = useStudio();
  const reading = useMigrations((state) => state.reading);
  const [expression, setExpression] = useState(question.default ?? '');
  const answer = (value: string): void => void migrations.answer(question.id, value);
  return (
    <div className="migration-question">
      <p>
        {question.message} <span className="migration-question-rows">{rowsOf(question)}</span>
      </p>
      {wantsExpression(question) && (
        <form
          className="migration-expression"
          onSubmit={(event) => {
            event.preventDefault();
            answer(expression);
          }}
        >
          <FormField
            label="Value for the rows there are"
            help="A Python expression; datetime and timezone are at hand."
          >
            {(control) => <TextField {...control} code value={expression} onChange={setExpression} />}
          </FormField>
          <Button type="submit" disabled={expression.trim() === '' || reading}>
            Use this value
          </Button>
        </form>
      )}
      <div className="migration-options">
        {question.options.map((option) => (
          <Button
            key={option.value}
            disabled={reading}
            onClick={() => {
              answer(option.value);
            }}
          >
            {option.label}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** How much of the local database the answer is about. */
function rowsOf({ kind, rows, nulls }: MigrationQuestion): string {
  if (rows === null) return '';
  const rename = kind === 'rename_field' || kind === 'rename_model';
  const noun = kind === 'rename_field' ? 'value' : 'row';
  const many = `${rows.toLocaleString('en')} ${noun}${rows === 1 ? '' : 's'}`;
  if (rename) return `${many} would be kept, or lost.`;
  if (nulls === null) return `${many} would get it.`;
  return `${nulls.toLocaleString('en')} of ${many} ${nulls === 1 ? 'is' : 'are'} NULL.`;
}

/** These take a one-off default; the others are a choice. */
function wantsExpression({ kind }: MigrationQuestion): boolean {
  return kind === 'not_null_default' || kind === 'not_null_alteration' || kind === 'auto_now_add_default';
}
