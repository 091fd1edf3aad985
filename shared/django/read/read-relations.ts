import type { CallFacts, ExpressionFacts } from '../../python/python-module.ts';
import { readExpression } from '../../python/read-bindings.ts';
import { statementsOf } from '../../python/syntax.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import type { Derivations } from '../derivations.ts';
import type { Definition, ModuleResolver } from '../module-resolver.ts';
import type { FileStore } from '../project-files.ts';
import type { AppFacts, RelationFacts } from '../project-model.ts';
import { resolveClass } from './known-classes.ts';

/** What the reader of relations needs to know of the project. */
export interface RelationContext {
  readonly files: FileStore;
  readonly resolver: ModuleResolver;
  readonly derivations: Derivations;
  readonly apps: () => readonly AppFacts[];
  readonly authUserModel: () => string;
  /** Settings that name a model. */
  readonly swappableModels: () => Readonly<Record<string, string>>;
}

/** The model that a field stands in: what `'self'` and a name without an app mean. */
export interface RelationOwner {
  readonly id: string;
  readonly app: string;
}

/** Reads what the relations of models lead to. */
export interface RelationReader {
  /** A relation of this kind from the arguments of its field; `path` is the file they stand in. */
  readonly read: (
    path: string,
    owner: RelationOwner,
    kind: RelationFacts['kind'],
    call: CallFacts,
  ) => RelationFacts;
}

type ClassDefinition = Extract<Definition, { kind: 'class' }>;

/** Makes a reader of relations; `modelId` tells what model a class of the project is. */
export function createRelationReader(
  context: RelationContext,
  modelId: (definition: ClassDefinition) => string | null,
): RelationReader {
  const { resolver } = context;

  // `settings.AUTH_USER_MODEL`, also where the settings were imported by another name
  const modelOfSetting = (dotted: string): string | null => {
    const name = /(?:^|\.)\w*settings\.(\w+_MODEL)$/.exec(dotted)?.[1];
    if (name === 'AUTH_USER_MODEL') return context.authUserModel();
    return name === undefined ? null : (context.swappableModels()[name] ?? null);
  };

  /** `get_user_model()`, `apps.get_model('catalog', 'Book')`, `getattr(settings, 'AUTH_USER_MODEL', 'auth.User')` */
  const modelOfCall = (path: string, call: CallFacts, depth: number): string | null => {
    const callee = call.callee ?? '';
    if (/(^|\.)get_user_model$/.test(callee)) return context.authUserModel();
    const [first, second, third] = call.positional;
    if (callee === 'getattr' && typeof second?.literal === 'string') {
      const fallback = typeof third?.literal === 'string' ? third.literal : null;
      return modelOfSetting(`${first?.dotted ?? ''}.${second.literal}`) ?? fallback;
    }
    // `apps.get_model`, and that of the package swapper
    if (/(^|\.)get_model(_name)?$/.test(callee) && typeof first?.literal === 'string') {
      if (typeof second?.literal === 'string') return `${first.literal}.${second.literal}`;
      return first.literal.includes('.') ? first.literal : null;
    }
    const made = resolver.resolve(path, callee);
    const returned = made?.kind === 'function' ? returnedBy(context.files, made) : null;
    return made === null || returned === null ? null : modelOf(made, returned, depth + 1);
  };

  const modelOf = (found: Definition, value: ExpressionFacts, depth: number): string | null => {
    if (found.kind === 'external' || depth > 5) return null;
    const { literal, call, dotted } = value;
    if (typeof literal === 'string') return literal.includes('.') ? literal : null;
    if (call !== null) return modelOfCall(found.path, call, depth);
    return dotted === null ? null : (modelOfSetting(dotted) ?? modelBehind(found.path, dotted));
  };

  /** The model that a name of a file stands for. */
  const modelBehind = context.derivations.derive((path: string, dotted: string): string | null => {
    const found = resolveClass(path, dotted, resolver);
    if (found?.kind === 'class') return modelId(found);
    if (found?.kind === 'variable') return modelOf(found, found.value, 0);
    return found?.kind === 'external' ? externalModel(found.name, context.apps()) : null;
  });

  /** https://docs.djangoproject.com/en/5.2/ref/models/fields/#django.db.models.ForeignKey */
  const modelNamed = (path: string, owner: RelationOwner, value: ExpressionFacts): string | null => {
    if (typeof value.literal === 'string') {
      if (value.literal === 'self') return owner.id;
      return value.literal.includes('.') ? value.literal : `${owner.app}.${value.literal}`;
    }
    if (value.dotted !== null) return modelOfSetting(value.dotted) ?? modelBehind(path, value.dotted);
    return value.call === null ? null : modelOfCall(path, value.call, 0);
  };

  return {
    read: (path, owner, kind, call) => {
      const option = (name: string): ExpressionFacts | undefined =>
        call.keywords.find((keyword) => keyword.name === name)?.value;
      const [first, second] = call.positional;
      const to = option('to') ?? (kind === 'generic' && call.positional.length !== 1 ? undefined : first);
      const hasDelete = kind !== 'many-to-many' && kind !== 'generic';
      const onDelete = option('on_delete') ?? (hasDelete ? second : undefined);
      const related = option('related_name')?.literal;
      const through = option('through');
      return {
        kind,
        target: to === undefined ? null : modelNamed(path, owner, to),
        targetCode: to?.code ?? '',
        onDelete: onDelete?.dotted?.replace(/^.*\./, '') ?? onDelete?.code ?? null,
        relatedName: typeof related === 'string' ? related : null,
        through: through === undefined ? null : modelNamed(path, owner, through),
      };
    },
  };
}

/** `django.contrib.auth.models.User` is `auth.User` when `django.contrib.auth` is installed. */
export function externalModel(name: string, apps: readonly AppFacts[]): string | null {
  const app = apps
    .filter((candidate) => name.startsWith(`${candidate.name}.`))
    .reduce<AppFacts | null>(
      (best, each) => (each.name.length > (best?.name.length ?? 0) ? each : best),
      null,
    );
  return app === null ? null : `${app.label}.${name.slice(name.lastIndexOf('.') + 1)}`;
}

/** What a function gives back where it has one `return` only. */
function returnedBy(
  files: FileStore,
  { path, facts }: Extract<Definition, { kind: 'function' }>,
): ExpressionFacts | null {
  const root = files.get(path)?.root;
  const node = root?.descendantForIndex(facts.span.start, facts.span.end - 1) ?? null;
  const body = functionOf(node)?.childForFieldName('body') ?? null;
  const returns = body === null ? [] : [...statementsOf(body)].filter(isReturn);
  const [only] = returns;
  const value = returns.length === 1 ? (only?.namedChild(0) ?? null) : null;
  return value === null ? null : readExpression(value);
}

function isReturn({ type }: SyntaxNode): boolean {
  return type === 'return_statement';
}

function functionOf(node: SyntaxNode | null): SyntaxNode | null {
  if (node === null || node.type === 'function_definition') return node;
  return node.type === 'decorated_definition' ? node.childForFieldName('definition') : null;
}
