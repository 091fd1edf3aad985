import { describe, expect, it } from 'vitest';
import { createScene, MAX_ROWS } from '../../../../../../renderer/features/models/canvas/scene.ts';
import { makeField, makeModel, makeRelation } from '../../../../../support/model-scenes.ts';

const sceneOf = (...models: ReturnType<typeof makeModel>[]) => createScene({ models, settings: null });

describe('the scene of the models', () => {
  it('shows fields with short types, keys and flags', () => {
    const scene = sceneOf(
      makeModel('catalog.Book', [
        makeField('code', 'CharField', { max_length: 13, primary_key: true }),
        makeField('price', 'DecimalField', { max_digits: 8, decimal_places: 2, null: true }),
        makeField('slug', 'SlugField'),
        makeRelation('tags', 'catalog.Tag', 'many-to-many'),
      ]),
    );
    const rows = scene.byId.get('catalog.Book')?.rows ?? [];
    expect(rows.map((row) => `${row.name} ${row.type} ${row.role}`)).toEqual([
      'code Char(13) primary',
      'price Decimal(8, 2)? plain',
      'slug Slug plain',
      'tags Tag[] many-to-many',
    ]);
    expect(rows[2]?.flags.indexed).toBe(true);
  });

  it('draws a line from the row of a relation, and a dimmed box for a model outside the project', () => {
    const scene = sceneOf(
      makeModel('catalog.Book', [makeField('title', 'CharField'), makeRelation('owner', 'auth.User')]),
    );
    expect(scene.edges).toMatchObject([
      { id: 'catalog.Book.owner', kind: 'foreign-key', row: 1, target: 'auth.User', detail: 'CASCADE' },
    ]);
    expect(scene.byId.get('auth.User')?.kind).toBe('outside');
    expect(scene.apps.map((app) => [app.label, app.outside])).toEqual([
      ['auth', true],
      ['catalog', false],
    ]);
  });

  it('leaves models of other packages out where they are hidden, with their lines', () => {
    const book = makeModel('catalog.Book', [makeRelation('owner', 'auth.User')]);
    const scene = createScene({ models: [book], settings: null }, { outsideShown: false });
    expect(scene.nodes.map((node) => node.id)).toEqual(['catalog.Book']);
    expect(scene.edges).toEqual([]);
  });

  it('knows self relations, parallel relations and the user model', () => {
    const scene = createScene({
      models: [
        makeModel('people.Person', [
          makeRelation('boss', 'self'),
          makeRelation('first', 'people.Town'),
          makeRelation('second', 'people.Town'),
          {
            ...makeRelation('account', 'x'),
            relation: {
              kind: 'one-to-one',
              target: null,
              targetCode: 'settings.AUTH_USER_MODEL',
              onDelete: 'CASCADE',
              relatedName: null,
              through: null,
            },
          },
        ]),
        makeModel('people.Town', []),
      ],
      settings: null,
    });
    expect(scene.edges.map((edge) => [edge.label, edge.target])).toEqual([
      ['boss', 'people.Person'],
      ['first', 'people.Town'],
      ['second', 'people.Town'],
      ['account', 'auth.User'],
    ]);
    expect(new Set(scene.edges.map((edge) => edge.id)).size).toBe(4);
  });

  it('tells abstract bases, multi-table parents and proxies apart', () => {
    const scene = sceneOf(
      makeModel('core.Dated', [makeField('created', 'DateTimeField')], { abstract: true }),
      makeModel('shop.Item', [], { bases: ['core.models.Dated'] }),
      makeModel('shop.Special', [], { bases: ['Item'] }),
      makeModel('shop.Shown', [], { bases: ['Item'], proxy: true }),
      makeModel('shop.Plain', [], { bases: ['LoginMixin', 'models.Model'] }),
    );
    expect(scene.edges.map((edge) => [edge.source, edge.kind, edge.target])).toEqual([
      ['shop.Item', 'abstract', 'core.Dated'],
      ['shop.Special', 'inheritance', 'shop.Item'],
      ['shop.Shown', 'proxy', 'shop.Item'],
    ]);
  });

  it('puts inherited fields last and repeats no line for them', () => {
    const scene = sceneOf(
      makeModel('shop.Item', [
        makeField('created', 'DateTimeField', {}, { inheritedFrom: 'core.Dated' }),
        { ...makeRelation('owner', 'auth.User'), inheritedFrom: 'core.Owned' },
        makeField('name', 'CharField'),
      ]),
    );
    expect(scene.nodes[0]?.rows.map((row) => row.name)).toEqual(['name', 'created', 'owner']);
    expect(scene.edges).toEqual([]);
  });

  it('counts the fields that a long model has no room for', () => {
    const fields = Array.from({ length: MAX_ROWS + 5 }, (_, at) =>
      makeField(`field_${String(at)}`, 'CharField'),
    );
    const scene = sceneOf(makeModel('shop.Wide', [...fields, makeRelation('owner', 'auth.User')]));
    const node = scene.byId.get('shop.Wide');
    expect(node?.rows.length).toBe(MAX_ROWS);
    expect(node?.hiddenRows).toBe(6);
    expect(scene.edges[0]?.row).toBe(-1);
  });

  it('shows a model that is defined twice once', () => {
    const scene = sceneOf(makeModel('a.A', []), makeModel('a.A', [makeField('x', 'TextField')]));
    expect(scene.nodes.map((node) => node.rows.length)).toEqual([1]);
  });
});
