import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName, partsOf, unwrap } from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { PlanContext } from '../plan-context.ts';
import { bindingsOf, type Binding } from './bindings.ts';
import { ClassSubjects, modelNamed, type ClassSubject } from './class-subject.ts';
import { modelIndex, type ModelIndex } from './model-index.ts';

/** What an expression stands for, as far as the source tells: a model, one object of it, or several. */
export interface Meaning {
  readonly kind: 'class' | 'object' | 'set';
  readonly model: string;
}

const MANAGER = /^(objects|_default_manager|_base_manager|\w*manager)$/;
const GIVES_SET =
  /^(all|filter|exclude|order_by|distinct|reverse|select_related|prefetch_related|only|defer|annotate|alias|using|union|intersection|difference|select_for_update|extra|iterator|aiterator|none|complex_filter|bulk_create|get_queryset|db_manager|published|active)$/;
const GIVES_OBJECT = /^(get|aget|first|afirst|last|alast|create|acreate|latest|alatest|earliest|aearliest)$/;
const SAME_SET = /^(list|tuple|sorted|reversed|set|iter)$/;

/** Follows names, attributes and calls of one file to the models they lead to. */
export class MeaningReader {
  readonly index: ModelIndex;
  private readonly source: SourceText;
  private readonly context: PlanContext;
  private readonly known = new Map<number, Meaning | null>();
  private readonly bindings = new Map<number, ReadonlyMap<string, readonly Binding[]>>();
  private readonly subjects: ClassSubjects;

  constructor(source: SourceText, context: PlanContext) {
    this.source = source;
    this.context = context;
    this.index = modelIndex(context.snapshot);
    this.subjects = new ClassSubjects(source, context);
  }

  /** null where the source does not tell. */
  of(expression: SyntaxNode | null): Meaning | null {
    if (expression === null) return null;
    const node = unwrap(expression);
    const known = this.known.get(node.id);
    if (known !== undefined) return known;
    // What leads back to itself (`a = b`, `b = a`) is nothing.
    this.known.set(node.id, null);
    const found = this.read(node);
    this.known.set(node.id, found);
    return found;
  }

  /** What a class is about: the model it is, or the one it names. */
  subjectOf(definition: SyntaxNode): ClassSubject | null {
    return this.subjects.of(definition);
  }

  private read(node: SyntaxNode): Meaning | null {
    switch (node.type) {
      case 'identifier':
        return this.ofName(node) ?? this.ofClass(node);
      case 'attribute':
        return this.ofClass(node) ?? this.ofAttribute(node);
      case 'call':
        return this.ofCall(node);
      case 'subscript':
        return this.ofSubscript(node);
      case 'await':
        return this.of(node.namedChild(0));
      case 'conditional_expression':
      case 'boolean_operator':
        return this.agreed(partsOf(node).map((part) => (part.type === 'none' ? undefined : this.of(part))));
      default:
        return null;
    }
  }

  private agreed(meanings: readonly (Meaning | null | undefined)[]): Meaning | null {
    const [first, ...rest] = meanings.filter((each) => each !== undefined);
    if (first === undefined || first === null) return null;
    return rest.every((each) => each?.model === first.model && each.kind === first.kind) ? first : null;
  }

  private ofClass(node: SyntaxNode): Meaning | null {
    const model = modelNamed(this.source.path, dottedName(node), this.context);
    return model === null ? null : { kind: 'class', model };
  }

  /** A name by what the scopes around it bind it to. */
  private ofName(node: SyntaxNode): Meaning | null {
    const name = node.text;
    for (let scope = node.parent; scope !== null; scope = scope.parent) {
      const found = this.bindingsIn(scope)?.get(name);
      if (found === undefined) continue;
      return this.agreed(found.map((binding) => this.ofBinding(binding, node)));
    }
    return null;
  }

  private bindingsIn(scope: SyntaxNode): ReadonlyMap<string, readonly Binding[]> | null {
    const known = this.bindings.get(scope.id);
    if (known !== undefined) return known;
    const found = bindingsOf(scope);
    if (found !== null) this.bindings.set(scope.id, found);
    return found;
  }

  private ofBinding(binding: Binding, use: SyntaxNode): Meaning | null | undefined {
    if (binding.kind === 'parameter') return this.ofParameter(binding);
    const { value } = binding;
    // `books = books.filter(…)`: what it was before is said by the other bindings.
    if (value === null || (value.startIndex <= use.startIndex && use.endIndex <= value.endIndex)) {
      return value === null ? null : undefined;
    }
    if (binding.kind === 'value') return value.type === 'none' ? undefined : this.of(value);
    return elementOf(this.of(value));
  }

  private ofParameter({ name, annotation, definition }: Binding & { kind: 'parameter' }): Meaning | null {
    const typed = annotation === null ? null : this.ofClass(annotation);
    if (typed !== null) return { kind: 'object', model: typed.model };
    const owner = classAround(definition);
    const subject = owner === null ? null : this.subjectOf(owner);
    const first = definition.childForFieldName('parameters')?.namedChild(0)?.text;
    const [model, ...others] = subject?.models ?? this.sendersOf(definition);
    if (model === undefined || others.length > 0) return null;
    if (subject === null) return name === 'instance' ? { kind: 'object', model } : null;
    if (name === first && subject.kind === 'model') {
      const isClass = /^@classmethod\b/m.test(decoratorsOf(definition));
      return { kind: isClass ? 'class' : 'object', model };
    }
    if (subject.kind === 'model') return null;
    if (name === 'obj' || name === 'instance') return { kind: 'object', model };
    return name === 'queryset' || name === 'qs' ? { kind: 'set', model } : null;
  }

  /** `@receiver(post_save, sender=Book)` */
  private sendersOf(definition: SyntaxNode): readonly string[] {
    const outer = definition.parent;
    if (outer?.type !== 'decorated_definition') return [];
    return partsOf(outer).flatMap((decorator) => {
      const call = decorator.type === 'decorator' ? decorator.namedChild(0) : null;
      if (call?.type !== 'call') return [];
      const sender = argumentsOf(call.childForFieldName('arguments')).keywords.find(
        ({ name }) => name === 'sender',
      );
      const meaning = sender === undefined ? null : this.ofClass(sender.value);
      return meaning === null ? [] : [meaning.model];
    });
  }

  private ofAttribute(node: SyntaxNode): Meaning | null {
    const object = node.childForFieldName('object');
    const name = node.childForFieldName('attribute')?.text ?? '';
    const own = object?.type === 'identifier' ? this.ofOwn(object, name) : null;
    if (own !== null) return own;
    const of = this.of(object);
    if (of === null) return null;
    if (of.kind === 'class') {
      return MANAGER.test(name) || this.isManager(of.model, name) ? { kind: 'set', model: of.model } : null;
    }
    return of.kind === 'object' ? this.member(of.model, name) : null;
  }

  private isManager(id: string, name: string): boolean {
    const place = this.index.byId(id)?.place;
    const module = place === undefined ? null : (this.context.files.get(place.file)?.module ?? null);
    const facts = module?.classes.find(({ span }) => span.start === place?.start);
    const callee = facts?.attributes.find((each) => each.name === name)?.value.call?.callee ?? '';
    return /Manager$|as_manager$/.test(callee);
  }

  /** `self.object`, `self.instance`, `self.queryset` of a class that is about a model. */
  private ofOwn(object: SyntaxNode, name: string): Meaning | null {
    const owner = classAround(object);
    const subject = owner === null ? null : this.subjectOf(owner);
    const [model] = subject?.models ?? [];
    if (subject === null || subject.kind === 'model' || model === undefined || object.text !== 'self')
      return null;
    if (name === 'object' || name === 'instance') return { kind: 'object', model };
    if (name === 'queryset' || name === 'object_list') return { kind: 'set', model };
    return name === 'model' ? { kind: 'class', model } : null;
  }

  private member(id: string, name: string): Meaning | null {
    const model = this.index.byId(id);
    if (model === null) return null;
    const relation = this.index.field(model, name)?.relation;
    if (relation?.target !== null && relation?.target !== undefined) {
      return { kind: relation.kind === 'many-to-many' ? 'set' : 'object', model: relation.target };
    }
    const way = this.index.reverse(model).find(({ accessor }) => accessor === name);
    if (way === undefined) return null;
    return { kind: way.field.relation?.kind === 'one-to-one' ? 'object' : 'set', model: way.model.id };
  }

  private ofCall(call: SyntaxNode): Meaning | null {
    const callee = call.childForFieldName('function');
    const given = argumentsOf(call.childForFieldName('arguments'));
    const [first] = given.positional;
    const name = callee?.childForFieldName('attribute')?.text ?? callee?.text ?? '';
    const made = this.ofClass(callee ?? call);
    if (made !== null) return { kind: 'object', model: made.model };
    if (/^a?get_object_or_404$/.test(name)) return objectOf(this.of(first?.value ?? null));
    if (/^a?get_list_or_404$/.test(name)) return setOf(this.of(first?.value ?? null));
    if (name === 'get_user_model') return this.userModel();
    if (name === 'get_model') return this.modelByStrings(given.positional.map(({ value }) => value));
    if (callee?.type === 'identifier') return SAME_SET.test(name) ? this.of(first?.value ?? null) : null;
    if (callee?.type !== 'attribute') return null;
    const object = callee.childForFieldName('object');
    const own = this.ofOwnCall(object, name);
    if (own !== null) return own;
    const of = this.of(object);
    if (of?.kind !== 'set') return null;
    if (GIVES_OBJECT.test(name)) return { kind: 'object', model: of.model };
    return GIVES_SET.test(name) ? of : null;
  }

  /** `self.get_object()`, `super().get_queryset()` */
  private ofOwnCall(object: SyntaxNode | null, name: string): Meaning | null {
    if (object === null || !/^(self|super\(.*\))$/.test(object.text)) return null;
    const owner = classAround(object);
    const subject = owner === null ? null : this.subjectOf(owner);
    const [model] = subject?.models ?? [];
    if (model === undefined || subject?.kind === 'model') return null;
    if (name === 'get_object') return { kind: 'object', model };
    return name === 'get_queryset' || name === 'filter_queryset' ? { kind: 'set', model } : null;
  }

  private userModel(): Meaning | null {
    const model = this.index.byId(this.context.snapshot.settings?.authUserModel ?? '');
    return model === null ? null : { kind: 'class', model: model.id };
  }

  private modelByStrings(values: readonly SyntaxNode[]): Meaning | null {
    const model = this.index.byId(values.map((value) => readString(value) ?? '').join('.'));
    return model === null ? null : { kind: 'class', model: model.id };
  }

  private ofSubscript(node: SyntaxNode): Meaning | null {
    const of = this.of(node.childForFieldName('value'));
    if (of?.kind !== 'set') return null;
    const type = node.childForFieldName('subscript')?.type;
    if (type === 'slice') return of;
    return type === 'integer' || type === 'unary_operator' ? objectOf(of) : null;
  }
}

function elementOf(meaning: Meaning | null): Meaning | null {
  return meaning?.kind === 'set' ? { kind: 'object', model: meaning.model } : null;
}

function objectOf(meaning: Meaning | null): Meaning | null {
  return meaning === null ? null : { kind: 'object', model: meaning.model };
}

function setOf(meaning: Meaning | null): Meaning | null {
  return meaning === null ? null : { kind: 'set', model: meaning.model };
}

/** The class a node stands in, through its methods. */
export function classAround(node: SyntaxNode): SyntaxNode | null {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'class_definition') return parent;
  }
  return null;
}

function decoratorsOf(definition: SyntaxNode): string {
  const outer = definition.parent;
  if (outer?.type !== 'decorated_definition') return '';
  return partsOf(outer)
    .filter(({ type }) => type === 'decorator')
    .map(({ text }) => text)
    .join('\n');
}
