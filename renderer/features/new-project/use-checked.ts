import { useEffect, useRef, useState } from 'react';
import type { FieldProblem } from '../../../shared/contract/workspace-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { newProjectOf, type NewProjectForm } from './new-project-form.ts';

const PAUSE = 250;

interface Found {
  readonly problems: readonly FieldProblem[];
  /** What had been touched when main was asked. */
  readonly touched: ReadonlySet<string>;
}

/**
 * The problems of the form as main sees them, asked for when typing pauses. `touched` are those of the
 * given groups that the problems know of: what was just begun is not called wrong for having been empty.
 */
export function useChecked(
  form: NewProjectForm,
  touched: ReadonlySet<string>,
): Found & {
  /** Asks now, and answers with the problems. */
  readonly check: () => Promise<readonly FieldProblem[]>;
} {
  const { api } = useStudio();
  const [found, setFound] = useState<Found>({ problems: [], touched: new Set() });
  const latest = useRef(0);

  const ask = async (wanted: NewProjectForm): Promise<readonly FieldProblem[]> => {
    const mine = (latest.current += 1);
    const project = newProjectOf(wanted);
    const answer = project === null ? [] : await problemsOf(api.call('workspace.checkNew', project));
    if (mine === latest.current) setFound({ problems: answer, touched });
    return project === null ? missingProblems(wanted) : answer;
  };
  const askLatest = useRef(ask);
  useEffect(() => {
    askLatest.current = ask;
  });
  useEffect(() => {
    const timer = setTimeout(() => void askLatest.current(form), PAUSE);
    return () => {
      clearTimeout(timer);
    };
  }, [form]);

  // What is missing is known at once: a choice that was just made is not called missing for a moment.
  const known = newProjectOf(form) === null ? { problems: missingProblems(form), touched } : found;
  return { ...known, check: () => ask(form) };
}

async function problemsOf(check: Promise<readonly FieldProblem[]>): Promise<readonly FieldProblem[]> {
  try {
    return await check;
  } catch (error) {
    return [{ field: '', message: failureOf(error).message }];
  }
}

/** What is missing before main can be asked at all. */
export function missingProblems(form: NewProjectForm): readonly FieldProblem[] {
  const missing: FieldProblem[] = [];
  if (form.name === '') missing.push({ field: 'name', message: 'Give the project a name.' });
  if (form.parent === '') missing.push({ field: 'parent', message: 'Choose the folder it is made in.' });
  if (form.interpreter === null) missing.push({ field: 'interpreter', message: 'Choose an interpreter.' });
  if (form.packages === 'wheels' && form.wheels === '') {
    missing.push({ field: 'packages.folder', message: 'Choose the folder with the wheels.' });
  }
  return missing;
}
