import { partsAround } from '../python/excerpt.ts';
import { keepLastGood } from '../python/keep-last-good.ts';
import type { PythonParser, SyntaxNode, SyntaxTree } from '../python/parser.ts';
import type { PythonModule } from '../python/python-module.ts';
import { readModule, type ModuleReading } from '../python/read-module.ts';
import { errorLines } from '../python/syntax.ts';
import type { Derivations, Input } from './derivations.ts';

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

/** The files an answer is made from; whatever is derived from them follows their changes. */
export interface ProjectFiles {
  readonly has: (path: string) => boolean;
  readonly get: (path: string) => SourceText | null;
  readonly paths: () => readonly string[];
  /**
   * Looks at a file around some places of it, without the functions that none of them stands in. Its tree is gone
   * when this is over, so nothing of it may be in the answer.
   */
  readonly lookAround: <T>(
    path: string,
    places: readonly number[],
    look: (excerpt: SourceText) => T,
  ) => T | null;
  /** Keeps a value that is made from one file alone until that file changes; null where there is no such file. */
  readonly derived: <T>(path: string, make: (file: SourceText) => T) => T | null;
  /** The tree of any text; `like` names a file that is mostly the same, which makes it much faster. */
  readonly parse: (text: string, like?: string) => SyntaxTree;
  /** Error lines of a file whose syntax the latest answer needed; empty for one that nobody asked for. */
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

/** UTF-16 units of text whose trees are kept; a tree is some thirty times the size of its text. */
const KEPT_TEXT = 500_000;

interface ReadFile {
  readonly module: PythonModule;
  readonly stale: ReadonlySet<string>;
  readonly errors: readonly number[];
}

/** What the files of one store share. */
interface Store {
  readonly parser: PythonParser;
  readonly derivations: Derivations;
  /** The files that have a syntax tree, the one that was used last at the end. */
  readonly withTree: Set<StoredFile>;
  /** Length of the text of all these trees. */
  textInTrees: number;
}

const NONE: ReadonlySet<string> = new Set();

class StoredFile implements SourceText {
  readonly path: string;
  readonly content: Input;
  readonly syntax: Input;
  text: string;
  baseHash: string;
  private tree: { readonly tree: SyntaxTree; readonly text: string } | null = null;
  private facts: ReadFile | null = null;
  private lastReading: ModuleReading | null = null;
  private lastGood: ModuleReading | null = null;
  private readonly store: Store;

  constructor(store: Store, path: string, text: string, baseHash: string) {
    this.store = store;
    this.content = store.derivations.input();
    this.syntax = store.derivations.input();
    this.path = path;
    this.text = text;
    this.baseHash = baseHash;
  }

  change(text: string, baseHash: string): boolean {
    const changed = text !== this.text;
    this.baseHash = baseHash;
    if (!changed) return false;
    this.text = text;
    this.facts = null;
    this.tellChanged();
    return true;
  }

  /** Says that whatever was made from this file is old. */
  tellChanged(): void {
    this.content.change();
    this.syntax.change();
  }

  get root(): SyntaxNode {
    return this.currentTree().rootNode;
  }

  parseBeside(text: string): SyntaxTree {
    return this.store.parser.parseBeside({ tree: this.currentTree(), text: this.text }, text);
  }

  lookAround<T>(places: readonly number[], look: (excerpt: SourceText) => T): T {
    if (this.tree?.text === this.text) return look(this);
    // What was never read is parsed as a whole once: whoever asks wants to know whether it is sound, too.
    const parts = this.facts === null ? null : partsAround(this.text, places);
    if (parts !== null) {
      const tree = this.store.parser.parseParts(this.text, parts);
      try {
        if (!tree.rootNode.hasError) return look(this.withRoot(tree.rootNode));
      } finally {
        tree.delete();
      }
    }
    try {
      return look(this);
    } finally {
      this.releaseTree();
    }
  }

  private withRoot(root: SyntaxNode): SourceText {
    const { path, text, baseHash, module, stale, errors } = this;
    return { path, text, baseHash, root, module, stale, errors };
  }

  private currentTree(): SyntaxTree {
    this.syntax.read();
    const { parser, withTree } = this.store;
    if (this.tree?.text !== this.text) {
      const tree = this.tree === null ? parser.parse(this.text) : parser.reparse(this.tree, this.text);
      this.store.textInTrees += this.text.length - (this.tree?.text.length ?? 0);
      this.tree = { tree, text: this.text };
    }
    withTree.delete(this);
    withTree.add(this);
    return this.tree.tree;
  }

  get errors(): readonly number[] {
    return this.read().errors;
  }

  get module(): PythonModule {
    return this.read().module;
  }

  get stale(): ReadonlySet<string> {
    return this.read().stale;
  }

  releaseTree(): void {
    if (this.tree === null) return;
    this.store.withTree.delete(this);
    this.store.textInTrees -= this.tree.text.length;
    this.tree.tree.delete();
    this.tree = null;
  }

  private read(): ReadFile {
    this.syntax.read();
    if (this.facts !== null) return this.facts;
    const { root, text } = this;
    const reading = readModule(root, text, this.lastReading);
    this.lastReading = reading;
    if (root.hasError) {
      this.facts = { ...keepLastGood(reading.module, root, text, this.lastGood), errors: errorLines(root) };
    } else {
      this.facts = { module: reading.module, stale: NONE, errors: [] };
      this.lastGood = reading;
    }
    return this.facts;
  }
}

/** Keeps the files of a workspace, parses them when they are asked for and only then. */
export function createFileStore(parser: PythonParser, derivations: Derivations): FileStore {
  const store: Store = { parser, derivations, withTree: new Set(), textInTrees: 0 };
  const files = new Map<string, StoredFile>();
  const layout = derivations.input();
  let sorted: readonly string[] | null = null;
  const changeLayout = (): void => {
    sorted = null;
    layout.change();
  };
  const get = (path: string): StoredFile | null => {
    const file = files.get(path) ?? null;
    (file?.content ?? layout).read();
    return file;
  };
  const derived = derivations.derive((make: (file: SourceText) => unknown, path: string) => {
    const file = get(path);
    return file === null ? null : make(file);
  });
  return {
    has: (path) => {
      layout.read();
      return files.has(path);
    },
    get,
    paths: () => {
      layout.read();
      return (sorted ??= [...files.keys()].sort());
    },
    lookAround: (path, places, look) => get(path)?.lookAround(places, look) ?? null,
    derived: <T>(path: string, make: (file: SourceText) => T) => derived(make, path) as T | null,
    parse: (text, like) => {
      const file = like === undefined ? null : get(like);
      return file === null ? parser.parse(text) : file.parseBeside(text);
    },
    knownErrors: (path) => {
      const file = files.get(path);
      return file !== undefined && derivations.isInUse(file.syntax) ? file.errors : [];
    },
    set: (path, text, baseHash) => {
      const known = files.get(path);
      if (known !== undefined) return known.change(text, baseHash);
      files.set(path, new StoredFile(store, path, text, baseHash));
      changeLayout();
      return true;
    },
    remove: (path) => {
      const file = files.get(path);
      if (file === undefined) return false;
      files.delete(path);
      file.releaseTree();
      file.tellChanged();
      changeLayout();
      return true;
    },
    trim: () => {
      for (const file of store.withTree) {
        if (store.textInTrees <= KEPT_TEXT) return;
        file.releaseTree();
      }
    },
    dispose: () => {
      for (const file of store.withTree) file.releaseTree();
      files.clear();
    },
  };
}
