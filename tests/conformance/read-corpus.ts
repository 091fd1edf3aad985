import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createSourceIndex, wantsFile, type SourceIndex } from '../../shared/django/source-index.ts';
import type { PythonParser } from '../../shared/python/parser.ts';
import { sha256 } from '../unit/shared/source-fixture.ts';
import { corpusFolder, type CorpusProject } from './corpus.ts';

/** Folder of the files that are put beside a project's own; it may be missing. */
export function overlayFolder({ name, version }: CorpusProject): string {
  const overlays = join(import.meta.dirname, 'overlays');
  const own = join(overlays, `${name}-${version}`);
  return existsSync(own) ? own : join(overlays, name);
}

/** Folder of a project that is opened as a workspace. */
export function workspaceFolder(project: CorpusProject): string {
  return join(corpusFolder(project), project.workspace);
}

/** The texts of a project by path, as the source service hands them to the index: valid UTF-8 only. */
export function corpusFiles(project: CorpusProject): ReadonlyMap<string, string> {
  const files = new Map(
    [workspaceFolder(project), overlayFolder(project)].flatMap((root) => filesBelow(root)),
  );
  if (project.settings !== null) {
    const manage = `import os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '${project.settings}')\n`;
    files.set('manage.py', manage);
  }
  return files;
}

/** The source lens over a project of the corpus. */
export function indexOfCorpus(parser: PythonParser, project: CorpusProject): SourceIndex {
  const index = createSourceIndex({
    parser,
    hash: sha256,
    workspaceRoot: workspaceFolder(project),
    project: project.settings === null ? null : '',
  });
  for (const [path, text] of corpusFiles(project)) index.setFile(path, text, sha256(text));
  return index;
}

/** What the source lens reads of a folder, as text by path; nothing where there is no such folder. */
export function filesBelow(root: string): readonly (readonly [path: string, text: string])[] {
  const files = new Map<string, string>();
  if (existsSync(root)) readFolder(root, root, files);
  return [...files];
}

function readFolder(root: string, folder: string, files: Map<string, string>): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) readFolder(root, path, files);
    else if (entry.isFile()) {
      const local = relative(root, path).split(sep).join('/');
      if (!wantsFile(local) || statSync(path).size > 2_000_000) continue;
      const text = decode(path);
      if (text !== null) files.set(local, text);
    }
  }
}

function decode(path: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) return null; // test data in another encoding
    throw error;
  }
}
