import type { ModelFacts } from './project-model.ts';

/** The least share of equal fields for which a vanished and a new model count as one. */
const SAME_MODEL = 0.6;

/**
 * Which new model is which vanished one under another name, by what the sources say: mostly the same
 * fields, and the same file or, where an app was renamed or a model moved, the same class name. A rename
 * in any editor is found, and one that another branch brings, not only our own.
 */
export function findRenames(
  before: readonly ModelFacts[],
  after: readonly ModelFacts[],
): ReadonlyMap<string, string> {
  const ids = new Set(after.map((model) => model.id));
  const old = new Set(before.map((model) => model.id));
  const gone = before.filter((model) => !ids.has(model.id));
  const fresh = after.filter((model) => !old.has(model.id));
  const renames = new Map<string, string>();
  const taken = new Set<string>();
  for (const model of gone) {
    const match = fresh
      .filter((other) => !taken.has(other.id) && isKin(model, other))
      .map((other) => ({ other, likeness: likeness(model, other) }))
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (match === undefined || match.likeness < SAME_MODEL) continue;
    taken.add(match.other.id);
    renames.set(model.id, match.other.id);
  }
  return renames;
}

/** The apps under their new names, where all their models that are gone went to one other app. */
export function findAppRenames(renames: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const targets = Map.groupBy(renames, ([from]) => appOf(from));
  return new Map(
    [...targets].flatMap(([app, moves]): readonly (readonly [string, string])[] => {
      const to = new Set(moves.map(([, target]) => appOf(target)));
      const [only] = to;
      return to.size === 1 && only !== undefined && only !== app ? [[app, only]] : [];
    }),
  );
}

function isKin(model: ModelFacts, other: ModelFacts): boolean {
  return other.place.file === model.place.file || other.name === model.name;
}

function likeness(a: ModelFacts, b: ModelFacts): number {
  const names = new Set(a.fields.map((field) => field.name));
  const shared = b.fields.filter((field) => names.has(field.name)).length;
  const all = new Set([...names, ...b.fields.map((field) => field.name)]).size;
  // Two models without fields tell nothing of each other but their name, or their place in the file.
  return all === 0 ? (a.name === b.name || a.place.line === b.place.line ? 1 : 0) : shared / all;
}

function appOf(id: string): string {
  return id.split('.')[0] ?? id;
}
