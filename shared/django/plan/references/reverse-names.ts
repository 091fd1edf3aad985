import type { ModelFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { reverseReferences, type FieldReferences } from './field-references.ts';
import { modelIndex, type ReverseRelation } from './model-index.ts';
import { offerInTemplates, offerRenames } from './references-shown.ts';
import { attributesInTemplates, type TemplateReference } from './template-references.ts';

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
  // What is certain of one way may be uncertain of another: it is no question then.
  const offers: (() => void)[] = [];
  for (const way of waysBackFrom(model, context)) {
    const key = `${way.field.relation?.target ?? ''} ${way.accessor}`;
    if (seen.has(key) || way.lookup !== from) continue;
    seen.add(key);
    const { accessor, lookup } = reverseReferences(way, context);
    const found = [
      { ...accessor, renamed: way.accessor.replace(from, to) },
      { ...lookup, renamed: to },
    ];
    for (const { certain, renamed } of found) {
      for (const { path, start, end } of certain) draft.edit(path, [{ start, end, text: renamed }]);
    }
    offers.push(() => {
      for (const { uncertain, renamed } of found) offerRenames(uncertain, renamed, draft);
      offerInTemplates(attributesInTemplates(way.accessor, context), way.accessor.replace(from, to), draft);
    });
  }
  for (const offer of offers) offer();
}

/** What names the ways back of a model's relations, or of one field alone: they go with it. */
export function usesOfWaysBack(
  model: ModelFacts,
  isMeant: (way: ReverseRelation) => boolean,
  context: PlanContext,
): FieldReferences & { readonly templates: readonly TemplateReference[] } {
  const ways = waysBackFrom(model, context).filter(isMeant);
  const found = ways.flatMap((way) => Object.values(reverseReferences(way, context)));
  return {
    certain: found.flatMap(({ certain }) => certain),
    uncertain: found.flatMap(({ uncertain }) => uncertain),
    templates: ways.flatMap(({ accessor }) => attributesInTemplates(accessor, context)),
  };
}

/** The ways back to a model from those its relations lead to, also where these are not part of the project. */
function waysBackFrom(model: ModelFacts, { snapshot }: PlanContext): readonly ReverseRelation[] {
  const index = modelIndex(snapshot);
  const targets = new Set(model.fields.map(({ relation }) => relation?.target ?? null));
  return [...targets].flatMap((target) =>
    target === null ? [] : index.reverseOf(target).filter((way) => way.model.id === model.id),
  );
}
