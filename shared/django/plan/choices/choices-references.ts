import type { SyntaxNode } from '../../../python/parser.ts';
import { readString } from '../../../python/literal.ts';
import { dottedName, lineOf } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { ModelFacts } from '../../project-model.ts';
import { descendsFrom } from '../models/plan-model-class.ts';
import type { PlanContext } from '../plan-context.ts';
import { modelNamed } from '../references/class-subject.ts';
import { wordOffsets } from '../references/occurrences.ts';
import type { Reference } from '../references/model-references.ts';
import type { ChoicesSource } from './choices-source.ts';

/** Where a choices class is named, and where its members are. */
export interface ChoicesUses {
  /** The names of the class itself, without its definition. */
  readonly names: readonly Reference[];
  /** The names of its members, by `Status.DRAFT` or `Status['DRAFT']`. */
  readonly members: readonly (Reference & { readonly member: string })[];
  /** Attributes of the same names on what can't be told from the source. */
  readonly uncertain: readonly (Reference & { readonly member: string | null })[];
}

/** Everything that names a choices class, by the syntax tree and by following imports. */
export function choicesUses(choices: ChoicesSource, context: PlanContext): ChoicesUses {
  const names: Reference[] = [];
  const members: (Reference & { readonly member: string })[] = [];
  const uncertain: (Reference & { readonly member: string | null })[] = [];
  const word = new RegExp(`\\b${choices.name}\\b`);
  for (const path of context.files.paths()) {
    const source = path.endsWith('.py') ? context.files.get(path) : null;
    if (source === null || !word.test(source.text)) continue;
    const finder = new ChoicesFinder(choices, source, context);
    for (const at of wordOffsets(source.text, choices.name)) {
      const node = source.root.descendantForIndex(at, at + choices.name.length);
      if (node?.type !== 'identifier' || node.text !== choices.name) continue;
      if (isDefinition(node, choices, path)) continue;
      const meaning = finder.meaningOf(node);
      if (meaning === 'other') continue;
      const member = memberBehind(node);
      if (meaning === 'unknown') uncertain.push({ ...referenceTo(path, node), member: member?.text ?? null });
      else names.push(referenceTo(path, node));
      if (meaning === 'certain' && member !== null) {
        members.push({ ...referenceTo(path, member), member: member.text });
      }
    }
    names.push(...finder.exports());
  }
  return { names, members, uncertain };
}

function referenceTo(path: string, node: SyntaxNode): Reference {
  return { path, start: node.startIndex, end: node.endIndex, line: lineOf(node) };
}

function isDefinition(node: SyntaxNode, { source, statement }: ChoicesSource, path: string): boolean {
  const parent = node.parent;
  return (
    path === source.path &&
    parent?.type === 'class_definition' &&
    parent.childForFieldName('name')?.id === node.id &&
    node.startIndex >= statement.startIndex &&
    node.endIndex <= statement.endIndex
  );
}

/** `DRAFT` of `Status.DRAFT` or of `Status['DRAFT']`. */
function memberBehind(node: SyntaxNode): SyntaxNode | null {
  const isLast =
    node.parent?.type === 'attribute' && node.parent.childForFieldName('attribute')?.id === node.id;
  const whole = isLast ? node.parent : node;
  const { parent } = whole;
  if (parent?.type === 'attribute' && parent.childForFieldName('object')?.id === whole.id) {
    return parent.childForFieldName('attribute');
  }
  if (parent?.type !== 'subscript' || parent.childForFieldName('value')?.id !== whole.id) return null;
  const key = parent.childForFieldName('subscript');
  const content = key?.namedChildren.find(({ type }) => type === 'string_content') ?? null;
  return key?.type === 'string' && readString(key) === content?.text ? content : null;
}

type Meaning = 'certain' | 'unknown' | 'other';

class ChoicesFinder {
  private readonly choices: ChoicesSource;
  private readonly source: SourceText;
  private readonly context: PlanContext;

  constructor(choices: ChoicesSource, source: SourceText, context: PlanContext) {
    this.choices = choices;
    this.source = source;
    this.context = context;
  }

  meaningOf(node: SyntaxNode): Meaning {
    const { parent } = node;
    if (parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id)
      return 'other';
    return this.choices.model === null ? this.atTop(node) : this.inModel(node, this.choices.model);
  }

  /** Names of a class at the top of a module follow the imports. */
  private atTop(node: SyntaxNode): Meaning {
    const { parent } = node;
    if (parent?.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id) {
      const dotted = dottedName(parent);
      return dotted !== null && this.leadsHere(this.source.path, dotted) ? 'certain' : 'other';
    }
    const statement = importOf(node);
    if (statement !== null) {
      const isAlias =
        node.parent?.parent?.type === 'aliased_import' || node.parent?.type === 'aliased_import';
      const module = statement.childForFieldName('module_name')?.text ?? '';
      const target = this.context.resolver.findFrom(this.source.path, module);
      const isIt = target !== null && this.leadsHere(target, this.choices.name);
      return isIt && !(isAlias && isAliasName(node)) ? 'certain' : 'other';
    }
    if (isBoundInside(node)) return 'other';
    return this.leadsHere(this.source.path, this.choices.name) ? 'certain' : 'other';
  }

  private leadsHere(path: string, dotted: string): boolean {
    const found = this.context.resolver.resolve(path, dotted);
    return (
      found?.kind === 'class' &&
      found.path === this.choices.source.path &&
      found.facts.name === this.choices.name
    );
  }

  /** A class in a model is named bare in the body of the model, and through the model everywhere. */
  private inModel(node: SyntaxNode, model: ModelFacts): Meaning {
    const { parent } = node;
    if (parent?.type !== 'attribute') return this.isInBodyOf(node, model) ? 'certain' : 'other';
    const object = parent.childForFieldName('object');
    if (object?.id === node.id) return this.isInBodyOf(node, model) ? 'certain' : 'other';
    const owner = dottedName(object);
    const named = owner === null ? null : modelNamed(this.source.path, owner, this.context);
    if (named !== null) return this.isItsModel(named, model) ? 'certain' : 'other';
    const around = this.modelAround(node);
    if ((owner === 'self' || owner === 'cls') && around !== null) {
      return this.isItsModel(around.id, model) ? 'certain' : 'other';
    }
    return 'unknown';
  }

  private isItsModel(id: string, model: ModelFacts): boolean {
    if (id === model.id) return true;
    const found = this.context.snapshot.models.find((each) => each.id === id);
    return found !== undefined && descendsFrom(found, model, this.context.snapshot, this.context.resolver);
  }

  private modelAround(node: SyntaxNode): ModelFacts | null {
    return (
      this.context.snapshot.models.find(
        ({ place }) =>
          place.file === this.source.path && place.start <= node.startIndex && node.endIndex <= place.end,
      ) ?? null
    );
  }

  /** Functions and classes inside do not see the names of the class around them. */
  private isInBodyOf(node: SyntaxNode, model: ModelFacts): boolean {
    if (this.source.path !== model.place.file || this.modelAround(node)?.id !== model.id) return false;
    let inner = node;
    for (let parent = node.parent; parent !== null; parent = parent.parent) {
      if (parent.type === 'class_definition') {
        const isBody = inner.type === 'block';
        const outer = parent.parent?.type === 'decorated_definition' ? parent.parent : parent;
        return isBody ? outer.startIndex === model.place.start : this.isMember(outer, model);
      }
      const isParameters = inner.type === 'parameters' || inner.type === 'type';
      if (/^(function_definition|lambda)$/.test(parent.type) && !isParameters) return false;
      inner = parent;
    }
    return false;
  }

  private isMember(outer: SyntaxNode, model: ModelFacts): boolean {
    return outer.startIndex > model.place.start;
  }

  /** `__all__ = ['Status']` */
  exports(): readonly Reference[] {
    if (this.choices.model !== null || !this.leadsHere(this.source.path, this.choices.name)) return [];
    return this.source.root.descendantsOfType('string_content').flatMap((node) => {
      const list = node.parent?.parent;
      const target = list?.parent?.type === 'assignment' ? list.parent.childForFieldName('left')?.text : '';
      return node.text === this.choices.name && target === '__all__'
        ? [referenceTo(this.source.path, node)]
        : [];
    });
  }
}

function importOf(node: SyntaxNode): SyntaxNode | null {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'import_from_statement') return parent;
    if (parent.type.endsWith('_statement')) return null;
  }
  return null;
}

function isAliasName(node: SyntaxNode): boolean {
  for (let each: SyntaxNode | null = node; each !== null; each = each.parent) {
    const { parent } = each;
    if (parent?.type === 'aliased_import') return parent.childForFieldName('alias')?.id === each.id;
  }
  return false;
}

/** It is, or means, a parameter or a variable of a function around it. */
function isBoundInside(node: SyntaxNode): boolean {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type !== 'function_definition') continue;
    const parameters = parent.childForFieldName('parameters');
    const isInHead = parameters !== null && node.startIndex < parameters.endIndex;
    if (isInHead && node.startIndex > parameters.startIndex) {
      if (isParameter(node)) return true;
      continue;
    }
    const named = (parameters?.descendantsOfType('identifier') ?? []).filter(isParameter);
    const assigned = parent.descendantsOfType('assignment').map((each) => each.childForFieldName('left'));
    if ([...named, ...assigned].some((each) => each?.text === node.text)) return true;
  }
  return false;
}

/** A name in the head of a function that is neither an annotation nor a default value. */
function isParameter(node: SyntaxNode): boolean {
  const { parent } = node;
  if (parent === null) return false;
  if (/^(parameters|list_splat_pattern|dictionary_splat_pattern|typed_parameter)$/.test(parent.type))
    return true;
  const isDefault = /^(default_parameter|typed_default_parameter)$/.test(parent.type);
  return isDefault && parent.childForFieldName('name')?.id === node.id;
}
