import type { AdminFacts } from '../../component-model.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelIndex } from '../references/model-index.ts';

/** What becomes of these options when the model they lead to leaves the admin. */
const CONSEQUENCES: Readonly<Record<string, string>> = {
  // https://docs.djangoproject.com/en/5.2/ref/checks/#admin: admin.E039
  autocomplete_fields: 'which the admin refuses from then on: take it out there',
  raw_id_fields: 'whose link for choosing a row goes away',
};

/** Notes the admin classes whose fields choose rows of a model in ways that need its admin. */
export function noteRelationWidgets(model: ModelFacts, { snapshot }: PlanContext, draft: Draft): void {
  for (const admin of snapshot.admin) {
    for (const { name: option, code, place } of admin.options) {
      const consequence = CONSEQUENCES[option];
      if (consequence === undefined) continue;
      const leading = namesIn(code).filter((name) => leadsTo(model, name, admin, snapshot));
      if (leading.length === 0) continue;
      const where = `${place.file}:${String(place.line)}`;
      draft.note(`${where}: ${admin.name} has ${leading.join(', ')} in ${option}, ${consequence}.`);
    }
  }
}

function namesIn(code: string): readonly string[] {
  return [...code.matchAll(/["'](\w+)["']/g)].map(([, name = '']) => name);
}

function leadsTo(
  { id }: ModelFacts,
  name: string,
  { models }: AdminFacts,
  snapshot: PlanContext['snapshot'],
): boolean {
  const index = modelIndex(snapshot);
  return models.some((owner) => {
    const target = index.byId(owner);
    const relation = target === null ? null : (index.field(target, name)?.relation ?? null);
    return relation?.target?.toLowerCase() === id.toLowerCase();
  });
}
