import { argumentsOf, assignmentsOf, dottedName, partsOf, undecorated } from '../../../python/syntax.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import type { SourceText } from '../../project-files.ts';
import { membersOf } from '../class-source.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelIndex } from './model-index.ts';

/** What a class of a file is about: it is a model, or it names one. */
export interface ClassSubject {
  readonly definition: SyntaxNode;
  readonly models: readonly string[];
  readonly kind: 'model' | 'admin' | 'meta' | 'view';
}

/** Model a dotted name of a file stands for; null for everything else. */
export function modelNamed(
  path: string,
  dotted: string | null,
  { resolver, snapshot }: PlanContext,
): string | null {
  const found = dotted === null ? null : resolver.resolve(path, dotted);
  return found?.kind === 'class'
    ? (modelIndex(snapshot).named(found.path, found.facts.name)?.id ?? null)
    : null;
}

/** Tells of the classes of a file which models they are about: models, admins, serializers, forms, filters and views. */
export class ClassSubjects {
  private readonly source: SourceText;
  private readonly context: PlanContext;
  private readonly known = new Map<number, ClassSubject | null>();
  private registered: ReadonlyMap<string, readonly string[]> | null = null;

  constructor(source: SourceText, context: PlanContext) {
    this.source = source;
    this.context = context;
  }

  of(definition: SyntaxNode): ClassSubject | null {
    const known = this.known.get(definition.id);
    if (known !== undefined) return known;
    const found = this.find(definition);
    this.known.set(definition.id, found);
    return found;
  }

  private find(definition: SyntaxNode): ClassSubject | null {
    const { source, context } = this;
    const outer = definition.parent?.type === 'decorated_definition' ? definition.parent : definition;
    const model = modelIndex(context.snapshot).startingAt(source.path, outer.startIndex);
    if (model !== null) return { definition, models: [model.id], kind: 'model' };
    const name = definition.childForFieldName('name')?.text ?? '';
    this.registered ??= registrations(source, context);
    const admin = [...(this.registered.get(name) ?? []), ...decorated(outer, source, context)];
    if (admin.length > 0) return { definition, models: admin, kind: 'admin' };
    const meta = membersOf(definition).find(
      (member) => undecorated(member).childForFieldName('name')?.text === 'Meta',
    );
    const described = meta === undefined ? null : assignedModel(meta, ['model'], source, context);
    if (described !== null) return { definition, models: [described], kind: 'meta' };
    const viewed = assignedModel(definition, ['queryset', 'model'], source, context);
    return viewed === null ? null : { definition, models: [viewed], kind: 'view' };
  }
}

/** `admin.site.register(Book, BookAdmin)` by the name of the admin class. */
function registrations(source: SourceText, context: PlanContext): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const statement of partsOf(source.root)) {
    const call = statement.type === 'expression_statement' ? statement.namedChild(0) : null;
    if (
      call?.type !== 'call' ||
      dottedName(call.childForFieldName('function'))?.endsWith('.register') !== true
    )
      continue;
    const [subject, admin] = argumentsOf(call.childForFieldName('arguments')).positional;
    const name = dottedName(admin?.value ?? null);
    if (subject === undefined || name === null) continue;
    found.set(name, [...(found.get(name) ?? []), ...modelsIn(subject.value, source, context)]);
  }
  return found;
}

function modelsIn(node: SyntaxNode, source: SourceText, context: PlanContext): readonly string[] {
  const nodes = node.type === 'list' || node.type === 'tuple' ? partsOf(node) : [node];
  return nodes.map((each) => modelNamed(source.path, dottedName(each), context)).filter((id) => id !== null);
}

/** `@admin.register(Book, Author)` */
function decorated(outer: SyntaxNode, source: SourceText, context: PlanContext): readonly string[] {
  if (outer.type !== 'decorated_definition') return [];
  return partsOf(outer)
    .filter(({ type }) => type === 'decorator')
    .flatMap((decorator) => {
      const call = decorator.namedChild(0);
      const callee = call?.type === 'call' ? (dottedName(call.childForFieldName('function')) ?? '') : '';
      if (call === null || !/(^|\.)register$/.test(callee)) return [];
      const given = argumentsOf(call.childForFieldName('arguments')).positional;
      return given.flatMap(({ value }) => modelsIn(value, source, context));
    });
}

/** `model = Book` or `queryset = Book.objects.all()` in a class body. */
function assignedModel(
  definition: SyntaxNode,
  names: readonly string[],
  source: SourceText,
  context: PlanContext,
): string | null {
  for (const member of membersOf(definition)) {
    for (const { target, value } of assignmentsOf(member)) {
      if (!names.includes(target.text)) continue;
      const model =
        modelNamed(source.path, dottedName(value), context) ?? queriedModel(value, source, context);
      if (model !== null) return model;
    }
  }
  return null;
}

/** The model at the root of `Book.objects.filter(…).order_by(…)`. */
function queriedModel(expression: SyntaxNode, source: SourceText, context: PlanContext): string | null {
  let node: SyntaxNode | null = expression;
  while (node !== null) {
    if (node.type === 'call') node = node.childForFieldName('function');
    else if (node.type === 'attribute') {
      const object: SyntaxNode | null = node.childForFieldName('object');
      const manager = node.childForFieldName('attribute')?.text ?? '';
      const model = modelNamed(source.path, dottedName(object), context);
      if (model !== null)
        return /^(objects|_default_manager|_base_manager|\w*manager)$/.test(manager) ? model : null;
      node = object;
    } else return null;
  }
  return null;
}
