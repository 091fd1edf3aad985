import { Failure } from '../../../contract/failure.ts';
import { readString } from '../../../python/literal.ts';
import type { ProjectFiles } from '../../project-files.ts';
import type { ModelFacts, ProjectSnapshot } from '../../project-model.ts';
import { withExpression } from '../expression.ts';
import { modelIndex } from '../references/model-index.ts';

/** A relation that is to be: how its way back will be called. */
export interface NewRelation {
  readonly field: string;
  readonly type: string;
  /** `catalog.Author`; null where it is not known. */
  readonly target: string | null;
  /** Options as Python code by name. */
  readonly options: ReadonlyMap<string, string>;
}

/**
 * Refuses a relation whose way back has the name of a field or of another way back: fields.E302 to fields.E305,
 * https://docs.djangoproject.com/en/5.2/ref/checks/#related-fields
 */
export function assertWayBack(
  model: ModelFacts,
  relation: NewRelation,
  snapshot: ProjectSnapshot,
  files: Pick<ProjectFiles, 'parse'>,
): void {
  const { target, type, options } = relation;
  // The children of an abstract model have the relation, each with names of its own.
  if (target === null || model.abstract || !/^(ForeignKey|OneToOneField|ManyToManyField)$/.test(type)) return;
  const textOf = (name: string): string | null => {
    const code = options.get(name);
    return code === undefined ? null : (withExpression(code, files, readString) ?? null);
  };
  if (options.has('related_name') && textOf('related_name') === null) return;
  const lower = model.name.toLowerCase();
  const fill = (name: string | null): string | null =>
    name?.replaceAll(/%\((class|model_name)\)s/g, lower).replaceAll('%(app_label)s', model.app) ?? null;
  const related = fill(textOf('related_name'));
  const isSymmetric = type === 'ManyToManyField' && target === model.id && related === null;
  if (related?.endsWith('+') === true || isSymmetric) return;
  const accessor = related ?? (type === 'OneToOneField' ? lower : `${lower}_set`);
  const lookup = fill(textOf('related_query_name')) ?? related ?? lower;
  const index = modelIndex(snapshot);
  const owner = index.byId(target);
  const clash = (name: string, what: string): Failure =>
    new Failure(
      'invalid-input',
      `The way back from ${target} would be called “${name}”, which is ${what}: give the relation another related_name.`,
      { option: 'related_name' },
    );
  for (const name of new Set([accessor, lookup])) {
    if (owner?.fields.some((field) => field.name === name) === true)
      throw clash(name, 'the name of a field there');
  }
  const ways = index
    .reverseOf(target)
    .filter((way) => way.model.id !== model.id || way.field.name !== relation.field);
  const same = ways.find((way) => way.accessor === accessor || way.lookup === lookup);
  if (same === undefined) return;
  throw clash(
    same.accessor === accessor ? accessor : lookup,
    `that of ${same.model.id}.${same.field.name} already`,
  );
}

/** Refuses a field that has the name of a way back to its model: fields.E302 and fields.E303. */
export function assertNoWayBack(model: ModelFacts, field: string, snapshot: ProjectSnapshot): void {
  const way = modelIndex(snapshot)
    .reverse(model)
    .find(({ accessor, lookup }) => accessor === field || lookup === field);
  if (way === undefined) return;
  throw new Failure(
    'invalid-input',
    `“${field}” is the way back of ${way.model.id}.${way.field.name} already: choose another name.`,
    { name: field },
  );
}
