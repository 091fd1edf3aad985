import type { ModelFacts, ProjectSnapshot } from '../../../shared/django/project-model.ts';

/** The abstract models of the project that a model derives from by name. */
export function abstractBases(snapshot: ProjectSnapshot, model: ModelFacts): readonly ModelFacts[] {
  const names = new Set(model.bases.map((base) => base.split('.').at(-1)));
  return snapshot.models.filter(({ abstract, name, id }) => abstract && id !== model.id && names.has(name));
}
