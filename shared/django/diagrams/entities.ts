import type { FieldFacts, ModelFacts } from '../project-model.ts';

/** One column of a model, in the words of databases. */
export interface Column {
  readonly name: string;
  /** Django's class without `Field`: `Char(200)`. */
  readonly type: string;
  readonly primary: boolean;
  readonly unique: boolean;
  readonly nullable: boolean;
  readonly field: FieldFacts;
}

/** One relation between two models that are both in the diagram. */
export interface Reference {
  readonly kind: 'foreign-key' | 'one-to-one' | 'many-to-many';
  readonly from: ModelFacts;
  readonly to: ModelFacts;
  readonly field: FieldFacts;
  readonly nullable: boolean;
}

/** The fields of a model that are columns of its table, with the key that Django adds. */
export function columnsOf(model: ModelFacts): readonly Column[] {
  const columns = model.fields
    .filter(({ relation }) => relation?.kind !== 'many-to-many' && relation?.kind !== 'generic')
    .map((field): Column => ({
      name: field.relation === null ? field.name : `${field.name}_id`,
      type: typeOf(field),
      primary: isTrue(field, 'primary_key'),
      unique: isTrue(field, 'unique') || field.relation?.kind === 'one-to-one',
      nullable: isTrue(field, 'null'),
      field,
    }));
  const [first] = model.fields;
  if (columns.some(({ primary }) => primary) || model.abstract || first === undefined) return columns;
  const id = { name: 'id', type: 'BigAuto', primary: true, unique: true, nullable: false };
  return [{ ...id, field: { ...first, name: 'id', options: [], relation: null } }, ...columns];
}

/** The relations among these models, in the order of the source. */
export function referencesOf(models: readonly ModelFacts[]): readonly Reference[] {
  const byId = new Map(models.map((model) => [model.id, model]));
  return models.flatMap((from) =>
    from.fields.flatMap((field): readonly Reference[] => {
      const { relation } = field;
      if (relation === null || relation.kind === 'generic') return [];
      const to = relation.target === 'self' ? from : byId.get(relation.target ?? '');
      return to === undefined
        ? []
        : [{ kind: relation.kind, from, to, field, nullable: isTrue(field, 'null') }];
    }),
  );
}

/** The models that have a table, sorted by name: the same models always give the same text. */
export function entitiesOf(models: readonly ModelFacts[]): readonly ModelFacts[] {
  return models.filter((model) => !model.abstract && !model.proxy).toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** `Char(200)`, `Decimal(8, 2)`; of a relation the model it leads to. */
export function typeOf(field: FieldFacts): string {
  if (field.relation !== null) {
    const { target, targetCode } = field.relation;
    return (target ?? targetCode).replaceAll(/['"]/g, '').split('.').at(-1) ?? field.type;
  }
  const option = (name: string): unknown => field.options.find((each) => each.name === name)?.value;
  const length = option('max_length');
  const digits = option('max_digits');
  const places = option('decimal_places');
  const size =
    typeof digits === 'number'
      ? `(${String(digits)}, ${typeof places === 'number' ? String(places) : '0'})`
      : typeof length === 'number'
        ? `(${String(length)})`
        : '';
  return `${field.type.replace(/Field$/, '') || field.type}${size}`;
}

/** The text of a string option; null where it is not given, or computed. */
export function textOption({ options }: FieldFacts, name: string): string | null {
  const value = options.find((each) => each.name === name)?.value;
  return typeof value === 'string' && value !== '' ? value : null;
}

function isTrue(field: FieldFacts, name: string): boolean {
  return field.options.some((option) => option.name === name && option.value === true);
}
