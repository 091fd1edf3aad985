import type { Job } from '../../../shared/contract/app-calls.ts';
import type { FieldProblem, NewProject } from '../../../shared/contract/workspace-calls.ts';

/** What stands in the form while it is filled in. */
export interface NewProjectForm {
  readonly name: string;
  readonly parent: string;
  readonly interpreter: string | null;
  readonly template: 'blank' | 'example';
  readonly database: 'sqlite' | 'postgresql';
  readonly databaseUrl: string;
  readonly packages: 'index' | 'wheels';
  readonly wheels: string;
  readonly withSuperuser: boolean;
  readonly username: string;
  readonly email: string;
  readonly password: string;
}

/** What a part of the form is given. */
export interface FormPartProps {
  readonly form: NewProjectForm;
  readonly onChange: (change: Partial<NewProjectForm>) => void;
  /** What is wrong with a field; null before it was touched. */
  readonly problem: (field: string) => string | null;
}

/** The form before anything is typed. */
export function emptyForm(template: 'blank' | 'example', parent: string): NewProjectForm {
  return {
    name: template === 'example' ? 'bookshop' : '',
    parent,
    interpreter: null,
    template,
    database: 'sqlite',
    databaseUrl: '',
    packages: 'index',
    wheels: '',
    withSuperuser: true,
    username: '',
    email: '',
    password: '',
  };
}

/** The input of the calls; null while a path that they need is not there yet. */
export function newProjectOf(form: NewProjectForm): NewProject | null {
  if (form.interpreter === null || form.parent === '') return null;
  if (form.packages === 'wheels' && form.wheels === '') return null;
  return {
    name: form.name,
    parent: form.parent,
    interpreter: form.interpreter,
    template: form.template,
    database: form.database === 'sqlite' ? { kind: 'sqlite' } : { kind: 'postgresql', url: form.databaseUrl },
    packages: form.packages === 'index' ? { kind: 'index' } : { kind: 'wheels', folder: form.wheels },
    superuser: form.withSuperuser
      ? { username: form.username, email: form.email, password: form.password }
      : null,
  };
}

/** What is wrong with one control; problems of a group (`superuser.password`) also count for the group. */
export function problemOf(problems: readonly FieldProblem[], field: string): string | null {
  const own = problems.find((problem) => problem.field === field);
  return own?.message ?? null;
}

/** Problems beside none of the controls in sight; they are shown on top of the buttons. */
export function otherProblems(
  problems: readonly FieldProblem[],
  shown: readonly string[],
): readonly FieldProblem[] {
  return problems.filter((problem) => !shown.includes(problem.field));
}

/** The folder that will be made. */
export function targetOf(project: Pick<NewProject, 'name' | 'parent'>): string {
  const separator = project.parent.includes('\\') ? '\\' : '/';
  return `${project.parent.replace(/[\\/]+$/, '')}${separator}${project.name}`;
}

/** The folder that a failed job left behind, as it says itself; otherwise the one it was to make. */
export function leftFolder(job: Job | null, project: NewProject): string {
  const detail = job?.failure?.detail as { readonly path?: unknown } | undefined;
  return typeof detail?.path === 'string' ? detail.path : targetOf(project);
}
