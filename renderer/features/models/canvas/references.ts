import type { ModelFacts, RelationFacts } from '../../../../shared/django/project-model.ts';

/** The model a relation points at, as `app.Model`; null where the source does not tell. */
export function resolveTarget(
  relation: Pick<RelationFacts, 'target' | 'targetCode'>,
  source: string,
  userModel: string,
): string | null {
  if (relation.target === 'self') return source;
  if (relation.target !== null && relation.target.includes('.') && !relation.target.startsWith('settings.')) {
    return relation.target;
  }
  const code = relation.targetCode.trim();
  if (/^['"]self['"]$/.test(code)) return source;
  return /(^|\.)AUTH_USER_MODEL$|^get_user_model\(\)$/.test(code) ? userModel : null;
}

/**
 * The model that a base class names: `Book` is the app's own before any other's, `core.models.Dated`
 * is that of the app the dotted path names. `named` holds all models by name. null for `models.Model`, mixins and what is not clear.
 */
export function resolveBase(
  base: string,
  model: Pick<ModelFacts, 'id' | 'app'>,
  named: ReadonlyMap<string, readonly ModelFacts[]>,
): ModelFacts | null {
  const parts = base.split('.');
  const name = parts.at(-1) ?? base;
  const candidates = (named.get(name) ?? []).filter((other) => other.id !== model.id);
  const own = candidates.find((other) => other.app === model.app);
  if (own !== undefined && parts.length === 1) return own;
  if (parts.length > 1) {
    return candidates.find((other) => parts.slice(0, -1).includes(other.app)) ?? only(candidates);
  }
  return only(candidates);
}

function only<T>(items: readonly T[]): T | null {
  return items.length === 1 ? (items[0] ?? null) : null;
}
