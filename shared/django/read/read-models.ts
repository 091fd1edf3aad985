import type { ExpressionFacts, NamedExpression, PythonClass, Span } from '../../python/python-module.ts';
import { derivedField, fieldClassOf, isModelBase, resolveClass, type FieldClass } from './known-classes.ts';
import { isInFolders } from './other-projects.ts';
import type { FieldFacts, ModelFacts, OptionFacts, Place } from '../project-model.ts';
import { appLabelOf } from './read-apps.ts';
import { readFieldChoices } from './read-field-choices.ts';
import { readMembers } from './read-members.ts';
import { createRelationReader, type RelationContext, type RelationReader } from './read-relations.ts';

/** What the model reader needs to know of the project. */
export interface ModelContext extends RelationContext {
  /** Folders of the other projects of the workspace. */
  readonly others: () => readonly string[];
}

/** A model class before its bases' fields are added. */
interface ModelClass {
  readonly path: string;
  readonly facts: PythonClass;
  readonly id: string;
  readonly app: string;
  readonly abstract: boolean;
}

/** `User = get_user_model()`, `Condition = get_model('offer', 'Condition')` */
const MODEL_MAKER = /(^|\.)(get_user_model|get_model)$/;
const BRINGS_NO_FIELDS = /^(django\.db\.models(\.base)?\.Model|(typing|abc|enum|collections)\..*)$/;
const MAY_HOLD_MODELS = /models?\b|Model/;
const TESTS = /(^|\/)(tests?\/|tests?\.py$|test_[^/]*\.py$|conftest\.py$)/;

/** Whether a file is a test; an app that is installed may itself stand in a folder of tests. */
export function isTest(path: string, installed: readonly string[]): boolean {
  if (!TESTS.test(path)) return false;
  const app = installed
    .filter((folder) => path.startsWith(`${folder}/`))
    .reduce((deepest, folder) => (folder.length > deepest.length ? folder : deepest), '');
  return app === '' || TESTS.test(path.slice(app.length + 1));
}

/** Gives a function that reads every model of the project's own code, with what its abstract bases of the project bring. */
export function createModelReader(context: ModelContext): () => readonly ModelFacts[] {
  const { files, apps } = context;
  const reader = new ModelReader(context);
  return () => {
    const models: ModelFacts[] = [];
    const others = context.others();
    const installed = apps().flatMap(({ folder, installed }) =>
      installed && folder !== null ? [folder] : [],
    );
    for (const path of files.paths()) {
      if (!path.endsWith('.py') || isTest(path, installed)) continue;
      if (isInFolders(path, others) && !isInFolders(path, installed)) continue;
      models.push(...reader.modelsIn(path));
      files.trim(); // no node of a tree is in use here, and the trees of all files are too much memory
    }
    const order = new Map(apps().map(({ label }, at) => [label, at]));
    const orderOf = ({ app }: ModelFacts): number => order.get(app) ?? order.size;
    return models.sort((a, b) => orderOf(a) - orderOf(b));
  };
}

class ModelReader {
  /** The models of one file, in their order. */
  readonly modelsIn: (path: string) => readonly ModelFacts[];
  /** The class as a model; null when its bases do not lead to one. */
  private readonly modelOf: (path: string, facts: PythonClass) => ModelClass | null;
  private readonly describe: (path: string, facts: PythonClass) => ModelFacts | null;
  private readonly appLabel: (path: string) => string;
  private readonly fieldClass: (path: string, callee: string) => FieldClass | null;
  private readonly relations: RelationReader;
  private readonly context: ModelContext;

  constructor(context: ModelContext) {
    this.context = context;
    const { derive } = context.derivations;
    const { resolver } = context;
    this.modelsIn = derive((path: string) => this.readFile(path));
    this.modelOf = derive((path: string, facts: PythonClass) => this.readModelClass(path, facts));
    this.describe = derive((path: string, facts: PythonClass) => this.readModel(path, facts));
    this.appLabel = derive((path: string) => appLabelOf(path, context.apps()));
    this.fieldClass = derive((path: string, callee: string) => fieldClassOf(path, callee, resolver));
    this.relations = createRelationReader(
      context,
      (found) => this.modelOf(found.path, found.facts)?.id ?? null,
    );
  }

  private readFile(path: string): readonly ModelFacts[] {
    const source = this.context.files.get(path);
    if (source === null || !(MAY_HOLD_MODELS.test(path) || MAY_HOLD_MODELS.test(source.text))) return [];
    return source.module.classes.flatMap((facts) => {
      const model = this.describe(path, facts);
      if (model === null) return [];
      return source.stale.has(facts.name) ? { ...model, stale: true } : model;
    });
  }

  private readModelClass(path: string, facts: PythonClass): ModelClass | null {
    if (!this.isModel(path, facts, new Set())) return null;
    const meta = metaClass(facts);
    const option = (name: string): ExpressionFacts['literal'] =>
      meta?.attributes.findLast((attribute) => attribute.name === name)?.value.literal;
    const label = option('app_label');
    const app = typeof label === 'string' ? label : this.appLabel(path);
    return { path, facts, id: `${app}.${facts.name}`, app, abstract: option('abstract') === true };
  }

  /** Whether its bases lead to a model; `seen` because a class that inherits from itself leads nowhere. */
  private isModel(path: string, facts: PythonClass, seen: Set<PythonClass>): boolean {
    if (seen.has(facts)) return false;
    seen.add(facts);
    const hasFields = (): boolean => facts.attributes.some((each) => this.isField(path, each));
    return facts.bases.some(({ dotted }) => {
      const found = dotted === null ? null : resolveClass(path, dotted, this.context.resolver);
      if (found?.kind === 'class') return this.isModel(found.path, found.facts, seen);
      if (found?.kind === 'external') return isModelBase(found.name, hasFields);
      if (found?.kind === 'variable' && MODEL_MAKER.test(found.value.call?.callee ?? '')) return true;
      // `with_metaclass(…)`, `get_base()`: nobody can know it, but fields of Django stand in models only.
      return facts.attributes.some((each) => this.isDjangoField(path, each));
    });
  }

  private readModel(path: string, facts: PythonClass): ModelFacts | null {
    const model = this.modelOf(path, facts);
    if (model === null) return null;
    const meta = this.metaOf(model);
    const inheritedMeta = this.inheritedMeta(model, new Set([facts]));
    return {
      id: model.id,
      app: model.app,
      name: facts.name,
      bases: facts.bases.map(({ code }) => code),
      abstract: model.abstract,
      proxy: [...meta, ...inheritedMeta].some(({ name, value }) => name === 'proxy' && value === true),
      fields: this.fieldsOf(model, model, new Set()),
      meta,
      inheritedMeta,
      methods: facts.methods.map(({ name }) => name),
      members: readMembers(path, facts, this.context.resolver),
      docstring: facts.docstring,
      place: placeIn(path, facts.span),
      stale: false,
      unknownBases: this.unknownBases(model),
    };
  }

  private metaOf(model: ModelClass): readonly OptionFacts[] {
    return (metaClass(model.facts)?.attributes ?? []).map((each) => optionFacts(model.path, each));
  }

  /**
   * Options that `class Meta(Base.Meta)` brings, and those of abstract bases where the model has no `Meta` at all.
   * https://docs.djangoproject.com/en/5.2/topics/db/models/#meta-inheritance
   */
  private inheritedMeta(model: ModelClass, seen: Set<PythonClass>): readonly OptionFacts[] {
    const meta = metaClass(model.facts);
    const found = new Map<string, OptionFacts>();
    for (const base of meta === undefined ? this.basesOf(model) : this.metaBases(model, meta)) {
      if (seen.has(base.facts) || (meta === undefined && !base.abstract)) continue;
      seen.add(base.facts);
      for (const option of [...this.metaOf(base), ...this.inheritedMeta(base, seen)]) {
        // Django takes `abstract` off what is inherited.
        if (option.name !== 'abstract' && !found.has(option.name)) found.set(option.name, option);
      }
    }
    for (const { name } of meta?.attributes ?? []) found.delete(name);
    return [...found.values()];
  }

  /** The models whose `Meta` a `Meta` derives from. */
  private metaBases({ path }: ModelClass, meta: PythonClass): readonly ModelClass[] {
    return meta.bases.flatMap(({ dotted }) => {
      const owner = /^(.+)\.Meta$/.exec(dotted ?? '')?.[1];
      const found = owner === undefined ? null : resolveClass(path, owner, this.context.resolver);
      const model = found?.kind === 'class' ? this.modelOf(found.path, found.facts) : null;
      return model === null ? [] : [model];
    });
  }

  /** Django adds the fields of abstract bases first; a name that is bound again replaces or removes them. */
  private fieldsOf(model: ModelClass, owner: ModelClass, seen: Set<PythonClass>): readonly FieldFacts[] {
    if (seen.has(model.facts)) return [];
    seen.add(model.facts);
    const own = new Set(model.facts.attributes.map(({ name }) => name));
    const fields = new Map<string, FieldFacts>();
    for (const base of this.basesOf(model)) {
      if (!base.abstract) continue;
      for (const field of this.fieldsOf(base, owner, seen)) {
        if (own.has(field.name) || fields.has(field.name)) continue;
        fields.set(field.name, { ...field, inheritedFrom: field.inheritedFrom ?? base.id });
      }
    }
    for (const attribute of model.facts.attributes) {
      const field = this.readField(model, owner, attribute);
      if (field === null) fields.delete(attribute.name);
      else fields.set(attribute.name, field);
    }
    return [...fields.values()];
  }

  private basesOf(model: ModelClass): readonly ModelClass[] {
    return model.facts.bases.flatMap((base) => {
      const { dotted } = base;
      const found = dotted === null ? null : resolveClass(model.path, dotted, this.context.resolver);
      const parent = found?.kind === 'class' ? this.modelOf(found.path, found.facts) : null;
      return parent === null ? [] : [parent];
    });
  }

  /** Bases whose fields are not in the source of the workspace. */
  private unknownBases({ path, facts }: ModelClass): readonly string[] {
    return facts.bases.flatMap(({ code, dotted }) => {
      const found = dotted === null ? null : resolveClass(path, dotted, this.context.resolver);
      if (found?.kind === 'class' || dotted === 'object') return [];
      return found?.kind === 'external' && BRINGS_NO_FIELDS.test(found.name) ? [] : [code];
    });
  }

  private isField(path: string, attribute: NamedExpression): boolean {
    const callee = attribute.value.call?.callee ?? null;
    return callee !== null && this.fieldClass(path, callee) !== null;
  }

  private isDjangoField(path: string, attribute: NamedExpression): boolean {
    const callee = attribute.value.call?.callee ?? null;
    return callee !== null && (this.fieldClass(path, callee)?.base ?? null) !== null;
  }

  private readField(model: ModelClass, owner: ModelClass, attribute: NamedExpression): FieldFacts | null {
    const { path, facts } = model;
    const call = attribute.value.call;
    const callee = call?.callee ?? null;
    if (call === null || callee === null) return null;
    const nested = facts.classes.findLast(({ name }) => name === callee);
    const made =
      nested === undefined
        ? this.fieldClass(path, callee)
        : derivedField(path, nested, this.context.resolver);
    if (made === null) return null;
    const { type, base, relation } = made;
    const offered = call.keywords.find(({ name }) => name === 'choices')?.value;
    const choices =
      offered === undefined ? null : readFieldChoices(path, facts, offered, this.context.resolver);
    return {
      name: attribute.name,
      type,
      ...(base === type ? {} : { base }),
      typeCode: callee,
      positional: call.positional.map(({ code }) => code),
      options: call.keywords.map((keyword) => optionFacts(path, keyword)),
      relation: relation === null ? null : this.relations.read(path, owner, relation, call),
      place: placeIn(path, attribute.span),
      inheritedFrom: null,
      ...(choices === null ? {} : { choices }),
      ...(attribute.when === undefined ? {} : { when: attribute.when }),
    };
  }
}

function metaClass(facts: PythonClass): PythonClass | undefined {
  return facts.classes.findLast(({ name }) => name === 'Meta');
}

/** A keyword argument or an assignment as an option. */
export function optionFacts(path: string, named: NamedExpression): OptionFacts {
  const { literal, code } = named.value;
  const place = placeIn(path, named.span);
  // One literal each: an object that is spread together takes a third more memory, and a project has many options.
  return literal === undefined || (literal !== null && typeof literal === 'object')
    ? { name: named.name, code, place }
    : { name: named.name, code, value: literal, place };
}

function placeIn(file: string, { start, end, line }: Span): Place {
  return { file, start, end, line };
}
