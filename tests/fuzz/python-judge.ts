import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testPython } from '../support/python-environment.ts';

/** One difference between two modules: `catalog.Book.title` was added. */
export interface AstChange {
  /** `omitting`: a statement with a name that may be left out was changed or removed. */
  readonly kind: 'added' | 'removed' | 'changed' | 'moved' | 'omitting';
  /** `Book.title`, `Book.Meta.ordering`, `import django.db:models as models`. */
  readonly path: string;
}

/** How CPython sees two texts. */
export type Judgement =
  /** The text before is none of this Python's: nothing can be said. */
  | { readonly kind: 'unread'; readonly message: string }
  | { readonly kind: 'broken'; readonly message: string }
  | {
      readonly kind: 'read';
      readonly changes: readonly AstChange[];
      /** Lines of the statements that differ, first and last. */
      readonly oldLines: readonly (readonly [number, number])[];
      readonly newLines: readonly (readonly [number, number])[];
      readonly lostComments: readonly string[];
    };

/** What makes statements the same though they differ. */
export interface Sameness {
  /** Old and new names. */
  readonly renames?: readonly (readonly [string, string])[];
  /** Names that may be left out, of lists and with whole arguments and lines. */
  readonly omits?: readonly string[];
}

/** CPython in a process of its own, which compares texts as long as it is asked. */
export interface PythonJudge {
  readonly compare: (before: string, after: string, sameness: Sameness) => Promise<Judgement>;
  readonly end: () => Promise<void>;
}

interface Answer {
  readonly unread?: string;
  readonly error?: string;
  readonly changes: readonly AstChange[];
  readonly oldLines: readonly (readonly [number, number])[];
  readonly newLines: readonly (readonly [number, number])[];
  readonly lostComments: readonly string[];
}

/** Starts the judge. */
export function startJudge(): PythonJudge {
  const child = spawn(testPython, [join(import.meta.dirname, 'judge.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  return {
    compare: async (before, after, { renames = [], omits = [] }) => {
      const answer = once(lines, 'line') as Promise<[string]>;
      const plain = (text: string): string => text.replace(/^\uFEFF/, '');
      const request = { before: plain(before), after: plain(after), renames, omits };
      child.stdin.write(`${JSON.stringify(request)}\n`);
      const { unread, error, ...read } = JSON.parse((await answer)[0]) as Answer;
      if (unread !== undefined) return { kind: 'unread', message: unread };
      return error === undefined ? { kind: 'read', ...read } : { kind: 'broken', message: error };
    },
    end: async () => {
      const exit = once(child, 'exit');
      child.stdin.end();
      await exit;
    },
  };
}
