import type { AstChange, Sameness } from './python-judge.ts';

/** What an operation may change in the syntax trees, and nothing else. */
export interface Intent extends Sameness {
  /** Paths of statements that may appear, as patterns over all of `Book.title`. */
  readonly added?: RegExp;
  readonly removed?: RegExp;
  readonly changed?: RegExp;
  /** Statements may change places. */
  readonly moved?: boolean;
  /** It speaks of a position, at which another thing stands afterwards. */
  readonly isPositional?: boolean;
}

const IMPORT = /^import /;
/** What stands in for a body that is empty. */
const PASS = /(^|\.)<pass>$/;

/** The changes that nobody asked for. */
export function unintended(changes: readonly AstChange[], intent: Intent): readonly AstChange[] {
  return changes.filter(({ kind, path }) => {
    if (kind === 'moved') return intent.moved !== true;
    if (kind === 'omitting') return intent.omits === undefined;
    if (IMPORT.test(path) || PASS.test(path)) return kind === 'changed';
    return intent[kind]?.test(path) !== true;
  });
}

/** A pattern that is exactly this path. */
export function exactly(...paths: readonly string[]): RegExp {
  return new RegExp(`^(?:${paths.map(escaped).join('|')})$`);
}

/** A pattern for these paths and everything in them. */
export function within(...paths: readonly string[]): RegExp {
  return new RegExp(`^(?:${paths.map(escaped).join('|')})(\\..*)?$`);
}

function escaped(path: string): string {
  return path.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
