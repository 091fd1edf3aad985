import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo, readable } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, python, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const FILE = 'catalog/serializers.py';
const SERIALIZERS = python(`
  from rest_framework import serializers

  from .models import Author, Book


  class AuthorSerializer(serializers.ModelSerializer):
      class Meta:
          model = Author
          fields = '__all__'


  class BookSerializer(serializers.ModelSerializer):
      pages = serializers.IntegerField(default=1)

      class Meta:
          model = Book
          fields = (
              'id',
              'title',  # as on the cover
              # by whom
              'author',
              'pages',
          )
  `);
const book = { file: FILE, name: 'BookSerializer' };
const author = { file: FILE, name: 'AuthorSerializer' };

/** The serializers after an operation; a second one finds nothing to do. */
function after(operation: Operation, text = SERIALIZERS): string {
  const index = indexOf(parser, { ...LIBRARY, [FILE]: text });
  const plan = applyTo(index, operation);
  expect(() => index.plan(operation)).toThrow(/\.$/);
  return plan.files.find(({ path }) => path === FILE)?.after ?? '';
}

describe('serializer.add', () => {
  test('makes the module of an app that has none', () => {
    const operation: Operation = {
      kind: 'serializer.add',
      model: 'catalog.Book',
      name: 'BookSerializer',
      fields: ['id', 'title', 'author'],
    };
    const plan = indexOf(parser, LIBRARY).plan(operation);
    expect(readable(plan)).toMatchInlineSnapshot(`
      "
      new catalog/serializers.py
      from rest_framework import serializers

      from catalog.models import Book


      class BookSerializer(serializers.ModelSerializer):
          class Meta:
              model = Book
              fields = ['id', 'title', 'author']
      packages djangorestframework
      "
    `);
  });

  test.each<[string, Partial<Extract<Operation, { kind: 'serializer.add' }>>, RegExp]>([
    ['a name that is taken', { name: 'BookSerializer' }, /has BookSerializer already/],
    ['a field that is not there', { fields: ['pages'] }, /no field named “pages”/],
    ['an abstract model', { model: 'catalog.Dated' }, /is abstract/],
    ['a bad name', { name: 'Book Serializer' }, /can’t be the name/],
  ])('refuses %s', (_what, change, message) => {
    const operation: Operation = {
      kind: 'serializer.add',
      model: 'catalog.Book',
      name: 'Short',
      fields: ['id'],
      ...change,
    };
    expect(() => indexOf(parser, { ...LIBRARY, [FILE]: SERIALIZERS }).plan(operation)).toThrow(message);
  });
});

describe('serializer.setFields', () => {
  test('says which of them are read only in the same plan', () => {
    const operation: Operation = {
      kind: 'serializer.setFields',
      serializer: author,
      fields: ['id', 'name'],
      readOnly: ['id'],
    };
    const changed = SERIALIZERS.replace(
      "        fields = '__all__'\n",
      "        fields = ['id', 'name']\n        read_only_fields = ['id']\n",
    );
    expect(after(operation)).toBe(changed);
    const others: Operation = { ...operation, fields: ['name'], readOnly: [] };
    expect(after(others, changed)).toBe(
      SERIALIZERS.replace("        fields = '__all__'\n", "        fields = ['name']\n"),
    );
    const excluding = SERIALIZERS.replace("fields = '__all__'", "exclude = ['created']");
    expect(after(operation, excluding)).toBe(changed);
    expect(() => after({ ...operation, readOnly: ['created'] })).toThrow(/created.* is not among the fields/);
  });

  const fields = (names: readonly string[] | null, serializer = book): Operation => ({
    kind: 'serializer.setFields',
    serializer,
    fields: names === null ? null : [...names],
  });

  test('keeps the lines of the fields that stay', () => {
    expect(after(fields(['id', 'title', 'author', 'owner', 'pages']))).toBe(
      SERIALIZERS.replace("'author',\n", "'author',\n            'owner',\n"),
    );
    expect(after(fields(['id', 'author', 'pages']))).toBe(
      SERIALIZERS.replace("            'title',  # as on the cover\n", ''),
    );
    expect(after(fields(['pages']))).toContain(
      "fields = (\n            # by whom\n            'pages',\n        )",
    );
  });

  test('serves all fields, or a list where all were served', () => {
    expect(after(fields(null))).toContain("        fields = '__all__'\n");
    expect(after(fields(['id', 'name'], author))).toContain("        fields = ['id', 'name']\n");
  });

  test('takes the place of exclude', () => {
    const text = SERIALIZERS.replace("fields = '__all__'", "exclude = ('created',)");
    expect(after(fields(['id'], author), text)).toContain("        fields = ('id',)\n");
    expect(after(fields(null, author), text)).toContain("        fields = '__all__'\n");
  });

  test('keeps the line endings and the missing final newline', () => {
    const text = SERIALIZERS.trimEnd().replaceAll('\n', '\r\n');
    expect(after(fields(['id', 'title', 'author', 'pages', 'created']), text)).toBe(
      text.replace("'pages',\r\n", "'pages',\r\n            'created',\r\n"),
    );
  });

  test('refuses to leave out what is declared', () => {
    expect(() => after(fields(['id']))).toThrow(/pages is declared in BookSerializer/);
    expect(() => after(fields(['id', 'nothing', 'pages']))).toThrow(/no field named “nothing”/);
  });
});

describe('other options', () => {
  test('read-only fields come behind the fields and go with the last one', () => {
    const set = (fields: string[]): Operation => ({
      kind: 'serializer.setReadOnly',
      serializer: book,
      fields,
    });
    const first = after(set(['id']));
    expect(first).toContain("        )\n        read_only_fields = ('id',)\n");
    expect(after(set(['id', 'title']), first)).toContain("        read_only_fields = ('id', 'title')\n");
    expect(after(set([]), first)).toBe(SERIALIZERS);
    expect(() => after(set(['owner']))).toThrow(/not among the fields/);
    expect(() => after(set(['pages']))).toThrow(/read_only_fields has no effect/);
  });

  test('depth and options as code', () => {
    const depth = (value: number | null): Operation => ({
      kind: 'serializer.setDepth',
      serializer: author,
      depth: value,
    });
    const deep = after(depth(1));
    expect(deep).toContain("        fields = '__all__'\n        depth = 1\n");
    expect(after(depth(null), deep)).toBe(SERIALIZERS);
    const meta = (option: string, code: string | null): Operation => ({
      kind: 'serializer.setMeta',
      serializer: author,
      option,
      code,
    });
    expect(after(meta('extra_kwargs', '{"name": {"required": True}}'))).toContain(
      "        fields = '__all__'\n        extra_kwargs = {'name': {'required': True}}\n",
    );
    expect(after(meta('exclude', '["created"]'))).toContain("        exclude = ['created']\n");
    expect(() => after(meta('model', null))).toThrow(/needs its model/);
  });
});

describe('serializer.nest', () => {
  const nest = (change: Partial<Extract<Operation, { kind: 'serializer.nest' }>> = {}): Operation => ({
    kind: 'serializer.nest',
    serializer: book,
    field: 'author',
    with: author,
    many: false,
    readOnly: true,
    ...change,
  });

  test('declares the field behind the others', () => {
    expect(after(nest())).toBe(
      SERIALIZERS.replace('(default=1)\n', '(default=1)\n    author = AuthorSerializer(read_only=True)\n'),
    );
  });

  test('imports a serializer of another module and enters the field', () => {
    const other =
      'from rest_framework import serializers\n\nfrom .models import Loan\n\n\nclass LoanSerializer(serializers.ModelSerializer):\n    class Meta:\n        model = Loan\n        fields = ["id"]\n';
    const index = indexOf(parser, { ...LIBRARY, [FILE]: SERIALIZERS, 'catalog/loans.py': other });
    const plan = index.plan(
      nest({ serializer: { file: 'catalog/loans.py', name: 'LoanSerializer' }, field: 'book', with: book }),
    );
    expect(readable(plan)).toMatchInlineSnapshot(`
      "
      edit catalog/loans.py
      @@ 1
       from rest_framework import serializers

       from .models import Loan
      +from .serializers import BookSerializer


       class LoanSerializer(serializers.ModelSerializer):
      +    book = BookSerializer(read_only=True)
      +
           class Meta:
               model = Loan
      -        fields = ["id"]
      +        fields = ["id", "book"]
      "
    `);
  });

  test.each<[string, Operation, RegExp]>([
    [
      'itself',
      nest({ serializer: author, field: 'books', many: true }),
      /AuthorSerializer can’t show itself/,
    ],
    [
      'what stands below it',
      nest({ serializer: author, field: 'books', with: book, many: true }),
      /stands above BookSerializer/,
    ],
    ['a field that is no relation', nest({ field: 'title' }), /is no relation/],
    ['many where there is one', nest({ many: true }), /leads to one object/],
  ])('refuses %s', (_what, operation, message) => {
    expect(() => after(operation)).toThrow(message);
  });
});
