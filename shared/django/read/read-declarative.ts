import { isLiteralDict } from '../../python/literal.ts';
import type { ExpressionFacts, PythonClass } from '../../python/python-module.ts';
import type {
  DeclarativeComponent,
  FieldSelection,
  FilterFacts,
  FormFacts,
  SerializerFacts,
} from '../component-model.ts';
import { lastPart, type Lineage } from './class-lineage.ts';
import {
  classFacts,
  declaredIn,
  metaOf,
  type ClassReading,
  type ComponentContext,
} from './component-context.ts';
import { textsOf } from './view-methods.ts';

const SERIALIZER = /Serializer$/;
const FORM = /(^|\.)forms(\.\w+)*\.\w*Form$/;
const FILTER_SET = /FilterSet$/;

/** A class as a serializer, a form or a filter set; null for any other class. */
export function readDeclarative(
  reading: ClassReading,
  context: ComponentContext,
): SerializerFacts | FormFacts | FilterFacts | null {
  const { names } = reading.lineage;
  const last = names.map(lastPart);
  if (last.some((name) => FILTER_SET.test(name)))
    return { kind: 'filter-set', ...declarative(reading, context) };
  if (names.some((name) => SERIALIZER.test(lastPart(name)))) return serializer(reading, last, context);
  if (!names.some((name) => FORM.test(name))) return null;
  const facts = declarative(reading, context);
  const isModelForm = last.some((name) => /ModelForm$/.test(name)) || facts.modelCode !== null;
  return { kind: isModelForm ? 'model-form' : 'form', ...facts };
}

function serializer(
  reading: ClassReading,
  bases: readonly string[],
  context: ComponentContext,
): SerializerFacts {
  const facts = declarative(reading, context);
  const isModel = bases.some((name) => /(Model|HyperlinkedModel)Serializer$/.test(name));
  const meta = metaClass(reading.lineage);
  const depth = metaValue(meta, 'depth')?.literal;
  return {
    kind: isModel ? 'model-serializer' : 'serializer',
    ...facts,
    readOnly: textsOf(metaValue(meta, 'read_only_fields')?.literal) ?? [],
    depth: typeof depth === 'number' ? depth : null,
  };
}

function declarative(reading: ClassReading, context: ComponentContext): DeclarativeComponent {
  const meta = metaClass(reading.lineage);
  const model = metaValue(meta, 'model');
  return {
    ...classFacts(reading, context),
    model: meta === undefined ? null : context.modelOf(meta.path, model),
    modelCode: model?.code ?? null,
    selection: selectionOf(metaValue(meta, 'fields'), metaValue(meta, 'exclude')),
    declared: declaredIn(reading),
    meta: metaOf(
      reading.path,
      reading.facts.classes.find(({ name }) => name === 'Meta'),
    ),
  };
}

interface FoundMeta {
  readonly path: string;
  readonly facts: PythonClass;
}

/** The `Meta` of the class or, without one, of the nearest base that has one. */
function metaClass({ classes }: Lineage): FoundMeta | undefined {
  for (const { path, facts } of classes) {
    const meta = facts.classes.find(({ name }) => name === 'Meta');
    if (meta !== undefined) return { path, facts: meta };
  }
  return undefined;
}

function metaValue(meta: FoundMeta | undefined, name: string): ExpressionFacts | undefined {
  return meta?.facts.attributes.findLast((attribute) => attribute.name === name)?.value;
}

function selectionOf(
  fields: ExpressionFacts | undefined,
  exclude: ExpressionFacts | undefined,
): FieldSelection | null {
  if (fields?.literal === '__all__') return { kind: 'all' };
  if (fields !== undefined) {
    const names = fieldNames(fields);
    return names === null ? { kind: 'computed', code: fields.code } : { kind: 'named', names };
  }
  if (exclude === undefined) return null;
  const names = fieldNames(exclude);
  return names === null ? { kind: 'computed', code: exclude.code } : { kind: 'excluded', names };
}

/** A filter set names its fields by a list, or by a dictionary with their lookups. */
function fieldNames({ literal }: ExpressionFacts): readonly string[] | null {
  if (!isLiteralDict(literal)) return textsOf(literal);
  return literal.entries.flatMap(([name]) => (typeof name === 'string' ? name : []));
}

/** The model that a serializer, form or filter set is about, by the lineage of its class. */
export function metaModel(lineage: Lineage, context: ComponentContext): string | null {
  const meta = metaClass(lineage);
  return meta === undefined ? null : context.modelOf(meta.path, metaValue(meta, 'model'));
}
