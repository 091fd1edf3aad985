import { findFieldType } from './field-catalogue.ts';
import type { LensDifference, Origin } from './lens-difference.ts';
import type { FieldFacts, ModelFacts, ProjectSnapshot, RelationFacts } from './project-model.ts';
import type { RuntimeField, RuntimeLens, RuntimeModel } from './runtime-lens.ts';

/** A field as both lenses know it. */
export interface MergedField {
  readonly name: string;
  readonly origin: Origin;
  readonly source: FieldFacts | null;
  readonly runtime: RuntimeField | null;
}

/** A model as both lenses know it. */
export interface MergedModel {
  /** `catalog.Book` */
  readonly id: string;
  readonly origin: Origin;
  readonly source: ModelFacts | null;
  readonly runtime: RuntimeModel | null;
  /** Those of the source in their order, then what only Django knows. */
  readonly fields: readonly MergedField[];
}

/** All models of both lenses: those of the source first, then other people's and those that are made while Django runs. */
export function mergeModels(
  { models, apps }: Pick<ProjectSnapshot, 'models' | 'apps'>,
  lens: Pick<RuntimeLens, 'models'> | null,
): { readonly models: readonly MergedModel[]; readonly differences: readonly LensDifference[] } {
  const known = new Map((lens?.models ?? []).map((model) => [idOf(model), model]));
  const written = new Set(models.map(({ id }) => id));
  const merged = [
    ...models.map((source) => mergedModel(source.id, source, known.get(source.id) ?? null)),
    ...[...known].filter(([id]) => !written.has(id)).map(([id, runtime]) => mergedModel(id, null, runtime)),
  ];
  if (lens === null) return { models: merged, differences: [] };
  const installed = new Set(apps.filter((app) => app.installed).map(({ label }) => label));
  const differences = merged.flatMap((model): readonly LensDifference[] => {
    const { source, runtime } = model;
    // Facts of a file that does not parse are older than what Django loaded.
    if (source === null || source.stale) return [];
    if (runtime !== null) return model.fields.flatMap((field) => fieldDifferences(source, field));
    const isLoaded = installed.has(source.app) && !source.abstract && !isSwappable(source);
    return isLoaded ? [difference(source.id, 'presence', 'a model', null, source.place)] : [];
  });
  return { models: merged, differences };
}

function idOf({ app, name }: RuntimeModel): string {
  return `${app}.${name}`;
}

function isSwappable({ meta }: ModelFacts): boolean {
  return meta.some(({ name }) => name === 'swappable' || name === 'managed');
}

function mergedModel(id: string, source: ModelFacts | null, runtime: RuntimeModel | null): MergedModel {
  const known = new Map((runtime?.fields ?? []).map((field) => [field.name, field]));
  const written = source?.fields ?? [];
  const names = new Set(written.map(({ name }) => name));
  const fields: readonly MergedField[] = [
    ...written.map((field) => mergedField(field, known.get(field.name) ?? null)),
    ...[...known.values()].filter(({ name }) => !names.has(name)).map((field) => mergedField(null, field)),
  ];
  return { id, origin: originOf(source, runtime), source, runtime, fields };
}

function mergedField(source: FieldFacts | null, runtime: RuntimeField | null): MergedField {
  const name = source?.name ?? runtime?.name ?? '';
  return { name, origin: originOf(source, runtime), source, runtime };
}

function originOf(source: unknown, runtime: unknown): Origin {
  return source === null ? 'runtime' : runtime === null ? 'source' : 'both';
}

function difference(
  subject: string,
  aspect: LensDifference['aspect'],
  source: string | null,
  runtime: string | null,
  place: LensDifference['place'],
): LensDifference {
  return { subject, aspect, source, runtime, place };
}

function fieldDifferences(model: ModelFacts, { source, runtime }: MergedField): readonly LensDifference[] {
  if (source === null) return [];
  const subject = `${model.id}.${source.name}`;
  const { place } = source;
  if (runtime === null) {
    // A generic relation may be left out of what Django lists as fields.
    return source.relation?.kind === 'generic'
      ? []
      : [difference(subject, 'presence', source.type, null, place)];
  }
  const compared: readonly (readonly [LensDifference['aspect'], string | null, string | null])[] = [
    ['type', source.type, runtime.type],
    ['null', flag(source, 'null'), String(runtime.null)],
    ['unique', flag(source, 'unique'), String(runtime.unique)],
    ['target', source.relation?.target ?? null, runtime.relatedModel],
    ['through', throughOf(source.relation), runtime.through],
  ];
  return compared.flatMap(([aspect, written, loaded]) => {
    const same = written === null || (loaded !== null && written.toLowerCase() === loaded.toLowerCase());
    return same ? [] : [difference(subject, aspect, written, loaded, place)];
  });
}

/** A flag as it is written, or Django's default; null where the class of the field or an expression decides it. */
function flag(field: FieldFacts, name: 'null' | 'unique'): string | null {
  const written = field.options.find((option) => option.name === name);
  if (written !== undefined) return typeof written.value === 'boolean' ? String(written.value) : null;
  const isKey = field.options.some((option) => option.name === 'primary_key');
  const isPlain = findFieldType(field.type) !== null && field.relation === null;
  return isPlain && !isKey && !/(Auto|NullBoolean|Generated)Field$|^CompositePrimaryKey$/.test(field.type)
    ? 'false'
    : null;
}

function throughOf(relation: RelationFacts | null): string | null {
  return relation?.kind === 'many-to-many' ? relation.through : null;
}
