import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** The models module after operations. */
function after(before: string, ...operations: readonly Operation[]): string {
  const index = indexOf(parser, { ...LIBRARY, 'catalog/models.py': before });
  return operations.reduce((text, operation) => {
    const plan = applyTo(index, operation);
    return plan.files.find(({ path }) => path === 'catalog/models.py')?.after ?? text;
  }, before);
}

function refusal(before: string, ...operations: readonly Operation[]): string {
  try {
    after(before, ...operations);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'done';
}

const HEAD = 'from django.db import models\n\n\n';
const MODELS = LIBRARY['catalog/models.py'] ?? '';

describe('field.reorder', () => {
  const reorder = (field: string, behind: string | null): Operation => ({
    kind: 'field.reorder',
    model: 'catalog.A',
    field,
    after: behind,
  });
  const A = `${HEAD}class A(models.Model):
    """Doc."""

    # about a
    a = models.TextField()  # end of a
    b = models.CharField(
        max_length=3,
    )

    c = models.TextField()

    class Meta:
        pass
`;
  test.each<[string, string, string | null, string]>([
    [
      'down, with its comments',
      'a',
      'b',
      '    b = models.CharField(\n        max_length=3,\n    )\n    # about a\n    a = models.TextField()  # end of a\n\n    c = models.TextField()\n',
    ],
    [
      'to the top',
      'c',
      null,
      '    c = models.TextField()\n    # about a\n    a = models.TextField()  # end of a\n    b = models.CharField(\n        max_length=3,\n    )\n',
    ],
    [
      'behind the last one',
      'a',
      'c',
      '    b = models.CharField(\n        max_length=3,\n    )\n\n    c = models.TextField()\n    # about a\n    a = models.TextField()  # end of a\n',
    ],
  ])('%s', (_where, field, behind, body) => {
    const expected = `${HEAD}class A(models.Model):\n    """Doc."""\n\n${body}\n    class Meta:\n        pass\n`;
    expect(after(A, reorder(field, behind))).toBe(expected);
    expect(refusal(A, reorder(field, behind), reorder(field, behind))).toMatch(/Nothing would change/);
    const crlf = A.replaceAll('\n', '\r\n');
    expect(after(crlf, reorder(field, behind))).toBe(expected.replaceAll('\n', '\r\n'));
  });

  test('at the end of a file without a line break', () => {
    const before = `${HEAD}class A(models.Model):\n\ta = models.TextField()\n\tb = models.TextField()`;
    expect(after(before, reorder('b', null))).toBe(
      `${HEAD}class A(models.Model):\n\tb = models.TextField()\n\ta = models.TextField()`,
    );
    expect(after(before, reorder('a', 'b'))).toBe(
      `${HEAD}class A(models.Model):\n\tb = models.TextField()\n\ta = models.TextField()`,
    );
  });

  test('is refused where the order matters or can’t be changed', () => {
    const uses = `${HEAD}class A(models.Model):\n    a = models.TextField()\n    X = 3\n    b = models.TextField(max_length=X)\n    c = models.TextField(); d = models.TextField()\n`;
    expect(refusal(uses, reorder('b', 'a'))).toMatch(/is made with X/);
    expect(refusal(uses, reorder('c', 'a'))).toMatch(/shares its line/);
    expect(refusal(uses, reorder('a', 'a'))).toMatch(/behind itself/);
  });
});

describe('field.duplicate', () => {
  const duplicate = (field: string, name: string): Operation => ({
    kind: 'field.duplicate',
    model: 'catalog.A',
    field,
    name,
  });
  const A = `${HEAD}class A(models.Model):
    # what it is called
    title = models.CharField(
        'title',
        max_length=200,  # enough
        db_column='ttl',
    )
    owner = models.ForeignKey('auth.User', models.CASCADE, related_name="things")
    other = models.OneToOneField('self', models.CASCADE)
    friends = models.ManyToManyField('auth.User', through='Friendship')
`;

  test('copies the statement without what only one field can have', () => {
    expect(after(A, duplicate('title', 'subtitle'))).toBe(
      A.replace(
        '    owner =',
        "    subtitle = models.CharField(\n        'title',\n        max_length=200,  # enough\n    )\n    owner =",
      ),
    );
    const windows = A.replaceAll('\n', '\r\n');
    expect(after(windows, duplicate('title', 'subtitle'))).toBe(
      after(A, duplicate('title', 'subtitle')).replaceAll('\n', '\r\n'),
    );
  });

  test('gives a relation a way back of its own', () => {
    expect(after(A, duplicate('owner', 'editor'), duplicate('other', 'twin'))).toBe(
      A.replace(
        '"things")\n',
        "\"things\")\n    editor = models.ForeignKey('auth.User', models.CASCADE, related_name='editor_things')\n",
      ).replace(
        "    other = models.OneToOneField('self', models.CASCADE)\n",
        "    other = models.OneToOneField('self', models.CASCADE)\n    twin = models.OneToOneField('self', models.CASCADE, related_name='twin_a')\n",
      ),
    );
  });

  test('is refused for taken names and relations through a model', () => {
    expect(refusal(A, duplicate('title', 'owner'))).toMatch(/owner/);
    expect(refusal(A, duplicate('title', 'class'))).toMatch(/class/);
    expect(refusal(A, duplicate('friends', 'enemies'))).toMatch(/goes through/);
    expect(refusal(A, duplicate('title', 'subtitle'), duplicate('title', 'subtitle'))).toMatch(/subtitle/);
  });
});

describe('field.moveToBase', () => {
  const move = (field: string, base = 'catalog.Base'): Operation => ({
    kind: 'field.moveToBase',
    model: 'catalog.A',
    field,
    base,
  });
  const body = `class Base(models.Model):
    x = models.TextField()

    class Meta:
        abstract = True


class A(Base):
    # why
    y = models.ForeignKey('self', models.CASCADE, related_name='ys')
    z = models.TextField(
        default='z',
    )


class B(Base):
    pass
`;
  test('lets all children have it', () => {
    const index = indexOf(parser, { ...LIBRARY, 'catalog/models.py': HEAD + body });
    const plan = index.plan(move('z'));
    expect(plan.notes).toEqual(['catalog.B get z, too: the migration adds the column there.']);
    expect(plan.files[0]?.after).toBe(
      HEAD +
        body
          .replace("    z = models.TextField(\n        default='z',\n    )\n", '')
          .replace(
            'x = models.TextField()\n',
            "x = models.TextField()\n    z = models.TextField(\n        default='z',\n    )\n",
          ),
    );
  });

  test('brings what the field needs to the module of the base', () => {
    const index = indexOf(parser, {
      ...LIBRARY,
      'library/bases.py': `${HEAD}class Base(models.Model):\n    class Meta:\n        abstract = True\n`,
      'catalog/models.py': `from django.db import models\nfrom django.utils import timezone\n\nfrom library.bases import Base\n\n\nclass A(Base):\n    made = models.DateField(default=timezone.now)\n    b = models.TextField()\n`,
    });
    const id = index.snapshot().models.find(({ name }) => name === 'Base')?.id ?? '';
    const plan = index.plan(move('made', id));
    const text = Object.fromEntries(plan.files.map((file) => [file.path, file.after]));
    expect(text['catalog/models.py']).toBe(
      'from django.db import models\n\nfrom library.bases import Base\n\n\nclass A(Base):\n    b = models.TextField()\n',
    );
    expect(text['library/bases.py']).toBe(
      'from django.db import models\nfrom django.utils import timezone\n\n\nclass Base(models.Model):\n    made = models.DateField(default=timezone.now)\n\n    class Meta:\n        abstract = True\n',
    );
  });

  test.each<[string, string, Operation, RegExp]>([
    ['one related_name for all', body, move('y'), /write %\(class\)s into it first/],
    [
      'a sibling that has its own',
      body.replace('class B(Base):\n    pass', 'class B(Base):\n    z = 1'),
      move('z'),
      /catalog.B defines “z” itself/,
    ],
    ['a base that is none', body, move('z', 'catalog.B'), /is not abstract/],
    [
      'members of the model',
      body.replace("default='z'", 'default=LIMIT').replace('    # why', '    LIMIT = 1\n    # why'),
      move('z'),
      /is made with LIMIT of A/,
    ],
    [
      'a constant below the base',
      body.replace("default='z'", 'default=C').replace('class A(', 'class C:\n    pass\n\n\nclass A('),
      move('z'),
      /C stands below Base/,
    ],
  ])('refuses %s', (_what, before, operation, reason) => {
    expect(refusal(HEAD + before, operation)).toMatch(reason);
  });
});

describe('field.addThrough', () => {
  const through = (to: string, name = 'Holding'): Operation => ({
    kind: 'field.addThrough',
    model: 'catalog.A',
    field: { name: 'owners', type: 'ManyToManyField', to, options: { related_name: "'held'" } },
    through: { name, fields: [{ name: 'since', type: 'DateField', to: null, options: { null: 'True' } }] },
    after: null,
  });
  const A = `${HEAD}class A(models.Model):\n    a = models.TextField()\n\n\nclass B(models.Model):\n    pass\n`;
  test('makes the field and the model between', () => {
    expect(after(A, through('catalog.B'))).toBe(`${HEAD}class A(models.Model):
    a = models.TextField()
    owners = models.ManyToManyField('B', related_name='held', through='Holding')


class B(models.Model):
    pass


class Holding(models.Model):
    a = models.ForeignKey('A', on_delete=models.CASCADE)
    b = models.ForeignKey('B', on_delete=models.CASCADE)
    since = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=['a', 'b'], name='unique_holding'),
        ]

    def __str__(self):
        return f'{self.a} – {self.b}'
`);
    expect(refusal(A, through('catalog.B'), through('catalog.B'))).toMatch(
      /has a model named “Holding” already/,
    );
  });
  test('tells the two ends of a relation to itself apart', () => {
    const text = after(A, through('self'));
    expect(text).toContain("        through_fields=('from_a', 'to_a'),\n");
    expect(text).toContain("from_a = models.ForeignKey('A', on_delete=models.CASCADE, related_name='+')");
  });
});

describe('ways back', () => {
  const add = (
    model: string,
    name: string,
    to: string | null,
    options: Record<string, string>,
  ): Operation => ({
    kind: 'field.add',
    model,
    after: null,
    field: {
      name,
      type: to === null ? 'TextField' : 'ForeignKey',
      to,
      options: to === null ? options : { on_delete: 'models.CASCADE', ...options },
    },
  });
  test.each<[string, Operation, RegExp]>([
    [
      'of another relation (E304)',
      add('catalog.Loan', 'by', 'catalog.Author', { related_name: "'books'" }),
      /would be called “books”, which is that of catalog.Book.author already/,
    ],
    [
      'of a field (E302)',
      add('catalog.Loan', 'by', 'catalog.Author', { related_name: "'name'" }),
      /the name of a field there/,
    ],
    [
      'that two would have (E304)',
      add('catalog.Loan', 'second', 'catalog.Book', {}),
      /would be called “loan_set”/,
    ],
    [
      'as a field (E302)',
      add('catalog.Author', 'books', null, {}),
      /“books” is the way back of catalog.Book.author already/,
    ],
    [
      'as a new name (E302)',
      { kind: 'field.rename', model: 'catalog.Author', field: 'name', name: 'books' },
      /is the way back/,
    ],
    [
      'by a change',
      {
        kind: 'field.change',
        model: 'catalog.Book',
        field: 'owner',
        type: 'ForeignKey',
        to: 'catalog.Author',
        set: { related_name: "'books'" },
        unset: [],
      },
      /would be called “books”/,
    ],
  ])('refuses the name %s', (_what, operation, reason) => {
    expect(refusal(MODELS, operation)).toMatch(reason);
  });
  test('takes names that are free or hidden', () => {
    expect(after(MODELS, add('catalog.Loan', 'second', 'catalog.Book', { related_name: "'+'" }))).toContain(
      'second = ',
    );
    expect(
      after(MODELS, add('catalog.Loan', 'second', 'catalog.Book', { related_name: "'seconds'" })),
    ).toContain('second = ');
  });
});

describe('field.change', () => {
  const change = (type: string, set: Record<string, string>, unset: string[] = []): Operation => ({
    kind: 'field.change',
    model: 'catalog.A',
    field: 'a',
    type,
    to: null,
    set,
    unset,
  });
  const field = (code: string): string =>
    `${HEAD}class A(models.Model):\n    a = ${code}\n    b = models.IntegerField()\n`;
  test.each<[string, string, Operation, string]>([
    [
      'an option the catalogue does not know',
      "models.TextField(widget='x')",
      change('TextField', { widget: "'y'" }),
      "models.TextField(widget='y')",
    ],
    [
      'and takes it away',
      "models.TextField(widget='x')",
      change('TextField', {}, ['widget']),
      'models.TextField()',
    ],
    [
      'a generated field',
      "models.GeneratedField(expression=models.F('b'), output_field=models.IntegerField(), db_persist=True)",
      change('GeneratedField', { db_persist: 'False' }),
      "models.GeneratedField(\n        expression=models.F('b'), output_field=models.IntegerField(), db_persist=False\n    )",
    ],
    [
      'validators',
      'models.IntegerField()',
      change('IntegerField', { validators: '[MinValueValidator(1)]', db_default: 'Now()' }),
      'models.IntegerField(db_default=Now(), validators=[MinValueValidator(1)])',
    ],
    [
      'options that no longer fit',
      "models.CharField('name', max_length=3, unique=True)",
      change('IntegerField', {}),
      "models.IntegerField('name', unique=True)",
    ],
    [
      'positional ones',
      "models.CharField('name')",
      change('CharField', { verbose_name: "'title'", max_length: '3' }),
      "models.CharField('title', max_length=3)",
    ],
  ])('changes %s', (_what, before, operation, expected) => {
    const text = after(field(before), operation);
    expect(text).toContain(`    a = ${expected}\n`);
    expect(refusal(field(before), operation, operation)).toMatch(/Nothing would change/);
  });
});
