import type { FieldFacts, ModelFacts } from '../../../../shared/django/project-model.ts';

/** What a pattern of `__str__` means: how a row would read, or what is wrong with it. */
export interface ReadPattern {
  readonly sample: string;
  readonly problem: string | null;
}

/** Reads `{title} ({year})` and fills it with words of an example. */
export function readPattern(pattern: string, model: ModelFacts): ReadPattern {
  if (pattern.trim() === '') return { sample: '', problem: 'Write a pattern: a row needs a name.' };
  const names = [...pattern.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
  const plain = pattern.replaceAll(/\{[^{}]*\}/g, '');
  if (/[{}]/.test(plain)) return { sample: '', problem: 'A brace is not closed, or closes nothing.' };
  const unknown = names.find((name) => model.fields.every((field) => field.name !== name) && name !== 'pk');
  if (unknown !== undefined) return { sample: '', problem: `${model.name} has no field “${unknown}”.` };
  const sample = pattern.replaceAll(/\{([^{}]*)\}/g, (_, name: string) =>
    exampleOf(model.fields.find((field) => field.name === name)),
  );
  return { sample, problem: null };
}

function exampleOf(field: FieldFacts | undefined): string {
  if (field === undefined) return '17';
  if (field.relation !== null) return spaced(field.relation.target?.split('.').at(-1) ?? field.name);
  if (/Integer|AutoField/.test(field.type)) return '17';
  if (/Decimal|Float/.test(field.type)) return '9.50';
  if (field.type === 'DateTimeField') return '2026-05-17 09:30';
  if (field.type === 'DateField') return '2026-05-17';
  return spaced(field.name);
}

function spaced(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
