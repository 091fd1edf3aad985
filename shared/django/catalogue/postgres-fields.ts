import { count, expression, optional, required, type FieldEntry } from './field-type.ts';

const range = (name: string, help: string, bounds: boolean): FieldEntry => ({
  name,
  group: 'postgres',
  module: 'django.contrib.postgres.fields',
  help,
  own: bounds
    ? [
        optional(
          'default_bounds',
          { kind: 'one-of', codes: ["'[)'", "'[]'", "'(]'", "'()'"] },
          "'[)'",
          'Whether lists and tuples include their ends.',
        ),
      ]
    : [],
  docs: `contrib/postgres/fields/#${name.toLowerCase()}`,
});

/** Fields that only PostgreSQL has: https://docs.djangoproject.com/en/5.2/ref/contrib/postgres/fields/ */
export const postgresFields: readonly FieldEntry[] = [
  {
    name: 'ArrayField',
    group: 'postgres',
    module: 'django.contrib.postgres.fields',
    help: 'A list of values of one other field.',
    own: [
      required(
        'base_field',
        expression('models.CharField(max_length=50)'),
        'Field that says of what type the items are.',
      ),
      optional('size', count, 'None', 'How many items the list may have.'),
    ],
    positional: ['base_field', 'size'],
    docs: 'contrib/postgres/fields/#arrayfield',
  },
  {
    name: 'HStoreField',
    group: 'postgres',
    module: 'django.contrib.postgres.fields',
    help: 'A dictionary of texts; needs the hstore extension.',
    docs: 'contrib/postgres/fields/#hstorefield',
  },
  range('IntegerRangeField', 'A range of whole numbers.', false),
  range('BigIntegerRangeField', 'A range of whole numbers of 64 bits.', false),
  range('DecimalRangeField', 'A range of exact decimal numbers.', true),
  range('DateTimeRangeField', 'A range of dates with times.', true),
  range('DateRangeField', 'A range of dates.', false),
  {
    name: 'SearchVectorField',
    group: 'postgres',
    module: 'django.contrib.postgres.search',
    help: 'A prepared full-text search document, kept up to date by a trigger or by your code.',
    docs: 'contrib/postgres/search/#searchvectorfield',
  },
];
