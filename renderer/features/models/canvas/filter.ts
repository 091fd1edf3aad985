import type { ModelFacts } from '../../../../shared/django/project-model.ts';

/**
 * The models that a filter leaves: every word must be found in the model's name, its app, a field, a
 * type or an option. null where nothing is typed.
 */
export function matchModels(models: readonly ModelFacts[], typed: string): ReadonlySet<string> | null {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return null;
  return new Set(models.filter((model) => matches(model, words)).map((model) => model.id));
}

function matches(model: ModelFacts, words: readonly string[]): boolean {
  const text = [
    model.id,
    ...model.fields.map(
      (field) =>
        `${field.name} ${field.type} ${field.options.map((option) => `${option.name}=${option.code}`).join(' ')}`,
    ),
  ]
    .join('\n')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
