import { dottedName, argumentsOf, partsOf, statementsOf, undecorated } from '../../../python/syntax.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { ClassOwner } from '../class-attributes.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelNamed } from '../references/class-subject.ts';

/** How a model is registered with the admin. */
export interface AdminRegistration {
  readonly source: SourceText;
  readonly kind: 'decorator' | 'call';
  /** The decorated class, or the statement with the call. */
  readonly statement: SyntaxNode;
  readonly call: SyntaxNode;
  /** Where the model is named: the arguments, or the list in them. */
  readonly list: SyntaxNode;
  readonly item: SyntaxNode;
  /** It is one of several models in this call. */
  readonly shared: boolean;
  /** Name of its class of options as written; null where Django's own is used. */
  readonly admin: string | null;
}

/** Where a model is registered; null where it is not. */
export function findRegistration(
  model: ModelFacts,
  context: PlanContext,
  draft: Draft,
): AdminRegistration | null {
  for (const path of context.files.paths()) {
    if (!path.endsWith('.py') || isApart(path, model)) continue;
    const source = context.files.get(path);
    if (source?.text.includes('register') !== true || !source.text.includes(model.name)) continue;
    if (source.errors.length > 0) continue;
    for (const statement of statementsOf(source.root)) {
      const found = registrationIn(statement, model, source, context);
      if (found !== null) return { ...found, source: draft.source(path) };
    }
  }
  return null;
}

/** What tests register counts for the models of these tests alone. */
function isApart(path: string, model: ModelFacts): boolean {
  const apart = /^(?:.*?\/)?(?:tests?|migrations)\//.exec(path)?.[0];
  return apart !== undefined && !model.place.file.startsWith(apart);
}

function registrationIn(
  statement: SyntaxNode,
  model: ModelFacts,
  source: SourceText,
  context: PlanContext,
): AdminRegistration | null {
  const isDecorated = statement.type === 'decorated_definition';
  const calls = isDecorated
    ? partsOf(statement)
        .filter(({ type }) => type === 'decorator')
        .map((each) => each.namedChild(0))
    : [statement.type === 'expression_statement' ? statement.namedChild(0) : null];
  for (const call of calls) {
    if (call?.type !== 'call') continue;
    const callee = dottedName(call.childForFieldName('function')) ?? '';
    if (!(isDecorated ? /(^|\.)register$/ : /(^|\.)\w*site\w*\.register$/).test(callee)) continue;
    const given = argumentsOf(call.childForFieldName('arguments'));
    const first = given.positional[0]?.value;
    const inner = first?.type === 'list' || first?.type === 'tuple' ? first : null;
    const list = inner ?? call.childForFieldName('arguments');
    const named = inner !== null ? partsOf(inner) : given.positional.map(({ value }) => value);
    const models = inner === null && !isDecorated ? named.slice(0, 1) : named;
    const item = models.find((each) => modelNamed(source.path, dottedName(each), context) === model.id);
    if (item === undefined || list === null) continue;
    const second =
      given.keywords.find(({ name }) => name === 'admin_class')?.value ?? given.positional[1]?.value ?? null;
    if (!isDecorated && isOfOtherRegistry(dottedName(second), source.path, context)) continue;
    const name = isDecorated
      ? (undecorated(statement).childForFieldName('name')?.text ?? null)
      : dottedName(second);
    const kind = isDecorated ? 'decorator' : 'call';
    return { source, kind, statement, call, list, item, shared: models.length > 1, admin: name };
  }
  return null;
}

/** A class of the project that is no admin: what takes it registers models for something else. */
function isOfOtherRegistry(name: string | null, path: string, { resolver, snapshot }: PlanContext): boolean {
  const found = name === null ? null : resolver.resolve(path, name);
  if (found?.kind !== 'class') return false;
  return !snapshot.admin.some((admin) => admin.name === found.facts.name && admin.place.file === found.path);
}

/** The class of options of a registration where it stands in the project; null where it is not there. */
export function adminClassOf(
  registration: AdminRegistration,
  { resolver }: PlanContext,
  draft: Draft,
): ClassOwner | null {
  const { kind, source, statement, admin } = registration;
  if (admin === null) return null;
  if (kind === 'decorator') return { source, definition: statement, name: admin };
  const found = resolver.resolve(source.path, admin);
  if (found?.kind !== 'class') return null;
  const owner = draft.source(found.path);
  const definition = [...statementsOf(owner.root)].find((each) => each.startIndex === found.facts.span.start);
  return definition === undefined ? null : { source: owner, definition, name: found.facts.name };
}
