import type { SyntaxNode } from '../../../python/parser.ts';
import { readString } from '../../../python/literal.ts';
import {
  argumentsOf,
  assignmentsOf,
  dottedName,
  lineOf,
  undecorated,
  visitNodes,
} from '../../../python/syntax.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { membersOf } from '../class-source.ts';
import { classSubjects, modelNamed, queriedModel, type ClassSubject } from './class-subject.ts';
import { createLookups, type Lookups } from './lookups.ts';
import type { Reference } from './model-references.ts';
import type { PlanContext } from '../plan-context.ts';

/** A place that surely names a field. */
export interface FieldReference extends Reference {
  /** The item of a list of independent names that can be left out with the field; null where the place needs it. */
  readonly item: SyntaxNode | null;
}

/** What names a field: what surely does, and places that may. */
export interface FieldReferences {
  readonly certain: readonly FieldReference[];
  readonly uncertain: readonly Reference[];
}

/** Attributes of classes about a model whose strings are names of its fields, by kind of class. */
const FIELD_NAMES: Readonly<Record<ClassSubject['kind'], RegExp>> = {
  model: /^(USERNAME_FIELD|EMAIL_FIELD|REQUIRED_FIELDS)$/,
  admin:
    /^(list_display|list_display_links|list_filter|list_editable|search_fields|ordering|fields|exclude|readonly_fields|raw_id_fields|autocomplete_fields|filter_horizontal|filter_vertical|date_hierarchy|list_select_related|prepopulated_fields|radio_fields|fieldsets|fk_name)$/,
  meta: /^$/,
  view: /^(filterset_fields|filter_fields|search_fields|ordering_fields|ordering|lookup_field|slug_field|fields)$/,
};
/** The same for the Meta of models, and of serializers, forms and filters. */
const MODEL_META =
  /^(ordering|get_latest_by|order_with_respect_to|unique_together|index_together|indexes|constraints)$/;
const OTHER_META =
  /^(fields|exclude|read_only_fields|write_only_fields|extra_kwargs|widgets|labels|help_texts|error_messages|field_classes|localized_fields)$/;
/** Lists whose items do not depend on each other. */
const INDEPENDENT =
  /^(list_display|list_display_links|list_filter|list_editable|search_fields|ordering|fields|exclude|readonly_fields|raw_id_fields|autocomplete_fields|filter_horizontal|filter_vertical|filterset_fields|ordering_fields|read_only_fields|REQUIRED_FIELDS)$/;
const QUERY_NAMES =
  /^(order_by|values|values_list|only|defer|select_related|prefetch_related|distinct|in_bulk|dates|datetimes|latest|earliest|bulk_update)$/;
const QUERY_KEYWORDS = /^(filter|exclude|get|create|get_or_create|update_or_create|update|aget|acreate)$/;

/** Everything that names a field, by the syntax tree, by lookups and by what classes are about. */
export function fieldReferences(model: ModelFacts, field: FieldFacts, context: PlanContext): FieldReferences {
  const carriers = new Set(
    context.snapshot.models
      .filter((each) => each.fields.some((f) => f.name === field.name && f.inheritedFrom === model.id))
      .map(({ id }) => id),
  ).add(model.id);
  const lookups = createLookups(context.snapshot, carriers, field.name);
  const certain: FieldReference[] = [];
  const uncertain: Reference[] = [];
  const word = new RegExp(`(?<![A-Za-z0-9])_*${field.name}(?![A-Za-z0-9])`);
  for (const path of context.files.paths()) {
    const source = path.endsWith('.py') ? context.files.get(path) : null;
    if (source === null || !word.test(source.text)) continue;
    const finder = new FieldFinder(field, lookups, source, context);
    const found = finder.find();
    certain.push(...found.certain);
    uncertain.push(...found.uncertain);
  }
  return { certain, uncertain };
}

class FieldFinder {
  private readonly field: FieldFacts;
  private readonly lookups: Lookups;
  private readonly source: SourceText;
  private readonly context: PlanContext;
  private readonly found = new Map<number, FieldReference>();

  constructor(field: FieldFacts, lookups: Lookups, source: SourceText, context: PlanContext) {
    this.field = field;
    this.lookups = lookups;
    this.source = source;
    this.context = context;
  }

  find(): FieldReferences {
    for (const subject of classSubjects(this.source, this.context)) this.inClass(subject);
    this.inQueries();
    return { certain: [...this.found.values()], uncertain: this.others() };
  }

  private inClass({ definition, models, kind }: ClassSubject): void {
    for (const member of membersOf(definition)) {
      const inner = undecorated(member);
      if (inner.type === 'class_definition' && inner.childForFieldName('name')?.text === 'Meta') {
        this.inAttributes(inner, models, kind === 'model' ? MODEL_META : OTHER_META);
      }
      if (kind === 'model' && inner.type === 'function_definition') this.inMethod(inner, models);
      if (kind === 'model') this.inFieldOptions(member, models);
    }
    // A method or declared attribute of this name is what the strings mean, not the field.
    const declares = membersOf(definition).some(
      (member) =>
        undecorated(member).childForFieldName('name')?.text === this.field.name ||
        assignmentsOf(member).some(({ target }) => target.text === this.field.name),
    );
    if (!declares || kind === 'model') this.inAttributes(definition, models, FIELD_NAMES[kind]);
  }

  private inAttributes(definition: SyntaxNode, models: readonly string[], names: RegExp): void {
    for (const member of membersOf(definition)) {
      for (const { target, value } of assignmentsOf(member)) {
        if (names.test(target.text)) this.inValue(value, models, INDEPENDENT.test(target.text));
      }
    }
  }

  /** Strings of a value, the names in `Q(…)`, and strings in `F(…)` and the like. */
  private inValue(value: SyntaxNode, models: readonly string[], independent: boolean): void {
    visitNodes(value, (node) => {
      if (node.type === 'string') this.checkString(node, models, independent && node.parent?.id === value.id);
      if (node.type !== 'keyword_argument') return true;
      const owner = dottedName(node.parent?.parent?.childForFieldName('function') ?? null) ?? '';
      const name = node.childForFieldName('name');
      if (/(^|\.)Q$/.test(owner) && name !== null) this.checkKeyword(name, models);
      const text = node.childForFieldName('name')?.text ?? '';
      // Names and messages of constraints are no field names.
      return ![
        'name',
        'violation_error_message',
        'violation_error_code',
        'opclasses',
        'db_tablespace',
      ].includes(text);
    });
  }

  private inMethod(method: SyntaxNode, models: readonly string[]): void {
    const self = method.childForFieldName('parameters')?.namedChild(0)?.text;
    if (!models.some(this.lookups.carries) || self === undefined) return;
    visitNodes(method, (node) => {
      const isOwn = node.type === 'attribute' && node.childForFieldName('object')?.text === self;
      const name = isOwn ? node.childForFieldName('attribute') : null;
      const related = this.field.relation === null ? [] : [`${this.field.name}_id`];
      if (name !== null && [this.field.name, ...related].includes(name.text))
        this.add(name.startIndex, name, null);
      return true;
    });
  }

  /** `unique_for_date='created'`, `height_field`, and `to_field` of relations that lead here. */
  private inFieldOptions(member: SyntaxNode, models: readonly string[]): void {
    for (const { target, value } of assignmentsOf(member)) {
      if (value.type !== 'call') continue;
      const model = this.context.snapshot.models.find(({ id }) => models.includes(id));
      const relation = model?.fields.find(({ name }) => name === target.text)?.relation;
      for (const argument of argumentsOf(value.childForFieldName('arguments')).keywords) {
        const name = argument.name ?? '';
        if (/^unique_for_|^(height|width)_field$|^expression$/.test(name))
          this.inValue(argument.value, models, false);
        if (name === 'to_field' && relation?.target) this.inValue(argument.value, [relation.target], false);
        if (name === 'through_fields' && relation?.through)
          this.inValue(argument.value, [relation.through], false);
      }
    }
  }

  /** `Book.objects.filter(title__icontains=…).order_by('title')` and `Book(title=…)` */
  private inQueries(): void {
    for (const call of this.source.root.descendantsOfType('call')) {
      const callee = call.childForFieldName('function');
      const given = argumentsOf(call.childForFieldName('arguments'));
      const made = modelNamed(this.source.path, dottedName(callee), this.context);
      const queried = callee?.type === 'attribute' ? queriedModel(callee, this.source, this.context) : null;
      const method = callee?.childForFieldName('attribute')?.text ?? '';
      const model = made ?? queried;
      if (model === null) continue;
      if (made !== null || QUERY_KEYWORDS.test(method)) {
        for (const { node } of given.keywords) {
          const name = node.childForFieldName('name');
          if (name !== null) this.checkKeyword(name, [model]);
        }
      }
      for (const { value } of given.positional) {
        if (QUERY_NAMES.test(method) && value.type === 'string') this.checkString(value, [model], false);
        else if (queried !== null && value.type !== 'string') this.inValue(value, [model], false);
      }
    }
  }

  private checkKeyword(name: SyntaxNode, models: readonly string[]): void {
    const at = this.segmentStart(name.text, models);
    if (at !== null) this.add(name.startIndex + at, name, null);
  }

  private checkString(node: SyntaxNode, models: readonly string[], removable: boolean): void {
    const content = node.namedChildren.find(({ type }) => type === 'string_content');
    if (content === undefined || readString(node) !== content.text) return;
    // `-title` in orderings, `^title` in search fields
    const prefix = /^[-+?^=@$]?/.exec(content.text)?.[0].length ?? 0;
    const path = content.text.slice(prefix);
    const at = this.segmentStart(path, models);
    const whole = path === this.field.name;
    if (at !== null) this.add(content.startIndex + prefix + at, content, removable && whole ? node : null);
  }

  /** Offset of the field's segment in a lookup. */
  private segmentStart(path: string, models: readonly string[]): number | null {
    for (const model of models) {
      const plain =
        this.field.relation !== null && path === `${this.field.name}_id` && this.lookups.carries(model);
      const index = plain ? 0 : this.lookups.segmentOf(model, path);
      if (index === null) continue;
      return path
        .split('__')
        .slice(0, index)
        .reduce((sum, segment) => sum + segment.length + 2, 0);
    }
    return null;
  }

  private add(start: number, node: SyntaxNode, item: SyntaxNode | null): void {
    if (
      start >= this.field.place.start &&
      start < this.field.place.end &&
      this.source.path === this.field.place.file
    ) {
      if (start === this.field.place.start) return;
    }
    const end = start + this.field.name.length;
    this.found.set(start, { path: this.source.path, start, end, line: lineOf(node), item });
  }

  /** Attributes and strings of this name in files that know a model with the field. */
  private others(): readonly Reference[] {
    const { name, place } = this.field;
    const carriers = this.context.snapshot.models.filter(({ id }) => this.lookups.carries(id));
    const mentioned = carriers.some((model) => new RegExp(`\\b${model.name}\\b`).test(this.source.text));
    if (!mentioned && this.source.path !== place.file) return [];
    const found: Reference[] = [];
    visitNodes(this.source.root, (node) => {
      const attribute = node.type === 'attribute' ? node.childForFieldName('attribute') : null;
      const keyword = node.type === 'keyword_argument' ? node.childForFieldName('name') : null;
      const text = node.type === 'string_content' ? node : null;
      const named = attribute ?? keyword ?? text;
      const segments = named?.text.split('__') ?? [];
      const certain = [...this.found.keys()].some(
        (at) => named !== null && at >= named.startIndex && at < named.endIndex,
      );
      const own =
        this.source.path === place.file && node.startIndex >= place.start && node.endIndex <= place.end;
      const optionOfField =
        keyword !== null && this.source.path === place.file && /^[a-z_]+$/.test(name) && isFieldOption(node);
      if (named !== null && segments.includes(name) && !certain && !own && !optionOfField) {
        found.push({
          path: this.source.path,
          start: named.startIndex,
          end: named.endIndex,
          line: lineOf(named),
        });
      }
      return true;
    });
    return found;
  }
}

/** `models.CharField(unique=True)`: the keyword is Django's, whatever fields are called. */
function isFieldOption(keyword: SyntaxNode): boolean {
  const callee = dottedName(keyword.parent?.parent?.childForFieldName('function') ?? null) ?? '';
  return /(Field|ForeignKey|Index|Constraint)$/.test(callee);
}
