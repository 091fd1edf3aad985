import type { ModelFacts, ProjectSnapshot } from '../../project-model.ts';

/** Follows lookups like `author__name` through the relations of the models. */
export interface Lookups {
  /** Index of the segment that is the field, where the path from `model` meets it; null otherwise. */
  readonly segmentOf: (model: string, path: string) => number | null;
  /** Whether the model has the field, its own or an inherited one. */
  readonly carries: (model: string) => boolean;
}

/** Prepares to find one field of one model, which `carriers` inherit. */
export function createLookups(
  snapshot: ProjectSnapshot,
  carriers: ReadonlySet<string>,
  field: string,
): Lookups {
  const byId = new Map(snapshot.models.map((model) => [model.id.toLowerCase(), model]));
  const reverse = reverseNames(snapshot);
  const step = (model: ModelFacts, segment: string): ModelFacts | null => {
    const relation = model.fields.find(({ name }) => name === segment)?.relation;
    const target = relation?.target ?? reverse.get(`${model.id.toLowerCase()} ${segment}`);
    return target === undefined ? null : (byId.get(target.toLowerCase()) ?? null);
  };
  return {
    carries: (model) => carriers.has(model),
    segmentOf: (id, path) => {
      let model = byId.get(id.toLowerCase()) ?? null;
      for (const [index, segment] of path.split('__').entries()) {
        if (model === null) return null;
        if (segment === field && carriers.has(model.id)) return index;
        model = step(model, segment);
      }
      return null;
    },
  };
}

/** `catalog.author books` → `catalog.Book`: the ways back that relations make. */
function reverseNames({ models }: ProjectSnapshot): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const model of models) {
    if (model.abstract) continue;
    for (const { relation, options } of model.fields) {
      if (relation?.target === null || relation?.target === undefined) continue;
      const query = options.find(({ name }) => name === 'related_query_name')?.value;
      const name = typeof query === 'string' ? query : (relation.relatedName ?? model.name.toLowerCase());
      if (!name.endsWith('+')) names.set(`${relation.target.toLowerCase()} ${name}`, model.id);
    }
  }
  return names;
}
