import type { ModelFacts, ProjectSnapshot } from './project-model.ts';

/**
 * The table of a model: `Meta.db_table`, or app label and lower-case name joined by an underscore.
 * https://docs.djangoproject.com/en/5.2/ref/models/options/#table-names
 */
export function tableOf(model: ModelFacts): string {
  const named = model.meta.find((option) => option.name === 'db_table')?.value;
  return typeof named === 'string' ? named : `${model.app}_${model.name.toLowerCase()}`;
}

/** The model whose rows stand in a table, `catalog.Book`; null for any other table. */
export function modelOfTable(snapshot: ProjectSnapshot, table: string): string | null {
  const owner = snapshot.models.find((model) => !model.abstract && !model.proxy && tableOf(model) === table);
  return owner?.id ?? null;
}
