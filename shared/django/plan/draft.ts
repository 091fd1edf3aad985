import { Failure } from '../../contract/failure.ts';
import { lineEndingAt, type FileStyle } from '../../python/file-style.ts';
import { importChanges, renderImports, type ImportRequest } from '../../python/import-edit.ts';
import { applyEdits, findOverlap, type TextEdit } from '../../python/text-edit.ts';
import { tidyDeletions } from '../../python/tidy-deletions.ts';
import { folderOf, joinPath } from '../module-resolver.ts';
import type { SourceText } from '../project-files.ts';
import { hunksBetween } from './hunks.ts';
import type { PlanContext } from './plan-context.ts';
import { changedModule, newModule } from './module-text.ts';
import { styleOf } from './project-style.ts';
import { rebasedImports } from './rebased-imports.ts';
import type { FileChange, FolderMove, Plan, UncertainUse } from './plan.ts';

/** A piece of new code with the names it needs. */
export interface NewCode {
  readonly code: string;
  readonly imports: readonly ImportRequest[];
}

/** Collects what an operation changes, file by file, until it is a plan. */
export interface Draft {
  /** A file that planners may look into and edit; fails where it is missing or not valid Python. */
  readonly source: (path: string) => SourceText;
  readonly exists: (path: string) => boolean;
  /** Whether `source` gives the file: it is there and, where it is Python, sound. */
  readonly canEdit: (path: string) => boolean;
  readonly style: (path: string) => FileStyle;
  readonly edit: (path: string, edits: readonly TextEdit[]) => void;
  readonly require: (path: string, imports: readonly ImportRequest[]) => void;
  /** Imports that only the removed ranges used go with them. */
  readonly dropUnused: (path: string) => void;
  readonly create: (path: string, text: string) => void;
  /** A new module: its imports above its code. */
  readonly createModule: (path: string, body: NewCode) => void;
  /** Moves a module, whose relative imports follow; edits name it by where it stands now. */
  readonly moveModule: (from: string, to: string) => void;
  /** Moves a folder with all its files; edits name the files by where they stand now. */
  readonly moveFolder: (from: string, to: string) => void;
  /** Takes a folder away with all its files. */
  readonly removeFolder: (folder: string) => void;
  readonly note: (sentence: string) => void;
  /** An edit that is made only if the user accepts it; `why` says why the place may be meant. */
  readonly offer: (path: string, edit: TextEdit, why: string) => void;
  /** Lists a place that may be meant; whether the user wants there what a tick `does`: "removes the entry". */
  readonly ask: (path: string, place: Place, why: string, does: string) => boolean;
  readonly package: (name: string) => void;
  readonly isOwnModule: (module: string) => boolean;
  readonly finish: (title: string) => Plan;
}

type Place = Pick<TextEdit, 'start' | 'end'>;

interface Changes {
  readonly edits: TextEdit[];
  readonly imports: ImportRequest[];
  dropUnused: boolean;
}

/** Starts an empty draft. */
export function createDraft(context: PlanContext): Draft {
  return new PlanDraft(context);
}

class PlanDraft implements Draft {
  private readonly context: PlanContext;
  private readonly changes = new Map<string, Changes>();
  private readonly created = new Map<string, string>();
  private readonly moduleMoves = new Map<string, string>();
  private readonly folderMoves: FolderMove[] = [];
  private readonly folderRemovals: string[] = [];
  private readonly notes = new Set<string>();
  private readonly uncertain = new Map<string, UncertainUse>();
  private readonly packages = new Set<string>();
  private readonly styles = new Map<string, FileStyle>();

  constructor(context: PlanContext) {
    this.context = context;
  }

  readonly source = (path: string): SourceText => soundSource(this.context, path);

  readonly exists = (path: string): boolean => this.context.files.has(path) || this.created.has(path);

  readonly canEdit = (path: string): boolean => {
    const source = this.context.files.get(path);
    return source !== null && (!path.endsWith('.py') || source.errors.length === 0);
  };

  readonly style = (path: string): FileStyle => {
    const known = this.styles.get(path) ?? styleOf(this.context, path);
    this.styles.set(path, known);
    return known;
  };

  readonly isOwnModule = (module: string): boolean => this.context.resolver.findPackage(module) !== null;

  readonly edit = (path: string, edits: readonly TextEdit[]): void => {
    this.changesOf(path).edits.push(...edits);
  };

  readonly require = (path: string, imports: readonly ImportRequest[]): void => {
    const source = this.source(path);
    this.changesOf(path).imports.push(...imports.map((request) => asWritten(request, source, this.context)));
  };

  readonly dropUnused = (path: string): void => {
    this.changesOf(path).dropUnused = true;
  };

  readonly create = (path: string, text: string): void => {
    if (this.context.files.has(path)) {
      throw new Failure('conflict', `${path} exists already.`, { file: path });
    }
    this.created.set(path, text.replace(/\r?\n/g, this.style(path).lineEnding));
  };

  readonly createModule = (path: string, { code, imports }: NewCode): void => {
    const head = renderImports(imports, this.style(path), this.isOwnModule);
    const gap = /^(#.*\n)*(class |def |async |@)/.test(code) ? '\n\n\n' : '\n\n';
    this.create(path, `${head === '' ? '' : head + gap}${code}\n`);
  };

  readonly moveModule = (from: string, to: string): void => {
    if (this.exists(to)) throw new Failure('conflict', `${to} exists already.`, { file: to });
    this.moduleMoves.set(from, to);
    this.changesOf(from);
  };

  readonly moveFolder = (from: string, to: string): void => {
    if (this.context.files.paths().some((path) => path.startsWith(`${to}/`))) {
      throw new Failure('conflict', `${to} exists already.`, { file: to });
    }
    this.folderMoves.push({ from, to });
  };

  readonly removeFolder = (folder: string): void => {
    this.folderRemovals.push(folder);
  };

  readonly note = (sentence: string): void => {
    this.notes.add(sentence);
  };

  readonly offer = (path: string, edit: TextEdit, why: string): void => {
    const known = this.uncertain.size;
    const gone = this.source(path).text.slice(edit.start, edit.end);
    const does = edit.text === '' ? `removes ${gone}` : `writes ${edit.text}`;
    const accepted = this.ask(path, edit, why, does);
    // One place may be offered for two reasons and is written once.
    if (accepted && this.uncertain.size > known) this.edit(path, [edit]);
  };

  readonly ask = (path: string, { start, end }: Place, why: string, does: string): boolean => {
    const { text, baseHash } = this.source(path);
    const id = this.context.hash(JSON.stringify([path, baseHash, start, end])).slice(0, 16);
    const accepted = this.context.accepted.has(id);
    if (this.uncertain.has(id)) return accepted;
    // What is changed for certain is no question.
    const certain = this.changes.get(path)?.edits ?? [];
    if (certain.some((edit) => edit.start < end && start < edit.end)) return false;
    const from = text.lastIndexOf('\n', start - 1) + 1;
    const [shown = ''] = text.slice(from).split(/\r?\n/, 1);
    const line = text.slice(0, from).split('\n').length;
    this.uncertain.set(id, { id, path, line, text: shown, why, does, accepted });
    return accepted;
  };

  readonly package = (name: string): void => {
    this.packages.add(name);
  };

  readonly finish = (title: string): Plan => {
    const changes = [...this.editedFiles(), ...this.createdFiles(), ...this.removedFiles()];
    const files = changes.sort((a, b) => (a.path < b.path ? -1 : 1));
    const { folderMoves, folderRemovals } = this;
    const hashed = files.map(({ path, kind, baseHash, after }) => [path, kind, baseHash, after]);
    return {
      id: this.context.hash(JSON.stringify([title, hashed, folderMoves, folderRemovals])),
      title,
      files,
      folderMoves,
      folderRemovals,
      uncertain: [...this.uncertain.values()],
      notes: [...this.notes],
      packages: [...this.packages],
    };
  };

  private changesOf(path: string): Changes {
    const known = this.changes.get(path) ?? { edits: [], imports: [], dropUnused: false };
    this.changes.set(path, known);
    return known;
  }

  private editedFiles(): readonly FileChange[] {
    return [...this.changes].flatMap(([path, changes]): FileChange[] => {
      const before = this.source(path);
      const edits = this.allEdits(before, changes);
      const after = path.endsWith('.py')
        ? changedModule(this.context, before, edits, this.style(path))
        : applyEdits(before.text, edits);
      const to = this.moduleMoves.get(path);
      if (to !== undefined) return this.movedModule(before, after, to);
      if (after === before.text) return [];
      const hunks = hunksBetween(before.text, after);
      return [{ path, kind: 'edit', baseHash: before.baseHash, after, hunks }];
    });
  }

  private movedModule({ path, text, baseHash }: SourceText, after: string, to: string): FileChange[] {
    const tree = this.context.files.parse(after);
    const there = rebasedImports(tree.rootNode, after, path, to);
    tree.delete();
    return [
      { path, kind: 'remove', baseHash, after: null, hunks: hunksBetween(text, null) },
      { path: to, kind: 'create', baseHash: null, after: there, hunks: hunksBetween(null, there) },
    ];
  }

  private createdFiles(): readonly FileChange[] {
    return [...this.created].map(([path, text]): FileChange => {
      const after = path.endsWith('.py') ? newModule(this.context, path, text, this.style(path)) : text;
      return { path, kind: 'create', baseHash: null, after, hunks: hunksBetween(null, after) };
    });
  }

  private removedFiles(): readonly FileChange[] {
    const { files, migrations } = this.context;
    const gone = [...files.paths(), ...migrations.paths()].filter((path) =>
      this.folderRemovals.some((folder) => path.startsWith(`${folder}/`)),
    );
    return gone.flatMap((path): FileChange[] => {
      const file = files.get(path) ?? migrations.get(path);
      if (file === null) return [];
      const { text, baseHash } = file;
      return [{ path, kind: 'remove', baseHash, after: null, hunks: hunksBetween(text, null) }];
    });
  }

  private allEdits(source: SourceText, { edits, imports, dropUnused }: Changes): readonly TextEdit[] {
    const { path, text } = source;
    const style = this.style(path);
    const context = { text, style, isOwn: this.isOwnModule };
    // Templates and lists of packages have no syntax tree.
    const hasImports = imports.length > 0 || dropUnused;
    const around = hasImports ? importChanges(source.root, imports, dropUnused ? edits : [], context) : [];
    // Where a module ends with its imports, they stand before code that is put behind them.
    const native = tidyDeletions([...around, ...edits], text).map((edit) => ({
      ...edit,
      text: edit.text.replace(/\r?\n/g, lineEndingAt(text, edit.end, style)),
    }));
    const overlap = findOverlap(native);
    if (overlap === null) return native;
    const line = text.slice(0, overlap[1].start).split('\n').length;
    const message = `Two changes of ${path} meet in one place. Make this change in the editor.`;
    throw new Failure('unclear-source', message, { file: path, line });
  }
}

/** A module of the project by the name the file knows it by: `.models` where it imports relatively. */
function asWritten(
  request: ImportRequest,
  { path, module }: SourceText,
  { resolver }: PlanContext,
): ImportRequest {
  const target = resolver.findFrom(path, request.module);
  const written = [...module.imports.values()].map((imported) => imported.module);
  const same = written.find((each) => target !== null && resolver.findFrom(path, each) === target);
  if (same !== undefined && request.name !== null) return { ...request, module: same };
  const own = resolver.moduleName(joinPath(folderOf(path), '__init__.py'));
  const inside = request.module.startsWith(`${own}.`) ? request.module.slice(own.length + 1) : null;
  const relative = inside !== null && !inside.includes('.') && written.some((each) => /^\.\w*$/.test(each));
  return relative ? { ...request, module: `.${inside}` } : request;
}

function soundSource({ files }: PlanContext, path: string): SourceText {
  const source = files.get(path);
  if (source === null) throw new Failure('not-found', `${path} is not there any more.`, { file: path });
  const line = path.endsWith('.py') ? source.errors[0] : undefined;
  if (line !== undefined) {
    throw new Failure(
      'unclear-source',
      `${path} is not valid Python at line ${String(line)}. Mend it there, then try again.`,
      { file: path, line },
    );
  }
  return source;
}
