import { findRenames } from './model-renames.ts';
import type { FieldFacts, ModelFacts, OptionFacts } from './project-model.ts';

/** What became of a model or a field between two states of a project. */
export type ChangeMark = 'added' | 'changed' | 'removed';

/** What became of one model. */
export interface ModelChange {
  readonly mark: ChangeMark;
  /** As it was; null for an added one. */
  readonly before: ModelFacts | null;
  /** Its own fields that are not as they were, by name. */
  readonly fields: ReadonlyMap<string, ChangeMark>;
  /** What else is different: "bases", "Meta.ordering". */
  readonly others: readonly string[];
}

/** All models that are not as they were, by their present id; removed ones by their former. */
export type ModelChanges = ReadonlyMap<string, ModelChange>;

/** Compares the models of two states; a rename is a change and not a removal. Comments, order and methods don't count. */
export function compareModels(before: readonly ModelFacts[], after: readonly ModelFacts[]): ModelChanges {
  const renames = findRenames(before, after);
  const former = new Map(before.map((model) => [renames.get(model.id) ?? model.id, model]));
  const changes = new Map<string, ModelChange>();
  for (const model of after) {
    const was = former.get(model.id);
    former.delete(model.id);
    if (was === undefined) {
      changes.set(model.id, { mark: 'added', before: null, fields: new Map(), others: [] });
      continue;
    }
    const fields = fieldChanges(was, model);
    const others = otherChanges(was, model);
    if (fields.size > 0 || others.length > 0)
      changes.set(model.id, { mark: 'changed', before: was, fields, others });
  }
  for (const [id, was] of former) {
    changes.set(id, { mark: 'removed', before: was, fields: new Map(), others: [] });
  }
  return changes;
}

function fieldChanges(before: ModelFacts, after: ModelFacts): ReadonlyMap<string, ChangeMark> {
  const former = new Map(ownFields(before).map((field) => [field.name, codeOf(field)]));
  const changes = new Map<string, ChangeMark>();
  for (const field of ownFields(after)) {
    const was = former.get(field.name);
    former.delete(field.name);
    if (was === undefined) changes.set(field.name, 'added');
    else if (was !== codeOf(field)) changes.set(field.name, 'changed');
  }
  for (const name of former.keys()) changes.set(name, 'removed');
  return changes;
}

function otherChanges(before: ModelFacts, after: ModelFacts): readonly string[] {
  const meta = new Map(before.meta.map((option) => [option.name, tight(option.code)]));
  const others: string[] = [];
  if (before.id !== after.id) others.push(`name (was ${before.id})`);
  if (before.bases.join() !== after.bases.join()) others.push('bases');
  for (const { name, code } of after.meta) {
    if (meta.get(name) !== tight(code)) others.push(`Meta.${name}`);
    meta.delete(name);
  }
  return [...others, ...[...meta.keys()].map((name) => `Meta.${name}`)];
}

function ownFields({ fields }: ModelFacts): readonly FieldFacts[] {
  return fields.filter((field) => field.inheritedFrom === null);
}

/** The field as code, whatever its layout and the order of its options. */
function codeOf({ type, positional, options }: FieldFacts): string {
  const named = options.map(({ name, code }: OptionFacts) => `${name}=${tight(code)}`).sort();
  return [type, ...positional.map(tight), ...named].join();
}

function tight(code: string): string {
  return code.replace(/\s+/g, '').replaceAll('"', "'");
}
