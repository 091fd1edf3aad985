import { expect, test } from 'vitest';
import { collectProblems, countProblems } from '../../../../renderer/shell/problems.ts';
import type { CheckIssue } from '../../../../shared/contract/host-calls.ts';
import { NO_COMPONENTS } from '../../../../shared/django/component-model.ts';

const issue = (level: CheckIssue['level']): CheckIssue => ({
  id: 'fields.E304',
  level,
  message: 'Clashes.',
  hint: 'Add a related_name.',
  object: 'catalog.Book.owner',
  file: null,
  line: null,
});

test('source, boot and checks are one list, errors first', () => {
  const problems = collectProblems(
    {
      revision: 1,
      project: '',
      settings: null,
      apps: [],
      models: [],
      routes: [],
      ...NO_COMPONENTS,
      problems: [{ message: 'Half read.', place: null, severity: 'warning' }],
    },
    {
      failure: {
        type: 'NameError',
        message: 'x',
        file: '/p/a.py',
        line: 3,
        text: null,
        traceback: '',
        frames: [],
      },
      checks: [issue('warning'), issue('error'), issue('info')],
    },
    [
      {
        subject: 'catalog.Book.title',
        aspect: 'type',
        source: 'CharField',
        runtime: 'TextField',
        place: { file: 'catalog/models.py', start: 0, end: 1, line: 4 },
      },
    ],
  );
  expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
    ['error', 'NameError: x'],
    ['error', 'catalog.Book.owner · Clashes. · Add a related_name.'],
    ['warning', 'Half read.'],
    ['warning', 'catalog.Book.owner · Clashes. · Add a related_name.'],
    ['warning', 'catalog.Book.title: type is CharField in the source and TextField in Django.'],
  ]);
  expect(problems[0]?.target).toEqual({ file: '/p/a.py', line: 3 });
  expect(countProblems(problems)).toEqual({ errors: 2, warnings: 3 });
});
