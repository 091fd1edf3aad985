import type { OperationKind, OperationOf } from '../../../shared/django/operations.ts';
import type { ModelFacts, ProjectSnapshot } from '../../../shared/django/project-model.ts';
import { modelIndex, type ReverseRelation } from '../../../shared/django/plan/references/model-index.ts';
import { createRandom } from '../../support/seeded-random.ts';
import type { Intent } from '../intent.ts';

/** Choices that are the same for the same seed. */
export interface Dice {
  readonly below: (limit: number) => number;
  readonly chance: (part: number) => boolean;
  /** null of an empty list. */
  readonly pick: <T>(list: readonly T[]) => T | null;
  /** A name that nothing has yet: `novel_8f3`. */
  readonly name: (stem: string) => string;
}

/** What an operation is made for. */
export interface World {
  readonly dice: Dice;
  readonly snapshot: ProjectSnapshot;
  readonly files: ReadonlyMap<string, string>;
}

/** Makes operations of one kind, and says what each may change. */
export interface Generator<K extends OperationKind> {
  /** null where the project has nothing to do it with. */
  readonly make: (world: World) => OperationOf<K> | null;
  readonly intent: (operation: OperationOf<K>, world: World) => Intent;
}

/** The generators of one area: a new kind of operation without one fails the type-check. */
export type Generators<Area extends string> = {
  readonly [K in Extract<OperationKind, `${Area}.${string}`>]: Generator<K>;
};

/** Dice of a seed. */
export function createDice(seed: number): Dice {
  const random = createRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return {
    below,
    chance: (part) => random() < part,
    pick: (list) => list[below(list.length)] ?? null,
    name: (stem) =>
      `${stem}${below(36 ** 4)
        .toString(36)
        .padStart(4, '0')}`,
  };
}

/** A model that stands at the top of a module. */
export function pickModel(
  { dice, snapshot, files }: World,
  fits: (model: ModelFacts) => boolean = () => true,
): ModelFacts | null {
  const models = snapshot.models.filter(({ place }) => {
    const text = files.get(place.file) ?? '';
    return place.start === 0 || text[place.start - 1] === '\n';
  });
  return dice.pick(models.filter(fits));
}

/** Names of the ways back of relations, which go with them. */
export function waysBack(
  snapshot: ProjectSnapshot,
  isMeant: (way: ReverseRelation) => boolean,
): readonly string[] {
  const index = modelIndex(snapshot);
  const targets = new Set(
    snapshot.models.flatMap(({ fields }) => fields.map(({ relation }) => relation?.target)),
  );
  return [...targets].flatMap((target) =>
    index
      .reverseOf(target ?? '')
      .filter(isMeant)
      .flatMap(({ accessor, lookup }) => [accessor, lookup]),
  );
}

/** The name of a class from `catalog.Book`. */
export function classOf(model: string): string {
  return model.slice(model.indexOf('.') + 1);
}
