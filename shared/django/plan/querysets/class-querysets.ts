import { Failure } from '../../../contract/failure.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { lineOf, statementsOf, undecorated, visitNodes } from '../../../python/syntax.ts';
import type { Definition } from '../../module-resolver.ts';
import { lineageOf } from '../../read/class-lineage.ts';
import { attributeOf, setAttribute, type ClassOwner } from '../class-attributes.ts';
import { membersOf } from '../class-source.ts';
import type { Draft } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { VIEW_ORDER } from '../views/view-bases.ts';
import { FetchFinder } from './find-fetches.ts';
import { addRelated, chainOf, fetchesObjects, queryPart, type Related } from './queryset-chain.ts';

type FoundClass = Extract<Definition, { kind: 'class' }>;

/** A class of the project as its source has it. */
export function ownerOf({ path, facts }: Omit<FoundClass, 'kind'>, draft: Draft): ClassOwner | null {
  const source = draft.source(path);
  const definition = [...statementsOf(source.root)].find((each) => each.startIndex === facts.span.start);
  return definition === undefined ? null : { source, definition, name: facts.name };
}

/** Fetches a relation with the objects that a class of views is about; false where the class does not say what these are. */
export function addToClass(
  found: FoundClass,
  model: string,
  related: Related,
  context: PlanContext,
  draft: Draft,
): boolean {
  const { classes } = lineageOf(found.path, found.facts, context.resolver);
  for (const own of classes) {
    const owner = ownerOf(own, draft);
    if (owner === null) continue;
    const finder = new FetchFinder(owner.source, model, context);
    const written =
      addToMethod(owner, finder, related, draft) || addToAttribute(owner, finder, related, draft);
    if (!written) continue;
    if (own.facts !== found.facts) draft.note(`${own.facts.name} says it for other classes, too.`);
    return true;
  }
  const first = classes[0] === undefined ? null : ownerOf(classes[0], draft);
  return first !== null && addBesideModel(first, model, related, context, draft);
}

/** What `get_queryset` returns gets the relation, on each of its ways. */
export function addToMethod(owner: ClassOwner, finder: FetchFinder, related: Related, draft: Draft): boolean {
  const method = membersOf(owner.definition)
    .map(undecorated)
    .findLast(
      (each) =>
        each.type === 'function_definition' && each.childForFieldName('name')?.text === 'get_queryset',
    );
  if (method === undefined) return false;
  const values = returnedBy(method).filter((value) => fetchesObjects(chainOf(value)));
  if (values.length === 0 || values.some((value) => finder.isAbout(value) === false)) return false;
  const { path, text } = owner.source;
  for (const value of values) {
    const isChain = /^(call|identifier|attribute|subscript|parenthesized_expression)$/.test(value.type);
    const edits = isChain
      ? addRelated(queryPart(chainOf(value)), related, text, draft.style(path).quote)
      : null;
    if (edits === null) throw unclear(owner.source.path, value, related);
    draft.edit(path, edits);
  }
  return true;
}

function returnedBy(method: SyntaxNode): readonly SyntaxNode[] {
  const values: SyntaxNode[] = [];
  const body = method.childForFieldName('body');
  if (body === null) return values;
  visitNodes(body, (node) => {
    const value = node.type === 'return_statement' ? node.namedChild(0) : null;
    if (value !== null) values.push(value);
    return !/^(function_definition|class_definition|lambda)$/.test(node.type);
  });
  return values;
}

function addToAttribute(owner: ClassOwner, finder: FetchFinder, related: Related, draft: Draft): boolean {
  const value = attributeOf(owner, 'queryset')?.value;
  if (value === undefined || finder.isAbout(value) !== true) return false;
  const { path, text } = owner.source;
  const edits = addRelated(queryPart(chainOf(value)), related, text, draft.style(path).quote);
  if (edits === null) throw unclear(path, value, related);
  draft.edit(path, edits);
  return true;
}

/**
 * A view that names its model alone gets a queryset, which Django prefers.
 * https://docs.djangoproject.com/en/5.2/ref/class-based-views/mixins-multiple-object/
 */
function addBesideModel(
  owner: ClassOwner,
  model: string,
  { method, relation }: Related,
  context: PlanContext,
  draft: Draft,
): boolean {
  const finder = new FetchFinder(owner.source, model, context);
  const value = attributeOf(owner, 'model')?.value;
  const meaning = value === undefined ? null : finder.meanings.of(value);
  if (value === undefined || meaning?.kind !== 'class' || meaning.model !== model) return false;
  const { quote } = draft.style(owner.source.path);
  const code = `${value.text}.objects.${method}(${quote}${relation}${quote})`;
  setAttribute(owner, 'queryset', code, VIEW_ORDER, context, draft);
  return true;
}

/** A queryset whose relations can't be told from the source. */
export function unclear(path: string, node: SyntaxNode, { method, relation }: Related): Failure {
  const shown = node.text.length > 60 ? `${node.text.slice(0, 60)}…` : node.text;
  return new Failure(
    'unclear-source',
    `What ${shown} fetches is not clear in the source. Add .${method}("${relation}") to it in the editor.`,
    { file: path, line: lineOf(node) },
  );
}
