import { beforeAll, expect, test } from 'vitest';
import type { OperationOf } from '../../../../../shared/django/operations.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { applyTo } from '../../plan-fixture.ts';
import { indexOf, LIBRARY, testParser } from '../../source-fixture.ts';

type AddMany = OperationOf<'model.addMany'>;

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const BEFORE = `from django.db import models


class Shelf(models.Model):
    name = models.CharField(max_length=9)
`;
const to = (name: string, target: string) => ({
  name,
  type: 'ForeignKey',
  to: target,
  options: { on_delete: 'models.CASCADE' },
});

function added(models: AddMany['models']) {
  const index = indexOf(parser, { ...LIBRARY, 'catalog/models.py': BEFORE });
  return applyTo(index, { kind: 'model.addMany', app: 'catalog', models });
}

test('models that lead to each other and to known ones are one change of one file', () => {
  const plan = added([
    { name: 'Crate', fields: [to('label', 'catalog.Label')] },
    { name: 'Label', fields: [to('crate', 'catalog.Crate'), to('shelf', 'catalog.Shelf')] },
  ]);
  expect(plan.title).toBe('Add 2 models to catalog');
  expect(plan.files.map(({ path }) => path)).toEqual(['catalog/models.py']);
  expect(plan.files[0]?.after).toBe(`${BEFORE}

class Crate(models.Model):
    label = models.ForeignKey('Label', on_delete=models.CASCADE)

    def __str__(self):
        return f'Crate {self.pk}'


class Label(models.Model):
    crate = models.ForeignKey('Crate', on_delete=models.CASCADE)
    shelf = models.ForeignKey('Shelf', on_delete=models.CASCADE)

    def __str__(self):
        return f'Label {self.pk}'
`);
});

test('names that are taken, twice the same, or lead nowhere are refused', () => {
  expect(() => added([{ name: 'Shelf', fields: [] }])).toThrow();
  expect(() =>
    added([
      { name: 'Crate', fields: [] },
      { name: 'Crate', fields: [] },
    ]),
  ).toThrow('Two of the models are called Crate');
  expect(() => added([{ name: 'Crate', fields: [to('label', 'catalog.Label')] }])).toThrow(
    'There is no model catalog.Label to lead to.',
  );
});
