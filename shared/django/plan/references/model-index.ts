import type { FieldFacts, ModelFacts, ProjectSnapshot } from '../../project-model.ts';

/** The way back of a relation: `author.books`, and `books__title` in lookups. */
export interface ReverseRelation {
  /** The model at the other end, which has the field. */
  readonly model: ModelFacts;
  readonly field: FieldFacts;
  /** Attribute of objects: `book_set`. */
  readonly accessor: string;
  /** Name in lookups: `book`. */
  readonly lookup: string;
}

/** The models of a snapshot by what code calls them. */
export interface ModelIndex {
  /** By id, whatever its letters. */
  readonly byId: (id: string) => ModelFacts | null;
  /** The model whose statement starts there. */
  readonly startingAt: (file: string, start: number) => ModelFacts | null;
  readonly named: (file: string, name: string) => ModelFacts | null;
  readonly field: (model: ModelFacts, name: string) => FieldFacts | null;
  /** The ways back that lead away from a model. */
  readonly reverse: (model: ModelFacts) => readonly ReverseRelation[];
  /** The same by id, also of a model that is not part of the project: `auth.User`. */
  readonly reverseOf: (id: string) => readonly ReverseRelation[];
  /** Names of fields and ways back that lead to a model: what code says to come from another model to it. */
  readonly namesLeadingTo: (id: string) => readonly string[];
}

const indexes = new WeakMap<ProjectSnapshot, ModelIndex>();

/** The index of a snapshot, made once. */
export function modelIndex(snapshot: ProjectSnapshot): ModelIndex {
  const known = indexes.get(snapshot) ?? makeIndex(snapshot);
  indexes.set(snapshot, known);
  return known;
}

function makeIndex({ models }: ProjectSnapshot): ModelIndex {
  const byId = new Map(models.map((model) => [model.id.toLowerCase(), model]));
  const byStart = new Map(models.map((model) => [`${model.place.file} ${String(model.place.start)}`, model]));
  const byName = new Map(models.map((model) => [`${model.place.file} ${model.name}`, model]));
  const fields = new Map(
    models.map((model) => [model.id, new Map(model.fields.map((field) => [field.name, field]))]),
  );
  const reverse = new Map<string, ReverseRelation[]>();
  const leading = new Map<string, Set<string>>();
  const lead = (to: string, ...names: readonly string[]): void => {
    leading.set(to, new Set([...(leading.get(to) ?? []), ...names]));
  };
  for (const model of models) {
    for (const field of model.fields) {
      const target = field.relation?.target?.toLowerCase();
      if (target === undefined) continue;
      lead(target, field.name);
      const way = model.abstract ? null : wayBack(model, field);
      if (way !== null) lead(model.id.toLowerCase(), way.accessor, way.lookup);
      if (way !== null) reverse.set(target, [...(reverse.get(target) ?? []), way]);
    }
  }
  return {
    byId: (id) => byId.get(id.toLowerCase()) ?? null,
    startingAt: (file, start) => byStart.get(`${file} ${String(start)}`) ?? null,
    named: (file, name) => byName.get(`${file} ${name}`) ?? null,
    field: (model, name) => fields.get(model.id)?.get(name) ?? null,
    reverse: ({ id }) => reverse.get(id.toLowerCase()) ?? [],
    reverseOf: (id) => reverse.get(id.toLowerCase()) ?? [],
    namesLeadingTo: (id) => [...(leading.get(id.toLowerCase()) ?? [])],
  };
}

/** https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey.related_name */
function wayBack(model: ModelFacts, field: FieldFacts): ReverseRelation | null {
  const { relation, options } = field;
  if (relation === null) return null;
  const lower = model.name.toLowerCase();
  const fill = (name: string): string =>
    name
      .replaceAll('%(class)s', lower)
      .replaceAll('%(model_name)s', lower)
      .replaceAll('%(app_label)s', model.app);
  const query = options.find(({ name }) => name === 'related_query_name')?.value;
  const related = relation.relatedName === null ? null : fill(relation.relatedName);
  if (related?.endsWith('+') === true) return null;
  const plain = relation.kind === 'one-to-one' ? lower : `${lower}_set`;
  const lookup = typeof query === 'string' ? fill(query) : (related ?? lower);
  // A hidden relation has no way back: that of a GenericRelation is the `related_query_name` alone.
  if (lookup.endsWith('+')) return null;
  return { model, field, accessor: related ?? plain, lookup };
}
