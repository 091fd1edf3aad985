import type { SyntaxNode } from '../../../python/parser.ts';
import { readString } from '../../../python/literal.ts';
import { argumentsOf, dottedName, lineOf, undecorated } from '../../../python/syntax.ts';
import type { ModelFacts } from '../../project-model.ts';
import type { SourceText } from '../../project-files.ts';
import type { PlanContext } from '../plan-context.ts';
import { foundIn } from './found.ts';

/** A place in the source that names a model or a field. */
export interface Reference {
  readonly path: string;
  /** The range of the name alone. */
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** What names a model: what surely does, and strings that may. */
export interface References {
  readonly certain: readonly Reference[];
  readonly uncertain: readonly Reference[];
}

/** Everything that names a model's class, by the syntax tree and by following imports; `paths` are all where it may be. */
export function modelReferences(
  model: ModelFacts,
  context: PlanContext,
  paths?: readonly string[],
): References {
  if (paths !== undefined) return findModel(model, context, paths);
  return foundIn(context.snapshot, `model ${model.id}`, () =>
    findModel(model, context, context.files.paths()),
  );
}

function findModel(model: ModelFacts, context: PlanContext, paths: readonly string[]): References {
  const certain: Reference[] = [];
  const uncertain: Reference[] = [];
  for (const path of paths) {
    const source = path.endsWith('.py') ? context.files.get(path) : null;
    const spelled = source === null ? [] : spellings(model.name, source.text);
    if (source === null || spelled.length === 0) continue;
    context.files.lookAround(path, spelled, (excerpt) => {
      const finder = new ModelFinder(model, excerpt, context);
      const found = finder.find(spelled);
      certain.push(...found.certain, ...finder.relationStrings());
      uncertain.push(...found.uncertain);
    });
  }
  const known = new Set(certain.map(keyOf));
  return { certain: unique(certain), uncertain: unique(uncertain).filter((one) => !known.has(keyOf(one))) };
}

function keyOf({ path, start }: Reference): string {
  return `${path} ${String(start)}`;
}

function unique(references: readonly Reference[]): readonly Reference[] {
  return [...new Map(references.map((one) => [keyOf(one), one])).values()];
}

/**
 * Where the name of a class stands as it is, and in strings whatever its letters, as Django takes it. `event` as
 * the name of a variable is none, which spares most files of a project from being parsed.
 */
function spellings(name: string, text: string): readonly number[] {
  const exact = new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'gu');
  const inString = new RegExp(`(?<=["'](?:\\w+\\.)?)${name}(?=["'])`, 'gi');
  const found = [...text.matchAll(exact), ...text.matchAll(inString)].map(({ index }) => index);
  return [...new Set(found)].sort((one, other) => one - other);
}

class ModelFinder {
  private readonly model: ModelFacts;
  private readonly source: SourceText;
  private readonly context: PlanContext;

  constructor(model: ModelFacts, source: SourceText, context: PlanContext) {
    this.model = model;
    this.source = source;
    this.context = context;
  }

  /** Names of the class and strings of the model, by the places where its name is spelled. */
  find(spelled: readonly number[]): References {
    const { name, id } = this.model;
    const { root } = this.source;
    const certain: Reference[] = [];
    const uncertain: Reference[] = [];
    for (const at of spelled) {
      const node = root.descendantForIndex(at, at + name.length);
      if (node?.type === 'identifier' && node.text === name && this.isTheClass(node)) {
        certain.push(this.reference(node.startIndex, node.endIndex, node));
      }
      const string = node?.type === 'string_content' ? node.parent : null;
      const [reference] = string === null ? [] : this.inString(string, false);
      if (string === null || reference === undefined) continue;
      const full = (readString(string) ?? '').toLowerCase() === id.toLowerCase();
      if (this.isModelString(string, full)) certain.push(reference);
      else if (full) uncertain.push(reference);
    }
    return { certain, uncertain };
  }

  private isTheClass(node: SyntaxNode): boolean {
    const parent = node.parent;
    if (parent === null) return false;
    if (parent.type === 'class_definition' && parent.childForFieldName('name')?.id === node.id) {
      return this.source.path === this.model.place.file && this.isOwnDefinition(parent);
    }
    if (parent.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id) return false;
    if (parent.type === 'attribute' && parent.childForFieldName('attribute')?.id === node.id) {
      const dotted = dottedName(parent);
      return dotted !== null && this.leadsHere(this.source.path, dotted);
    }
    const statement = importOf(node);
    if (statement !== null) return this.isImportOfIt(node, statement);
    const local = localImport(node, this.model.name);
    if (local !== null) return this.importsIt(local);
    return !isShadowed(node) && this.leadsHere(this.source.path, this.model.name);
  }

  private isOwnDefinition(definition: SyntaxNode): boolean {
    const outer = definition.parent?.type === 'decorated_definition' ? definition.parent : definition;
    return outer.startIndex === this.model.place.start;
  }

  private leadsHere(path: string, dotted: string): boolean {
    const found = this.context.resolver.resolve(path, dotted);
    return (
      found?.kind === 'class' && found.path === this.model.place.file && found.facts.name === this.model.name
    );
  }

  /** Of `import Book as B` only the first name is the model's. */
  private isImportOfIt(node: SyntaxNode, statement: SyntaxNode): boolean {
    const owner = node.parent?.type === 'dotted_name' ? node.parent : node;
    const aliased = owner.parent?.type === 'aliased_import' ? owner.parent : null;
    if (aliased !== null && aliased.childForFieldName('alias')?.id === owner.id) return false;
    return owner.text === this.model.name && this.importsIt(statement);
  }

  private importsIt(statement: SyntaxNode): boolean {
    const module = statement.childForFieldName('module_name')?.text ?? '';
    const target = this.context.resolver.findFrom(this.source.path, module);
    return target !== null && this.leadsHere(target, this.model.name);
  }

  /** `ForeignKey('Book')`, `ManyToManyField('catalog.Book', through='Loan')` */
  relationStrings(): readonly Reference[] {
    const { id } = this.model;
    const own = this.context.snapshot.models.flatMap(({ fields }) =>
      fields.filter(({ place, relation }) => {
        const names = relation === null ? [] : [relation.target, relation.through];
        return (
          place.file === this.source.path && names.some((name) => name?.toLowerCase() === id.toLowerCase())
        );
      }),
    );
    return own.flatMap(({ place, type }) => {
      const statement = this.source.root.descendantForIndex(place.start, place.end);
      const calls = statement === null ? [] : statement.descendantsOfType('call');
      // What `_('book')` in the arguments says is for people.
      const field = calls.find((call) => lastName(call.childForFieldName('function')) === lastPart(type));
      return [field ?? calls[0]].flatMap((call) => {
        if (call === undefined) return [];
        const given = argumentsOf(call.childForFieldName('arguments'));
        const named = given.keywords.filter(({ name }) => name === 'to' || name === 'through');
        const values = [given.positional[0], ...named].map((argument) => argument?.value);
        return values.flatMap((value) => (value === undefined ? [] : this.inString(value, true)));
      });
    });
  }

  private isModelString(node: SyntaxNode, full: boolean): boolean {
    const { name, app } = this.model;
    const list = node.parent;
    const assignment = nearest(node, 'assignment');
    const target = assignment?.childForFieldName('left')?.text;
    if (full && (target === 'AUTH_USER_MODEL' || target === 'swappable')) return true;
    if (target === '__all__') return this.leadsHere(this.source.path, name);
    // What `Literal['book']` lists are values, and names in annotations are those of Python.
    if (nearest(node, 'type') !== null)
      return !isInLiteral(node) && readString(node) === name && this.leadsHere(this.source.path, name);
    const call = list?.type === 'argument_list' ? list.parent : null;
    if (dottedName(call?.childForFieldName('function') ?? null)?.endsWith('get_model') !== true) return false;
    const first = argumentsOf(list).positional[0]?.value;
    return full || (first !== undefined && readString(first) === app);
  }

  /** The range of the model's name in `'Book'` or `'catalog.Book'`. */
  private inString(node: SyntaxNode, mayBeShort: boolean): readonly Reference[] {
    const content =
      node.type === 'string' ? node.namedChildren.find(({ type }) => type === 'string_content') : undefined;
    const text = content?.text.toLowerCase() ?? '';
    const { name, id } = this.model;
    const short = text === name.toLowerCase();
    if (content === undefined || !(short || text === id.toLowerCase())) return [];
    // A short name stands for a model of the app it is written in, which only the caller can know.
    if (short && mayBeShort && !this.shortMeansIt()) return [];
    return [this.reference(content.endIndex - name.length, content.endIndex, content)];
  }

  private shortMeansIt(): boolean {
    const apps = this.context.snapshot.models.filter(({ place }) => place.file === this.source.path);
    return apps.some(({ app }) => app === this.model.app);
  }

  private reference(start: number, end: number, node: SyntaxNode): Reference {
    return { path: this.source.path, start, end, line: lineOf(node) };
  }
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf('.') + 1);
}

function lastName(node: SyntaxNode | null): string {
  return lastPart(dottedName(node) ?? '');
}

function nearest(node: SyntaxNode, type: string): SyntaxNode | null {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === type) return parent;
    if (parent.type.endsWith('_statement') && type !== 'expression_statement') return null;
  }
  return null;
}

function isInLiteral(node: SyntaxNode): boolean {
  for (let parent = node.parent; parent !== null && parent.type !== 'block'; parent = parent.parent) {
    if (!/^(subscript|generic_type)$/.test(parent.type)) continue;
    if (/(^|\.)Literal$/.test(parent.namedChild(0)?.text ?? '')) return true;
  }
  return false;
}

function importOf(node: SyntaxNode): SyntaxNode | null {
  const statement = nearestStatement(node);
  return statement?.type === 'import_from_statement' ? statement : null;
}

function nearestStatement(node: SyntaxNode): SyntaxNode | null {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type.endsWith('_statement')) return parent;
  }
  return null;
}

function* enclosingFunctions(node: SyntaxNode): Generator<SyntaxNode> {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.type === 'function_definition') yield parent;
  }
}

/** An import of this name in a function around the node. */
function localImport(node: SyntaxNode, name: string): SyntaxNode | null {
  for (const definition of enclosingFunctions(node)) {
    const found = definition
      .descendantsOfType('import_from_statement')
      .find((statement) => statement.childrenForFieldName('name').some(({ text }) => text === name));
    if (found !== undefined) return found;
  }
  return null;
}

/** A parameter or a variable of a function around the node has the same name. */
function isShadowed(node: SyntaxNode): boolean {
  for (const definition of enclosingFunctions(node)) {
    const parameters = definition.childForFieldName('parameters')?.descendantsOfType('identifier') ?? [];
    const assigned = definition
      .descendantsOfType('assignment')
      .map((assignment) => undecorated(assignment).childForFieldName('left'));
    const names = [...parameters.filter(({ parent }) => parent?.type !== 'type'), ...assigned];
    if (names.some((each) => each?.text === node.text && each.parent?.type !== 'default_parameter'))
      return true;
  }
  return false;
}
