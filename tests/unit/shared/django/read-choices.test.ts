import { beforeAll, expect, test } from 'vitest';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import { indexOf, python, testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

const project = (models: string, settings = '') => ({
  'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")\n',
  'config/__init__.py': '',
  'config/settings.py': `INSTALLED_APPS = ["shop"]\n${settings}`,
  'shop/__init__.py': '',
  'shop/models.py': models,
});

test('choices classes are read with their members, nested in a model and beside it', () => {
  const { choices } = indexOf(
    parser,
    project(
      python(`
      from django.db import models
      from django.db.models import IntegerChoices
      from django.utils.translation import gettext_lazy as _

      class Size(IntegerChoices):
          SMALL = 1
          LARGE = 2, "Very large"

      class Book(models.Model):
          class Status(models.TextChoices):
              DRAFT = "draft", _("Draft")
              SOLD = ("sold", "Sold")
              __empty__ = "Nothing"

          class Meta:
              ordering = ["pk"]
    `),
    ),
  ).snapshot();
  expect(choices).toMatchObject([
    {
      name: 'Size',
      kind: 'integer',
      model: null,
      members: [
        { name: 'SMALL', value: '1', labelCode: null, label: null },
        { name: 'LARGE', value: '2', label: 'Very large' },
      ],
    },
    {
      name: 'Status',
      kind: 'text',
      app: 'shop',
      model: 'shop.Book',
      members: [
        { name: 'DRAFT', value: '"draft"', labelCode: '_("Draft")', label: 'Draft' },
        { name: 'SOLD', value: '"sold"', label: 'Sold' },
      ],
    },
  ]);
});

test('a class that inherits from itself is no choices class', () => {
  const files = project(
    'from django.db import models\n\n\nclass A(B):\n    X = 1\n\n\nclass B(A):\n    TextChoices = 1\n',
  );
  expect(indexOf(parser, files).snapshot().choices).toEqual([]);
});

test('settings are read as written, the last one of a name, through star imports', () => {
  const files = {
    ...project('', 'DEBUG = True\nMIDDLEWARE = [\n    "a.A",  # first\n    "b.B",\n]\n'),
    'config/local.py': 'from .settings import *\n\nDEBUG = env.bool("DEBUG")\nlower = 1\n',
    'manage.py': 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.local")\n',
  };
  expect(indexOf(parser, files).snapshot().settings?.values).toMatchObject([
    { name: 'INSTALLED_APPS', entries: ['"shop"'], place: { file: 'config/settings.py', line: 1 } },
    { name: 'DEBUG', code: 'env.bool("DEBUG")', entries: null, place: { file: 'config/local.py', line: 3 } },
    { name: 'MIDDLEWARE', entries: ['"a.A"', '"b.B"'] },
  ]);
});
