import type { ExpressionFacts, NamedExpression, PythonClass, Span } from '../../python/python-module.ts';
import type { Derivations } from '../derivations.ts';
import { fieldKindOf, isModelBase, relationKindOf } from './known-classes.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import { isInFolders } from './other-projects.ts';
import type { FileStore } from '../project-files.ts';
import type {
  AppFacts,
  FieldFacts,
  ModelFacts,
  OptionFacts,
  Place,
  RelationFacts,
} from '../project-model.ts';
import { appLabelOf } from './read-apps.ts';

/** What the model reader needs to know of the project. */
export interface ModelContext {
  readonly files: FileStore;
  readonly resolver: ModuleResolver;
  readonly derivations: Derivations;
  readonly apps: () => readonly AppFacts[];
  readonly authUserModel: () => string;
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

const MAY_HOLD_MODELS = /models?\b|Model/;
const TESTS = /(^|\/)(tests?\/|tests?\.py$|test_[^/]*\.py$|conftest\.py$)/;

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
      if (!path.endsWith('.py') || TESTS.test(path)) continue;
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
  private readonly fieldType: (path: string, callee: string) => string | null;
  private readonly relationKind: (path: string, callee: string) => RelationFacts['kind'] | null;
  /** Model that a name of a file stands for. */
  private readonly modelBehind: (path: string, dotted: string) => string | null;
  private readonly context: ModelContext;

  constructor(context: ModelContext) {
    this.context = context;
    const { derive } = context.derivations;
    const { resolver } = context;
    this.modelsIn = derive((path: string) => this.readFile(path));
    this.modelOf = derive((path: string, facts: PythonClass) => this.readModelClass(path, facts));
    this.describe = derive((path: string, facts: PythonClass) => this.readModel(path, facts));
    this.appLabel = derive((path: string) => appLabelOf(path, context.apps()));
    this.fieldType = derive((path: string, callee: string) => fieldKindOf(path, callee, resolver));
    this.relationKind = derive((path: string, callee: string) => relationKindOf(path, callee, resolver));
    this.modelBehind = derive((path: string, dotted: string) => this.readModelBehind(path, dotted));
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
    const meta = facts.classes.find(({ name }) => name === 'Meta');
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
    return facts.bases.some(({ dotted }) => {
      const found = dotted === null ? null : this.context.resolver.resolve(path, dotted);
      if (found?.kind === 'class') return this.isModel(found.path, found.facts, seen);
      if (found?.kind !== 'external') return false;
      return isModelBase(found.name, () => facts.attributes.some((each) => this.isField(path, each)));
    });
  }

  private readModel(path: string, facts: PythonClass): ModelFacts | null {
    const model = this.modelOf(path, facts);
    if (model === null) return null;
    const meta = this.metaOf(model);
    return {
      id: model.id,
      app: model.app,
      name: facts.name,
      bases: facts.bases.map(({ code }) => code),
      abstract: model.abstract,
      proxy: meta.some(({ name, value }) => name === 'proxy' && value === true),
      fields: this.fieldsOf(model, model, new Set()),
      meta,
      methods: facts.methods.map(({ name }) => name),
      docstring: facts.docstring,
      place: placeIn(path, facts.span),
      stale: false,
    };
  }

  private metaOf(model: ModelClass): readonly OptionFacts[] {
    const meta = model.facts.classes.find(({ name }) => name === 'Meta');
    return (meta?.attributes ?? []).map((attribute) => optionFacts(model.path, attribute));
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
      const field = this.readField(model.path, owner, attribute);
      if (field === null) fields.delete(attribute.name);
      else fields.set(attribute.name, field);
    }
    return [...fields.values()];
  }

  private basesOf(model: ModelClass): readonly ModelClass[] {
    return model.facts.bases.flatMap((base) => {
      const found = base.dotted === null ? null : this.context.resolver.resolve(model.path, base.dotted);
      const parent = found?.kind === 'class' ? this.modelOf(found.path, found.facts) : null;
      return parent === null ? [] : [parent];
    });
  }

  private isField(path: string, attribute: NamedExpression): boolean {
    const callee = attribute.value.call?.callee ?? null;
    return callee !== null && this.fieldType(path, callee) !== null;
  }

  private readField(path: string, owner: ModelClass, attribute: NamedExpression): FieldFacts | null {
    const call = attribute.value.call;
    const callee = call?.callee ?? null;
    if (call === null || callee === null) return null;
    const type = this.fieldType(path, callee);
    if (type === null) return null;
    const kind = this.relationKind(path, callee);
    return {
      name: attribute.name,
      type,
      typeCode: callee,
      positional: call.positional.map(({ code }) => code),
      options: call.keywords.map((keyword) => optionFacts(path, keyword)),
      relation: kind === null ? null : this.readRelation(path, owner, kind, call),
      place: placeIn(path, attribute.span),
      inheritedFrom: null,
    };
  }

  private readRelation(
    path: string,
    owner: ModelClass,
    kind: RelationFacts['kind'],
    call: NonNullable<ExpressionFacts['call']>,
  ): RelationFacts {
    const option = (name: string): ExpressionFacts | undefined =>
      call.keywords.find((keyword) => keyword.name === name)?.value;
    const to =
      option('to') ?? (kind === 'generic' && call.positional.length !== 1 ? undefined : call.positional[0]);
    const onDelete =
      option('on_delete') ?? (kind === 'many-to-many' || kind === 'generic' ? undefined : call.positional[1]);
    const related = option('related_name')?.literal;
    const through = option('through');
    return {
      kind,
      target: to === undefined ? null : this.modelNamed(path, owner, to),
      targetCode: to?.code ?? '',
      onDelete: onDelete?.dotted?.replace(/^.*\./, '') ?? onDelete?.code ?? null,
      relatedName: typeof related === 'string' ? related : null,
      through: through === undefined ? null : this.modelNamed(path, owner, through),
    };
  }

  /** https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey */
  private modelNamed(path: string, owner: ModelClass, code: ExpressionFacts): string | null {
    if (typeof code.literal === 'string') {
      if (code.literal === 'self') return owner.id;
      return code.literal.includes('.') ? code.literal : `${owner.app}.${code.literal}`;
    }
    if (code.dotted?.endsWith('settings.AUTH_USER_MODEL') === true) return this.context.authUserModel();
    if (code.call?.callee?.endsWith('get_user_model') === true) return this.context.authUserModel();
    return code.dotted === null ? null : this.modelBehind(path, code.dotted);
  }

  private readModelBehind(path: string, dotted: string): string | null {
    const found = this.context.resolver.resolve(path, dotted);
    if (found?.kind === 'class') return this.modelOf(found.path, found.facts)?.id ?? null;
    return found?.kind === 'external' ? externalModel(found.name, this.context.apps()) : null;
  }
}

/** `django.contrib.auth.models.User` is `auth.User` when `django.contrib.auth` is installed. */
function externalModel(name: string, apps: readonly AppFacts[]): string | null {
  const app = apps.find((candidate) => name.startsWith(`${candidate.name}.`));
  return app === undefined ? null : `${app.label}.${name.slice(name.lastIndexOf('.') + 1)}`;
}

function optionFacts(path: string, named: NamedExpression): OptionFacts {
  const { literal, code } = named.value;
  const plain = literal === undefined || (literal !== null && typeof literal === 'object');
  return { name: named.name, code, ...(plain ? {} : { value: literal }), place: placeIn(path, named.span) };
}

function placeIn(file: string, { start, end, line }: Span): Place {
  return { file, start, end, line };
}
