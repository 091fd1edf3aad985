import type { PythonClass } from '../../python/python-module.ts';
import type { Definition, ModuleResolver } from '../module-resolver.ts';
import type { RelationFacts } from '../project-model.ts';

const DJANGO_MODELS = /^django\.(db\.models|contrib\.gis\.db\.models)(\.\w+)*\.(?<name>\w+)$/;
const CONTRIB_FIELDS =
  /^django\.contrib\.(postgres\.(fields|search)|contenttypes\.(fields|generic))(\.\w+)*\.(?<name>\w+)$/;
/** Third-party field classes follow Django's way of naming: `PhoneNumberField`, `ParentalKey`. */
const FIELD_NAME = /(Field|ForeignKey|ParentalKey|TaggableManager)$/;
const NOT_MODEL_FIELDS =
  /(^|\.)(forms|serializers|filters|wtforms|graphene|rest_framework|django_filters)(\.|$)/;

const RELATIONS: Readonly<Record<string, RelationFacts['kind']>> = {
  ForeignKey: 'foreign-key',
  ForeignObject: 'foreign-key',
  TreeForeignKey: 'foreign-key',
  ParentalKey: 'foreign-key',
  OneToOneField: 'one-to-one',
  AutoOneToOneField: 'one-to-one',
  TreeOneToOneField: 'one-to-one',
  ManyToManyField: 'many-to-many',
  ParentalManyToManyField: 'many-to-many',
  TreeManyToManyField: 'many-to-many',
  SortedManyToManyField: 'many-to-many',
  GenericForeignKey: 'generic',
  GenericRelation: 'generic',
};

/** What a callable that makes a model field is. */
export interface FieldClass {
  /** Its own name: `CharField`, or `PriceField` of the project. */
  readonly type: string;
  /** Django's own class that it is or derives from; null where code of other packages is in between. */
  readonly base: string | null;
  readonly relation: RelationFacts['kind'] | null;
}

/** The class of a model field when `callee` names one; null for every other callable. */
export function fieldClassOf(path: string, callee: string, resolver: ModuleResolver): FieldClass | null {
  const found = resolveClass(path, callee, resolver);
  if (found?.kind === 'class') return derivedField(found.path, found.facts, resolver);
  if (found?.kind === 'external') {
    return isFieldClass(found.name) ? describeExternal(lastPart(found.name), found.name) : null;
  }
  // A class that is made by a call, or comes by a star import: its name says what it is, not of what type.
  if (found !== null && found.kind !== 'variable') return null;
  return FIELD_NAME.test(callee) && !NOT_MODEL_FIELDS.test(callee) ? unknownField(lastPart(callee)) : null;
}

function unknownField(type: string): FieldClass {
  return { type, base: null, relation: null };
}

/** The field that a class of the project makes when one of its bases does. */
export function derivedField(path: string, facts: PythonClass, resolver: ModuleResolver): FieldClass | null {
  const base = externalBase(path, facts, resolver);
  if (base !== null) return describeExternal(facts.name, base);
  const isOpen = facts.bases.some(({ dotted }) => {
    const found = dotted === null ? null : resolveClass(path, dotted, resolver);
    return found === null || found.kind === 'variable';
  });
  return isOpen && FIELD_NAME.test(facts.name) ? unknownField(facts.name) : null;
}

function describeExternal(type: string, name: string): FieldClass {
  const last = lastPart(name);
  return { type, base: isDjangoField(name) ? last : null, relation: RELATIONS[last] ?? null };
}

/** What a name stands for, through the other names it was given: `User = models.User`. */
export function resolveClass(path: string, dotted: string, resolver: ModuleResolver): Definition | null {
  let found = resolver.resolve(path, dotted);
  for (let steps = 0; found?.kind === 'variable' && steps < 10; steps += 1) {
    if (found.value.dotted === null) return found;
    found = resolver.resolve(found.path, found.value.dotted);
  }
  return found;
}

/** Whether a class of an installed package is a model: known of Django, else by where and how it is used. */
export function isModelBase(name: string, hasFields: () => boolean): boolean {
  const django = DJANGO_MODELS.exec(name)?.groups?.['name'];
  if (django !== undefined) return django === 'Model';
  const last = lastPart(name);
  if (/(Manager|QuerySet|Form|Serializer|Admin|Field|View|ViewSet)$/.test(last)) return false;
  const inModels = /(^|\.)(\w*models|base_user|base_session)(\.|$)/.test(name);
  // `django.forms.models` makes forms of models.
  if (name.startsWith('django.')) return inModels && !name.startsWith('django.forms.');
  return inModels || hasFields();
}

/** The field class of an installed package that a class of the project derives from. */
function externalBase(
  path: string,
  facts: PythonClass,
  resolver: ModuleResolver,
  seen: ReadonlySet<PythonClass> = new Set(),
): string | null {
  if (seen.has(facts)) return null;
  const inside = new Set([...seen, facts]);
  for (const base of facts.bases) {
    const found = base.dotted === null ? null : resolveClass(path, base.dotted, resolver);
    if (found?.kind === 'external' && isFieldClass(found.name)) return found.name;
    const field = found?.kind === 'class' ? externalBase(found.path, found.facts, resolver, inside) : null;
    if (field !== null) return field;
  }
  return null;
}

/** Whether a class is one of Django's own model fields. */
function isDjangoField(name: string): boolean {
  return DJANGO_MODELS.test(name) || CONTRIB_FIELDS.test(name);
}

function isFieldClass(name: string): boolean {
  const known = DJANGO_MODELS.exec(name) ?? CONTRIB_FIELDS.exec(name);
  if (known !== null) {
    const last = known.groups?.['name'] ?? '';
    return (
      FIELD_NAME.test(last) || last in RELATIONS || last === 'CompositePrimaryKey' || last === 'ForeignObject'
    );
  }
  return (FIELD_NAME.test(name) || lastPart(name) in RELATIONS) && !NOT_MODEL_FIELDS.test(name);
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}
