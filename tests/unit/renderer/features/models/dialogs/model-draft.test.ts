import { describe, expect, it } from 'vitest';
import {
  modelNameProblem,
  readLines,
} from '../../../../../../renderer/features/models/dialogs/model-draft.ts';
import type { ProjectSnapshot } from '../../../../../../shared/django/project-model.ts';
import { makeModel } from '../../../../../support/model-scenes.ts';
import { NO_COMPONENTS } from '../../../../../../shared/django/component-model.ts';

const snapshot: ProjectSnapshot = {
  revision: 1,
  project: '',
  settings: null,
  apps: [{ label: 'shop', name: 'shop', folder: 'shop', installed: true }],
  models: [makeModel('shop.Author', [])],
  routes: [],
  ...NO_COMPONENTS,
  problems: [],
};
const draft = (lines: string, name = 'Book') => ({ app: 'shop', name, lines, admin: true });

describe('a new model typed as lines', () => {
  it('is read line by line, empty lines left out', () => {
    const { fields, problems } = readLines(
      draft('title: Char(200)\n\nauthor: FK Author\nsequel: FK Book?'),
      snapshot,
    );
    expect(problems).toEqual([]);
    expect(fields.map((field) => [field.name, field.type, field.to])).toEqual([
      ['title', 'CharField', null],
      ['author', 'ForeignKey', 'shop.Author'],
      ['sequel', 'ForeignKey', 'self'],
    ]);
  });

  it('says which line is wrong and why', () => {
    const { problems } = readLines(draft('title: Char(200)\ntitle: Text\nclass: Date\nx: Nothing'), snapshot);
    expect(problems).toEqual([
      { line: 2, problem: 'There is a field named “title” already.' },
      { line: 3, problem: '“class” is a keyword of Python: choose another name for the field.' },
      { line: 4, problem: 'There is no field type and no model “Nothing”.' },
    ]);
  });

  it('refuses a name that is taken or none', () => {
    expect(modelNameProblem(draft(''), snapshot)).toBeNull();
    expect(modelNameProblem(draft('', 'author'), snapshot)).toContain('has a model named “Author” already');
    expect(modelNameProblem(draft('', '1x'), snapshot)).toContain('can’t be the name of a model');
  });
});
