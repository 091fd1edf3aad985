import { readdir, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import type {
  FieldProblem,
  Interpreter,
  NewDatabase,
  NewProject,
} from '../../../shared/contract/workspace-calls.ts';
import { reasonOf } from './file-errors.ts';
import { isWritable } from './folders.ts';
import { projectNameProblem } from './project-name.ts';
import { readMarker } from './unfinished-marker.ts';

/**
 * Everything that is wrong with the "new project" form and can be known before the work starts. The field
 * of a problem is the path of the value in the form: `name`, `database.url`, `superuser.password`.
 */
export async function checkNewProject(
  project: NewProject,
  inspect: (input: { path: string }) => Promise<Interpreter>,
): Promise<readonly FieldProblem[]> {
  return [
    ...problem('name', projectNameProblem(project.name) ?? (await targetProblem(project))),
    ...problem('parent', await parentProblem(project.parent)),
    ...problem('interpreter', (await inspect({ path: project.interpreter })).problem),
    ...problem('database.url', databaseProblem(project.database)),
    ...problem('packages.folder', await wheelsProblem(project.packages)),
    ...superuserProblems(project.superuser),
  ];
}

function problem(field: string, message: string | null): readonly FieldProblem[] {
  return message === null ? [] : [{ field, message }];
}

async function targetProblem({ parent, name, template }: NewProject): Promise<string | null> {
  const target = join(parent, name);
  try {
    await stat(target);
  } catch {
    return null; // nothing there, as it should be; a parent that can't be read has its own sentence
  }
  const marker = await readMarker(target);
  if (marker?.template === template) return null; // an unfinished one is continued
  if (marker !== null)
    return `An unfinished project of another kind is in ${target}. Remove it first, or choose another name.`;
  return `${target} exists already. Choose another name or another folder, or open what is there.`;
}

async function parentProblem(parent: string): Promise<string | null> {
  if (!isAbsolute(parent)) return 'Give the whole path of the folder, from its root.';
  try {
    if (!(await stat(parent)).isDirectory()) return `${parent} is a file. Choose a folder.`;
  } catch (error) {
    return `${parent} can't be used: ${reasonOf(error)}. Choose another folder or make it first.`;
  }
  if (parent.includes(delimiter))
    return `The path has a "${delimiter}" in it, with which Python makes no virtual environment. Choose another folder.`;
  if (!(await isWritable(parent))) return `${parent} may not be written. Choose another folder.`;
  return null;
}

function databaseProblem(database: NewDatabase): string | null {
  if (database.kind === 'sqlite') return null;
  const example = 'It looks like postgresql://user:password@localhost:5432/name.';
  const escapes = 'In a user name or password, write # as %23, / as %2F, ? as %3F and % as %25.';
  if (/[\s\p{C}]/u.test(database.url)) return `The address has a space or a line break in it. ${example}`;
  if (!URL.canParse(database.url) || /%(?![0-9a-f]{2})|#/iu.test(database.url))
    return `This is not the address of a database. ${example} ${escapes}`;
  const { protocol, pathname } = new URL(database.url);
  if (!['postgresql:', 'postgres:'].includes(protocol))
    return `The address must begin with postgresql://. ${example}`;
  if (pathname.length < 2 || pathname.slice(1).includes('/'))
    return `The address names no database at its end. ${example} ${escapes}`;
  return null;
}

async function wheelsProblem(packages: NewProject['packages']): Promise<string | null> {
  if (packages.kind === 'index') return null;
  try {
    const names = await readdir(packages.folder);
    return names.some((name) => /^django-\d.*\.whl$/iu.test(name))
      ? null
      : `${packages.folder} holds no wheel of Django. "pip download Django" in that folder fetches it.`;
  } catch (error) {
    return `${packages.folder} can't be used: ${reasonOf(error)}.`;
  }
}

/** The rules of Django's own user model: UnicodeUsernameValidator and EmailField. */
function superuserProblems(superuser: NewProject['superuser']): readonly FieldProblem[] {
  if (superuser === null) return [];
  const problems: FieldProblem[] = [];
  if (!/^[\p{L}\p{N}_.@+-]+$/u.test(superuser.username))
    problems.push({
      field: 'superuser.username',
      message: 'A user name has letters, digits and @ . + - _ only, and at least one of them.',
    });
  if (superuser.email !== '' && !/^[^\s@]+@[^\s@]+$/u.test(superuser.email))
    problems.push({ field: 'superuser.email', message: 'This is not an e-mail address.' });
  if (superuser.password === '' || superuser.password.includes('\0'))
    problems.push({ field: 'superuser.password', message: 'Choose a password for the superuser.' });
  return problems;
}
