import { keepLastGood, type LastGood } from '../python/keep-last-good.ts';
import type { PythonParser, SyntaxNode, SyntaxTree } from '../python/parser.ts';
import { readModule, type PythonModule } from '../python/python-module.ts';
import { errorLines } from '../python/syntax.ts';

/** One file of the workspace as the readers and planners see it. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  /** SHA-256 of its bytes. */
  readonly baseHash: string;
  /** Its syntax tree; valid until the index answers, so nobody keeps a node of it. */
  readonly root: SyntaxNode;
  readonly module: PythonModule;
  /** Classes whose facts are older than the text. */
  readonly stale: ReadonlySet<string>;
  /** Lines that are not Python. */
  readonly errors: readonly number[];
}

/** The files an answer is made from. */
export interface ProjectFiles {
  readonly has: (path: string) => boolean;
  readonly get: (path: string) => SourceText | null;
  readonly paths: () => readonly string[];
  /** Keeps a value that is made from one file alone until that file changes. */
  readonly derived: <T>(path: string, key: string, make: (file: SourceText) => T) => T | null;
  readonly parse: (text: string) => SyntaxTree;
  /** Error lines of a file that has been parsed; empty for one that nobody asked for. */
  readonly knownErrors: (path: string) => readonly number[];
}

/** A `ProjectFiles` that can be told of changes. */
export interface FileStore extends ProjectFiles {
  readonly set: (path: string, text: string, baseHash: string) => boolean;
  readonly remove: (path: string) => boolean;
  /** Gives back trees that were not used lately; nodes of them are invalid afterwards. */
  readonly trim: () => void;
  readonly dispose: () => void;
}

/** Trees are some ten times the size of their text, and are quickly made again. */
const KEPT_TREES = 200;

interface ReadFile {
  readonly module: PythonModule;
  readonly stale: ReadonlySet<string>;
  readonly errors: readonly number[];
}

class StoredFile implements SourceText {
  readonly path: string;
  readonly derivedValues = new Map<string, unknown>();
  text: string;
  baseHash: string;
  tree: SyntaxTree | null = null;
  private parsedText: string | null = null;
  private facts: ReadFile | null = null;
  private lastGood: LastGood | null = null;
  private readonly parser: PythonParser;

  constructor(parser: PythonParser, path: string, text: string, baseHash: string) {
    this.parser = parser;
    this.path = path;
    this.text = text;
    this.baseHash = baseHash;
  }

  change(text: string, baseHash: string): boolean {
    const changed = text !== this.text;
    this.baseHash = baseHash;
    if (!changed) return false;
    this.rememberGood();
    this.text = text;
    this.facts = null;
    this.derivedValues.clear();
    return true;
  }

  get root(): SyntaxNode {
    if (this.tree === null) this.tree = this.parser.parse(this.text);
    else if (this.parsedText !== this.text) {
      this.tree = this.parser.reparse({ tree: this.tree, text: this.parsedText ?? '' }, this.text);
    }
    this.parsedText = this.text;
    return this.tree.rootNode;
  }

  get errors(): readonly number[] {
    return this.root.hasError ? errorLines(this.root) : [];
  }

  get knownErrors(): readonly number[] {
    return this.facts?.errors ?? [];
  }

  get module(): PythonModule {
    return this.read().module;
  }

  get stale(): ReadonlySet<string> {
    return this.read().stale;
  }

  release(): void {
    this.tree?.delete();
    this.tree = null;
    this.parsedText = null;
  }

  private read(): ReadFile {
    if (this.facts !== null) return this.facts;
    const root = this.root;
    const module = readModule(root);
    this.facts = root.hasError
      ? { ...keepLastGood(module, root, this.text, this.lastGood), errors: errorLines(root) }
      : { module, stale: new Set<string>(), errors: [] };
    return this.facts;
  }

  private rememberGood(): void {
    if (this.facts === null || this.facts.errors.length > 0) return;
    this.lastGood = { text: this.text, module: this.facts.module };
  }
}

/** Keeps the files of a workspace, parses them when they are asked for and only then. */
export function createFileStore(parser: PythonParser): FileStore {
  const files = new Map<string, StoredFile>();
  const used = new Set<StoredFile>();
  let sorted: readonly string[] | null = null;
  const touch = (file: StoredFile | undefined): StoredFile | null => {
    if (file === undefined) return null;
    used.delete(file);
    used.add(file);
    return file;
  };
  return {
    has: (path) => files.has(path),
    get: (path) => touch(files.get(path)),
    paths: () => (sorted ??= [...files.keys()].sort()),
    derived: <T>(path: string, key: string, make: (file: SourceText) => T): T | null => {
      const file = touch(files.get(path));
      if (file === null) return null;
      if (!file.derivedValues.has(key)) file.derivedValues.set(key, make(file));
      return file.derivedValues.get(key) as T;
    },
    parse: parser.parse,
    knownErrors: (path) => files.get(path)?.knownErrors ?? [],
    set: (path, text, baseHash) => {
      const known = files.get(path);
      if (known !== undefined) return known.change(text, baseHash);
      files.set(path, new StoredFile(parser, path, text, baseHash));
      sorted = null;
      return true;
    },
    remove: (path) => {
      const file = files.get(path);
      if (file !== undefined) used.delete(file);
      file?.release();
      sorted = null;
      return files.delete(path);
    },
    trim: () => {
      for (const file of used) {
        if (used.size <= KEPT_TREES) return;
        used.delete(file);
        file.release();
      }
    },
    dispose: () => {
      for (const file of files.values()) file.release();
      files.clear();
      used.clear();
    },
  };
}
