import { beforeAll, describe, expect, test } from 'vitest';
import type { FieldFacts, ModelFacts } from '../../../../../shared/django/project-model.ts';
import type { PythonParser } from '../../../../../shared/python/parser.ts';
import { indexOf, LIBRARY, sha256, testParser } from '../../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** The models of a project whose installed apps are `shop` and `tests.extra`. */
function modelsOf(files: Readonly<Record<string, string>>): readonly ModelFacts[] {
  return indexOf(parser, {
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n',
    'settings.py': 'INSTALLED_APPS = ["shop", "tests.extra"]\n',
    'shop/__init__.py': '',
    'tests/__init__.py': '',
    'tests/extra/__init__.py': '',
    ...files,
  }).snapshot().models;
}

function only(files: Readonly<Record<string, string>>): ModelFacts {
  const [model, ...others] = modelsOf(files);
  if (model === undefined || others.length > 0) throw new Error('There is not exactly one model.');
  return model;
}

function fieldOf(model: ModelFacts): FieldFacts {
  const [field] = model.fields;
  if (field === undefined) throw new Error(`${model.id} has no field.`);
  return field;
}

describe('what a model is', () => {
  const field = '    x = models.IntegerField()';
  const isModel: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ['a base that is a function’s value', ['Base = make()', 'class A(Base):', field]],
    ['a base that is a call', ['class A(with_metaclass(M, object)):', field]],
    ['the user model', ['User = get_user_model()', 'class A(User):', '    pass']],
    ['a model of the registry', ['B = apps.get_model("shop", "B")', 'class A(B):', '    pass']],
    ['a base under another name', ['Base = models.Model', 'class A(Base):', '    pass']],
    ['Django’s names by a star import', ['from django.db.models import *', 'class A(Model):', '    pass']],
  ];
  test.each(isModel)('%s', (_, lines) => {
    const text = ['from django.db import models', ...lines].join('\n');
    expect(only({ 'shop/models.py': text }).id).toBe('shop.A');
  });

  const isNone: readonly (readonly [what: string, lines: readonly string[]])[] = [
    ['a form', ['from django import forms', 'class A(forms.Form):', '    x = forms.IntegerField()']],
    ['a class with a base nobody knows and no field', ['class A(Base):', '    x = 1']],
    ['a class without a base', ['class A:', field]],
  ];
  test.each(isNone)('not %s', (_, lines) => {
    const text = ['from django.db import models', ...lines].join('\n');
    expect(modelsOf({ 'shop/models.py': text })).toEqual([]);
  });
});

describe('which app a model belongs to', () => {
  const model = 'from django.db import models\nclass A(models.Model):\n    pass\n';

  test('a package inside an installed app that only looks like an app is part of it', () => {
    const files = { 'shop/rates/__init__.py': '', 'shop/rates/models.py': model };
    expect(only(files).id).toBe('shop.A');
  });

  test('an installed app may stand in a folder of tests, and its own tests hold no models', () => {
    const files = {
      'tests/extra/models.py': model,
      'tests/extra/tests/models.py': model,
      'tests/models.py': model,
    };
    expect(modelsOf(files).map(({ place }) => place.file)).toEqual(['tests/extra/models.py']);
  });

  test('a configuration class may take its name and label from another one', () => {
    const { apps } = indexOf(parser, {
      'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")\n',
      'settings.py': 'INSTALLED_APPS = ["people.apps.Special"]\n',
      'people/__init__.py': '',
      'people/apps.py': [
        'from django.apps import AppConfig',
        'class People(AppConfig):',
        '    name = "people"',
        '    label = "humans"',
        'class Special(People):',
        '    pass',
      ].join('\n'),
    }).snapshot();
    expect(apps).toEqual([{ label: 'humans', name: 'people', folder: 'people', installed: true }]);
  });
});

describe('fields', () => {
  const field = (line: string, before = ''): FieldFacts =>
    fieldOf(
      only({
        'shop/models.py': `from django.db import models\n${before}\nclass A(models.Model):\n    x = ${line}\n`,
        'shop/fields.py': 'from django.db import models\nclass PriceField(models.DecimalField):\n    pass\n',
      }),
    );

  test.each([
    ['models.CompositePrimaryKey("a", "b")', '', 'CompositePrimaryKey', undefined],
    [
      'models.GeneratedField(expression=1, output_field=models.IntegerField(), db_persist=True)',
      '',
      'GeneratedField',
      undefined,
    ],
    [
      'ArrayField(models.IntegerField())',
      'from django.contrib.postgres.fields import ArrayField',
      'ArrayField',
      undefined,
    ],
    [
      'SearchVectorField()',
      'from django.contrib.postgres.search import SearchVectorField',
      'SearchVectorField',
      undefined,
    ],
    ['PriceField()', 'from shop.fields import PriceField', 'PriceField', 'DecimalField'],
    ['Price()', 'from shop.fields import PriceField as Price', 'PriceField', 'DecimalField'],
    ['Text()', 'from django.db.models import CharField as Text', 'CharField', undefined],
    [
      'PhoneNumberField()',
      'from phonenumber_field.modelfields import PhoneNumberField',
      'PhoneNumberField',
      null,
    ],
    ['TaggableManager()', 'from taggit.managers import TaggableManager', 'TaggableManager', null],
    ['MadeField()', 'MadeField = import_string("x.MadeField")', 'MadeField', null],
  ])('%s is read', (line, before, type, base) => {
    const read = field(line, before);
    expect([read.type, read.base]).toEqual([type, base]);
  });

  test('a condition it stands below is named', () => {
    const text = [
      'from django.db import models',
      'class A(models.Model):',
      '    if BIG:',
      '        x = models.BigIntegerField()',
      '    elif SMALL:',
      '        y = models.SmallIntegerField()',
      '    else:',
      '        z = models.IntegerField()',
      '    w = models.IntegerField()',
    ].join('\n');
    const { fields } = only({ 'shop/models.py': text });
    expect(fields.map(({ name, when }) => [name, when])).toEqual([
      ['x', 'BIG'],
      ['y', 'not (BIG) and SMALL'],
      ['z', 'not (BIG) and not (SMALL)'],
      ['w', undefined],
    ]);
  });
});

describe('choices of a field', () => {
  const choices = (code: string): FieldFacts['choices'] => {
    const text = [
      'from django.db import models',
      'from django.utils.translation import gettext_lazy as _',
      'from shop.lists import SIZES, Colour',
      'STATES = (("new", _("New")), ("old", "Old, or so"))  # both',
      'class B(models.Model):',
      '    class Kind(models.TextChoices):',
      '        A = "a"',
      'class A(models.Model):',
      '    MOODS = [',
      '        (1, "Good # or bad"),  # rarely',
      '        (2, label()),',
      '    ]',
      `    x = models.IntegerField(choices=${code})`,
    ].join('\n');
    const lists =
      'from django.db import models\nSIZES = {"s": "Small"}\nclass Colour(models.TextChoices):\n    RED = "r"\n';
    const model = modelsOf({ 'shop/models.py': text, 'shop/lists.py': lists }).find(
      ({ id }) => id === 'shop.A',
    );
    return model?.fields[0]?.choices;
  };
  const member = (value: string, labelCode: string, label: string | null): object => ({
    value,
    labelCode,
    label,
  });

  test.each([
    ['[(1, "One")]', null, [member('1', '"One"', 'One')]],
    ['STATES', 'STATES', [member('"new"', '_("New")', 'New'), member('"old"', '"Old, or so"', 'Old, or so')]],
    ['MOODS', 'MOODS', [member('1', '"Good # or bad"', 'Good # or bad'), member('2', 'label()', null)]],
    ['SIZES', 'SIZES', [member('"s"', '"Small"', 'Small')]],
  ])('a list: %s', (code, name, members) => {
    expect(choices(code)).toEqual({ kind: 'list', name, members });
  });

  test.each([
    ['Colour', 'Colour', 'shop/lists.py'],
    ['Colour.choices', 'Colour', 'shop/lists.py'],
    ['B.Kind.choices', 'Kind', 'shop/models.py'],
  ])('a class: %s', (code, name, file) => {
    expect(choices(code)).toEqual({ kind: 'class', name, file });
  });

  test.each(['make()', '[*STATES]', 'NOBODY'])('not known: %s', (code) => {
    expect(choices(code)).toBeUndefined();
  });
});

test('bases whose fields nobody can know from here are named', () => {
  const text = [
    'from django.contrib.auth.models import AbstractUser',
    'from django.db import models',
    'class Own(models.Model):',
    '    class Meta:',
    '        abstract = True',
    'class A(Own, AbstractUser, make(), object):',
    '    x = models.IntegerField()',
  ].join('\n');
  const models = modelsOf({ 'shop/models.py': text });
  expect(models.map(({ unknownBases }) => unknownBases)).toEqual([[], ['AbstractUser', 'make()']]);
});

describe('a bracket that is opened anywhere costs no model, and nothing of other files', () => {
  const computed = [
    'from django.db import models',
    'from .bases import Dated',
    'Base = make()',
    'def manager():',
    '    return models.Manager()',
    'class Own(Dated):',
    '    x = models.CharField(max_length=5)',
    'class Other(Base):',
    '    own = models.ForeignKey(Own, models.CASCADE)',
    '',
  ].join('\n');

  test.each([
    ['plain models', LIBRARY['catalog/models.py'] ?? ''],
    ['computed bases', computed],
  ])('%s', (_, text) => {
    const path = 'catalog/models.py';
    const bases =
      'from django.db import models\nclass Dated(models.Model):\n    class Meta:\n        abstract = True\n';
    const index = indexOf(parser, { ...LIBRARY, [path]: text, 'catalog/bases.py': bases });
    const before = index.snapshot();
    const ids = before.models.map(({ id }) => id);
    for (let at = 0; at < text.length; at += 7) {
      const broken = `${text.slice(0, at)}(${text.slice(at)}`;
      index.setFile(path, broken, sha256(broken));
      const { models, routes, apps } = index.snapshot();
      expect({ at, ids: models.map(({ id }) => id) }).toEqual({ at, ids });
      expect({ routes: routes.length, apps }).toEqual({ routes: before.routes.length, apps: before.apps });
      index.setFile(path, text, sha256(text));
      expect(index.snapshot().models).toEqual(before.models);
    }
  });
});
