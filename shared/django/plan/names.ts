import { Failure } from '../../contract/failure.ts';
import { isIdentifier, isKeyword, STANDARD_LIBRARY } from '../../python/python-code.ts';
import type { AppFacts, FieldFacts, ModelFacts, ProjectSnapshot } from '../project-model.ts';

/** Labels and packages Django itself takes. */
const DJANGO_APPS = new Set(
  'admin admindocs auth contenttypes flatpages gis humanize messages postgres redirects sessions sitemaps sites staticfiles syndication'.split(
    ' ',
  ),
);
/** An app of such a name hides a package that Django projects import. */
const OTHER_PACKAGES = new Set(
  'django rest_framework django_filters drf_spectacular celery redis psycopg psycopg2 gunicorn whitenoise manage settings urls wsgi asgi test tests migrations site'.split(
    ' ',
  ),
);
/** Attributes of django.db.models.Model that a field of the same name would break. */
const MODEL_ATTRIBUTES = new Set(
  (
    'save delete full_clean clean clean_fields validate_unique validate_constraints unique_error_message ' +
    'date_error_message prepare_database_save serializable_value refresh_from_db arefresh_from_db asave adelete ' +
    'get_deferred_fields save_base from_db get_constraints objects DoesNotExist MultipleObjectsReturned Meta check pk _meta _state'
  ).split(' '),
);

function assertIdentifier(name: string, what: string): void {
  if (name === '') throw invalid(`Give the ${what} a name.`, name);
  if (!isIdentifier(name)) {
    throw invalid(
      `“${name}” can’t be the name of ${article(what)}: use letters without accents, digits and underscores, and start with a letter.`,
      name,
    );
  }
  if (isKeyword(name))
    throw invalid(`“${name}” is a keyword of Python: choose another name for the ${what}.`, name);
}

function article(what: string): string {
  return /^[aeiou]/.test(what) ? `an ${what}` : `a ${what}`;
}

function invalid(message: string, name: string): Failure {
  return new Failure('invalid-input', message, { name });
}

/** Refuses names that an app can't have, in words that say why. */
export function assertAppName(
  name: string,
  snapshot: ProjectSnapshot,
  isTaken: (module: string) => boolean,
): void {
  assertIdentifier(name, 'app');
  const lower = name.toLowerCase();
  if (name.startsWith('_')) throw invalid(`An app’s name starts with a letter: “${name}” does not.`, name);
  if (STANDARD_LIBRARY.has(name)) {
    throw invalid(
      `“${name}” is a module of Python’s standard library, which the app would hide: choose another name.`,
      name,
    );
  }
  if (DJANGO_APPS.has(lower)) throw invalid(`Django has an app named “${lower}”: choose another name.`, name);
  if (OTHER_PACKAGES.has(lower))
    throw invalid(`“${name}” would hide a package or module of that name: choose another name.`, name);
  const other = snapshot.apps.find(({ label }) => label.toLowerCase() === lower);
  if (other !== undefined)
    throw invalid(`There is an app named “${other.label}” already: choose another name.`, name);
  if (isTaken(name))
    throw invalid(`There is a module or folder named “${name}” already: choose another name.`, name);
}

/** Refuses names that a model can't have; `bound` are the names its module already uses. */
export function assertModelName(
  name: string,
  app: string,
  snapshot: ProjectSnapshot,
  bound: ReadonlySet<string>,
): void {
  assertIdentifier(name, 'model');
  // models.E023 and models.E024: https://docs.djangoproject.com/en/5.2/ref/checks/#models
  if (name.startsWith('_') || name.endsWith('_'))
    throw invalid(`A model’s name neither starts nor ends with an underscore: “${name}” does.`, name);
  if (name.includes('__'))
    throw invalid(
      `A model’s name has no double underscore, which Django’s lookups use: “${name}” has.`,
      name,
    );
  const same = snapshot.models.find(
    (model) => model.app === app && model.name.toLowerCase() === name.toLowerCase(),
  );
  if (same !== undefined) throw invalid(`The app ${app} has a model named “${same.name}” already.`, name);
  if (bound.has(name))
    throw invalid(
      `“${name}” already means something else in the module of the model: choose another name.`,
      name,
    );
}

/** Refuses names that a field can't have. */
export function assertFieldName(name: string, taken: readonly string[], methods: readonly string[]): void {
  assertIdentifier(name, 'field');
  // fields.E001 to fields.E003: https://docs.djangoproject.com/en/5.2/ref/checks/#fields
  if (name.endsWith('_'))
    throw invalid(`A field’s name does not end with an underscore: “${name}” does.`, name);
  if (name.includes('__'))
    throw invalid(
      `A field’s name has no double underscore, which Django’s lookups use: “${name}” has.`,
      name,
    );
  if (name === 'pk')
    throw invalid('“pk” is Django’s own name for the primary key: choose another name.', name);
  if (MODEL_ATTRIBUTES.has(name))
    throw invalid(`“${name}” is an attribute of every Django model: choose another name.`, name);
  if (taken.includes(name)) throw invalid(`The model has a field named “${name}” already.`, name);
  if (methods.includes(name)) throw invalid(`The model has a method named “${name}” already.`, name);
}

/** Names a field may not take: the other fields and the columns Django makes for foreign keys. */
export function takenFieldNames(fields: readonly FieldFacts[]): readonly string[] {
  const columns = fields
    .filter(({ relation }) => relation?.kind === 'foreign-key' || relation?.kind === 'one-to-one')
    .map(({ name }) => `${name}_id`);
  const key = fields.some(({ options }) =>
    options.some(({ name, value }) => name === 'primary_key' && value === true),
  );
  return [...fields.map(({ name }) => name), ...columns, ...(key ? [] : ['id'])];
}

/** Refuses names a view function or viewset route can't have. */
export function assertViewName(name: string): void {
  assertIdentifier(name, 'view');
}

/** The app with this label; it has to be part of the workspace. */
export function requireApp(snapshot: ProjectSnapshot, label: string): AppFacts & { readonly folder: string } {
  const app = snapshot.apps.find((candidate) => candidate.label === label);
  if (app === undefined) throw new Failure('not-found', `There is no app named “${label}”.`);
  const { folder } = app;
  if (folder === null)
    throw new Failure(
      'refused',
      `The app “${label}” is an installed package: its source is not part of this project.`,
    );
  return { ...app, folder };
}

/** The model with this id, as its source says now. */
export function requireModel(snapshot: ProjectSnapshot, id: string): ModelFacts {
  const model = snapshot.models.find((candidate) => candidate.id === id);
  if (model === undefined) throw new Failure('not-found', `There is no model ${id} in the source.`);
  if (model.stale) {
    throw new Failure(
      'unclear-source',
      `${model.place.file} is not valid Python now: mend it, then change ${model.name}.`,
      {
        file: model.place.file,
        line: model.place.line,
      },
    );
  }
  return model;
}

/** A field that stands in the model itself. */
export function requireField(model: ModelFacts, name: string): FieldFacts {
  const field = model.fields.find((candidate) => candidate.name === name);
  if (field === undefined)
    throw new Failure('not-found', `${model.id} has no field named “${name}” in the source.`);
  if (field.inheritedFrom !== null) {
    throw new Failure(
      'refused',
      `${model.name} inherits “${name}” from ${field.inheritedFrom}: change it there.`,
      {
        file: field.place.file,
        line: field.place.line,
      },
    );
  }
  return field;
}
