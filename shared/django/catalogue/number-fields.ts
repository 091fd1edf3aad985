import { boolean, count, expression, optional, required, type FieldEntry } from './field-type.ts';

const autoWithout = ['null', 'choices', 'default', 'db_default'];
const dateOwn = [
  optional('auto_now', boolean, 'False', 'Set to the present moment each time the object is saved.'),
  optional('auto_now_add', boolean, 'False', 'Set to the present moment when the object is made.'),
];
const datePositional = ['verbose_name', 'name', 'auto_now', 'auto_now_add'];

/** Numbers, truth values, dates and times, and the keys Django numbers by itself. */
export const numberFields: readonly FieldEntry[] = [
  { name: 'IntegerField', group: 'number', help: 'A whole number from -2147483648 to 2147483647.' },
  { name: 'BigIntegerField', group: 'number', help: 'A whole number of 64 bits.' },
  { name: 'SmallIntegerField', group: 'number', help: 'A whole number from -32768 to 32767.' },
  { name: 'PositiveIntegerField', group: 'number', help: 'A whole number from 0 to 2147483647.' },
  { name: 'PositiveBigIntegerField', group: 'number', help: 'A whole number from 0 to 9223372036854775807.' },
  { name: 'PositiveSmallIntegerField', group: 'number', help: 'A whole number from 0 to 32767.' },
  {
    name: 'DecimalField',
    group: 'number',
    help: 'An exact decimal number, for money and measures.',
    own: [
      required('max_digits', count, 'How many digits a number may have, those behind the point included.'),
      required('decimal_places', { kind: 'integer', minimum: 0 }, 'How many digits stand behind the point.'),
    ],
    positional: ['verbose_name', 'name', 'max_digits', 'decimal_places'],
  },
  { name: 'FloatField', group: 'number', help: 'A floating-point number: fast, and not exact.' },
  { name: 'BooleanField', group: 'number', help: 'True or false.' },
  { name: 'DateField', group: 'date', help: 'A date.', own: dateOwn, positional: datePositional },
  {
    name: 'DateTimeField',
    group: 'date',
    help: 'A date and a time.',
    own: dateOwn,
    positional: datePositional,
  },
  { name: 'TimeField', group: 'date', help: 'A time of day.', own: dateOwn, positional: datePositional },
  { name: 'DurationField', group: 'date', help: 'A length of time.' },
  {
    name: 'AutoField',
    group: 'key',
    help: 'A whole number that the database counts up; models have one without saying so.',
    without: autoWithout,
  },
  {
    name: 'BigAutoField',
    group: 'key',
    help: 'A number of 64 bits that the database counts up.',
    without: autoWithout,
  },
  {
    name: 'SmallAutoField',
    group: 'key',
    help: 'A number up to 32767 that the database counts up.',
    without: autoWithout,
  },
  {
    name: 'CompositePrimaryKey',
    group: 'key',
    help: 'A primary key of several fields, given by their names; its own name has to be pk.',
    own: [],
    without: [
      'null',
      'choices',
      'db_column',
      'db_comment',
      'db_default',
      'db_index',
      'db_tablespace',
      'default',
      'editable',
      'error_messages',
      'help_text',
      'primary_key',
      'unique',
      'unique_for_date',
      'unique_for_month',
      'unique_for_year',
      'validators',
      'blank',
      'verbose_name',
    ],
    positional: [],
    docs: 'models/fields/#django.db.models.CompositePrimaryKey',
  },
  {
    name: 'GeneratedField',
    group: 'other',
    help: 'A value that the database computes from other fields of the same row.',
    own: [
      required('expression', expression("F('width') * F('height')"), 'What the database computes.'),
      required(
        'output_field',
        expression('models.IntegerField()'),
        'A field that says of what type the result is.',
      ),
      required(
        'db_persist',
        { kind: 'boolean' },
        'The value is stored in the table, not computed when it is read.',
      ),
    ],
    without: ['default', 'db_default', 'editable'],
    positional: [],
  },
];
