import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { assignmentsOf, dottedName, lineOf, rangeOf, undecorated } from '../../../python/syntax.ts';
import { membersOf } from '../class-source.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import type { PlanContext } from '../plan-context.ts';
import { isKnownPath, segmentOffset, type Member } from './lookups.ts';
import { classAround, MeaningReader } from './meaning.ts';
import { modelIndex, type ModelIndex, type ReverseRelation } from './model-index.ts';
import type { Reference } from './model-references.ts';
import { placeOf, type NamePlace } from './name-places.ts';
import type { Removal } from './removals.ts';
import { foundIn } from './found.ts';
import { memberOffsets, occurrencesAt, type Occurrence } from './occurrences.ts';

/** A place that surely names a field. */
export interface FieldReference extends Reference {
  /** Where the item stands that its list of independent names can do without; null where the place needs it. */
  readonly item: { readonly start: number; readonly end: number } | null;
}

/** A place that may name it. */
export interface PossibleReference extends Reference {
  /** Why it may be meant. */
  readonly why: string;
  /** What goes with it, where the finder knows it better than the place tells. */
  readonly removal?: Removal | null;
}

/** What names a field: what surely does, and places that may. */
export interface FieldReferences {
  readonly certain: readonly FieldReference[];
  readonly uncertain: readonly PossibleReference[];
}

/** Everything that names a field, by lookups and by what expressions and classes are about. */
export function fieldReferences(model: ModelFacts, field: FieldFacts, context: PlanContext): FieldReferences {
  const inheriting = context.snapshot.models.filter(({ fields }) =>
    fields.some(({ name, inheritedFrom }) => name === field.name && inheritedFrom === model.id),
  );
  const kind = field.relation?.kind;
  const member: Member = {
    name: field.name,
    carriers: new Set([model.id, ...inheriting.map(({ id }) => id)]),
    hasColumn: kind === 'foreign-key' || kind === 'one-to-one',
    isAttribute: true,
    isLookup: true,
  };
  return memberReferences(member, field, context);
}

/** Everything that names the way back of a relation: its accessor and its name in lookups. */
export function reverseReferences(
  { field, accessor, lookup }: ReverseRelation,
  context: PlanContext,
): { readonly accessor: FieldReferences; readonly lookup: FieldReferences } {
  const target = field.relation?.target ?? '';
  const children = context.snapshot.models.filter(({ bases }) => bases.includes(target.split('.')[1] ?? ''));
  const carriers = new Set([target, ...children.map(({ id }) => id)]);
  const find = (name: string, isAttribute: boolean, isLookup: boolean): FieldReferences =>
    memberReferences({ name, carriers, hasColumn: false, isAttribute, isLookup }, null, context);
  if (accessor === lookup)
    return { accessor: find(accessor, true, true), lookup: { certain: [], uncertain: [] } };
  return { accessor: find(accessor, true, true), lookup: find(lookup, false, true) };
}

function memberReferences(member: Member, field: FieldFacts | null, context: PlanContext): FieldReferences {
  const key = JSON.stringify([member, [...member.carriers], field?.place]);
  return foundIn(context.snapshot, key, () => findMember(member, field, context));
}

function findMember(member: Member, field: FieldFacts | null, context: PlanContext): FieldReferences {
  const index = modelIndex(context.snapshot);
  const known = namesOfModels(member, index, context);
  const certain: FieldReference[] = [];
  const uncertain: PossibleReference[] = [];
  for (const path of context.files.paths()) {
    const source = path.endsWith('.py') ? context.files.get(path) : null;
    const places = source === null ? [] : memberOffsets(source.text, member.name);
    // An object of the models comes from their names or from a relation that leads to them.
    if (source === null || places.length === 0 || !known.near.test(source.text)) continue;
    context.files.lookAround(path, places, (excerpt) => {
      const finder = new MemberFinder(member, field, excerpt, context, known.own.test(source.text));
      for (const occurrence of occurrencesAt(places, member.name, excerpt)) finder.take(occurrence);
      certain.push(...finder.certain.values());
      uncertain.push(...finder.uncertain);
    });
  }
  return { certain, uncertain };
}

/** The names of the models themselves, and with those of the relations and ways back that lead to them, as patterns. */
function namesOfModels(
  { carriers }: Member,
  index: ModelIndex,
  { snapshot }: PlanContext,
): { readonly own: RegExp; readonly near: RegExp } {
  const user = snapshot.settings?.authUserModel.toLowerCase();
  const own = [...carriers].flatMap((id) => [
    id.split('.')[1] ?? id,
    ...(id.toLowerCase() === user ? ['get_user_model', 'request.user'] : []),
  ]);
  const ways = [...carriers].flatMap((id) => index.namesLeadingTo(id));
  const pattern = (names: readonly string[]): RegExp =>
    new RegExp(`(?<![A-Za-z0-9])(?:${[...new Set(names)].join('|')})(?![A-Za-z0-9])`);
  return { own: pattern(own), near: pattern([...own, ...ways]) };
}

class MemberFinder {
  readonly certain = new Map<number, FieldReference>();
  readonly uncertain: PossibleReference[] = [];
  private readonly member: Member;
  private readonly field: FieldFacts | null;
  private readonly source: SourceText;
  private readonly index: ModelIndex;
  private readonly meanings: MeaningReader;
  /** The file speaks of a model that has the member. */
  private readonly speaksOfIt: boolean;

  constructor(
    member: Member,
    field: FieldFacts | null,
    source: SourceText,
    context: PlanContext,
    speaksOfIt: boolean,
  ) {
    this.member = member;
    this.field = field;
    this.source = source;
    this.index = modelIndex(context.snapshot);
    this.meanings = new MeaningReader(source, context);
    this.speaksOfIt = speaksOfIt;
  }

  take({ node, kind }: Occurrence): void {
    if (this.isOwnTarget(node)) return;
    if (kind === 'attribute') this.takeAttribute(node);
    else if (kind === 'keyword') this.takePath(node, node.text, node.startIndex, node);
    else this.takeString(node);
  }

  /** The name the field's own statement binds. */
  private isOwnTarget(node: SyntaxNode): boolean {
    const { field, source } = this;
    return field !== null && field.place.file === source.path && node.startIndex === field.place.start;
  }

  private isInOwnStatement({ startIndex }: SyntaxNode): boolean {
    const { field, source } = this;
    if (field?.place.file !== source.path) return false;
    return startIndex >= field.place.start && startIndex < field.place.end;
  }

  private takeAttribute(node: SyntaxNode): void {
    const { name, hasColumn, isAttribute } = this.member;
    if (!isAttribute || (node.text !== name && !(hasColumn && node.text === `${name}_id`))) return;
    const object = node.parent?.childForFieldName('object') ?? null;
    const meaning = this.meanings.of(object);
    if (meaning === null) {
      if (!this.isForeign(object)) this.offer(node, node.startIndex, `may be ${this.shown} of an object`);
    } else if (meaning.kind !== 'set' && this.carries(meaning.model)) {
      this.add(node.startIndex, node, null);
    }
  }

  /** `models.title`: an attribute of a module, of a class that is no model, or of a plain call. */
  private isForeign(object: SyntaxNode | null): boolean {
    if (object === null) return true;
    const own = object.text === 'self' || object.text === 'cls' ? classAround(object) : null;
    if (own !== null) return this.isSurelyOther(own);
    return object.type === 'string' || this.isImported(dottedName(object));
  }

  /** A class that has such an attribute itself. */
  private isSurelyOther(definition: SyntaxNode): boolean {
    const subject = this.meanings.subjectOf(definition);
    if (subject?.kind === 'model') return true;
    return this.declares(definition);
  }

  private isImported(dotted: string | null): boolean {
    const first = dotted?.split('.')[0] ?? '';
    const imported = this.source.module.imports.get(first);
    return imported !== undefined && !this.carries(first) && imported.module !== '';
  }

  private declares(definition: SyntaxNode): boolean {
    return membersOf(definition).some(
      (member) =>
        undecorated(member).childForFieldName('name')?.text === this.member.name ||
        assignmentsOf(member).some(({ target }) => target.text === this.member.name),
    );
  }

  private takeString(node: SyntaxNode): void {
    const string = node.parent;
    if (string?.type !== 'string' || readString(string) !== node.text) return;
    // `-title` in orderings, `^title` in search fields
    const prefix = /^[-+?^=@$]?/.exec(node.text)?.[0].length ?? 0;
    const path = node.text.slice(prefix);
    if (/^[\w.]+$/.test(path)) this.takePath(string, path, node.startIndex + prefix, node);
  }

  /** A keyword or string that may be a path of lookups. */
  private takePath(node: SyntaxNode, path: string, start: number, shown: SyntaxNode): void {
    const place = placeOf(node, this.meanings);
    if (place === 'value') return;
    if (place === null) {
      this.takeUnknownPath(node, path, start, shown);
      return;
    }
    const segments = path.replaceAll(place.separator, '__');
    if (!this.member.isLookup) return;
    const offset = this.offsetIn(place, segments);
    const owner = classAround(node);
    const meta = owner?.childForFieldName('name')?.text === 'Meta' ? classAround(owner) : owner;
    // A method or a declared attribute of this name is what the strings mean, not the field.
    const subject = meta === null ? null : this.meanings.subjectOf(meta);
    const isDeclared = meta !== null && subject !== null && subject.kind !== 'model' && this.declares(meta);
    if (offset !== null && !(isDeclared && path === this.member.name)) {
      // One character of a dot stands for two of the underscores.
      const shift = place.separator === '.' ? segments.slice(0, offset).split('__').length - 1 : 0;
      this.add(
        start + offset - shift,
        shown,
        path === this.member.name ? (place.list === null ? null : node) : null,
      );
    } else if (offset !== null) {
      this.offer(shown, start, `means ${this.shown} or what the class declares under this name`);
    } else if (!place.models.some((model) => isKnownPath(this.index, model, segments))) {
      this.takeUnknownPath(node, path, start, shown);
    }
  }

  private offsetIn({ models }: NamePlace, path: string): number | null {
    for (const model of models) {
      const offset = segmentOffset(this.index, model, path, this.member);
      if (offset !== null) return offset;
    }
    return null;
  }

  private takeUnknownPath(node: SyntaxNode, path: string, start: number, shown: SyntaxNode): void {
    const { name, isLookup } = this.member;
    if (!isLookup || this.isInOwnStatement(node) || isArgumentOfField(node)) return;
    const separator = path.includes('.') ? '.' : '__';
    const segments = path.split(separator);
    const at = segments.indexOf(name);
    if (at === -1) return;
    const offset = segments.slice(0, at).reduce((sum, segment) => sum + segment.length + separator.length, 0);
    this.offer(shown, start + offset, `may be ${this.shown}`);
  }

  private get shown(): string {
    const [first = ''] = this.member.carriers;
    return `${first.split('.')[1] ?? first}.${this.member.name}`;
  }

  private carries(model: string): boolean {
    return this.member.carriers.has(model);
  }

  private add(start: number, node: SyntaxNode, item: SyntaxNode | null): void {
    this.certain.set(start, {
      ...this.reference(start, node),
      item: item === null ? null : rangeOf(item),
    });
  }

  private offer(node: SyntaxNode, start: number, why: string): void {
    if (this.speaksOfIt) this.uncertain.push({ ...this.reference(start, node), why });
  }

  private reference(start: number, node: SyntaxNode): Reference {
    return { path: this.source.path, start, end: start + this.member.name.length, line: lineOf(node) };
  }
}

/** `models.CharField(unique=True)`: the keyword is Django's, and the text its label, whatever fields are called. */
function isArgumentOfField(node: SyntaxNode): boolean {
  const keyword = node.type === 'identifier' ? node.parent : node;
  const list = keyword?.parent?.type === 'keyword_argument' ? keyword.parent.parent : keyword?.parent;
  const callee = dottedName(list?.parent?.childForFieldName('function') ?? null) ?? '';
  return (
    list?.type === 'argument_list' && /(Field|ForeignKey|Index|Constraint|Serializer|Filter)$/.test(callee)
  );
}
