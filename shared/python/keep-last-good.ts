import { moveClass, moveExpression, moveFunction, type Move } from './move-facts.ts';
import type { SyntaxNode } from './parser.ts';
import type { PythonModule } from './python-module.ts';
import { sharedEnds } from './shared-ends.ts';
import { statementsOf, undecorated } from './syntax.ts';

/** The last facts of a file that were read without an error, with the text they were read from. */
export interface LastGood {
  readonly text: string;
  readonly module: PythonModule;
}

/** A module that does not parse, with the classes that it had before where they can't be read now. */
export interface KeptModule {
  readonly module: PythonModule;
  /** Names of the classes whose facts are the last good ones. */
  readonly stale: ReadonlySet<string>;
}

/**
 * An unclosed bracket swallows what follows it, so a broken class is taken from the last good state of the
 * file, moved to where it stands by now, and with it the imports and names that are missing.
 */
export function keepLastGood(
  broken: PythonModule,
  root: SyntaxNode,
  text: string,
  last: LastGood | null,
): KeptModule {
  const damaged = damagedClasses(root);
  const sound = broken.classes.filter(({ name }) => !damaged.has(name));
  if (last === null) return { module: broken, stale: damaged };
  const readable = new Set(sound.map(({ name }) => name));
  const move = mover(last.text, text);
  const kept = last.module.classes
    .filter(({ name }) => !readable.has(name))
    .map((old) => moveClass(old, move));
  const functions = new Set(broken.functions.map(({ name }) => name));
  const variables = [...last.module.variables].map(
    ([name, value]) => [name, moveExpression(value, move)] as const,
  );
  return {
    module: {
      ...broken,
      functions: [
        ...broken.functions,
        ...last.module.functions
          .filter(({ name }) => !functions.has(name))
          .map((old) => moveFunction(old, move)),
      ],
      variables: new Map([...variables, ...broken.variables]),
      // The rubble of an import may look like another one, so a name keeps what it stood for.
      imports: new Map([...broken.imports, ...last.module.imports]),
      starImports: [...new Set([...last.module.starImports, ...broken.starImports])],
      classes: [...sound, ...kept].sort((a, b) => a.span.start - b.span.start),
    },
    stale: new Set(kept.map(({ name }) => name)),
  };
}

function damagedClasses(root: SyntaxNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of statementsOf(root)) {
    const node = undecorated(statement);
    // A class is also damaged when what follows it in the tree is the rubble of its own end, not of another one.
    const next = statement.nextNamedSibling;
    const rubble = next?.isError === true && !/^(class|def|async|from|import|@)\b/.test(next.text);
    if (node.type !== 'class_definition' || (!node.hasError && !rubble)) continue;
    names.add(node.childForFieldName('name')?.text ?? '');
  }
  return names;
}

function mover(before: string, after: string): Move {
  const { head, tail } = sharedEnds(before, after);
  const shift = after.length - before.length;
  const lines = countLines(after) - countLines(before);
  const to = (offset: number): number =>
    offset <= head
      ? offset
      : offset >= before.length - tail
        ? offset + shift
        : Math.min(offset, after.length - tail);
  return ({ start, end, line }) => ({
    start: to(start),
    end: Math.max(to(start), to(end)),
    line: start > head ? line + lines : line,
  });
}

function countLines(text: string): number {
  return text.split('\n').length;
}
