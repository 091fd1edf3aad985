import { expect, test } from 'vitest';
import {
  emptyForm,
  newProjectOf,
  otherProblems,
  problemOf,
  targetOf,
} from '../../../../../renderer/features/new-project/new-project-form.ts';
import { missingProblems } from '../../../../../renderer/features/new-project/use-checked.ts';
import { newProject } from '../../../../../shared/contract/workspace-calls.ts';

const form = { ...emptyForm('blank', '/home/me'), name: 'library', interpreter: '/usr/bin/python3' };

test('a form with its paths is what the contract takes', () => {
  expect(newProject.parse(newProjectOf(form))).toMatchObject({
    name: 'library',
    database: { kind: 'sqlite' },
  });
  const other = newProjectOf({
    ...form,
    database: 'postgresql',
    databaseUrl: 'postgres://localhost/x',
    packages: 'wheels',
    wheels: '/wheels',
    withSuperuser: false,
  });
  expect(newProject.parse(other)).toMatchObject({
    database: { kind: 'postgresql', url: 'postgres://localhost/x' },
    packages: { kind: 'wheels', folder: '/wheels' },
    superuser: null,
  });
});

test('without its paths the form says itself what is missing', () => {
  const missing = { ...form, parent: '', interpreter: null, packages: 'wheels' as const };
  expect(newProjectOf(missing)).toBeNull();
  expect(missingProblems(missing).map(({ field }) => field)).toEqual([
    'parent',
    'interpreter',
    'packages.folder',
  ]);
});

test('every problem is shown: beside its field, or with the others', () => {
  const problems = [
    { field: 'name', message: 'Taken.' },
    { field: 'disk', message: 'Full.' },
  ];
  expect(problemOf(problems, 'name')).toBe('Taken.');
  expect(problemOf(problems, 'parent')).toBeNull();
  expect(otherProblems(problems, ['name', 'parent'])).toEqual([problems[1]]);
});

test('the folder that will be made', () => {
  expect(targetOf({ parent: '/home/me/', name: 'x' })).toBe('/home/me/x');
  expect(targetOf({ parent: 'C:\\Work', name: 'x' })).toBe('C:\\Work\\x');
});
