import { beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const HEAD = 'from django.db import models\n\n\n';
type Step =
  Extract<Operation, { kind: `meta.${string}` }> extends infer T
    ? T extends { model: string }
      ? Omit<T, 'model'>
      : never
    : never;

/** The models module after operations on Meta of class A. */
function after(body: string, ...steps: readonly Step[]): string {
  let text = body.includes('\r\n') ? HEAD.replaceAll('\n', '\r\n') + body : HEAD + body;
  const index = indexOf(parser, { ...LIBRARY, 'catalog/models.py': text });
  for (const step of steps) {
    const plan = applyTo(index, { ...step, model: 'catalog.A' });
    text = plan.files.find(({ path }) => path === 'catalog/models.py')?.after ?? text;
  }
  return text.replace(/^from django.*\r?\n(from django.*\r?\n)?(\r?\n){2}/, '');
}

function refusal(body: string, ...steps: readonly Step[]): string {
  try {
    after(body, ...steps);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'done';
}

const FIELDS = 'class A(models.Model):\n    a = models.TextField()\n    b = models.TextField()\n';

describe('meta.set', () => {
  const ordering = (code: string | null): Step => ({ kind: 'meta.set', option: 'ordering', code });
  test.each<[string, string, Step, string]>([
    [
      'makes Meta behind the fields',
      FIELDS,
      ordering("['a']"),
      `${FIELDS}\n    class Meta:\n        ordering = ['a']\n`,
    ],
    [
      'makes Meta between managers and methods',
      `${FIELDS}    objects = models.Manager()\n\n    def __str__(self):\n        return self.a\n`,
      ordering("['a']"),
      `${FIELDS}    objects = models.Manager()\n\n    class Meta:\n        ordering = ['a']\n\n    def __str__(self):\n        return self.a\n`,
    ],
    [
      'parts Meta from a method that follows at once',
      'class A(models.Model):\n    a = models.TextField()\n    def f(self):\n        pass\n',
      ordering("['a']"),
      "class A(models.Model):\n    a = models.TextField()\n\n    class Meta:\n        ordering = ['a']\n\n    def f(self):\n        pass\n",
    ],
    [
      'makes Meta in an empty class',
      'class A(models.Model):\n    pass\n',
      { kind: 'meta.set', option: 'managed', code: 'False' },
      'class A(models.Model):\n    class Meta:\n        managed = False\n',
    ],
    [
      'makes Meta in a class on one line',
      'class A(models.Model): pass\n',
      { kind: 'meta.set', option: 'managed', code: 'False' },
      'class A(models.Model):\n    class Meta:\n        managed = False\n',
    ],
    [
      'stands behind the other options, with tabs',
      "class A(models.Model):\n\ta = models.TextField()\n\n\tclass Meta:\n\t\tdb_table = 'x'  # old\n\t\t# end\n\n\tb = 1\n",
      { kind: 'meta.set', option: 'verbose_name', code: '"thing"' },
      "class A(models.Model):\n\ta = models.TextField()\n\n\tclass Meta:\n\t\tdb_table = 'x'  # old\n\t\tverbose_name = 'thing'\n\t\t# end\n\n\tb = 1\n",
    ],
    [
      'changes the value alone',
      `${FIELDS}\n    class Meta:\n        ordering = ['a']  # for lists\n`,
      ordering("['-b', 'a']"),
      `${FIELDS}\n    class Meta:\n        ordering = ['-b', 'a']  # for lists\n`,
    ],
    [
      'takes Meta away with its last option',
      `${FIELDS}\n    class Meta:\n        ordering = ['a']\n\n    def f(self):\n        pass\n`,
      ordering(null),
      `${FIELDS}\n    def f(self):\n        pass\n`,
    ],
    [
      'leaves the other options',
      `${FIELDS}\n    class Meta:\n        ordering = ['a']\n        managed = False`,
      ordering(null),
      `${FIELDS}\n    class Meta:\n        managed = False`,
    ],
    [
      'writes into Meta on one line',
      `${FIELDS}\n    class Meta: managed = False\n`,
      ordering("['a']"),
      `${FIELDS}\n    class Meta:\n        managed = False\n        ordering = ['a']\n`,
    ],
    [
      'keeps CRLF and a missing line break at the end',
      `${FIELDS.replaceAll('\n', '\r\n')}    def f(self): return 1`,
      ordering("['a']"),
      `${FIELDS.replaceAll('\n', '\r\n')}\r\n    class Meta:\r\n        ordering = ['a']\r\n\r\n    def f(self): return 1`,
    ],
  ])('%s', (_what, before, step, expected) => {
    expect(after(before, step)).toBe(expected);
  });

  test('extends the Meta that it would hide', () => {
    const bases =
      "class Base(models.Model):\n    x = models.TextField()\n\n    class Meta:\n        abstract = True\n        ordering = ['x']\n\n\n";
    expect(
      after(`${bases}class A(Base):\n    a = models.TextField()\n`, {
        kind: 'meta.set',
        option: 'managed',
        code: 'False',
      }),
    ).toBe(
      `${bases}class A(Base):\n    a = models.TextField()\n\n    class Meta(Base.Meta):\n        managed = False\n`,
    );
  });

  test.each<[string, Step, RegExp]>([
    [
      'an option Django has not',
      { kind: 'meta.set', option: 'order', code: '1' },
      /no Meta option named “order”/,
    ],
    ['an ordering by no field', ordering("['c']"), /no field named “c”/],
    ['what is not there', ordering(null), /has no option ordering/],
    ['what is no expression', ordering("['a'"), /not one expression/],
    ['what is so already', ordering("['a']"), /Nothing would change/],
  ])('refuses %s', (what, step, reason) => {
    const body = what.startsWith('what is so')
      ? `${FIELDS}\n    class Meta:\n        ordering = ['a']\n`
      : FIELDS;
    expect(refusal(body, step)).toMatch(reason);
  });
});

describe('entries of Meta', () => {
  const index = (code: string): Step => ({ kind: 'meta.addEntry', option: 'indexes', code });
  const together = (code: string): Step => ({ kind: 'meta.addEntry', option: 'unique_together', code });
  const meta = (lines: string): string => `${FIELDS}\n    class Meta:\n${lines}`;

  test.each<[string, string, Step, string]>([
    [
      'start a list, with names that are imported',
      FIELDS,
      { kind: 'meta.addEntry', option: 'constraints', code: "UniqueConstraint(Lower('a'), name='a_ci')" },
      meta("        constraints = [models.UniqueConstraint(Lower('a'), name='a_ci')]\n"),
    ],
    [
      'start a list that is too long for a line',
      FIELDS,
      {
        kind: 'meta.addEntry',
        option: 'constraints',
        code: "models.CheckConstraint(condition=models.Q(a__gt='') | models.Q(b__isnull=False), name='a_or_b')",
      },
      meta(
        "        constraints = [\n            models.CheckConstraint(\n                condition=models.Q(a__gt='') | models.Q(b__isnull=False), name='a_or_b'\n            ),\n        ]\n",
      ),
    ],
    [
      'stay one a line',
      meta(
        "        indexes = [\n            models.Index(fields=['a'], name='a_idx'),  # first\n        ]\n",
      ),
      index("models.Index(fields=['b'], name='b_idx')"),
      meta(
        "        indexes = [\n            models.Index(fields=['a'], name='a_idx'),  # first\n            models.Index(fields=['b'], name='b_idx'),\n        ]\n",
      ),
    ],
    [
      'stay in a tuple on one line',
      meta("        indexes = (models.Index(fields=['a']),)\n"),
      index("models.Index(fields=['b'])"),
      meta("        indexes = (models.Index(fields=['a']), models.Index(fields=['b']))\n"),
    ],
    [
      'break a line that gets too long',
      meta("        indexes = [models.Index(fields=['a'], name='catalog_a_idx')]\n"),
      index("models.Index(fields=['b'], name='catalog_b_idx')"),
      meta(
        "        indexes = [\n            models.Index(fields=['a'], name='catalog_a_idx'),\n            models.Index(fields=['b'], name='catalog_b_idx'),\n        ]\n",
      ),
    ],
    [
      'make a list of a single unique_together',
      meta("        unique_together = ('a', 'b')\n"),
      together("('b', 'id')"),
      meta("        unique_together = (('a', 'b'), ('b', 'id'))\n"),
    ],
    [
      'change where they stand',
      meta(
        "        indexes = [\n            models.Index(fields=['a']),  # first\n            models.Index(fields=['b']),\n        ]\n",
      ),
      { kind: 'meta.changeEntry', option: 'indexes', index: 0, code: "models.Index(fields=['-a'])" },
      meta(
        "        indexes = [\n            models.Index(fields=['-a']),  # first\n            models.Index(fields=['b']),\n        ]\n",
      ),
    ],
    [
      'go with their comment',
      meta(
        "        indexes = [\n            models.Index(fields=['a']),  # first\n            models.Index(fields=['b']),\n        ]\n",
      ),
      { kind: 'meta.removeEntry', option: 'indexes', index: 0 },
      meta("        indexes = [\n            models.Index(fields=['b']),\n        ]\n"),
    ],
    [
      'take the list and Meta with them',
      meta("        unique_together = ('a', 'b')\n"),
      { kind: 'meta.removeEntry', option: 'unique_together', index: 0 },
      FIELDS,
    ],
  ])('%s', (_what, before, step, expected) => {
    expect(after(before, step)).toBe(expected);
    if (step.kind === 'meta.addEntry')
      expect(refusal(before, step, step)).toMatch(/this entry already|named/);
  });

  test.each<[string, Step, RegExp]>([
    ['an index by no field', index("models.Index(fields=['c'])"), /no field named “c”/],
    [
      'a constraint without a name',
      { kind: 'meta.addEntry', option: 'constraints', code: "models.UniqueConstraint(fields=['a'])" },
      /needs a name/,
    ],
    [
      'another call',
      index("models.UniqueConstraint(fields=['a'], name='x')"),
      /made by a call like models.Index/,
    ],
    [
      'a name that is too long',
      index(`models.Index(fields=['a'], name='${'x'.repeat(31)}')`),
      /30 characters/,
    ],
    ['names of nothing', index("models.Index(fields=['a'], condition=Nope())"), /“Nope” in/],
    [
      'a permission without a name',
      { kind: 'meta.addEntry', option: 'permissions', code: "'x'" },
      /pair of code and name/,
    ],
    ['an entry that is not there', { kind: 'meta.removeEntry', option: 'indexes', index: 3 }, /no entry 4/],
  ])('refuse %s', (_what, step, reason) => {
    expect(refusal(FIELDS, step)).toMatch(reason);
  });

  test('that are put together at run time are left alone', () => {
    expect(refusal(meta('        indexes = MORE + []\n'), index("models.Index(fields=['a'])"))).toMatch(
      /put together when the project runs/,
    );
  });
});
