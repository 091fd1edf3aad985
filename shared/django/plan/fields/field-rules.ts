import { Failure } from '../../../contract/failure.ts';
import type { FieldType } from '../../catalogue/field-type.ts';
import { findFieldType } from '../../field-catalogue.ts';

/** The catalogue entry of a field class; fails for one that is not Django's. */
export function requireFieldType(name: string): FieldType {
  const type = findFieldType(name);
  if (type === null) {
    throw new Failure('invalid-input', `“${name}” is not a field of Django: add it in the editor.`, {
      type: name,
    });
  }
  return type;
}

/** What is known of a field's arguments: their code by name, those given by position too. */
export type ArgumentCodes = ReadonlyMap<string, string>;

/** Refuses options that Django's system checks would refuse: https://docs.djangoproject.com/en/5.2/ref/checks/#fields */
export function assertOptions(type: FieldType, options: ArgumentCodes, named: readonly string[]): void {
  const known = new Set(type.options.map(({ name }) => name));
  for (const name of named) {
    if (!known.has(name)) throw refuse(`${type.name} has no option named “${name}”.`, name);
  }
  for (const option of type.options) {
    if (option.required && !options.has(option.name)) {
      throw refuse(`${type.name} needs ${option.name}: ${lowerFirst(option.help)}`, option.name);
    }
  }
  const is = (name: string, code: string): boolean => options.get(name) === code;
  if (is('primary_key', 'True') && is('null', 'True')) throw refuse('A primary key can’t be null.', 'null');
  const clocks = ['auto_now', 'auto_now_add'].filter((name) => is(name, 'True'));
  if (clocks.length > 1) throw refuse('auto_now and auto_now_add exclude each other.', 'auto_now');
  if (clocks.length === 1 && options.has('default')) {
    throw refuse(`${clocks[0] ?? ''} sets the value by itself: leave default out.`, 'default');
  }
  assertDeletion(options);
  assertNumbers(options);
}

/** fields.E320 and fields.E321 */
function assertDeletion(options: ArgumentCodes): void {
  const rule = options.get('on_delete')?.replace(/^.*\./, '');
  if (rule === 'SET_NULL' && options.get('null') !== 'True') {
    throw refuse('on_delete is SET_NULL, so the field has to accept NULL: set null.', 'null');
  }
  if (rule === 'SET_DEFAULT' && !options.has('default') && !options.has('db_default')) {
    throw refuse('on_delete is SET_DEFAULT, so the field needs a default.', 'default');
  }
}

/** fields.E121, fields.E130 to fields.E134 */
function assertNumbers(options: ArgumentCodes): void {
  const number = (name: string): number | null => {
    const code = options.get(name);
    return code !== undefined && /^-?\d+$/.test(code) ? Number(code) : null;
  };
  for (const name of ['max_length', 'max_digits', 'size']) {
    if ((number(name) ?? 1) < 1) throw refuse(`${name} has to be a number above 0.`, name);
  }
  if ((number('decimal_places') ?? 0) < 0) throw refuse('decimal_places can’t be below 0.', 'decimal_places');
  const [digits, places] = [number('max_digits'), number('decimal_places')];
  if (digits !== null && places !== null && places > digits) {
    throw refuse('max_digits counts all digits, so it can’t be less than decimal_places.', 'max_digits');
  }
}

function refuse(message: string, option: string): Failure {
  return new Failure('invalid-input', message, { option });
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** Whether rows that exist already can get the new field without a value that somebody has to give. */
export function fillsItself(type: FieldType, options: ArgumentCodes): boolean {
  if (['ManyToManyField', 'GenericRelation', 'GeneratedField', 'CompositePrimaryKey'].includes(type.name))
    return true;
  const given = ['default', 'db_default'].some((name) => options.has(name));
  const emptyText =
    options.get('blank') === 'True' &&
    [
      'CharField',
      'TextField',
      'SlugField',
      'EmailField',
      'URLField',
      'FileField',
      'ImageField',
      'FilePathField',
    ].includes(type.name);
  return given || emptyText || options.get('null') === 'True';
}
