import { pythonString } from '../python/python-code.ts';
import { fieldType, type FieldOption, type FieldType } from './catalogue/field-type.ts';
import { numberFields } from './catalogue/number-fields.ts';
import { postgresFields } from './catalogue/postgres-fields.ts';
import { relationFields } from './catalogue/relation-fields.ts';
import { textFields } from './catalogue/text-fields.ts';

/** Every field class of Django 5.2 and 6 with its options: the forms of the window and the planners work from it. */
export const fieldCatalogue: readonly FieldType[] = [
  ...textFields,
  ...numberFields,
  ...relationFields,
  ...postgresFields,
].map(fieldType);

const byName: ReadonlyMap<string, FieldType> = new Map(fieldCatalogue.map((type) => [type.name, type]));

/** The catalogue entry of a field class; null for one that is not Django's. */
export function findFieldType(name: string): FieldType | null {
  return byName.get(name) ?? null;
}

/** What a person entered in the form as Python code; null when it is empty, which leaves the option out. */
export function optionCode(option: FieldOption, input: string | boolean): string | null {
  if (typeof input === 'boolean') return input ? 'True' : 'False';
  const entered = input.trim();
  if (entered === '') return null;
  return option.control.kind === 'text' ? pythonString(input) : entered;
}
