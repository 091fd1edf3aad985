import type { ModelFacts } from '../../../../shared/django/project-model.ts';
import type { Point } from './geometry.ts';
import type { Positions } from './layout.ts';

/** The least share of equal fields for which a vanished and a new model count as one. */
const SAME_MODEL = 0.6;

/**
 * Which new model is which vanished one under another name, by what the sources say: same file, and
 * mostly the same fields. A rename in any editor is found, not only our own.
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
      .filter((other) => !taken.has(other.id) && other.place.file === model.place.file)
      .map((other) => ({ other, likeness: likeness(model, other) }))
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (match === undefined || match.likeness < SAME_MODEL) continue;
    taken.add(match.other.id);
    renames.set(model.id, match.other.id);
  }
  return renames;
}

/** The places with the renamed models under their new names. */
export function renamePositions(positions: Positions, renames: ReadonlyMap<string, string>): Positions {
  if (renames.size === 0) return positions;
  const next: Record<string, Point> = { ...positions };
  for (const [from, to] of renames) {
    const at = positions[from];
    if (at !== undefined && !Object.hasOwn(positions, to)) next[to] = at;
  }
  return next;
}

function likeness(a: ModelFacts, b: ModelFacts): number {
  const names = new Set(a.fields.map((field) => field.name));
  const shared = b.fields.filter((field) => names.has(field.name)).length;
  const all = new Set([...names, ...b.fields.map((field) => field.name)]).size;
  // Two models without fields tell nothing of each other but their place in the file.
  return all === 0 ? (a.place.line === b.place.line ? 1 : 0) : shared / all;
}
