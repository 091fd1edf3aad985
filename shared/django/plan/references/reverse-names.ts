import type { ModelFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { reverseReferences } from './field-references.ts';
import { modelIndex, type ReverseRelation } from './model-index.ts';
import type { Reference } from './model-references.ts';
import { offerInTemplates, offerRenames } from './references-shown.ts';
import { attributesInTemplates } from './template-references.ts';

/** Django names the ways back after the model where there is no related_name: they take its new name. */
export function renameReverseNames(
  model: ModelFacts,
  name: string,
  context: PlanContext,
  draft: Draft,
): void {
  const [from, to] = [model.name.toLowerCase(), name.toLowerCase()];
  if (from === to) return;
  const seen = new Set<string>();
  for (const way of waysBackFrom(model, context)) {
    const key = `${way.field.relation?.target ?? ''} ${way.accessor}`;
    if (seen.has(key) || way.lookup !== from) continue;
    seen.add(key);
    const { accessor, lookup } = reverseReferences(way, context);
    for (const [found, renamed] of [
      [accessor, way.accessor.replace(from, to)],
      [lookup, to],
    ] as const) {
      for (const { path, start, end } of found.certain) draft.edit(path, [{ start, end, text: renamed }]);
      offerRenames(found.uncertain, renamed, draft);
    }
    offerInTemplates(attributesInTemplates(way.accessor, context), way.accessor.replace(from, to), draft);
  }
}

/** Code that surely uses the way back of a relation, which goes with it. */
export function usesOfWayBack(
  model: ModelFacts,
  fieldName: string,
  context: PlanContext,
): readonly Reference[] {
  return waysBackFrom(model, context)
    .filter(({ field }) => field.name === fieldName)
    .flatMap((way) => {
      const { accessor, lookup } = reverseReferences(way, context);
      return [...accessor.certain, ...lookup.certain];
    });
}

/** The ways back to a model from those its relations lead to, also where these are not part of the project. */
function waysBackFrom(model: ModelFacts, { snapshot }: PlanContext): readonly ReverseRelation[] {
  const index = modelIndex(snapshot);
  const targets = new Set(model.fields.map(({ relation }) => relation?.target ?? null));
  return [...targets].flatMap((target) =>
    target === null ? [] : index.reverseOf(target).filter((way) => way.model.id === model.id),
  );
}
