import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { BUILTINS, pythonString } from '../../../python/python-code.ts';
import {
  argumentsOf,
  assignmentsOf,
  dottedName,
  lineOf,
  partsOf,
  undecorated,
} from '../../../python/syntax.ts';
import { applyEdits, type TextEdit } from '../../../python/text-edit.ts';
import type { SourceText } from '../../project-files.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import { membersOf, statementAt } from '../class-source.ts';
import type { NewCode } from '../draft.ts';
import { fieldCall } from '../fields/plan-field.ts';
import type { PlanContext } from '../plan-context.ts';
import { memberNamed } from './class-members.ts';

/** Writes expressions of models the way migrations need them: without names of the class or the module. */
export interface MigrationWriter {
  /** The call that makes a field. */
  readonly field: (model: ModelFacts, field: FieldFacts) => string;
  /** A value of `Meta`. */
  readonly value: (node: SyntaxNode, source: SourceText) => string;
  /** What all that was written needs to import. */
  readonly imports: () => readonly ImportRequest[];
}

const DELETION = /^django\.db\.models\.(CASCADE|PROTECT|RESTRICT|SET|SET_NULL|SET_DEFAULT|DO_NOTHING)$/;
const TRANSLATIONS = /^django\.utils\.translation\.(u?gettext(_lazy|_noop)?)$/;

/** Makes a writer; `moved` tells where models and helpers stand afterwards. */
export function migrationWriter(
  quote: "'" | '"',
  modelNow: (id: string) => string,
  fileNow: (path: string, name: string) => string,
  context: PlanContext,
): MigrationWriter {
  return new ExpressionWriter(quote, modelNow, fileNow, context);
}

/** Where an expression stands. */
interface Place {
  readonly source: SourceText;
  /** The class whose names it sees; null at the top of a module. */
  readonly definition: SyntaxNode | null;
  readonly depth: number;
}

class ExpressionWriter implements MigrationWriter {
  private readonly quote: "'" | '"';
  private readonly modelNow: (id: string) => string;
  private readonly fileNow: (path: string, name: string) => string;
  private readonly context: PlanContext;
  private readonly needed: ImportRequest[] = [];

  constructor(
    quote: "'" | '"',
    modelNow: (id: string) => string,
    fileNow: (path: string, name: string) => string,
    context: PlanContext,
  ) {
    this.quote = quote;
    this.modelNow = modelNow;
    this.fileNow = fileNow;
    this.context = context;
  }

  imports(): readonly ImportRequest[] {
    return this.needed;
  }

  value(node: SyntaxNode, source: SourceText): string {
    return this.write(node, { source, definition: null, depth: 0 });
  }

  field(model: ModelFacts, field: FieldFacts): string {
    const { place, relation } = field;
    const source = this.sourceOf(place.file);
    const call = fieldCall(statementAt(source, place));
    const owner =
      field.inheritedFrom === null
        ? model
        : this.context.snapshot.models.find(({ id }) => id === field.inheritedFrom);
    const definition = owner === undefined ? null : statementAt(source, owner.place);
    const where: Place = { source, definition, depth: 0 };
    const given = argumentsOf(call.childForFieldName('arguments'));
    if (given.open) throw this.unclear(call, source);
    const args = [
      ...given.positional.map(({ value }, at) =>
        relation !== null && at === 0
          ? this.target(relation.target, value, source)
          : this.write(value, where),
      ),
      ...given.keywords.map(({ name, value }) => {
        const isTarget = relation !== null && (name === 'to' || name === 'through');
        if (!isTarget) return `${name ?? ''}=${this.write(value, where)}`;
        if (name === 'to') return `to=${this.target(relation.target, value, source)}`;
        // Django compares this one with its capitals.
        if (relation.through === null) throw this.unclear(value, source);
        return `through=${pythonString(this.modelNow(relation.through), this.quote)}`;
      }),
    ];
    const callee = call.childForFieldName('function');
    const type = callee === null ? '' : this.write(callee, { ...where, definition: null });
    return `${type}(${args.join(', ')})`;
  }

  private sourceOf(path: string): SourceText {
    const source = this.context.files.get(path);
    if (source === null) throw new Failure('not-found', `${path} is not there any more.`, { file: path });
    return source;
  }

  /** Migrations name models by their label. */
  private target(id: string | null, value: SyntaxNode, source: SourceText): string {
    const user = this.context.snapshot.settings?.authUserModel ?? 'auth.User';
    if (id?.toLowerCase() === user.toLowerCase()) {
      this.need({ module: 'django.conf', name: 'settings' });
      return 'settings.AUTH_USER_MODEL';
    }
    if (id === null) throw this.unclear(value, source);
    return pythonString(this.modelNow(id).toLowerCase(), this.quote);
  }

  private need(request: ImportRequest): void {
    this.needed.push(request);
  }

  private unclear(node: SyntaxNode, { path }: SourceText): Failure {
    return new Failure(
      'unclear-source',
      `“${node.text.slice(0, 60)}” can’t be written into a migration: give it a name of its own at the top of a module first.`,
      { file: path, line: lineOf(node) },
    );
  }

  /** The text of an expression with the names in it replaced. */
  private write(node: SyntaxNode, place: Place): string {
    if (place.depth > 20) throw this.unclear(node, place.source);
    const edits: TextEdit[] = [];
    this.collect(node, place, edits);
    const local = edits.map((edit) => ({
      ...edit,
      start: edit.start - node.startIndex,
      end: edit.end - node.startIndex,
    }));
    const text = applyEdits(node.text, local);
    if (!text.includes('\n')) return text;
    return text
      .replace(/\s*\r?\n\s*/g, ' ')
      .replace(/([([{]) /g, '$1')
      .replace(/,? ([)\]}])/g, '$1');
  }

  private collect(node: SyntaxNode, place: Place, edits: TextEdit[]): void {
    const replace = (text: string): void => {
      if (text !== node.text) edits.push({ start: node.startIndex, end: node.endIndex, text });
    };
    switch (node.type) {
      case 'comment':
        edits.push({ start: node.startIndex, end: node.endIndex, text: '' });
        return;
      case 'lambda':
      case 'list_comprehension':
      case 'generator_expression':
      case 'dictionary_comprehension':
      case 'set_comprehension':
      case 'named_expression':
        throw this.unclear(node, place.source);
      case 'string':
        if (node.descendantsOfType('interpolation').length > 0 || node.text.includes('\n')) {
          throw this.unclear(node, place.source);
        }
        return;
      case 'identifier':
      case 'attribute': {
        const dotted = dottedName(node);
        if (dotted !== null) {
          replace(this.name(dotted, node, place));
          return;
        }
        break;
      }
      case 'keyword_argument': {
        const value = node.childForFieldName('value');
        if (value !== null) this.collect(value, place, edits);
        return;
      }
      case 'call': {
        const translated = this.translated(node, place);
        if (translated !== null) {
          replace(translated);
          return;
        }
        break;
      }
      default:
    }
    if (node.type === 'attribute') {
      const object = node.childForFieldName('object');
      if (object !== null) this.collect(object, place, edits);
      return;
    }
    for (const child of node.namedChildren) this.collect(child, place, edits);
  }

  /** Migrations keep the text itself, not its translation. */
  private translated(call: SyntaxNode, place: Place): string | null {
    const callee = dottedName(call.childForFieldName('function'));
    const found = callee === null ? null : this.context.resolver.resolve(place.source.path, callee);
    if (found?.kind !== 'external' || !TRANSLATIONS.test(found.name)) return null;
    const text = argumentsOf(call.childForFieldName('arguments')).positional[0]?.value;
    return text === undefined ? null : this.write(text, place);
  }

  private name(dotted: string, node: SyntaxNode, place: Place): string {
    const [first = '', ...rest] = dotted.split('.');
    const { source, definition, depth } = place;
    const member = definition === null ? null : memberNamed(definition, first);
    if (member !== null) return this.member(member, rest, node, { source, definition, depth: depth + 1 });
    const found = this.context.resolver.resolve(source.path, dotted);
    if (found?.kind === 'external') return this.external(found.name);
    if (found?.kind === 'variable') {
      const there = this.sourceOf(found.path);
      const value = partsOf(there.root)
        .flatMap(assignmentsOf)
        .findLast(({ target }) => target.text === found.name)?.value;
      if (value === undefined) throw this.unclear(node, source);
      return this.write(value, { source: there, definition: null, depth: depth + 1 });
    }
    if (found?.kind === 'function' || found?.kind === 'class') {
      const module = this.context.resolver.moduleName(this.fileNow(found.path, found.facts.name));
      this.need({ module, name: null });
      return `${module}.${found.facts.name}`;
    }
    if (rest.length > 0) return this.inClass(dotted, node, place);
    if (!BUILTINS.has(first)) throw this.unclear(node, source);
    return dotted;
  }

  /** `Status.DRAFT` of a class at the top of a module. */
  private inClass(dotted: string, node: SyntaxNode, { source, depth }: Place): string {
    const at = dotted.lastIndexOf('.');
    const found = this.context.resolver.resolve(source.path, dotted.slice(0, at));
    if (found?.kind !== 'class') throw this.unclear(node, source);
    const there = this.sourceOf(found.path);
    const definition = partsOf(there.root).findLast(
      (each) => undecorated(each).childForFieldName('name')?.text === found.facts.name,
    );
    if (definition === undefined) throw this.unclear(node, source);
    return this.member(definition, [dotted.slice(at + 1)], node, {
      source: there,
      definition: null,
      depth: depth + 1,
    });
  }

  /** A member of the class: a constant, or a choices class and what is asked of it. */
  private member(member: SyntaxNode, rest: readonly string[], node: SyntaxNode, place: Place): string {
    const [assignment] = assignmentsOf(member);
    if (assignment !== undefined && rest.length === 0) return this.write(assignment.value, place);
    const definition = undecorated(member);
    const [asked = '', more] = rest;
    if (definition.type !== 'class_definition' || more !== undefined) throw this.unclear(node, place.source);
    const inside: Place = { ...place, definition: member };
    if (asked === '' || asked === 'choices') return this.choices(member, inside);
    const found = memberNamed(member, asked);
    const [value] = found === null ? [] : this.valueAndLabel(found);
    if (value === undefined) throw this.unclear(node, place.source);
    return this.write(value, inside);
  }

  private choices(definition: SyntaxNode, place: Place): string {
    const pairs: string[] = [];
    for (const member of membersOf(definition)) {
      const name = assignmentsOf(member)[0]?.target.text ?? '';
      const [value, label] = this.valueAndLabel(member);
      if (value === undefined) continue;
      if (name === '__empty__') pairs.unshift(`(None, ${this.write(value, place)})`);
      else {
        const shown =
          label === undefined ? pythonString(titleOf(name), this.quote) : this.write(label, place);
        pairs.push(`(${this.write(value, place)}, ${shown})`);
      }
    }
    return `[${pairs.join(', ')}]`;
  }

  private valueAndLabel(member: SyntaxNode): readonly SyntaxNode[] {
    const value = assignmentsOf(member)[0]?.value;
    if (value === undefined) return [];
    return /^(tuple|expression_list)$/.test(value.type) ? partsOf(value) : [value];
  }

  private external(name: string): string {
    if (DELETION.test(name)) {
      this.need({ module: 'django.db.models.deletion', name: null });
      return name.replace('django.db.models.', 'django.db.models.deletion.');
    }
    const member = /^django\.db\.models\.(\w+)$/.exec(name)?.[1];
    if (member !== undefined) {
      this.need({ module: 'django.db', name: 'models' });
      return `models.${member}`;
    }
    if (name.startsWith('django.conf.settings.')) {
      this.need({ module: 'django.conf', name: 'settings' });
      return name.slice('django.conf.'.length);
    }
    // A class between module and name starts with a capital.
    const parts = name.split('.');
    const capital = parts.findIndex((part) => /^[A-Z]/.test(part));
    const length = capital === -1 ? parts.length - 1 : capital;
    if (length > 0) this.need({ module: parts.slice(0, length).join('.'), name: null });
    return name;
  }
}

/** The label Django makes of a name: `IN_WORK` is shown as “In Work”. */
function titleOf(name: string): string {
  return name
    .replaceAll('_', ' ')
    .toLowerCase()
    .replace(/(^|[^a-z])([a-z])/g, (_whole, before: string, letter: string) => before + letter.toUpperCase());
}

/** The module of a migration that moves a model in the state alone. */
export function migrationModule(
  dependencies: readonly string[],
  operations: readonly string[],
  indent: string,
): NewCode {
  const list = (items: readonly string[]): string =>
    items
      .map((item) => `${item},`)
      .join('\n')
      .split('\n')
      .map((line) => (line === '' ? '' : indent + indent + line))
      .join('\n');
  const code = [
    'class Migration(migrations.Migration):',
    `${indent}dependencies = [`,
    list(dependencies),
    `${indent}]`,
    '',
    `${indent}# The table keeps its name and its rows: only the app that knows the model changes.`,
    `${indent}operations = [`,
    list(operations),
    `${indent}]`,
  ].join('\n');
  return { code, imports: [{ module: 'django.db', name: 'migrations' }] };
}
