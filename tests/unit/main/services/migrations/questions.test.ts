import { expect, it } from 'vitest';
import { answersForHost, toQuestion } from '../../../../../main/services/migrations/questions.ts';

it('shows the choices as text, and why an answer can not be used', () => {
  const question = toQuestion({
    id: 'not_null_alteration:catalog.Book.isbn',
    kind: 'not_null_alteration',
    app: 'catalog',
    model: 'Book',
    field: 'isbn',
    message: 'What about existing rows?',
    options: [{ answer: null, label: 'Leave them' }],
    error: "'x' cannot be used: no such name.",
  });
  expect(question).toMatchObject({
    message: "What about existing rows? 'x' cannot be used: no such name.",
    options: [{ value: 'null', label: 'Leave them' }],
    default: null,
  });
});

it('gives choices back as what they are and expressions as they were typed', () => {
  expect(
    answersForHost([
      { id: 'rename_field:catalog.Book.name:title', answer: 'true' },
      { id: 'not_null_alteration:catalog.Book.isbn', answer: 'null' },
      { id: 'not_null_alteration:catalog.Book.year', answer: '1934' },
      { id: 'not_null_default:catalog.Book.flag', answer: 'true' },
    ]).map((answer) => answer.answer),
  ).toEqual([true, null, '1934', 'true']);
});
