import type { FieldFacts, ModelFacts } from '../../../../shared/django/project-model.ts';

/**
 * The models that a filter leaves: every word must be found in the model's name, its app, a field, a
 * type or an option. null where nothing is typed.
 */
export function matchModels(models: readonly ModelFacts[], typed: string): ReadonlySet<string> | null {
  const words = wordsOf(typed);
  if (words.length === 0) return null;
  return new Set(models.filter((model) => matches(model, words)).map((model) => model.id));
}

/** The fields that hold one of the words, as `app.Model.field`, for the rows to show it. */
export function matchFields(models: readonly ModelFacts[], typed: string): ReadonlySet<string> {
  // A single letter is in nearly everything.
  const words = wordsOf(typed).filter((word) => word.length > 1);
  if (words.length === 0) return new Set();
  return new Set(
    models.flatMap((model) =>
      model.fields
        .filter((field) => words.some((word) => textOf(field).includes(word)))
        .map((field) => `${model.id}.${field.name}`),
    ),
  );
}

/** What is in both sets; null stands for everything. */
export function inBoth(
  a: ReadonlySet<string> | null,
  b: ReadonlySet<string> | null,
): ReadonlySet<string> | null {
  if (a === null || b === null) return a ?? b;
  return new Set([...a].filter((id) => b.has(id)));
}

function wordsOf(typed: string): readonly string[] {
  return typed.toLowerCase().split(/\s+/).filter(Boolean);
}

function matches(model: ModelFacts, words: readonly string[]): boolean {
  const text = [model.id.toLowerCase(), ...model.fields.map(textOf)].join('\n');
  return words.every((word) => text.includes(word));
}

function textOf({ name, type, options }: FieldFacts): string {
  return `${name} ${type} ${options.map((option) => `${option.name}=${option.code}`).join(' ')}`.toLowerCase();
}
