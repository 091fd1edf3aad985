import { Failure } from '../../../contract/failure.ts';
import { readString } from '../../../python/literal.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf, assignmentsOf, dottedName, partsOf, undecorated } from '../../../python/syntax.ts';
import { joinPath } from '../../module-resolver.ts';
import type { SourceText } from '../../project-files.ts';
import { membersOf } from '../class-source.ts';
import type { PlanContext } from '../plan-context.ts';

/** The migrations of one app, as far as a new one has to know them. */
export interface AppMigrations {
  readonly label: string;
  readonly folder: string;
  /** The one the next one follows; null where there are none. */
  readonly leaf: string | null;
  /** The number of the next one: `0004`. */
  readonly next: string;
  /** The fields of each model after all of them, by the model's name in small letters. */
  readonly models: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly hasPackage: boolean;
}

/** Reads the migrations of an app; fails where a new one can't simply follow. */
export function appMigrations(
  label: string,
  folder: string,
  { migrations, files }: PlanContext,
): AppMigrations {
  const base = joinPath(folder, 'migrations');
  const paths = migrations
    .paths()
    .filter((path) => path.startsWith(`${base}/`) && !path.slice(base.length + 1).includes('/'));
  const sources = paths
    .filter((path) => !path.endsWith('/__init__.py'))
    .flatMap((path) => migrations.get(path) ?? [])
    .filter((source) => migrationClass(source) !== null);
  const names = sources.map(({ path }) => path.slice(base.length + 1).replace(/\.py$/, ''));
  const behind = new Set(sources.flatMap((source) => dependenciesIn(source, label)));
  const leaves = names.filter((name) => !behind.has(name));
  if (leaves.length > 1) {
    throw new Failure(
      'refused',
      `The migrations of ${label} end twice, in ${leaves.join(' and ')}: merge them with makemigrations --merge first.`,
    );
  }
  const highest = Math.max(0, ...names.map((name) => Number(/^\d+/.exec(name)?.[0] ?? 0)));
  const models = new Map<string, Map<string, string>>();
  for (const source of sources) for (const call of operationsIn(source)) replay(call, models);
  return {
    label,
    folder: base,
    leaf: leaves[0] ?? null,
    next: String(highest + 1).padStart(4, '0'),
    models,
    hasPackage: migrations.has(joinPath(base, '__init__.py')) || files.has(joinPath(base, '__init__.py')),
  };
}

function migrationClass({ root }: SourceText): SyntaxNode | null {
  return (
    partsOf(root).find((each) => undecorated(each).childForFieldName('name')?.text === 'Migration') ?? null
  );
}

function attribute(source: SourceText, name: string): SyntaxNode | null {
  const definition = migrationClass(source);
  const found = definition === null ? [] : membersOf(definition).flatMap(assignmentsOf);
  return found.find(({ target }) => target.text === name)?.value ?? null;
}

/** Migrations of the same app that this one follows or replaces. */
function dependenciesIn(source: SourceText, label: string): readonly string[] {
  return ['dependencies', 'replaces'].flatMap((name) => {
    const list = attribute(source, name);
    return (list === null ? [] : partsOf(list)).flatMap((pair) => {
      const [app, migration] = pair.type === 'tuple' ? partsOf(pair).map(readString) : [];
      return app === label && migration !== undefined ? [migration] : [];
    });
  });
}

/** The operations in their order, those for the state alone too. */
function operationsIn(source: SourceText): readonly SyntaxNode[] {
  const list = attribute(source, 'operations');
  return (list === null ? [] : partsOf(list)).flatMap((call) => {
    if (!calleeOf(call).endsWith('SeparateDatabaseAndState')) return [call];
    const { positional, keywords } = argumentsOf(call.childForFieldName('arguments'));
    const state = keywords.find(({ name }) => name === 'state_operations') ?? positional[1];
    return state === undefined ? [] : partsOf(state.value);
  });
}

function calleeOf(call: SyntaxNode): string {
  return dottedName(call.childForFieldName('function')) ?? '';
}

/** Follows what one operation does to the names of models and fields. */
function replay(call: SyntaxNode, models: Map<string, Map<string, string>>): void {
  const kind = calleeOf(call).replace(/^.*\./, '');
  const { positional, keywords } = argumentsOf(call.childForFieldName('arguments'));
  const node = (name: string, index: number): SyntaxNode | undefined =>
    keywords.find((argument) => argument.name === name)?.value ?? positional[index]?.value;
  const text = (name: string, index: number): string => {
    const found = node(name, index);
    return found === undefined ? '' : (readString(found) ?? '');
  };
  if (kind === 'CreateModel') {
    const fields = node('fields', 1);
    const pairs = (fields === undefined ? [] : partsOf(fields)).map((pair): [string, string] => {
      const [name, code] = partsOf(pair);
      return [name === undefined ? '' : (readString(name) ?? ''), code?.text ?? ''];
    });
    models.set(text('name', 0).toLowerCase(), new Map(pairs));
  } else if (kind === 'DeleteModel') models.delete(text('name', 0).toLowerCase());
  else if (kind === 'RenameModel') {
    const [old, name] = [text('old_name', 0).toLowerCase(), text('new_name', 1).toLowerCase()];
    models.set(name, models.get(old) ?? new Map<string, string>());
    if (old !== name) models.delete(old);
  } else replayField(kind, text, node, models.get(text('model_name', 0).toLowerCase()));
}

function replayField(
  kind: string,
  text: (name: string, index: number) => string,
  node: (name: string, index: number) => SyntaxNode | undefined,
  fields: Map<string, string> | undefined,
): void {
  if (fields === undefined) return;
  if (kind === 'AddField' || kind === 'AlterField') fields.set(text('name', 1), node('field', 2)?.text ?? '');
  else if (kind === 'RemoveField') fields.delete(text('name', 1));
  else if (kind === 'RenameField') {
    const old = text('old_name', 1);
    fields.set(text('new_name', 2), fields.get(old) ?? '');
    fields.delete(old);
  }
}
