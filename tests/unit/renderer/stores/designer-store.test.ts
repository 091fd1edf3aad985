import { describe, expect, it } from 'vitest';
import type { ModelFacts, ProjectSnapshot } from '../../../../shared/django/project-model.ts';
import { chosenModel, createDesignerStore } from '../../../../renderer/stores/designer-store.ts';
import { makeField, makeModel, makeRelation } from '../../../support/model-scenes.ts';
import { NO_COMPONENTS } from '../../../../shared/django/component-model.ts';

const author = makeModel('shop.Author', [makeField('name', 'CharField')]);
const book = makeModel('shop.Book', [makeField('title', 'CharField'), makeRelation('owner', 'auth.User')]);

function snapshotOf(...models: readonly ModelFacts[]): ProjectSnapshot {
  return {
    revision: 1,
    project: '',
    settings: null,
    apps: [],
    models,
    routes: [],
    ...NO_COMPONENTS,
    problems: [],
  };
}

describe('what is chosen in the model designer', () => {
  it('keeps the field while the same model is chosen again, and only then', () => {
    const designer = createDesignerStore();
    designer.reveal('shop.Book', 'title');
    designer.select(['shop.Book']);
    expect(designer.state.getState().field).toEqual({ kind: 'field', name: 'title' });
    designer.select(['shop.Author']);
    expect(designer.state.getState().field).toBeNull();
  });

  it('stays chosen under a new name', () => {
    const designer = createDesignerStore();
    designer.select(['shop.Author']);
    designer.follow(
      snapshotOf({ ...author, id: 'shop.Writer', name: 'Writer' }, book),
      new Map([['shop.Author', 'shop.Writer']]),
    );
    expect([...designer.state.getState().selected]).toEqual(['shop.Writer']);
  });

  it('forgets models and fields that are gone, and keeps those of other packages', () => {
    const designer = createDesignerStore();
    designer.select(['shop.Author', 'auth.User']);
    designer.follow(snapshotOf(book), new Map());
    expect([...designer.state.getState().selected]).toEqual(['auth.User']);
    designer.reveal('shop.Book', 'gone');
    designer.follow(snapshotOf(book), new Map());
    expect(designer.state.getState().field).toBeNull();
  });

  it('keeps the form of a new field while the source changes', () => {
    const designer = createDesignerStore();
    designer.select(['shop.Book']);
    designer.inspect({ kind: 'new' });
    designer.follow(snapshotOf(author, book), new Map());
    expect(designer.state.getState().field).toEqual({ kind: 'new' });
  });

  it('is one model only when exactly one is chosen', () => {
    const snapshot = snapshotOf(author, book);
    expect(chosenModel({ selected: new Set(['shop.Book']) }, snapshot)).toBe(book);
    expect(chosenModel({ selected: new Set(['shop.Book', 'shop.Author']) }, snapshot)).toBeNull();
    expect(chosenModel({ selected: new Set(['auth.User']) }, snapshot)).toBeNull();
  });
});
