import type { Trace, TraceCure, TracePlan } from '../../../shared/contract/trace-calls.ts';
import type { Operation } from '../../../shared/django/operations.ts';
import { isOwnCode } from './source-links.ts';

/** The change of the source that ends an N+1; `pathOf` turns the paths of a trace into those of the workspace. */
export function cureOperation(
  { view }: Pick<Trace, 'view'>,
  { model, method, relation, file, line }: TraceCure,
  pathOf: (file: string) => string | null,
): Operation {
  const path = file === null ? null : pathOf(file);
  const fetched = isOwnCode(path) && line !== null ? { file: path, line } : null;
  return { kind: 'queryset.addRelated', model, method, relation, fetched, view };
}

/** The change of a model that gives it an index it lacks. */
export function indexOperation({ model, fields }: TracePlan['missingIndexes'][number]): Operation {
  const named = fields.map((field) => `"${field}"`).join(', ');
  const code = `models.Index(fields=[${named}])`;
  return { kind: 'meta.addEntry', model, option: 'indexes', code };
}
