import { randomUUID } from 'node:crypto';
import { Failure } from '../../../shared/contract/failure.ts';
import type { UndoRecord } from './changed-row.ts';

/** What takes the last changes back, by a name that the window knows. */
export interface KeptUndos {
  readonly keep: (file: string, undo: UndoRecord) => string;
  readonly recall: (file: string, name: string) => UndoRecord;
  readonly forget: (name: string) => void;
}

const KEPT = 20;

/** Keeps them in memory: rows of a database are written nowhere else. */
export function createKeptUndos(): KeptUndos {
  const kept = new Map<string, { readonly file: string; readonly undo: UndoRecord }>();
  return {
    keep: (file, undo) => {
      const name = randomUUID();
      kept.set(name, { file, undo });
      for (const old of kept.keys()) {
        if (kept.size <= KEPT) break;
        kept.delete(old);
      }
      return name;
    },
    recall: (file, name) => {
      const found = kept.get(name);
      if (found?.file === file) return found.undo;
      throw new Failure('not-found', 'These edits can not be taken back any more.');
    },
    forget: (name) => {
      kept.delete(name);
    },
  };
}
