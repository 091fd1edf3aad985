import type {
  FieldFacts,
  ModelFacts,
  OptionFacts,
  Place,
  ProjectSnapshot,
  RelationFacts,
} from '../../shared/django/project-model.ts';
import { createRandom } from './seeded-random.ts';

/** How large a made-up project is. */
export interface SceneSize {
  readonly models: number;
  readonly fields: number;
  readonly relations: number;
  readonly apps: number;
}

const NOUNS = [
  'Author', 'Book', 'Order', 'Invoice', 'Customer', 'Product', 'Category', 'Review', 'Shipment', 'Payment',
  'Address', 'Warehouse', 'Supplier', 'Campaign', 'Ticket', 'Message', 'Session', 'Report', 'Document', 'Project',
]; // prettier-ignore
const QUALITIES = ['', 'Line', 'Item', 'Status', 'Event', 'Note', 'Rule', 'Type', 'Entry', 'Group'];
const APPS = [
  'accounts', 'catalog', 'sales', 'billing', 'shipping', 'inventory', 'support', 'marketing', 'analytics', 'content',
]; // prettier-ignore
const PLAIN: readonly (readonly [string, string, Readonly<Record<string, string | number | boolean>>])[] = [
  ['title', 'CharField', { max_length: 200 }],
  ['slug', 'SlugField', { unique: true }],
  ['description', 'TextField', { blank: true }],
  ['price', 'DecimalField', { max_digits: 8, decimal_places: 2 }],
  ['created_at', 'DateTimeField', { auto_now_add: true }],
  ['is_active', 'BooleanField', { default: true }],
  ['quantity', 'PositiveIntegerField', { default: 0 }],
  ['email', 'EmailField', { null: true }],
  ['starts_on', 'DateField', { null: true }],
  ['external_reference_number', 'CharField', { max_length: 64, db_index: true }],
  ['payload', 'JSONField', {}],
  ['token', 'UUIDField', { unique: true }],
  ['weight', 'FloatField', { null: true }],
  ['status', 'CharField', { max_length: 20 }],
];

/** A project of any size for tests and measurements; the same size always gives the same project. */
export function makeSnapshot(size: SceneSize): Pick<ProjectSnapshot, 'models' | 'settings'> {
  const random = createRandom(size.models * 31 + size.relations);
  const ids = Array.from({ length: size.models }, (_, at) => modelName(at, size));
  const relations = ids.map((): FieldFacts[] => []);
  for (let made = 0; made < size.relations; made += 1) {
    const source = Math.floor(random() * size.models);
    const target = targetFor(source, size, random);
    const own = relations[source];
    const id = ids[target];
    if (own !== undefined && id !== undefined)
      own.push(
        relationField(`${id.name.toLowerCase()}_${String(own.length)}`, `${id.app}.${id.name}`, random()),
      );
  }
  const models = ids.map(({ app, name }, at): ModelFacts => {
    const related = relations[at] ?? [];
    const plain = Array.from({ length: Math.max(0, size.fields - related.length) }, (_, index) =>
      plainField(index),
    );
    return makeModel(`${app}.${name}`, [...plain, ...related]);
  });
  return { models, settings: null };
}

/** One model, with everything else at its default. */
export function makeModel(
  id: string,
  fields: readonly FieldFacts[],
  rest: Partial<ModelFacts> = {},
): ModelFacts {
  const [app = '', name = ''] = id.split('.');
  return {
    id,
    app,
    name,
    bases: ['models.Model'],
    abstract: false,
    proxy: false,
    fields,
    meta: [],
    methods: [],
    docstring: null,
    place: placeIn(app),
    stale: false,
    ...rest,
  };
}

/** One field without a relation. */
export function makeField(
  name: string,
  type: string,
  options: Readonly<Record<string, string | number | boolean>> = {},
  rest: Partial<FieldFacts> = {},
): FieldFacts {
  return {
    name,
    type,
    typeCode: `models.${type}`,
    positional: [],
    options: Object.entries(options).map(([option, value]) => makeOption(option, value)),
    relation: null,
    place: placeIn('app'),
    inheritedFrom: null,
    ...rest,
  };
}

/** One field that points at a model. */
export function makeRelation(
  name: string,
  target: string,
  kind: RelationFacts['kind'] = 'foreign-key',
  options: Readonly<Record<string, string | number | boolean>> = {},
): FieldFacts {
  const types = {
    'foreign-key': 'ForeignKey',
    'one-to-one': 'OneToOneField',
    'many-to-many': 'ManyToManyField',
    generic: 'GenericForeignKey',
  };
  return makeField(name, types[kind], options, {
    relation: {
      kind,
      target,
      targetCode: `'${target}'`,
      onDelete: kind === 'many-to-many' ? null : 'CASCADE',
      relatedName: null,
      through: null,
    },
  });
}

function makeOption(name: string, value: string | number | boolean): OptionFacts {
  const code =
    typeof value === 'boolean'
      ? value
        ? 'True'
        : 'False'
      : typeof value === 'string'
        ? `'${value}'`
        : String(value);
  return { name, code, value, place: placeIn('app') };
}

function plainField(index: number): FieldFacts {
  const [name, type, options] = PLAIN[index % PLAIN.length] ?? ['title', 'CharField', {}];
  const round = Math.floor(index / PLAIN.length);
  return makeField(round === 0 ? name : `${name}_${String(round)}`, type, options);
}

function relationField(name: string, target: string, chance: number): FieldFacts {
  if (chance < 0.12) return makeRelation(name, target, 'many-to-many');
  if (chance < 0.2) return makeRelation(name, target, 'one-to-one');
  return makeRelation(name, target, 'foreign-key', chance > 0.7 ? { null: true } : {});
}

function modelName(at: number, size: SceneSize): { readonly app: string; readonly name: string } {
  const appAt = Math.floor((at * size.apps) / size.models);
  const round = Math.floor(appAt / APPS.length);
  const app = `${APPS[appAt % APPS.length] ?? 'app'}${round === 0 ? '' : String(round + 1)}`;
  const noun = NOUNS[at % NOUNS.length] ?? 'Thing';
  const quality = QUALITIES[Math.floor(at / NOUNS.length) % QUALITIES.length] ?? '';
  const turn = Math.floor(at / NOUNS.length / QUALITIES.length);
  return { app, name: `${noun}${quality}${turn === 0 ? '' : String(turn + 1)}` };
}

/** Most relations stay in the app, as in real projects. */
function targetFor(source: number, size: SceneSize, random: () => number): number {
  if (random() > 0.8) return Math.floor(random() ** 2 * size.models);
  const perApp = size.models / size.apps;
  const start = Math.ceil(Math.floor((source * size.apps) / size.models) * perApp);
  return Math.min(size.models - 1, start + Math.floor(random() ** 2 * perApp));
}

function placeIn(app: string): Place {
  return { file: `${app}/models.py`, start: 0, end: 10, line: 1 };
}
