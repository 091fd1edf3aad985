import type { MigrationQuestion } from '../../../shared/contract/migration-calls.ts';

/** A question as the host asks it; the answers of its options are JSON values. */
export interface HostQuestion {
  readonly id: string;
  readonly kind: MigrationQuestion['kind'];
  readonly app: string;
  readonly model: string;
  readonly field: string | null;
  readonly message: string;
  readonly options: readonly { readonly answer: boolean | null; readonly label: string }[];
  readonly default?: string;
  readonly rows?: number | null;
  readonly nulls?: number | null;
  /** Why the answer that was given can't be used. */
  readonly error?: string;
}

/** An answer as the window gives it: text. */
export interface Answer {
  readonly id: string;
  readonly answer: string;
}

const values = new Map<string, boolean | null>([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const kindsWithExpression = new Set(['not_null_default', 'auto_now_add_default']);

/** The question in the words of the contract, where every answer is text. */
export function toQuestion(question: HostQuestion): MigrationQuestion {
  const { id, kind, app, model, field, message, options, error } = question;
  return {
    id,
    kind,
    app,
    model,
    field,
    message: error === undefined ? message : `${message} ${error}`,
    options: options.map(({ answer, label }) => ({ value: String(answer), label })),
    default: question.default ?? null,
    rows: question.rows ?? null,
    nulls: question.nulls ?? null,
  };
}

/** The answers as the host takes them: a choice is a JSON value, anything else a Python expression. */
export function answersForHost(answers: readonly Answer[]): readonly { id: string; answer: unknown }[] {
  return answers.map(({ id, answer }) => {
    const [kind = ''] = id.split(':'); // the host's ids begin with the kind of the question
    const chosen = kindsWithExpression.has(kind) ? undefined : values.get(answer);
    return { id, answer: chosen === undefined ? answer : chosen };
  });
}
