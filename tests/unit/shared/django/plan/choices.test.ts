import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** A file after operations, the models module by default. */
function after(
  before: string,
  operations: readonly Operation[],
  others: Readonly<Record<string, string>> = {},
  path = 'catalog/models.py',
): string {
  const files: Readonly<Record<string, string>> = { ...LIBRARY, ...others, 'catalog/models.py': before };
  const index = indexOf(parser, files);
  return operations.reduce((text, operation) => {
    const plan = applyTo(index, operation);
    return plan.files.find((file) => file.path === path)?.after ?? text;
  }, files[path] ?? '');
}

function refusal(before: string, ...operations: readonly Operation[]): string {
  try {
    after(before, operations);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'done';
}

const HEAD = 'from django.db import models\n\n\n';
const status = { model: 'catalog.A', name: 'Status' };
const A = `${HEAD}class A(models.Model):
    class Status(models.TextChoices):
        DRAFT = 'draft', 'Draft'  # first
        DONE = 'done', 'Done'

    status = models.CharField(max_length=9, choices=Status.choices, default=Status.DRAFT)

    def done(self):
        return self.status == self.Status.DONE or A.Status.DONE
`;

describe('choices.add', () => {
  const add = (field: string | null, name = 'Status'): Operation => ({
    kind: 'choices.add',
    model: 'catalog.A',
    name,
    type: 'TextChoices',
    members: [
      { name: 'DRAFT', value: "'draft'", label: 'Draft' },
      { name: 'DONE', value: '"done"', label: null },
    ],
    field,
  });
  const plain = `${HEAD}class A(models.Model):\n    """Doc."""\n\n    LIMIT = 3\n\n    status = models.CharField(max_length=9, default='done')\n`;
  test('stands before the fields, and is used by one', () => {
    expect(after(plain, [add('status')])).toBe(
      `${HEAD}class A(models.Model):\n    """Doc."""\n\n    LIMIT = 3\n\n    class Status(models.TextChoices):\n        DRAFT = 'draft', 'Draft'\n        DONE = 'done'\n\n    status = models.CharField(max_length=9, default=Status.DONE, choices=Status.choices)\n`,
    );
  });
  test('stands first in a class that begins with a field', () => {
    const before = `${HEAD}class A(models.Model):\n    # the state\n    status = models.TextField()\n`;
    expect(after(before, [add(null)])).toBe(
      `${HEAD}class A(models.Model):\n    class Status(models.TextChoices):\n        DRAFT = 'draft', 'Draft'\n        DONE = 'done'\n\n    # the state\n    status = models.TextField()\n`,
    );
  });
  test('marks labels for translation where the file does', () => {
    const before = plain.replace(
      'import models\n',
      "import models\nfrom django.utils.translation import gettext_lazy as _\n\nX = _('x')\n",
    );
    expect(after(before, [add(null)])).toContain("DRAFT = 'draft', _('Draft')\n");
  });
  test.each<[Operation, RegExp]>([
    [add('status', 'LIMIT'), /has a member named “LIMIT”/],
    [add('status', 'class'), /can’t be the name of a class/],
    [
      { ...add('status'), members: [{ name: 'LONG', value: "'0123456789'", label: null }] } as Operation,
      /takes 9 characters/,
    ],
    [
      { ...add(null), members: [{ name: 'name', value: "'x'", label: null }] } as Operation,
      /attribute of every choices class/,
    ],
    [{ ...add(null), members: [{ name: 'X', value: '1', label: null }] } as Operation, /is a text in quotes/],
  ])('refuses %#', (operation, reason) => {
    expect(refusal(plain, operation)).toMatch(reason);
  });
});

describe('members', () => {
  test('are added, also behind others', () => {
    const member = { name: 'GONE', value: "'gone'", label: 'Gone' };
    const last: Operation = { kind: 'choices.addMember', choices: status, member, after: null };
    expect(after(A, [last])).toBe(A.replace("'Done'\n", "'Done'\n        GONE = 'gone', 'Gone'\n"));
    expect(after(A, [{ ...last, after: 'DRAFT' }])).toBe(
      A.replace('# first\n', "# first\n        GONE = 'gone', 'Gone'\n"),
    );
    expect(refusal(A, last, last)).toMatch(/member named “GONE” already/);
    expect(refusal(A, { ...last, member: { ...member, value: "'done'" } })).toMatch(
      /DONE has the value "done" already/,
    );
    expect(refusal(A, { ...last, member: { ...member, value: "'0123456789'" } })).toMatch(
      /takes 9 characters/,
    );
  });

  test('change value and label where they stand', () => {
    const change = (value: string, label: string | null): Operation => ({
      kind: 'choices.changeMember',
      choices: status,
      member: { name: 'DRAFT', value, label },
    });
    expect(after(A, [change("'raw'", 'Raw')])).toBe(A.replace("'draft', 'Draft'", "'raw', 'Raw'"));
    expect(after(A, [change("'draft'", null)])).toBe(A.replace("'draft', 'Draft'", "'draft'"));
    expect(after(A, [change("'draft'", null), change("'draft'", 'Draft')])).toBe(A);
    expect(refusal(A, change("'draft'", 'Draft'))).toMatch(/Nothing would change/);
    const translated = A.replace("'Draft'", "_('Draft')");
    expect(after(translated, [change("'draft'", 'Raw')])).toContain("'draft', _('Raw')  # first");
  });

  test('are renamed with what names them', () => {
    const rename: Operation = {
      kind: 'choices.renameMember',
      choices: status,
      member: 'DONE',
      name: 'READY',
    };
    expect(after(A, [rename])).toBe(A.replaceAll('DONE', 'READY'));
    const views =
      "from .models import A\n\n\ndef f(a):\n    return A.objects.filter(status=A.Status.DONE), A.Status['DONE'], a.Status.DONE, a.DONE\n";
    expect(after(A, [rename], { 'catalog/other.py': views }, 'catalog/other.py')).toBe(
      views.replace('A.Status.DONE', 'A.Status.READY').replace("['DONE']", "['READY']"),
    );
    const index = indexOf(parser, { ...LIBRARY, 'catalog/models.py': A, 'catalog/other.py': views });
    const [use] = index.plan(rename).uncertain;
    expect(use?.why).toBe('it may mean Status.DONE');
    const accepted = index.plan(rename, [use?.id ?? '']);
    expect(accepted.files.find(({ path }) => path === 'catalog/other.py')?.after).toContain('a.Status.READY');
    expect(refusal(A, rename, rename)).toMatch(/no member named “DONE”/);
  });

  test('are moved', () => {
    const move: Operation = { kind: 'choices.reorderMember', choices: status, member: 'DONE', after: null };
    expect(after(A, [move])).toBe(
      A.replace(
        "        DRAFT = 'draft', 'Draft'  # first\n        DONE = 'done', 'Done'\n",
        "        DONE = 'done', 'Done'\n        DRAFT = 'draft', 'Draft'  # first\n",
      ),
    );
    expect(refusal(A, move, move)).toMatch(/Nothing would change/);
    expect(after(A, [move, { ...move, after: 'DRAFT' }])).toBe(A);
  });

  test('are removed when nothing names them', () => {
    const remove: Operation = { kind: 'choices.removeMember', choices: status, member: 'DONE' };
    expect(refusal(A, remove)).toMatch(
      /Status.DONE is still used at catalog\/models.py:12, catalog\/models.py:12/,
    );
    const unused = A.replace(/\n {4}def done[^]*/, '');
    expect(after(unused, [remove])).toBe(unused.replace("        DONE = 'done', 'Done'\n", ''));
    const one = unused.replace("        DONE = 'done', 'Done'\n", '').replace(', default=Status.DRAFT', '');
    expect(refusal(one, { ...remove, member: 'DRAFT' })).toMatch(/is the last member/);
  });
});

describe('choices.rename', () => {
  test('follows a class in a model', () => {
    const rename: Operation = { kind: 'choices.rename', choices: status, name: 'State' };
    expect(after(A, [rename])).toBe(A.replaceAll('Status', 'State'));
    expect(refusal(A, { ...rename, name: 'status' })).toMatch(/already means something else/);
  });
  test('follows a class at the top of a module through imports', () => {
    const models = `${HEAD}class Status(models.TextChoices):\n    A = 'a'\n\n\nclass B(models.Model):\n    s = models.CharField(max_length=1, choices=Status.choices)\n\n    def f(self, Status):\n        return Status\n`;
    const other =
      'from catalog.models import Status\nfrom catalog.models import Status as S\n\nx = Status.A, S.A\n';
    const rename: Operation = {
      kind: 'choices.rename',
      choices: { file: 'catalog/models.py', name: 'Status' },
      name: 'State',
    };
    const changed = after(models, [rename], { 'catalog/other.py': other });
    expect(changed).toBe(
      models.replace('class Status', 'class State').replace('choices=Status', 'choices=State'),
    );
    expect(after(models, [rename], { 'catalog/other.py': other }, 'catalog/other.py')).toBe(
      'from catalog.models import State\nfrom catalog.models import State as S\n\nx = State.A, S.A\n',
    );
  });
});

describe('choices.extract', () => {
  const extract: Operation = { kind: 'choices.extract', model: 'catalog.A', field: 'status', name: 'Status' };
  test('makes a class of a list in the field', () => {
    const before = `${HEAD}class A(models.Model):\n    status = models.CharField(\n        max_length=9,\n        choices=[('d', 'Draft'), ('in-work', 'In work')],  # all\n        default='d',\n    )\n`;
    expect(after(before, [extract])).toBe(
      `${HEAD}class A(models.Model):\n    class Status(models.TextChoices):\n        DRAFT = 'd', 'Draft'\n        IN_WORK = 'in-work', 'In work'\n\n    status = models.CharField(\n        max_length=9,\n        choices=Status.choices,  # all\n        default=Status.DRAFT,\n    )\n`,
    );
    expect(refusal(before, extract, extract)).toMatch(/are a class already/);
  });
  test('makes a class of constants in the model, as Django’s old documentation has them', () => {
    const before = `${HEAD}class A(models.Model):\n    LOW = 1\n    HIGH = 2\n    LEVELS = (\n        (LOW, 'Low'),\n        (HIGH, 'High'),\n    )\n    status = models.IntegerField(choices=LEVELS, default=LOW)\n\n    def is_high(self):\n        return self.status == self.HIGH\n`;
    expect(after(before, [extract])).toBe(
      `${HEAD}class A(models.Model):\n    HIGH = 2\n\n    class Status(models.IntegerChoices):\n        LOW = 1, 'Low'\n        HIGH = 2, 'High'\n\n    status = models.IntegerField(choices=Status.choices, default=Status.LOW)\n\n    def is_high(self):\n        return self.status == self.HIGH\n`,
    );
  });
  test('makes a class of a constant of the module, for all fields that name it', () => {
    const before = `from django.db import models\n\nSTATES = [('a', 'Open'), (None, 'None')]\nX = 1\n\n\nclass A(models.Model):\n    status = models.CharField(max_length=1, choices=STATES)\n    other = models.CharField(max_length=1, choices=STATES, default='a')\n`;
    expect(after(before, [extract])).toBe(
      `from django.db import models\n\n\nclass Status(models.TextChoices):\n    OPEN = 'a', 'Open'\n    __empty__ = 'None'\n\n\nX = 1\n\n\nclass A(models.Model):\n    status = models.CharField(max_length=1, choices=Status.choices)\n    other = models.CharField(max_length=1, choices=Status.choices, default=Status.OPEN)\n`,
    );
    const forms = 'from catalog.models import STATES\n';
    expect(after(before, [extract], { 'catalog/forms.py': forms })).toContain(
      "    __empty__ = 'None'\n\n\nSTATES = Status.choices\n",
    );
  });
  test.each([
    ["choices=[('G', [('a', 'A')])]", /stand in groups/],
    ['choices=make()', /put together when the project runs/],
    ["choices=[('a', 'A'), (1, 'B')]", /neither all texts nor/],
    ['', /has no choices/],
  ])('refuses %s', (choices, reason) => {
    expect(
      refusal(
        `${HEAD}class A(models.Model):\n    status = models.CharField(max_length=1, ${choices})\n`,
        extract,
      ),
    ).toMatch(reason);
  });
});
