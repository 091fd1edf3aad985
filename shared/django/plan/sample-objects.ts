import type { FileStyle } from '../../python/file-style.ts';
import type { ImportRequest } from '../../python/import-edit.ts';
import { layoutCall } from '../../python/layout.ts';
import type { FieldFacts, ModelFacts } from '../project-model.ts';
import type { PlanContext } from './plan-context.ts';
import { snakeCase } from './plan-model.ts';
import { checkBounds, needsValue, sampleValue } from './sample-values.ts';

/** Functions of a test module that make objects: `make_book()`. */
export interface Factory {
  readonly name: string;
  readonly code: string;
}

/** Makes the code of test objects for models, with all that they need. */
export interface SampleObjects {
  /** Name of the function that makes an object; null where a valid one can't be told from the source. */
  readonly factoryOf: (model: ModelFacts) => string | null;
  readonly userFactory: () => string | null;
  /** Arguments for a request that makes an object of these fields; null where a request can't carry them. */
  readonly payloadOf: (model: ModelFacts, fields: readonly string[]) => readonly string[] | null;
  readonly factories: () => readonly Factory[];
  readonly imports: () => readonly ImportRequest[];
}

/** The fields of a model with those of the models it inherits tables from. */
export function allFields(
  model: ModelFacts,
  { snapshot, resolver }: Pick<PlanContext, 'snapshot' | 'resolver'>,
): readonly FieldFacts[] {
  const parents = model.bases.flatMap((base) => {
    const found = resolver.resolve(model.place.file, base);
    if (found?.kind !== 'class') return [];
    const { path, facts } = found;
    return snapshot.models.filter(
      ({ place, name, abstract }) => place.file === path && name === facts.name && !abstract,
    );
  });
  return [...parents.flatMap((parent) => allFields(parent, { snapshot, resolver })), ...model.fields];
}

/** Starts with no functions; each one that is asked for brings those it needs. */
export function createSampleObjects(context: PlanContext, style: FileStyle): SampleObjects {
  const made = new Map<string, string | null>();
  const factories: Factory[] = [];
  const imports: ImportRequest[] = [];
  const { snapshot } = context;
  const userModel = snapshot.settings?.authUserModel ?? 'auth.User';

  const addFactory = (name: string, create: string, args: readonly string[], parameters = ''): void => {
    const numbered = args.some((arg) => /\bnumber\b/.test(arg));
    const call = layoutCall(`return ${create}(`, args, style, style.indent);
    const body = call.replaceAll('\n', `\n${style.indent}`);
    const lines = [
      `def ${name}(${parameters}):`,
      ...(numbered ? [`${style.indent}number = next(numbers)`] : []),
      style.indent + body,
    ];
    factories.push({ name, code: lines.join('\n') });
  };

  const related = (field: FieldFacts): string | null => {
    const target = field.relation?.target ?? null;
    if (target === null) return null;
    if (target.toLowerCase() === userModel.toLowerCase()) return userFactory();
    const model = snapshot.models.find(({ id }) => id.toLowerCase() === target.toLowerCase());
    return model === undefined ? null : factoryOf(model);
  };

  const argumentsFor = (model: ModelFacts, skip: readonly string[]): readonly string[] | null => {
    const args: string[] = [];
    for (const field of allFields(model, context)) {
      if (!needsValue(field) || skip.includes(field.name)) continue;
      if (field.relation !== null) {
        const factory = related(field);
        if (factory === null) return null;
        args.push(`${field.name}=${factory}()`);
        continue;
      }
      const value = sampleValue(field, model, context);
      if (value === null) return null;
      imports.push(...value.imports);
      args.push(`${field.name}=${value.orm}`);
    }
    return args;
  };

  const factoryOf = (model: ModelFacts): string | null => {
    if (model.id.toLowerCase() === userModel.toLowerCase()) return userFactory();
    const known = made.get(model.id);
    if (known !== undefined) return known;
    made.set(model.id, null); // models that need each other can't be made
    if (!isPlain(model, context)) return null;
    const args = argumentsFor(model, []);
    if (args === null) return null;
    const taken = factories.some(({ name }) => name === `make_${snakeCase(model.name)}`);
    const name = taken ? `make_${model.app}_${snakeCase(model.name)}` : `make_${snakeCase(model.name)}`;
    imports.push({ module: modelsModule(model, context), name: model.name });
    addFactory(name, `${model.name}.objects.create`, args);
    made.set(model.id, name);
    return name;
  };

  const userFactory = (): string | null => {
    const known = made.get('user');
    if (known !== undefined) return known;
    made.set('user', null);
    const model = snapshot.models.find(({ id }) => id.toLowerCase() === userModel.toLowerCase());
    const login = model === undefined ? 'username' : usernameField(model, context);
    const rest = model === undefined ? [] : argumentsFor(model, [login]);
    if (rest === null) return null;
    const value = /mail/.test(login) ? "f'user{number}@example.com'" : "f'user{number}'";
    imports.push({ module: 'django.contrib.auth', name: 'get_user_model' });
    addFactory(
      'make_user',
      'get_user_model().objects.create',
      [`${login}=${value}`, ...rest, '**values'],
      '**values',
    );
    made.set('user', 'make_user');
    return 'make_user';
  };

  const payloadOf = (model: ModelFacts, fields: readonly string[]): readonly string[] | null => {
    const entries: string[] = [];
    for (const field of allFields(model, context)) {
      const many = field.relation?.kind === 'many-to-many';
      const served =
        fields.includes(field.name) && !field.options.some((o) => o.name === 'editable' && o.value === false);
      const needed = many ? needsMany(field) : needsValue(field);
      if (!needed) continue;
      if (!served) {
        if (many || /^(Char|Text|Slug|Email|URL)Field$/.test(field.type)) continue; // the database takes an empty text
        return null;
      }
      const factory = field.relation === null ? null : related(field);
      const value = field.relation === null ? sampleValue(field, model, context) : null;
      const code = factory === null ? (value?.json ?? null) : many ? `[${factory}().pk]` : `${factory}().pk`;
      if (code === null) return null;
      imports.push(...(value?.imports ?? []));
      entries.push(`'${field.name}': ${code}`);
    }
    return entries;
  };

  return { factoryOf, userFactory, payloadOf, factories: () => factories, imports: () => imports };
}

/** A many-to-many relation that a request has to fill. */
function needsMany({ options }: FieldFacts): boolean {
  return !options.some(({ name, value }) => name === 'through' || (name === 'blank' && value === true));
}

/** All of its bases are known, and no constraint asks for values that nobody can guess. */
function isPlain(model: ModelFacts, { resolver }: PlanContext): boolean {
  if (checkBounds(model) === null) return false;
  return model.bases.every((base) => {
    const found = resolver.resolve(model.place.file, base);
    return (
      found?.kind === 'class' ||
      (found?.kind === 'external' && /^django\.(contrib\.gis\.)?db\.models\.(base\.)?Model$/.test(found.name))
    );
  });
}

function usernameField(model: ModelFacts, { files }: PlanContext): string {
  const facts = files.get(model.place.file)?.module.classes.find(({ name }) => name === model.name);
  const value = facts?.attributes.find(({ name }) => name === 'USERNAME_FIELD')?.value.literal;
  return typeof value === 'string' ? value : 'username';
}

/** The module others import a model from: the package, where models stand in modules of one. */
export function modelsModule(model: ModelFacts, { resolver }: PlanContext): string {
  const name = resolver.moduleName(model.place.file);
  return /\.models\.\w+$/.test(name) ? name.replace(/\.\w+$/, '') : name;
}

/** Whether a user can be made one that may do everything. */
export function usersHaveRights({ snapshot }: PlanContext): boolean {
  const id = snapshot.settings?.authUserModel ?? 'auth.User';
  const model = snapshot.models.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (model === undefined || model.bases.some((base) => base.endsWith('AbstractUser'))) return true;
  return (
    model.bases.some((base) => base.endsWith('PermissionsMixin')) &&
    model.fields.some(({ name }) => name === 'is_staff')
  );
}
