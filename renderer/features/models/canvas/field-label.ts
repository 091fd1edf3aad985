import type { FieldFacts } from '../../../../shared/django/project-model.ts';

/** What a field is in its table: decides its icon. */
export type FieldRole = 'primary' | 'foreign-key' | 'one-to-one' | 'many-to-many' | 'generic' | 'plain';

/** What is worth seeing of a field without opening it. */
export interface FieldFlags {
  readonly nullable: boolean;
  readonly unique: boolean;
  readonly indexed: boolean;
  readonly choices: boolean;
}

/** The icon a field gets. */
export function roleOf(field: FieldFacts): FieldRole {
  if (field.relation !== null) return field.relation.kind;
  return isTrue(field, 'primary_key') ? 'primary' : 'plain';
}

/** Reads the flags from the options as written. */
export function flagsOf(field: FieldFacts): FieldFlags {
  return {
    nullable: isTrue(field, 'null'),
    unique: isTrue(field, 'unique') || field.relation?.kind === 'one-to-one',
    // https://docs.djangoproject.com/en/5.2/ref/models/fields/#slugfield: implies db_index=True
    indexed:
      isTrue(field, 'db_index') || (field.type === 'SlugField' && optionCode(field, 'db_index') === null),
    choices: optionCode(field, 'choices') !== null,
  };
}

/** Short type for a line of a box: `Char(200)?`, `Decimal(8, 2)`, `Author`, `Tag[]`. */
export function typeLabel(field: FieldFacts): string {
  const nullable = isTrue(field, 'null') ? '?' : '';
  const relation = field.relation;
  if (relation !== null) {
    const target = shortTarget(relation.target ?? relation.targetCode);
    return relation.kind === 'many-to-many' ? `${target}[]` : `${target}${nullable}`;
  }
  return `${field.type.replace(/Field$/, '') || field.type}${sizeOf(field)}${nullable}`;
}

/** Options that the label of the type says already, or that say nothing of the data. */
const SAID = new Set([
  'max_length',
  'max_digits',
  'decimal_places',
  'null',
  'to',
  'verbose_name',
  'help_text',
]);

/** What a field says beside its type: `unique · default=0 · CASCADE`. */
export function optionsLabel(field: FieldFacts): string {
  return field.options
    .filter(({ name }) => !SAID.has(name))
    .map(({ name, code, value }) => {
      if (value === true) return name;
      return name === 'on_delete' ? code.replace(/^(?:\w+\.)*/, '') : `${name}=${code.replace(/\s+/g, ' ')}`;
    })
    .join(' · ');
}

function sizeOf(field: FieldFacts): string {
  const digits = literal(field, 'max_digits');
  const places = literal(field, 'decimal_places');
  if (digits !== null && places !== null) return `(${digits}, ${places})`;
  const length = literal(field, 'max_length');
  return length === null ? '' : `(${length})`;
}

function shortTarget(target: string): string {
  const bare = target.replaceAll(/['"]/g, '');
  return bare.endsWith('AUTH_USER_MODEL') ? 'User' : (bare.split('.').at(-1) ?? bare);
}

/** An option's code as written; null when it is not given. */
export function optionCode(field: FieldFacts, name: string): string | null {
  return field.options.find((option) => option.name === name)?.code ?? null;
}

function isTrue(field: FieldFacts, name: string): boolean {
  return field.options.some((option) => option.name === name && option.value === true);
}

function literal(field: FieldFacts, name: string): string | null {
  const value = field.options.find((option) => option.name === name)?.value;
  return typeof value === 'number' ? String(value) : null;
}
