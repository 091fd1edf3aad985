/** What part of a form an option of a field is entered with; each gives Python code. */
export type OptionControl =
  /** A tick box: `True` or `False`. */
  | { readonly kind: 'boolean' }
  | { readonly kind: 'integer'; readonly minimum: number }
  /** A line of text that becomes a string literal. */
  | { readonly kind: 'text' }
  /** Any Python expression, taken as it is typed. */
  | { readonly kind: 'expression'; readonly example: string }
  /** One of Django's own values, as code: `models.CASCADE`. */
  | { readonly kind: 'one-of'; readonly codes: readonly string[] }
  /** Pairs of value and label, as a list of tuples. */
  | { readonly kind: 'choices' }
  /** A list of validators, as code. */
  | { readonly kind: 'validators' }
  /** A model of the project: the `to` of a relation is given apart, `through` is one too. */
  | { readonly kind: 'model' }
  /** A list of field names of the model. */
  | { readonly kind: 'field-names' };

/** One keyword argument of a field. */
export interface FieldOption {
  readonly name: string;
  readonly control: OptionControl;
  /** Django's default as code; null for an option that has to be given or has none of its own. */
  readonly default: string | null;
  readonly required: boolean;
  /** What it is for, in a sentence. */
  readonly help: string;
  /** Address in Django's documentation. */
  readonly docs: string;
}

export type FieldGroup = 'text' | 'number' | 'date' | 'other' | 'file' | 'relation' | 'key' | 'postgres';

/** One field class of Django, as a form for it needs to know it. */
export interface FieldType {
  readonly name: string;
  readonly group: FieldGroup;
  /** Module it is imported from: `django.db.models`. */
  readonly module: string;
  readonly help: string;
  readonly docs: string;
  /** Its own options first, then the ones all fields have, in the order of the documentation. */
  readonly options: readonly FieldOption[];
  /** Names of the arguments that may be given without their name, in order. */
  readonly positional: readonly string[];
  /** Takes the model it points to. */
  readonly relation: boolean;
}

const REFERENCE = 'https://docs.djangoproject.com/en/5.2/ref';
const FIELDS = `${REFERENCE}/models/fields/`;

/** An option as a catalogue file writes it; its address is that of the field unless it is common to all. */
export interface OptionEntry {
  readonly name: string;
  readonly control: OptionControl;
  readonly default: string | null;
  readonly required: boolean;
  readonly help: string;
}

/** Makes an option that may be left out. */
export function optional(
  name: string,
  control: OptionControl,
  fallback: string | null,
  help: string,
): OptionEntry {
  return { name, control, default: fallback, required: false, help };
}

/** Makes an option without which Django refuses the field. */
export function required(name: string, control: OptionControl, help: string): OptionEntry {
  return { name, control, default: null, required: true, help };
}

export const boolean: OptionControl = { kind: 'boolean' };
export const text: OptionControl = { kind: 'text' };
export const count: OptionControl = { kind: 'integer', minimum: 1 };

/** An option whose value is any expression. */
export function expression(example: string): OptionControl {
  return { kind: 'expression', example };
}

const COMMON: readonly OptionEntry[] = [
  optional('null', boolean, 'False', 'Empty values are stored as NULL in the database.'),
  optional('blank', boolean, 'False', 'Forms and serializers accept an empty value.'),
  optional('choices', { kind: 'choices' }, 'None', 'The only values that are accepted, each with its label.'),
  optional('db_column', text, 'None', 'Name of the database column, where it is not that of the field.'),
  optional(
    'db_comment',
    text,
    'None',
    'Comment on the database column, for people who look at the database directly.',
  ),
  optional('db_default', expression('Now()'), null, 'Default that the database itself fills in.'),
  optional('db_index', boolean, 'False', 'Makes a database index for this field.'),
  optional(
    'db_tablespace',
    text,
    'None',
    'Tablespace of the index of this field, where the database has them.',
  ),
  optional(
    'default',
    expression('0'),
    null,
    'Value of new objects: a value, or a callable that is called each time.',
  ),
  optional('editable', boolean, 'True', 'Shown in the admin and in forms made from the model.'),
  optional(
    'error_messages',
    expression("{'unique': 'Taken.'}"),
    'None',
    'Messages instead of Django’s own, by error code.',
  ),
  optional('help_text', text, "''", 'Text shown with the form field, and a note to readers of the source.'),
  optional('primary_key', boolean, 'False', 'Makes this field the primary key of the model.'),
  optional('unique', boolean, 'False', 'No two rows have the same value.'),
  optional('unique_for_date', text, 'None', 'Name of a date field: the value is unique for each day.'),
  optional('unique_for_month', text, 'None', 'Name of a date field: the value is unique for each month.'),
  optional('unique_for_year', text, 'None', 'Name of a date field: the value is unique for each year.'),
  optional(
    'verbose_name',
    text,
    'None',
    'Name for people, where the field’s own name with spaces does not do.',
  ),
  optional(
    'validators',
    { kind: 'validators' },
    '[]',
    'Functions that check a value and raise ValidationError.',
  ),
];
const COMMON_NAMES = new Set(COMMON.map(({ name }) => name));
/** https://docs.djangoproject.com/en/5.2/ref/models/fields/#field-options lists `null` to `validators` under Field. */
const COMMON_POSITIONAL = [
  'verbose_name',
  'name',
  'primary_key',
  'max_length',
  'unique',
  'blank',
  'null',
  'db_index',
];

/** A field type as a catalogue file writes it. */
export interface FieldEntry {
  readonly name: string;
  readonly group: FieldGroup;
  readonly help: string;
  readonly own?: readonly OptionEntry[];
  /** Common options that this field does not take. */
  readonly without?: readonly string[];
  readonly positional?: readonly string[];
  readonly relation?: boolean;
  readonly module?: string;
  /** Page and anchor, where they are not those of the field reference. */
  readonly docs?: string;
}

/** Completes an entry with the options all fields have and with addresses. */
export function fieldType(entry: FieldEntry): FieldType {
  const module = entry.module ?? 'django.db.models';
  const docs =
    entry.docs === undefined ? `${FIELDS}#${entry.name.toLowerCase()}` : `${REFERENCE}/${entry.docs}`;
  const own = entry.own ?? [];
  const leftOut = new Set([...(entry.without ?? []), ...own.map(({ name }) => name)]);
  const page = docs.replace(/#.*$/, '');
  return {
    name: entry.name,
    group: entry.group,
    module,
    help: entry.help,
    docs,
    options: [
      ...own.map((option) => ({
        ...option,
        docs: COMMON_NAMES.has(option.name)
          ? `${FIELDS}#${option.name.replaceAll('_', '-')}`
          : `${page}#${module}.${entry.name}.${option.name}`,
      })),
      ...COMMON.filter(({ name }) => !leftOut.has(name)).map((option) => ({
        ...option,
        docs: `${FIELDS}#${option.name.replaceAll('_', '-')}`,
      })),
    ],
    positional: entry.positional ?? COMMON_POSITIONAL,
    relation: entry.relation ?? false,
  };
}

/** Every option that all fields have. */
export const commonOptionNames: readonly string[] = COMMON.map(({ name }) => name);
