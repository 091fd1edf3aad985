import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Failure } from '../../../shared/contract/failure.ts';
import type { NewProject } from '../../../shared/contract/workspace-calls.ts';
import type { PythonTools } from '../python/python-service.ts';

/** What a new project's files are made of. */
export interface ProjectFiles {
  readonly tools: PythonTools;
  readonly python: string;
  readonly templatesFolder: string;
  readonly project: NewProject;
  readonly target: string;
  /** Exact requirements, as they stand in `requirements.txt`. */
  readonly packages: readonly string[];
}

/** The apps of the example, in the order of `INSTALLED_APPS`. */
const EXAMPLE_APPS = ['catalog', 'orders', 'reviews'];

/** Package builders drop files that begin with a dot and mean something to git, so templates spell it out. */
const DOT = 'dot-';

/**
 * Renders the template beside its destination and then moves it there, so that an interrupted attempt
 * can be repeated: `startproject` refuses to write over what exists.
 */
export async function writeProjectFiles(files: ProjectFiles): Promise<void> {
  const { project, target } = files;
  const work = join(target, '.samois', 'work');
  const rendered = join(work, 'rendered');
  await rm(work, { recursive: true, force: true });
  await mkdir(rendered, { recursive: true });

  const template = await assembleTemplate(files, join(work, 'template'));
  const facts = {
    packages: files.packages,
    apps: project.template === 'example' ? EXAMPLE_APPS : [],
    database: project.database.kind,
  };
  const script = join(files.templatesFolder, 'render.py');
  const result = await files.tools.run({
    python: files.python,
    args: ['-I', script, project.name, rendered, template, JSON.stringify(facts)],
    cwd: target,
  });
  if (result.code !== 0)
    throw new Failure(
      'tool-failed',
      `The files could not be written: ${result.tail.at(-1) ?? 'no reason given'}.`,
      {
        output: result.tail,
      },
    );

  for (const name of await readdir(rendered)) {
    const destination = join(target, name.startsWith(DOT) ? `.${name.slice(DOT.length)}` : name);
    await rm(destination, { recursive: true, force: true });
    await rename(join(rendered, name), destination);
  }
  const variables = join(target, '.env');
  await rm(variables, { force: true });
  if (project.database.kind === 'postgresql')
    await writeFile(variables, `DATABASE_URL=${project.database.url}\n`, { mode: 0o600 });
  await rm(work, { recursive: true });
}

/** The example is the blank project with more apps, and a few files of its own in place of others. */
async function assembleTemplate(files: ProjectFiles, folder: string): Promise<string> {
  const blank = join(files.templatesFolder, 'project');
  if (files.project.template === 'blank') return blank;
  await cp(blank, folder, { recursive: true });
  await cp(join(files.templatesFolder, 'example'), folder, { recursive: true });
  return folder;
}
