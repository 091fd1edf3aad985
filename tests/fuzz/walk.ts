import type { Operation, OperationKind } from '../../shared/django/operations.ts';
import type { Plan } from '../../shared/django/plan/plan.ts';
import { intentOf, makeOperation, operationKinds } from './generators/generators.ts';
import { createDice, type World } from './generators/world.ts';
import type { Intent } from './intent.ts';
import { indexFiles, perform, type Bench, type Breach } from './laws.ts';

/** An operation that broke a law, with the files it was made for. */
export interface Finding {
  readonly seed: number;
  readonly project: string;
  readonly operation: Operation;
  readonly intent: Intent;
  readonly breach: Breach;
  readonly files: ReadonlyMap<string, string>;
}

/** How often a kind was made, and what came of it. */
export interface Tally {
  planned: number;
  refused: number;
  broken: number;
}

/** What came of a walk. */
export interface WalkResult {
  readonly tallies: ReadonlyMap<OperationKind, Tally>;
  readonly findings: readonly Finding[];
  /** Sentences of refusals by how often they were said. */
  readonly refusals: ReadonlyMap<string, number>;
}

/** Operations that follow one another before the project is as it was again. */
const LONGEST_CHAIN = 12;

/**
 * Makes operations one after the other on a project, each on what the ones before have left, and checks the
 * laws of each. Everything follows from the seed.
 */
export async function walk(
  project: string,
  original: ReadonlyMap<string, string>,
  options: {
    readonly seed: number;
    readonly operations: number;
    readonly kinds?: readonly OperationKind[];
    readonly onPlan?: (plan: Plan, operation: Operation) => void;
    /** Ends the walk after the operation at hand. */
    readonly signal?: AbortSignal;
  },
  bench: Bench,
): Promise<WalkResult> {
  const { seed, operations, kinds = operationKinds } = options;
  const dice = createDice(seed);
  const files = new Map(original);
  const index = indexFiles(bench.parser, files);
  const tallies = new Map<OperationKind, Tally>();
  const refusals = new Map<string, number>();
  const findings: Finding[] = [];
  let undos: (() => void)[] = [];
  const rewind = (): void => {
    for (const undo of undos.reverse()) undo();
    undos = [];
  };
  let made = 0;
  for (let tries = 0; made < operations && tries < operations * 4; tries += 1) {
    if (options.signal?.aborted === true) break;
    const world: World = { dice, snapshot: index.snapshot(), files };
    const operation = makeOperation(dice.pick(kinds) ?? 'model.add', world);
    if (operation === null) continue;
    made += 1;
    const tally = tallies.get(operation.kind) ?? { planned: 0, refused: 0, broken: 0 };
    tallies.set(operation.kind, tally);
    const intent = intentOf(operation, world);
    const before = new Map(files);
    const outcome = await perform(operation, intent, index, files, bench);
    if (outcome.kind === 'refused') {
      tally.refused += 1;
      const sentence = `${operation.kind}: ${outcome.message.replaceAll(/“[^”]*”|[\w./]*\d\w*/g, '…').slice(0, 90)}`;
      refusals.set(sentence, (refusals.get(sentence) ?? 0) + 1);
      continue;
    }
    if (outcome.kind === 'broken') {
      tally.broken += 1;
      findings.push({ seed, project, operation, intent, breach: outcome.breach, files: before });
      continue;
    }
    tally.planned += 1;
    options.onPlan?.(outcome.plan, operation);
    undos.push(outcome.undo);
    if (undos.length >= LONGEST_CHAIN) rewind();
  }
  rewind();
  const same =
    files.size === original.size && [...original].every(([path, text]) => files.get(path) === text);
  if (!same) throw new Error(`Undo did not bring ${project} back (seed ${String(seed)}).`);
  index.dispose();
  return { tallies, findings, refusals };
}
