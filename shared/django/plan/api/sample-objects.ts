import type { FileStyle } from '../../../python/file-style.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { layoutCall } from '../../../python/layout.ts';
import { indentLines } from '../../../python/statement-edit.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import type { PlanContext } from '../plan-context.ts';
import { snakeCase } from '../models/plan-model.ts';
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
  return new SampleWriter(context, style);
}

class SampleWriter implements SampleObjects {
  private readonly context: PlanContext;
  private readonly style: FileStyle;
  private readonly made = new Map<string, string | null>();
  private readonly written: Factory[] = [];
  private readonly needed: ImportRequest[] = [];

  constructor(context: PlanContext, style: FileStyle) {
    this.context = context;
    this.style = style;
  }

  readonly factories = (): readonly Factory[] => this.written;

  readonly imports = (): readonly ImportRequest[] => this.needed;

  readonly factoryOf = (model: ModelFacts): string | null => {
    if (this.isUser(model.id)) return this.userFactory();
    const known = this.made.get(model.id);
    if (known !== undefined) return known;
    this.made.set(model.id, null); // models that need each other can't be made
    const args = isPlain(model, this.context) ? this.argumentsFor(model, []) : null;
    if (args === null) return null;
    const short = `make_${snakeCase(model.name)}`;
    const taken = this.written.some(({ name }) => name === short);
    const name = taken ? `make_${model.app}_${snakeCase(model.name)}` : short;
    this.needed.push({ module: modelsModule(model, this.context), name: model.name });
    this.write(name, `${model.name}.objects.create`, args, '');
    this.made.set(model.id, name);
    return name;
  };

  readonly userFactory = (): string | null => {
    const known = this.made.get('user');
    if (known !== undefined) return known;
    this.made.set('user', null);
    const model = this.context.snapshot.models.find(({ id }) => this.isUser(id));
    const login = model === undefined ? 'username' : usernameField(model, this.context);
    const rest = model === undefined ? [] : this.argumentsFor(model, [login]);
    if (rest === null) return null;
    const value = /mail/.test(login) ? "f'user{number}@example.com'" : "f'user{number}'";
    this.needed.push({ module: 'django.contrib.auth', name: 'get_user_model' });
    const args = [`${login}=${value}`, ...rest, '**values'];
    this.write('make_user', 'get_user_model().objects.create', args, '**values');
    this.made.set('user', 'make_user');
    return 'make_user';
  };

  readonly payloadOf = (model: ModelFacts, fields: readonly string[]): readonly string[] | null => {
    const entries: string[] = [];
    for (const field of allFields(model, this.context)) {
      const many = field.relation?.kind === 'many-to-many';
      if (!(many ? needsMany(field) : needsValue(field))) continue;
      if (!isServed(field, fields)) {
        if (many || /^(Char|Text|Slug|Email|URL)Field$/.test(field.type)) continue; // the database takes an empty text
        return null;
      }
      const code = field.relation === null ? this.jsonValue(field, model) : this.key(field, many);
      if (code === null) return null;
      entries.push(`'${field.name}': ${code}`);
    }
    return entries;
  };

  private isUser(id: string): boolean {
    const userModel = this.context.snapshot.settings?.authUserModel ?? 'auth.User';
    return id.toLowerCase() === userModel.toLowerCase();
  }

  private write(name: string, create: string, args: readonly string[], parameters: string): void {
    const { indent } = this.style;
    const numbered = args.some((arg) => /\bnumber\b/.test(arg));
    const call = layoutCall(`return ${create}(`, args, this.style, indent);
    const body = [...(numbered ? ['number = next(numbers)'] : []), call].join('\n');
    this.written.push({ name, code: `def ${name}(${parameters}):\n${indentLines(body, indent)}` });
  }

  /** The function that makes what a relation leads to. */
  private related(field: FieldFacts): string | null {
    const target = field.relation?.target ?? null;
    if (target === null) return null;
    if (this.isUser(target)) return this.userFactory();
    const { models } = this.context.snapshot;
    const model = models.find(({ id }) => id.toLowerCase() === target.toLowerCase());
    return model === undefined ? null : this.factoryOf(model);
  }

  private argumentsFor(model: ModelFacts, skip: readonly string[]): readonly string[] | null {
    const args: string[] = [];
    for (const field of allFields(model, this.context)) {
      if (!needsValue(field) || skip.includes(field.name)) continue;
      const factory = field.relation === null ? null : this.related(field);
      const value = field.relation === null ? sampleValue(field, model, this.context) : null;
      const code = factory === null ? (value?.orm ?? null) : `${factory}()`;
      if (code === null) return null;
      this.needed.push(...(value?.imports ?? []));
      args.push(`${field.name}=${code}`);
    }
    return args;
  }

  private jsonValue(field: FieldFacts, model: ModelFacts): string | null {
    const value = sampleValue(field, model, this.context);
    this.needed.push(...(value?.imports ?? []));
    return value?.json ?? null;
  }

  private key(field: FieldFacts, many: boolean): string | null {
    const factory = this.related(field);
    if (factory === null) return null;
    return many ? `[${factory}().pk]` : `${factory}().pk`;
  }
}

function isServed({ name, options }: FieldFacts, fields: readonly string[]): boolean {
  return (
    fields.includes(name) && !options.some((option) => option.name === 'editable' && option.value === false)
  );
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
