import { moveClass, moveExpression, moveFunction, type Move } from './move-facts.ts';
import type { SyntaxNode } from './parser.ts';
import { moduleOf, type Binding, type PythonModule } from './python-module.ts';
import { readBindings } from './read-bindings.ts';
import { sharedEnds } from './shared-ends.ts';
import { lineOf, statementsOf } from './syntax.ts';

/** A text with the facts that were read from it, and from which of its statements. */
export interface ModuleReading {
  readonly text: string;
  readonly module: PythonModule;
  readonly statements: readonly StatementReading[];
}

interface StatementReading {
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly hasError: boolean;
  readonly bindings: readonly Binding[];
}

/**
 * Reads the facts of a file. Reading a tree is far slower than making it, so the statements that stand
 * before and behind what is different from the text that was read before keep their facts.
 */
export function readModule(root: SyntaxNode, text: string, before: ModuleReading | null): ModuleReading {
  const known = before === null ? null : unchangedStatements(before, text);
  const statements = [...statementsOf(root)].map((node) => known?.(node) ?? readStatement(node));
  return { text, module: moduleOf(statements.flatMap(({ bindings }) => bindings)), statements };
}

function readStatement(node: SyntaxNode): StatementReading {
  return {
    start: node.startIndex,
    end: node.endIndex,
    line: lineOf(node),
    hasError: node.hasError,
    bindings: readBindings(node),
  };
}

function unchangedStatements(
  before: ModuleReading,
  text: string,
): (node: SyntaxNode) => StatementReading | null {
  const { head, tail } = sharedEnds(before.text, text);
  const shift = text.length - before.text.length;
  const known = new Map(before.statements.map((statement) => [statement.start, statement]));
  return (node) => {
    const isBefore = node.endIndex <= head;
    if (!isBefore && node.startIndex < text.length - tail) return null;
    const by = isBefore ? 0 : shift;
    const old = known.get(node.startIndex - by);
    if (old?.end !== node.endIndex - by || old.hasError || node.hasError) return null;
    return moveStatement(old, by, lineOf(node) - old.line);
  };
}

function moveStatement(statement: StatementReading, by: number, lines: number): StatementReading {
  if (by === 0 && lines === 0) return statement;
  const { start, end, line, bindings } = statement;
  const move: Move = (span) => ({ start: span.start + by, end: span.end + by, line: span.line + lines });
  return {
    ...statement,
    ...move({ start, end, line }),
    bindings: bindings.map((binding) => moveBinding(binding, move)),
  };
}

function moveBinding(binding: Binding, move: Move): Binding {
  switch (binding.kind) {
    case 'class':
      return { ...binding, facts: moveClass(binding.facts, move) };
    case 'function':
      return { ...binding, facts: moveFunction(binding.facts, move) };
    case 'variable':
      return { ...binding, value: moveExpression(binding.value, move) };
    case 'import':
    case 'star-import':
      return binding;
  }
}
