import type { Operation } from '../../shared/django/operations.ts';

/** Where the rows that have to survive stand after an edit. */
export interface Places {
  readonly authors: string;
  readonly authorName: string;
  readonly books: string;
  readonly title: string;
  /** The column of books that leads to their author. */
  readonly author: string;
  readonly tags: string;
}

/** One edit of the models as somebody makes it: in the designer, in the code, or both in the same go. */
export interface Edit {
  readonly name: string;
  readonly gestures?: readonly Operation[];
  /** What is typed into the models. */
  readonly typed?: readonly (readonly [from: string, to: string])[];
  /** The answer where it is asked whether something was renamed. */
  readonly renamed?: boolean;
  /** The value where one is asked for. */
  readonly value?: string;
  /** The safer ways that are taken, by the beginning of their id. */
  readonly ways?: readonly string[];
  /** What is elsewhere from now on. */
  readonly moved?: Partial<Places>;
  /** What else has to be so: SQL that gives one value, and the value. */
  readonly holds?: readonly (readonly [sql: string, value: unknown])[];
  /** The kinds of the operations of the migrations that are made; none: nothing is to be made. */
  readonly makes: readonly string[];
}

const change = (
  model: string,
  field: string,
  type: string,
  set: Readonly<Record<string, string>>,
  unset: readonly string[] = [],
  to: string | null = null,
): Operation => ({
  kind: 'field.change',
  model: `catalog.${model}`,
  field,
  type,
  to,
  set: { ...set },
  unset: [...unset],
});
const rename = (model: string, field: string, name: string): Operation => ({
  kind: 'field.rename',
  model: `catalog.${model}`,
  field,
  name,
});
const add = (
  model: string,
  name: string,
  type: string,
  options: Readonly<Record<string, string>> = {},
  to: string | null = null,
): Operation => ({
  kind: 'field.add',
  model: `catalog.${model}`,
  field: { name, type, to, options: { ...options } },
  after: null,
});

/** In their order, all on one database that is filled before the first. */
export const edits: readonly Edit[] = [
  {
    name: 'rename a field and change it in the same go',
    gestures: [rename('Book', 'title', 'name'), change('Book', 'name', 'CharField', { max_length: '150' })],
    moved: { title: 'name' },
    makes: ['RenameField', 'AlterField'],
  },
  {
    name: 'rename a field',
    gestures: [rename('Book', 'name', 'headline')],
    moved: { title: 'headline' },
    makes: ['RenameField'],
  },
  {
    name: 'rename a field twice before a migration is made',
    gestures: [rename('Book', 'headline', 'caption'), rename('Book', 'caption', 'title')],
    moved: { title: 'title' },
    makes: ['RenameField'],
  },
  {
    name: 'rename a field and back',
    gestures: [rename('Book', 'title', 'name'), rename('Book', 'name', 'title')],
    makes: [],
  },
  {
    name: 'rename a model',
    gestures: [{ kind: 'model.rename', model: 'catalog.Author', name: 'Writer' }],
    moved: { authors: 'catalog_writer' },
    makes: ['RenameModel'],
  },
  {
    name: 'rename a model and one of its fields, and add one',
    gestures: [
      { kind: 'model.rename', model: 'catalog.Writer', name: 'Person' },
      rename('Person', 'name', 'full_name'),
      add('Person', 'born', 'DateField', { null: 'True' }),
    ],
    moved: { authors: 'catalog_person', authorName: 'full_name' },
    makes: ['RenameModel', 'RenameField', 'AddField'],
  },
  {
    name: 'rename a relation and let it be empty',
    gestures: [
      rename('Book', 'author', 'person'),
      change('Book', 'person', 'ForeignKey', { null: 'True' }, [], 'catalog.Person'),
    ],
    moved: { author: 'person_id' },
    makes: ['RenameField', 'AlterField'],
  },
  {
    name: 'rename a field in the code',
    typed: [['    title =', '    name =']],
    renamed: true,
    moved: { title: 'name' },
    makes: ['RenameField'],
  },
  {
    name: 'rename and widen a field in the code',
    typed: [['    name = models.CharField(max_length=150)', '    title = models.CharField(max_length=300)']],
    renamed: true,
    moved: { title: 'title' },
    makes: ['RenameField', 'AlterField'],
  },
  {
    name: 'rename a many-to-many field',
    gestures: [rename('Book', 'tags', 'labels')],
    moved: { tags: 'catalog_book_labels' },
    makes: ['RenameField'],
  },
  {
    name: 'add a field that may be empty',
    gestures: [add('Book', 'subtitle', 'CharField', { max_length: '100', null: 'True' })],
    makes: ['AddField'],
  },
  {
    name: 'add a required field with a value for the rows',
    gestures: [add('Book', 'weight', 'IntegerField')],
    value: '7',
    holds: [['SELECT SUM(weight) FROM catalog_book', 420]],
    makes: ['AddField'],
  },
  {
    name: 'add a required field, nullable first',
    gestures: [add('Book', 'height', 'IntegerField')],
    value: '3',
    ways: ['nullable-first'],
    holds: [['SELECT SUM(height) FROM catalog_book', 180]],
    makes: ['AddField', 'RunPython', 'AlterField'],
  },
  {
    name: 'add a unique field whose default differs from row to row',
    typed: [
      ['from django.db import models\n', 'import uuid\n\nfrom django.db import models\n'],
      [
        '    weight = models.IntegerField()',
        '    weight = models.IntegerField()\n    code = models.UUIDField(unique=True, default=uuid.uuid4)',
      ],
    ],
    ways: ['nullable-first'],
    holds: [['SELECT COUNT(DISTINCT code) FROM catalog_book', 60]],
    makes: ['AddField', 'RunPython', 'AlterField'],
  },
  {
    name: 'require a field that is empty in some rows',
    gestures: [change('Book', 'note', 'TextField', {}, ['null'])],
    value: "'none'",
    holds: [
      ["SELECT COUNT(*) FROM catalog_book WHERE note = 'none'", 30],
      ["SELECT COUNT(*) FROM catalog_book WHERE note LIKE 'note %'", 30],
    ],
    makes: ['AlterField'],
  },
  {
    name: 'require a field, the rows filled first',
    gestures: [change('Book', 'subtitle', 'CharField', {}, ['null'])],
    value: "'-'",
    ways: ['fill-first'],
    holds: [["SELECT COUNT(*) FROM catalog_book WHERE subtitle = '-'", 60]],
    makes: ['RunPython', 'AlterField'],
  },
  {
    name: 'let a field be empty',
    gestures: [change('Book', 'note', 'TextField', { null: 'True' })],
    makes: ['AlterField'],
  },
  {
    name: 'make a short text a long one',
    gestures: [change('Book', 'title', 'TextField', {}, ['max_length'])],
    makes: ['AlterField'],
  },
  {
    name: 'make a long text a short one that holds all there are',
    gestures: [change('Book', 'title', 'CharField', { max_length: '200' })],
    makes: ['AlterField'],
  },
  {
    name: 'index a field',
    gestures: [change('Book', 'title', 'CharField', { db_index: 'True' })],
    makes: ['AlterField'],
  },
  {
    name: 'rename an indexed field',
    gestures: [rename('Book', 'title', 'name')],
    moved: { title: 'name' },
    makes: ['RenameField'],
  },
  {
    name: 'make a field unique',
    gestures: [change('Book', 'name', 'CharField', { unique: 'True' }, ['db_index'])],
    makes: ['AlterField'],
  },
  {
    name: 'make whole numbers decimal ones',
    gestures: [change('Book', 'price', 'DecimalField', { max_digits: '8', decimal_places: '2' })],
    holds: [['SELECT CAST(SUM(price) AS INTEGER) FROM catalog_book', 1770]],
    makes: ['AlterField'],
  },
  {
    name: 'give a column another name',
    typed: [['    weight = models.IntegerField()', "    weight = models.IntegerField(db_column='grams')"]],
    holds: [['SELECT SUM(grams) FROM catalog_book', 420]],
    makes: ['AlterField'],
  },
  {
    name: 'change what only Django knows',
    gestures: [change('Book', 'name', 'CharField', { help_text: "'As on the cover'" })],
    makes: ['AlterField'],
  },
  {
    name: 'relate a model to itself',
    gestures: [
      add('Book', 'sequel_of', 'ForeignKey', { null: 'True', on_delete: 'models.SET_NULL' }, 'self'),
    ],
    makes: ['AddField'],
  },
  {
    name: 'add a model and relate it to many',
    gestures: [
      {
        kind: 'model.add',
        app: 'catalog',
        name: 'Shop',
        fields: [
          { name: 'name', type: 'CharField', to: null, options: { max_length: '50' } },
          { name: 'books', type: 'ManyToManyField', to: 'catalog.Book', options: {} },
        ],
        admin: false,
      },
    ],
    makes: ['CreateModel'],
  },
  {
    name: 'move a field among the others',
    gestures: [{ kind: 'field.reorder', model: 'catalog.Book', field: 'price', after: null }],
    makes: [],
  },
  {
    name: 'remove a field, and no other',
    gestures: [{ kind: 'field.remove', model: 'catalog.Book', field: 'subtitle' }],
    makes: ['RemoveField'],
  },
  {
    name: 'replace a field by another that is none of it',
    typed: [['    height = models.IntegerField()', '    depth = models.IntegerField(default=1, null=True)']],
    renamed: false,
    holds: [['SELECT SUM(depth) FROM catalog_book', 60]],
    makes: ['RemoveField', 'AddField'],
  },
];
