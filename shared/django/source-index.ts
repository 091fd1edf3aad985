import type { PythonParser } from '../python/parser.ts';
import { createDerivations } from './derivations.ts';
import type { Operation } from './operations.ts';
import { planOperation } from './plan/plan-operation.ts';
import type { Plan } from './plan/plan.ts';
import { isTemplate } from './plan/references/template-references.ts';
import { createFileStore } from './project-files.ts';
import type { ProjectSnapshot } from './project-model.ts';
import { createProjectReader } from './read/read-project.ts';

/** The source lens over one workspace: it is told every file it wants, and answers with snapshots and plans. */
export interface SourceIndex {
  /** A file is there or has changed; `baseHash` is the SHA-256 of its bytes, which a plan names again. */
  readonly setFile: (path: string, text: string, baseHash: string) => void;
  readonly removeFile: (path: string) => void;
  /** The same object, with the same revision, until a file changes. */
  readonly snapshot: () => ProjectSnapshot;
  /**
   * What the operation would do, with the uncertain uses that are accepted; fails with a sentence where it
   * can't be done safely.
   */
  readonly plan: (operation: Operation, accepted?: readonly string[]) => Plan;
  /** Gives the memory of the syntax trees back. */
  readonly dispose: () => void;
}

/** What an index needs from outside. */
export interface SourceIndexOptions {
  readonly parser: PythonParser;
  /** SHA-256 of a text in UTF-8, as hex. */
  readonly hash: (text: string) => string;
  /** Absolute path of the workspace, only used to name database files absolutely. */
  readonly workspaceRoot: string;
  /** Folder of the chosen `manage.py` in the workspace; without it, or where it is gone, the topmost is taken. */
  readonly project?: string | null;
}

const OTHER_PEOPLES_CODE =
  /(^|\/)(\.[^/]+|node_modules|site-packages|dist-packages|__pycache__|migrations(?!\/\w+\.py$))\//;
const WANTED =
  /(\.py|(^|\/)requirements[^/]*\.txt|(^|\/)requirements\/[^/]+\.txt|(^|\/)(pyproject|\.?ruff)\.toml|(^|\/)(\.flake8|setup\.cfg|tox\.ini|\.editorconfig))$/;

/** What is longer was made by a program, and is not worth its memory. */
const LONGEST_TEMPLATE = 500_000;

/** Migrations are history: plans look at them and write new ones, but nothing of them is design. */
function isMigration(path: string): boolean {
  return /(^|\/)migrations\/(?!models\.py$)\w+\.py$/.test(path);
}

/** Whether the source lens reads this file; folders of virtual environments are the caller's to leave out. */
export function wantsFile(path: string): boolean {
  return (WANTED.test(path) || isTemplate(path)) && !OTHER_PEOPLES_CODE.test(path);
}

/** Makes the source lens of one workspace. */
export function createSourceIndex(options: SourceIndexOptions): SourceIndex {
  const { parser, hash, workspaceRoot, project = null } = options;
  const derivations = createDerivations();
  const files = createFileStore(parser, derivations);
  const migrations = createFileStore(parser, derivations);
  const reader = createProjectReader(files, derivations, { workspaceRoot, project });
  const { resolver } = reader;
  let revision = 0;
  let current: ProjectSnapshot | null = null;
  let planned: { readonly key: string; readonly plan: Plan } | null = null;
  const read = (): ProjectSnapshot => {
    if (current === null) {
      revision += 1;
      current = { revision, ...reader.read() };
    }
    return current;
  };
  const answer = <T>(make: () => T): T => {
    try {
      return make();
    } finally {
      files.trim();
      migrations.trim();
      derivations.forgetUnused();
    }
  };
  return {
    setFile: (path, text, baseHash) => {
      planned = null;
      if (isMigration(path)) {
        migrations.set(path, text, baseHash);
        return;
      }
      // A template is only looked through for a plan: nothing of it is in the snapshot.
      const tooLong = isTemplate(path) && text.length > LONGEST_TEMPLATE;
      if (tooLong) files.remove(path);
      else if (files.set(path, text, baseHash) && !isTemplate(path)) current = null;
    },
    removeFile: (path) => {
      planned = null;
      migrations.remove(path);
      if (files.remove(path) && !isTemplate(path)) current = null;
    },
    snapshot: () => answer(read),
    plan: (operation, accepted = []) => {
      const key = JSON.stringify([operation, accepted]);
      // What was shown is what is applied: it is not made twice.
      if (planned?.key !== key) {
        const context = () => ({
          snapshot: read(),
          resolver,
          files,
          migrations,
          hash,
          accepted: new Set(accepted),
        });
        planned = { key, plan: answer(() => planOperation(operation, context())) };
      }
      return planned.plan;
    },
    dispose: () => {
      files.dispose();
      migrations.dispose();
    },
  };
}
