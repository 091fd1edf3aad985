import {
  boolean,
  count,
  expression,
  optional,
  required,
  text,
  type FieldEntry,
  type OptionEntry,
} from './field-type.ts';

const onDelete = required(
  'on_delete',
  {
    kind: 'one-of',
    codes: [
      'models.CASCADE',
      'models.PROTECT',
      'models.RESTRICT',
      'models.SET_NULL',
      'models.SET_DEFAULT',
      'models.DO_NOTHING',
    ],
  },
  'What happens to this object when the one it points to is deleted.',
);
const relatedName = optional(
  'related_name',
  text,
  'None',
  'Name of the way back from the other model; + makes none.',
);
const relatedQueryName = optional('related_query_name', text, 'None', 'Name of the way back in queries.');
const limit = optional(
  'limit_choices_to',
  expression("{'is_staff': True}"),
  'None',
  'Only objects that match can be chosen in forms.',
);
const constraint = optional(
  'db_constraint',
  boolean,
  'True',
  'The database itself makes sure that the other object exists.',
);
const swappable = optional(
  'swappable',
  boolean,
  'True',
  'Migrations follow a model that settings can exchange.',
);

const toOne: readonly OptionEntry[] = [
  onDelete,
  limit,
  relatedName,
  relatedQueryName,
  optional(
    'to_field',
    text,
    'None',
    'Unique field of the other model that is pointed to, instead of its primary key.',
  ),
  constraint,
  swappable,
];

const fileOwn: readonly OptionEntry[] = [
  optional('upload_to', text, "''", 'Folder below MEDIA_ROOT, which may hold %Y/%m/%d.'),
  optional(
    'storage',
    expression('my_storage'),
    'None',
    'Where the files are kept, instead of the default storage.',
  ),
  optional('max_length', count, '100', 'How many characters the longest file name may have.'),
];

/** Fields that lead to other models, and to files. */
export const relationFields: readonly FieldEntry[] = [
  {
    name: 'ForeignKey',
    group: 'relation',
    help: 'Points to one object of another model; many may point to the same.',
    own: [...toOne, optional('db_index', boolean, 'True', 'Makes a database index for this field.')],
    positional: ['to', 'on_delete', 'related_name', 'related_query_name', 'limit_choices_to'],
    relation: true,
  },
  {
    name: 'OneToOneField',
    group: 'relation',
    help: 'Points to one object of another model that nothing else points to.',
    own: [
      ...toOne,
      optional(
        'parent_link',
        boolean,
        'False',
        'Is the link to the parent of a model that inherits from another one.',
      ),
    ],
    without: ['unique'],
    positional: ['to', 'on_delete', 'to_field'],
    relation: true,
  },
  {
    name: 'ManyToManyField',
    group: 'relation',
    help: 'Connects any number of objects of two models.',
    own: [
      relatedName,
      relatedQueryName,
      limit,
      optional('symmetrical', boolean, null, 'Of a relation to itself: if A is connected to B, B is to A.'),
      optional(
        'through',
        { kind: 'model' },
        'None',
        'Model that holds the connections, where they have fields of their own.',
      ),
      optional(
        'through_fields',
        expression("('group', 'person')"),
        'None',
        'The two foreign keys of the model in between.',
      ),
      optional('db_table', text, 'None', 'Name of the table that holds the connections.'),
      constraint,
      swappable,
    ],
    // https://docs.djangoproject.com/en/5.2/ref/models/fields/#manytomanyfield: no validators, and null has no effect
    without: [
      'null',
      'db_column',
      'db_index',
      'default',
      'db_default',
      'primary_key',
      'unique',
      'validators',
      'unique_for_date',
      'unique_for_month',
      'unique_for_year',
      'db_comment',
    ],
    positional: ['to', 'related_name', 'related_query_name', 'limit_choices_to', 'symmetrical', 'through'],
    relation: true,
  },
  {
    name: 'GenericRelation',
    group: 'relation',
    module: 'django.contrib.contenttypes.fields',
    help: 'The way back from a generic foreign key of another model.',
    own: [
      optional('object_id_field', text, "'object_id'", 'Field of the other model that holds the key.'),
      optional(
        'content_type_field',
        text,
        "'content_type'",
        'Field of the other model that holds the content type.',
      ),
      relatedQueryName,
    ],
    without: [
      'null',
      'choices',
      'db_column',
      'db_comment',
      'db_default',
      'db_index',
      'db_tablespace',
      'default',
      'error_messages',
      'help_text',
      'primary_key',
      'unique',
      'unique_for_date',
      'unique_for_month',
      'unique_for_year',
      'validators',
      'blank',
      'editable',
    ],
    positional: ['to'],
    relation: true,
    docs: 'contrib/contenttypes/#django.contrib.contenttypes.fields.GenericRelation',
  },
  {
    name: 'FileField',
    group: 'file',
    help: 'An uploaded file; the database holds its name.',
    own: fileOwn,
    without: ['primary_key'],
    positional: ['verbose_name', 'name', 'upload_to', 'storage'],
  },
  {
    name: 'ImageField',
    group: 'file',
    help: 'An uploaded image that is checked to be one; needs Pillow.',
    own: [
      ...fileOwn,
      optional('height_field', text, 'None', 'Field that is filled with the height of the image.'),
      optional('width_field', text, 'None', 'Field that is filled with the width of the image.'),
    ],
    without: ['primary_key'],
    positional: ['verbose_name', 'name', 'width_field', 'height_field'],
  },
  {
    name: 'FilePathField',
    group: 'file',
    help: 'The name of one of the files in a folder of the server.',
    own: [
      required('path', text, 'Absolute path of the folder.'),
      optional('match', text, 'None', 'Regular expression for the names.'),
      optional('recursive', boolean, 'False', 'Folders below are looked through too.'),
      optional('allow_files', boolean, 'True', 'Files can be chosen.'),
      optional('allow_folders', boolean, 'False', 'Folders can be chosen.'),
      optional('max_length', count, '100', 'How many characters the longest path may have.'),
    ],
    positional: ['verbose_name', 'name', 'path', 'match', 'recursive', 'allow_files', 'allow_folders'],
  },
];
