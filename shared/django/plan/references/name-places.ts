import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, dottedName } from '../../../python/syntax.ts';
import type { ClassSubject } from './class-subject.ts';
import { classAround, type MeaningReader } from './meaning.ts';

/** In whose terms a string or a keyword is read. */
export interface NamePlace {
  readonly models: readonly string[];
  /** How the names of a path are joined: `author__name`, or `author.name` in the `source` of a serializer field. */
  readonly separator: '__' | '.';
  /** The list in which the string is one name among independent ones, which can go with what it names. */
  readonly list: SyntaxNode | null;
}

/** Attributes of classes about a model whose strings are names of its fields, by kind of class. */
const FIELD_NAMES: Readonly<Record<ClassSubject['kind'], RegExp>> = {
  model: /^(USERNAME_FIELD|EMAIL_FIELD|REQUIRED_FIELDS|indexes|constraints)$/,
  admin:
    /^(list_display|list_display_links|list_filter|list_editable|search_fields|ordering|sortable_by|fields|exclude|readonly_fields|raw_id_fields|autocomplete_fields|filter_horizontal|filter_vertical|date_hierarchy|list_select_related|prepopulated_fields|radio_fields|fieldsets|fk_name)$/,
  meta: /^(ordering|lookup_field)$/,
  view: /^(filterset_fields|filter_fields|search_fields|ordering_fields|ordering|lookup_field|slug_field|date_field|fields|model_fields)$/,
};
/** The same for the Meta of models, and of serializers, forms and filters. */
const MODEL_META =
  /^(ordering|get_latest_by|order_with_respect_to|unique_together|index_together|indexes|constraints)$/;
const OTHER_META =
  /^(fields|exclude|read_only_fields|write_only_fields|extra_kwargs|widgets|labels|help_texts|error_messages|field_classes|localized_fields|formfield_callback|ordering|filter_overrides)$/;
/** Lists whose items do not depend on each other. */
const INDEPENDENT =
  /^(list_display|list_display_links|list_filter|list_editable|search_fields|ordering|sortable_by|fields|exclude|readonly_fields|raw_id_fields|autocomplete_fields|filter_horizontal|filter_vertical|filterset_fields|ordering_fields|read_only_fields|write_only_fields|localized_fields|REQUIRED_FIELDS)$/;
/** Dictionaries that name fields by their keys alone. */
const BY_KEY =
  /^(extra_kwargs|widgets|labels|help_texts|error_messages|field_classes|radio_fields|filterset_fields|filter_fields|fields)$/;

const STRING_METHODS =
  /^(order_by|values|values_list|only|defer|select_related|prefetch_related|distinct|in_bulk|dates|datetimes|latest|alatest|earliest|aearliest|bulk_update|abulk_update|bulk_create|abulk_create|annotate|aggregate|aaggregate|alias|filter|exclude|get|update|aupdate|union|select_for_update|prefetch_related_objects)$/;
const KEYWORD_METHODS =
  /^a?(filter|exclude|get|create|get_or_create|update_or_create|update|complex_filter|get_object_or_404|get_list_or_404)$/;
const OBJECT_METHODS = /^a?(save|refresh_from_db|full_clean|clean_fields|get_deferred_fields)$/;
const BY_NAME = /^(getattr|setattr|hasattr|delattr|attrgetter)$/;
/** Keywords of calls whose strings are names, and never fields. */
const NO_NAMES =
  /^(name|violation_error_message|violation_error_code|opclasses|db_tablespace|output_field|flat|named|field_name|using|verbose_name|help_text|label|related_name|db_column|queryset|to_attr|empty_label|function|template|arg_joiner|delimiter|lookup_expr|method)$/;

/** A place, `value` for what surely names no field, and null where the source does not tell. */
export type PlaceAnswer = NamePlace | 'value' | null;

/** In whose terms the string or the keyword is read. */
export function placeOf(node: SyntaxNode, meanings: MeaningReader): PlaceAnswer {
  return new PlaceFinder(node, meanings).find();
}

class PlaceFinder {
  private readonly start: SyntaxNode;
  private readonly meanings: MeaningReader;
  /** The dictionary key under whose value the string stands. */
  private key: string | null = null;
  private isKey = false;
  private isInExpression = false;
  private keyword: string | null = null;
  private list: SyntaxNode | null = null;
  private lists = 0;

  constructor(start: SyntaxNode, meanings: MeaningReader) {
    this.start = start;
    this.meanings = meanings;
  }

  find(): PlaceAnswer {
    let node = this.start;
    for (let parent = node.parent; parent !== null; node = parent, parent = parent.parent) {
      switch (parent.type) {
        case 'list':
        case 'tuple':
        case 'set':
          this.lists += 1;
          if (node.id === this.start.id) this.list = parent;
          continue;
        case 'pair':
          if (parent.childForFieldName('key')?.id === node.id) this.isKey = true;
          else this.key = parent.childForFieldName('key')?.text.slice(1, -1) ?? null;
          continue;
        case 'keyword_argument':
          if (node.id !== this.start.id || parent.childForFieldName('name')?.id !== node.id) {
            this.keyword = parent.childForFieldName('name')?.text ?? null;
          }
          continue;
        case 'argument_list': {
          const call = parent.parent;
          if (call?.type !== 'call') return null;
          const answer = this.inCall(call);
          if (answer !== 'further') return answer;
          this.keyword = null;
          continue;
        }
        case 'assignment':
          return this.inAssignment(parent);
        case 'return_statement':
          return this.inReturn(parent);
        case 'subscript':
          return this.inSubscript(parent);
        case 'block':
        case 'module':
        case 'comparison_operator':
          return null;
        default:
          continue;
      }
    }
    return null;
  }

  private place(
    models: readonly string[],
    list: SyntaxNode | null = null,
    separator: '__' | '.' = '__',
  ): NamePlace {
    return { models, list, separator };
  }

  private get isName(): boolean {
    return this.start.type === 'identifier';
  }

  private inCall(call: SyntaxNode): PlaceAnswer | 'further' {
    const callee = call.childForFieldName('function');
    const name = callee?.childForFieldName('attribute')?.text ?? callee?.text ?? '';
    const { positional } = argumentsOf(call.childForFieldName('arguments'));
    const isItsKeyword = this.isName && this.start.parent?.parent?.parent?.id === call.id;
    const isValue = !this.isName && !this.isKey && !this.isInExpression && this.keyword !== null;
    const made = this.meanings.of(callee);
    if (made?.kind === 'class') return isItsKeyword ? this.place([made.model]) : 'value';
    if (this.keyword !== null && NO_NAMES.test(this.keyword)) return this.inNamedArgument(call, name);
    if (BY_NAME.test(name)) return this.ofObject(positional[0]?.value ?? null);
    if (/^a?get_(object|list)_or_404$/.test(name)) {
      return isValue ? 'value' : this.ofObject(positional[0]?.value ?? null);
    }
    if (name === 'display') return this.keyword === 'ordering' ? this.inDisplay(call) : 'value';
    const answer = callee?.type === 'attribute' ? this.inMethod(callee, name, isItsKeyword) : undefined;
    if (answer !== undefined) return answer;
    if (/(Field|Serializer|Filter)$/.test(name) && /^(source|slug_field)$/.test(this.keyword ?? '')) {
      return this.inNamedArgument(call, name);
    }
    const isLookup = /^(Q|When)$/.test(name);
    if (name === 'Value') return 'value';
    if (isItsKeyword && !isLookup) return null;
    if (isLookup && isValue && this.keyword !== 'then') return 'value';
    // An expression (`F('title')`, `Count('chapters')`) is read in the terms of what it stands in.
    if (!/^[A-Z]/.test(name)) return null;
    this.isInExpression = true;
    return 'further';
  }

  /** undefined: it is no method of objects, but a class of a module. */
  private inMethod(callee: SyntaxNode, name: string, isItsKeyword: boolean): PlaceAnswer | undefined {
    const of = this.meanings.of(callee.childForFieldName('object'));
    if (of === null || of.kind === 'class') return /^[A-Z]/.test(name) ? undefined : null;
    const here = this.place([of.model]);
    if (of.kind === 'object') return OBJECT_METHODS.test(name) && !isItsKeyword ? here : null;
    if (isItsKeyword) return KEYWORD_METHODS.test(name) ? here : null;
    const isInDefaults = this.keyword === 'defaults' || this.keyword === 'create_defaults';
    if (isInDefaults) return this.isKey || this.isInExpression ? here : 'value';
    if (KEYWORD_METHODS.test(name)) return this.isKey || this.isInExpression ? here : 'value';
    return STRING_METHODS.test(name) ? here : null;
  }

  /** `@admin.display(ordering='title')` */
  private inDisplay(call: SyntaxNode): PlaceAnswer {
    const owner = classAround(call);
    const subject = owner === null ? null : this.meanings.subjectOf(owner);
    return subject?.kind === 'admin' || subject?.kind === 'model' ? this.place(subject.models) : null;
  }

  private ofObject(node: SyntaxNode | null): PlaceAnswer {
    const of = this.meanings.of(node);
    return of === null ? null : this.place([of.model]);
  }

  /** A declared field of a serializer or filter: `source='author.name'`, `field_name='title'`. */
  private inNamedArgument(call: SyntaxNode, name: string): PlaceAnswer {
    const owner = classAround(call);
    const subject = owner === null ? null : this.meanings.subjectOf(owner);
    if (subject?.kind !== 'meta') return 'value';
    if (this.keyword === 'source') return this.place(subject.models, null, '.');
    if (this.keyword === 'field_name' && /Filter$/.test(name)) return this.place(subject.models);
    if (this.keyword !== 'slug_field') return 'value';
    const target =
      call.parent?.type === 'assignment' ? call.parent.childForFieldName('left')?.text : undefined;
    const models = subject.models.flatMap((id) => {
      const model = this.meanings.index.byId(id);
      const field = model === null || target === undefined ? null : this.meanings.index.field(model, target);
      return field?.relation?.target ?? [];
    });
    return models.length === 0 ? null : this.place(models);
  }

  private inAssignment(assignment: SyntaxNode): PlaceAnswer {
    const target = assignment.childForFieldName('left')?.text ?? '';
    const body = assignment.parent?.parent;
    const definition = body?.type === 'block' ? body.parent : null;
    if (definition?.type !== 'class_definition') return null;
    const owner = classAround(definition);
    const isMeta = owner !== null && definition.childForFieldName('name')?.text === 'Meta';
    const subject = isMeta ? null : this.meanings.subjectOf(definition);
    if (subject !== null) return this.inAttribute(subject, target, assignment);
    const outer = isMeta ? this.meanings.subjectOf(owner) : null;
    if (outer === null) return null;
    const names = outer.kind === 'model' ? MODEL_META : OTHER_META;
    return names.test(target) && this.isInNames(target) ? this.listed(outer.models, target) : null;
  }

  private listed(models: readonly string[], target: string): NamePlace {
    const single = INDEPENDENT.test(target) && this.lists === 1 && !this.isKey && this.key === null;
    return this.place(models, single ? this.list : null);
  }

  /** Not the options of `fieldsets` and not the lookups of `filterset_fields = {'title': ['exact']}`. */
  private isInNames(target: string): boolean {
    if (target === 'fieldsets') return this.key === 'fields';
    return !BY_KEY.test(target) || this.key === null;
  }

  private inAttribute(subject: ClassSubject, target: string, assignment: SyntaxNode): PlaceAnswer {
    if (FIELD_NAMES[subject.kind].test(target)) {
      return this.isInNames(target) ? this.listed(subject.models, target) : 'value';
    }
    if (target.endsWith('.admin_order_field')) return this.place(subject.models);
    return subject.kind === 'model' ? this.inFieldOption(subject.models, target, assignment) : null;
  }

  /** `unique_for_date='created'`, `height_field`, and `to_field` of relations that lead here. */
  private inFieldOption(models: readonly string[], target: string, assignment: SyntaxNode): PlaceAnswer {
    const call = assignment.childForFieldName('right');
    const option = call === null ? null : keywordAround(this.start, call);
    const [id = ''] = models;
    const model = this.meanings.index.byId(id);
    const relation = model === null ? null : (this.meanings.index.field(model, target)?.relation ?? null);
    if (option === null) return null;
    if (
      /^unique_for_|^(height|width)_field$|^(expression|from_fields?|populate_from|condition)$/.test(option)
    )
      return this.place(models);
    const isLimit = option === 'limit_choices_to' && (this.isKey || this.isName || this.isInExpression);
    const isThere = option === 'to_field' || isLimit;
    const other = isThere ? relation?.target : option === 'through_fields' ? relation?.through : null;
    return other === null || other === undefined ? null : this.place([other]);
  }

  /** `def get_readonly_fields(self, …): return ['title']` */
  private inReturn(statement: SyntaxNode): PlaceAnswer {
    let method: SyntaxNode | null = statement;
    while (method !== null && method.type !== 'function_definition') method = method.parent;
    const owner = method === null ? null : classAround(method);
    const subject = owner === null ? null : this.meanings.subjectOf(owner);
    const attribute = method?.childForFieldName('name')?.text.replace(/^get_/, '') ?? '';
    if (subject?.kind !== 'admin' || !FIELD_NAMES.admin.test(attribute) || !this.isInNames(attribute))
      return null;
    return this.listed(subject.models, attribute);
  }

  /** `self.cleaned_data['title']` in a form of the model */
  private inSubscript(subscript: SyntaxNode): PlaceAnswer {
    const owner = classAround(subscript);
    const subject = owner === null ? null : this.meanings.subjectOf(owner);
    const value = dottedName(subscript.childForFieldName('value')) ?? '';
    const isData = /^(self\.)?(cleaned_data|validated_data|attrs)$/.test(value);
    return subject?.kind === 'meta' && isData ? this.place(subject.models) : null;
  }
}

/** The name of the argument of `call` in which a node stands. */
function keywordAround(node: SyntaxNode, call: SyntaxNode): string | null {
  let found: string | null = null;
  for (
    let parent: SyntaxNode | null = node;
    parent !== null && parent.id !== call.id;
    parent = parent.parent
  ) {
    const isOuter = parent.parent?.parent?.id === call.id;
    if (parent.type === 'keyword_argument' && isOuter) found = parent.childForFieldName('name')?.text ?? null;
  }
  return found;
}
