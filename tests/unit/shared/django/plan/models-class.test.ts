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
const A = `${HEAD}class A(models.Model):
    title = models.CharField(max_length=9)
    year = models.IntegerField(null=True)
    up = models.ForeignKey('self', models.CASCADE)
    many = models.ManyToManyField('self')
`;

describe('model.setStr', () => {
  const str = (pattern: string): Operation => ({ kind: 'model.setStr', model: 'catalog.A', pattern });
  test.each([
    ['{title} ({year})', "return f'{self.title} ({self.year})'"],
    ['{title}', 'return self.title'],
    ['{year}', 'return str(self.year)'],
    ['{up}', 'return str(self.up)'],
    ['{up.title}, {pk}', "return f'{self.up.title}, {self.pk}'"],
    ['A thing', "return 'A thing'"],
    ["{title}'s {{x}}", 'return f"{self.title}\'s {{x}}"'],
    ['"{title}" isn\'t', "return f'\"{self.title}\" isn\\'t'"],
  ])('%s', (pattern, line) => {
    const expected = `${A}\n    def __str__(self):\n        ${line}\n`;
    expect(after(A, str(pattern))).toBe(expected);
    expect(refusal(A, str(pattern), str(pattern))).toMatch(/returns that already/);
  });

  test('takes the place of one return alone', () => {
    const before = `${A}    def __str__(self):\n        """Doc."""\n        return self.title  # kept\n`;
    expect(after(before, str('{year}'))).toBe(before.replace('self.title  #', 'str(self.year)  #'));
    expect(
      refusal(`${A}    def __str__(self):\n        x = 1\n        return self.title\n`, str('{year}')),
    ).toMatch(/does more than return one value/);
  });

  test.each([
    ['{nope}', /no field named “nope”/],
    ['{up.nope}', /no field named “nope”/],
    ['{many}', /leads to many objects/],
    ['{title', /brace of the pattern is not closed/],
    ['', /Say what an object is shown as/],
    ['{a b}', /is not the name of a field/],
  ])('refuses %s', (pattern, reason) => {
    expect(refusal(A, str(pattern))).toMatch(reason);
  });
});

describe('model.setAbsoluteUrl', () => {
  const url = (route: string, parameters: Record<string, string> = {}): Operation => ({
    kind: 'model.setAbsoluteUrl',
    model: 'catalog.A',
    route,
    parameters,
  });
  test('reverses a route with the fields it takes', () => {
    const before = `${A}\n    def save(self):\n        pass\n\n    def later(self):\n        pass\n`;
    expect(after(before, url('catalog:book-detail', { pk: 'pk' }))).toBe(
      before
        .replace('import models\n', 'import models\nfrom django.urls import reverse\n')
        .replace(
          '    def later',
          "    def get_absolute_url(self):\n        return reverse('catalog:book-detail', kwargs={'pk': self.pk})\n\n    def later",
        ),
    );
    expect(after(A, url('catalog:book-list'))).toContain("return reverse('catalog:book-list')\n");
  });
  test.each<[Operation, RegExp]>([
    [url('catalog:nope'), /no route named/],
    [url('catalog:book-detail'), /takes pk: say which field/],
    [url('catalog:book-list', { pk: 'pk' }), /takes no parameters/],
    [url('catalog:book-detail', { pk: 'nope' }), /no field named “nope”/],
  ])('refuses %#', (operation, reason) => {
    expect(refusal(A, operation)).toMatch(reason);
  });
});

describe('model.addManager', () => {
  const manager = (name: string, queryset = 'AQuerySet'): Operation => ({
    kind: 'model.addManager',
    model: 'catalog.A',
    name,
    queryset,
  });
  test('makes the queryset above the model, and the manager behind its fields', () => {
    const before = A.replace('class A', '# about A\nclass A').concat(
      '\n    class Meta:\n        managed = False\n',
    );
    expect(after(before, manager('objects'))).toBe(
      before
        .replace('# about A\n', 'class AQuerySet(models.QuerySet):\n    pass\n\n\n# about A\n')
        .replace('    class Meta', '    objects = AQuerySet.as_manager()\n\n    class Meta'),
    );
  });
  test('keeps `objects`, and joins managers', () => {
    const once = after(A, manager('live'));
    expect(once).toContain('\n    objects = models.Manager()\n    live = AQuerySet.as_manager()\n');
    expect(after(A, manager('live'), manager('dead'))).toContain(
      '    live = AQuerySet.as_manager()\n    dead = AQuerySet.as_manager()\n',
    );
    expect(refusal(A, manager('live'), manager('live'))).toMatch(/has a member named “live” already/);
  });
  test('refuses what are no names', () => {
    expect(refusal(A, manager('title'))).toMatch(/named “title”/);
    expect(refusal(A, manager('x', 'not a name'))).toMatch(/can’t be a name/);
  });
});

describe('model.changeBases', () => {
  const bases = (...codes: readonly string[]): Operation => ({
    kind: 'model.changeBases',
    model: 'catalog.A',
    bases: [...codes],
  });
  const DATED = `${HEAD}class Dated(models.Model):
    made = models.DateField()

    class Meta:
        abstract = True


class A(models.Model):  # why
    pass


class B(A):
    pass
`;
  test('adds and takes away single ones', () => {
    const once = DATED.replace('A(models.Model)', 'A(Dated, models.Model)');
    expect(after(DATED, bases('Dated', 'models.Model'))).toBe(once);
    expect(after(DATED, bases('Dated'))).toBe(DATED.replace('A(models.Model)', 'A(Dated)'));
    expect(after(once, bases('models.Model'))).toBe(DATED);
    expect(refusal(DATED, bases('models.Model'))).toMatch(/Nothing would change/);
  });
  test.each([
    [['models.Model', 'Dated'], /has to stand behind/],
    [['B'], /made from it/],
    [['A'], /itself or made from it/],
    [['Nope'], /“Nope” in/],
    [['Dated', 'Dated'], /same base twice/],
    [['object'], /needs a base that is a model|not known/],
    [[], /needs a base that is a model/],
  ])('refuses %j', (codes, reason) => {
    expect(refusal(DATED, bases(...codes))).toMatch(reason);
  });
});

describe('model.setAbstract', () => {
  const set = (model: string, abstract: boolean): Operation => ({
    kind: 'model.setAbstract',
    model,
    abstract,
  });
  const alone = `${HEAD}class A(models.Model):\n    x = models.TextField()\n\n\nclass B(A):\n    pass\n`;
  test('says so in Meta, and takes it back', () => {
    const lone = alone.replace(/\n\n\nclass B[^]*/, '\n');
    const made = after(lone, set('catalog.A', true));
    expect(made).toBe(
      lone.replace('TextField()\n', 'TextField()\n\n    class Meta:\n        abstract = True\n'),
    );
    expect(after(lone, set('catalog.A', true), set('catalog.A', false))).toBe(lone);
    expect(refusal(lone, set('catalog.A', true), set('catalog.A', true))).toMatch(/abstract already/);
  });
  test('is refused where others lead to its table, or lose theirs', () => {
    expect(refusal(LIBRARY['catalog/models.py'] ?? '', set('catalog.Author', true))).toMatch(
      /is still used at/,
    );
    expect(refusal(LIBRARY['catalog/models.py'] ?? '', set('catalog.Dated', false))).toMatch(/derive from/);
    expect(after(alone, set('catalog.A', true))).toContain('abstract = True');
  });
});
