import type { ModuleResolver } from '../module-resolver.ts';
import type { RelationFacts } from '../project-model.ts';

const DJANGO_MODELS = /^django\.(db\.models|contrib\.gis\.db\.models)(\.\w+)*\.(?<name>\w+)$/;
const CONTRIB_FIELDS =
  /^django\.contrib\.(postgres\.fields|contenttypes\.(fields|generic))(\.\w+)*\.(?<name>\w+)$/;
/** Third-party field classes follow Django's way of naming: `PhoneNumberField`, `ParentalKey`. */
const FIELD_NAME = /(Field|ForeignKey|ParentalKey)$/;
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

/** Class name of a model field when `callee` names one; null for every other callable. */
export function fieldKindOf(path: string, callee: string, resolver: ModuleResolver): string | null {
  const last = callee.slice(callee.lastIndexOf('.') + 1);
  const found = resolver.resolve(path, callee);
  if (found?.kind === 'class') return externalBase(found.path, callee, resolver) === null ? null : last;
  if (found?.kind !== 'external') return null;
  return isFieldClass(found.name) ? lastPart(found.name) : null;
}

/** What kind of relation a field class makes, also where it is a subclass of the project. */
export function relationKindOf(
  path: string,
  callee: string,
  resolver: ModuleResolver,
): RelationFacts['kind'] | null {
  const base = externalBase(path, callee, resolver);
  return base === null ? null : (RELATIONS[lastPart(base)] ?? null);
}

/** Whether a class of an installed package is a model: known of Django, else by where and how it is used. */
export function isModelBase(name: string, hasFields: () => boolean): boolean {
  const django = DJANGO_MODELS.exec(name)?.groups?.['name'];
  if (django !== undefined) return django === 'Model';
  const last = lastPart(name);
  if (/(Manager|QuerySet|Form|Serializer|Admin|Field|View|ViewSet)$/.test(last)) return false;
  const inModels = /(^|\.)(models|base_user|base_session)(\.|$)/.test(name);
  if (name.startsWith('django.')) return inModels;
  return inModels || hasFields();
}

/** The field class of an installed package that a class of the project derives from. */
function externalBase(path: string, callee: string, resolver: ModuleResolver, depth = 0): string | null {
  const found = resolver.resolve(path, callee);
  if (found?.kind === 'external') return isFieldClass(found.name) ? found.name : null;
  if (found?.kind !== 'class' || depth > 10) return null;
  for (const base of found.facts.bases) {
    const field = base.dotted === null ? null : externalBase(found.path, base.dotted, resolver, depth + 1);
    if (field !== null) return field;
  }
  return null;
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
