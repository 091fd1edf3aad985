import type {
  FieldFacts,
  ModelFacts,
  OptionFacts,
  ProjectSnapshot,
} from '../../shared/django/project-model.ts';
import type { Registry, RegistryField, RegistryModel } from './registry.ts';
import { compareRoutes } from './routes.ts';

/** How much of one kind of thing the source lens has. */
export interface Score {
  /** Written in the source of the project, as CPython and Django say. */
  readonly written: number;
  readonly found: number;
  /** Of the project, but made while it runs: no statement of the source is it. */
  readonly runtimeOnly: number;
}

/** What came out of comparing one project. */
export interface Comparison {
  readonly models: Score;
  readonly fields: Score;
  readonly relations: Score;
  readonly options: Score;
  readonly routes: Score;
  /** Each thing that is missing or wrong, in a line. */
  readonly differences: readonly string[];
}

class Counter implements Score {
  written = 0;
  found = 0;
  runtimeOnly = 0;
  private readonly differences: string[];

  constructor(differences: string[]) {
    this.differences = differences;
  }

  /** Counts one thing whose source only says by what it is computed. */
  leaveToRuntime(what: string, code: string): void {
    this.runtimeOnly += 1;
    this.differences.push(
      `${what}: only known at run time (${code === '' ? 'its class chooses the model' : code})`,
    );
  }

  /** Counts one written thing; `problem` is null where the lens has it right. */
  count(what: string, problem: string | null): void {
    this.written += 1;
    if (problem === null) this.found += 1;
    else this.differences.push(`${what}: ${problem}`);
  }
}

/** Compares the source lens with what Django itself says of the same project. */
export function compare(registry: Registry, snapshot: ProjectSnapshot): Comparison {
  const differences: string[] = [];
  const counters = {
    models: new Counter(differences),
    fields: new Counter(differences),
    relations: new Counter(differences),
    options: new Counter(differences),
    routes: new Counter(differences),
  };
  const known = new Map(snapshot.models.filter(({ abstract }) => !abstract).map((each) => [each.id, each]));
  for (const model of registry.models.filter(({ inProject }) => inProject)) {
    const facts = known.get(model.id);
    if (!model.written) {
      counters.models.runtimeOnly += 1;
      counters.fields.runtimeOnly += model.fields.length;
      continue;
    }
    counters.models.count(model.id, facts === undefined ? `model is missing (${model.file})` : null);
    compareFields(model, facts, counters);
    if (facts !== undefined) compareMeta(model, facts, counters.options);
  }
  compareRoutes(registry.routes, snapshot.routes, counters.routes);
  return { ...counters, differences };
}

type Counters = Readonly<Record<'models' | 'fields' | 'relations' | 'options' | 'routes', Counter>>;

function compareFields(model: RegistryModel, facts: ModelFacts | undefined, counters: Counters): void {
  for (const field of model.fields) {
    if (!field.written) {
      counters.fields.runtimeOnly += 1;
      continue;
    }
    const what = `${model.id}.${field.name}`;
    const own = facts?.fields.find((each) => nameOf(each) === field.name);
    counters.fields.count(what, fieldProblem(field, own));
    if (own === undefined) continue;
    compareOptions(what, field, own, counters.options);
    if (field.relation === null) continue;
    if (namesTarget(field, own)) counters.relations.count(what, relationProblem(field, own));
    else counters.relations.leaveToRuntime(what, own.relation?.targetCode ?? '');
  }
  const names = new Set(model.fields.map(({ name }) => name));
  for (const own of facts?.fields ?? []) {
    if (!names.has(nameOf(own)) && own.when === undefined)
      counters.fields.count(`${model.id}.${own.name}`, 'Django has no such field');
  }
}

/** Django calls a field by its option `name` where it has one. */
function nameOf({ name, options }: FieldFacts): string {
  const named = options.find((option) => option.name === 'name')?.value;
  return typeof named === 'string' ? named : name;
}

function fieldProblem(field: RegistryField, facts: FieldFacts | undefined): string | null {
  if (facts === undefined) return `field is missing (${field.type} of ${field.origin})`;
  return facts.type === field.type ? null : `is a ${field.type}, read as a ${facts.type}`;
}

/**
 * Whether the source of a field names its target: not where a class that is not Django's knows it without being
 * told, nor where an expression computes it, which the lens says by giving no target.
 */
function namesTarget(field: RegistryField, { relation }: FieldFacts): boolean {
  if (relation === null || relation.targetCode === '') return field.djangoType;
  return (
    relation.target !== null || relation.kind === 'generic' || /^(\w+|['"].*)$/.test(relation.targetCode)
  );
}

function relationProblem({ relation }: RegistryField, facts: FieldFacts): string | null {
  if (relation === null) return null;
  if (facts.relation === null) return `leads to ${relation.target ?? 'any model'}, read as no relation`;
  const { target, through, relatedName } = facts.relation;
  if (!isSameLabel(relation.target, target)) {
    return `leads to ${String(relation.target)}, read as ${String(target)}`;
  }
  if (!isSameLabel(relation.through, through)) {
    return `goes through ${String(relation.through)}, read as ${String(through)}`;
  }
  return relatedName !== null && relation.relatedName !== null && relation.relatedName !== relatedName
    ? `has the related name ${relation.relatedName}, read as ${relatedName}`
    : null;
}

/** Django looks models up without regard to case. */
function isSameLabel(one: string | null, other: string | null): boolean {
  return one?.toLowerCase() === other?.toLowerCase();
}

/** Compared as what they lead to. */
const RELATION_OPTIONS = new Set(['to', 'through', 'related_name']);

/** Options of Django's own classes; what another class makes of its arguments is its own business. */
function compareOptions(what: string, field: RegistryField, facts: FieldFacts, counter: Counter): void {
  if (!field.djangoType) return;
  for (const option of facts.options) {
    if (option.value === undefined || RELATION_OPTIONS.has(option.name)) continue;
    const actual = valueOf(field, option);
    if (actual === undefined) continue;
    const problem = `is ${JSON.stringify(actual)}, read as ${JSON.stringify(option.value)}`;
    counter.count(`${what} ${option.name}`, isSameOption(actual, option.value) ? null : problem);
  }
}

function valueOf(field: RegistryField, { name }: OptionFacts): unknown {
  // Django sets blank and editable of a date that is set by itself, whatever is written.
  const { auto_now: changes, auto_now_add: starts } = field.attributes;
  if ((changes === true || starts === true) && (name === 'blank' || name === 'editable')) return undefined;
  if (Object.hasOwn(field.options, name)) return field.options[name];
  if (field.optionNames.includes(name)) return undefined; // not a plain value there
  return Object.hasOwn(field.attributes, name) ? field.attributes[name] : undefined;
}

function isSameOption(actual: unknown, read: unknown): boolean {
  // Django fills in what is None.
  return read === null || actual === read;
}

function compareMeta(model: RegistryModel, facts: ModelFacts, counter: Counter): void {
  for (const option of facts.meta) {
    if (!('value' in option) || !Object.hasOwn(model.meta, option.name)) continue;
    const actual = model.meta[option.name];
    const problem = `is ${JSON.stringify(actual)}, read as ${JSON.stringify(option.value)}`;
    counter.count(`${model.id} Meta.${option.name}`, actual === option.value ? null : problem);
  }
}
