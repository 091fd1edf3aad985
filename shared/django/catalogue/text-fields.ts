import { boolean, count, expression, optional, required, text, type FieldEntry } from './field-type.ts';

const dbCollation = optional(
  'db_collation',
  text,
  'None',
  'Collation of the database column: how values are compared and sorted.',
);

/** Fields whose values are text. */
export const textFields: readonly FieldEntry[] = [
  {
    name: 'CharField',
    group: 'text',
    help: 'A short text of limited length.',
    own: [required('max_length', count, 'How many characters the longest value may have.'), dbCollation],
  },
  {
    name: 'TextField',
    group: 'text',
    help: 'A text of any length.',
    own: [
      optional(
        'max_length',
        count,
        'None',
        'Limits the text area of forms; the database does not enforce it.',
      ),
      dbCollation,
    ],
  },
  {
    name: 'SlugField',
    group: 'text',
    help: 'A short label for addresses: letters, digits, underscores and hyphens.',
    own: [
      optional('max_length', count, '50', 'How many characters the longest value may have.'),
      optional('allow_unicode', boolean, 'False', 'Accepts letters beyond ASCII.'),
      optional('db_index', boolean, 'True', 'Makes a database index for this field.'),
      dbCollation,
    ],
    positional: ['verbose_name', 'name', 'primary_key', 'max_length', 'unique', 'blank', 'null'],
  },
  {
    name: 'EmailField',
    group: 'text',
    help: 'An e-mail address that is checked for its form.',
    own: [
      optional('max_length', count, '254', 'How many characters the longest value may have.'),
      dbCollation,
    ],
  },
  {
    name: 'URLField',
    group: 'text',
    help: 'A web address that is checked for its form.',
    own: [
      optional('max_length', count, '200', 'How many characters the longest value may have.'),
      dbCollation,
    ],
    positional: ['verbose_name', 'name'],
  },
  {
    name: 'GenericIPAddressField',
    group: 'text',
    help: 'An IPv4 or IPv6 address.',
    own: [
      optional(
        'protocol',
        { kind: 'one-of', codes: ["'both'", "'IPv4'", "'IPv6'"] },
        "'both'",
        'Which kinds of address are accepted.',
      ),
      optional(
        'unpack_ipv4',
        boolean,
        'False',
        'Turns ::ffff:192.0.2.1 into 192.0.2.1; only when both kinds are accepted.',
      ),
    ],
    positional: ['verbose_name', 'name', 'protocol', 'unpack_ipv4'],
  },
  {
    name: 'UUIDField',
    group: 'text',
    help: 'A universally unique identifier; give it default=uuid.uuid4 to make one for every object.',
  },
  {
    name: 'JSONField',
    group: 'other',
    help: 'Data encoded as JSON: dictionaries, lists, texts, numbers, booleans and None.',
    own: [
      optional(
        'encoder',
        expression('DjangoJSONEncoder'),
        'None',
        'Class that writes values JSON does not know, like dates.',
      ),
      optional('decoder', expression('json.JSONDecoder'), 'None', 'Class that reads the values back.'),
    ],
    positional: ['verbose_name', 'name', 'encoder', 'decoder'],
  },
  {
    name: 'BinaryField',
    group: 'other',
    help: 'Raw bytes.',
    own: [
      optional('max_length', count, 'None', 'How many bytes the longest value may have.'),
      optional('editable', boolean, 'False', 'Shown in the admin and in forms made from the model.'),
    ],
    positional: [],
  },
];
