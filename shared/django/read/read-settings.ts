import {
  concatenate,
  evaluate,
  isOfEnvironment,
  textOf,
  truth,
  unknownValue,
  type Scope,
  type Value,
} from '../../python/evaluate.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { argumentsOf, assignmentsOf, partsOf } from '../../python/syntax.ts';
import { folderOf, joinPath, type ModuleResolver } from '../module-resolver.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { DatabaseFacts, SettingsFacts } from '../project-model.ts';
import { readSettingValues } from './read-setting-values.ts';

type Settings = Map<string, Value>;

/** What a settings module is read from. */
export interface SettingsDeps {
  readonly files: ProjectFiles;
  readonly resolver: ModuleResolver;
  /** Absolute. */
  readonly workspaceRoot: string;
  /** Folder of `manage.py` in the workspace. */
  readonly project: string;
}

/** What a settings module says, with the modules it star-imports; nothing is run. */
export function readSettings(module: string, file: string, deps: SettingsDeps): SettingsFacts {
  const settings = evaluateModule(file, deps, new Set());
  const apps = settings.get('INSTALLED_APPS');
  const items = apps?.kind === 'list' ? apps.items.map(textOf) : [];
  return {
    module,
    file,
    installedApps: [...new Set(items.filter((item) => item !== null))],
    installedAppsPartial: apps?.kind !== 'list' || apps.open || items.includes(null),
    rootUrlconf: textOf(settings.get('ROOT_URLCONF')),
    // Django's global settings: https://docs.djangoproject.com/en/5.2/ref/settings/#auth-user-model
    authUserModel: textOf(settings.get('AUTH_USER_MODEL')) ?? 'auth.User',
    defaultAutoField: textOf(settings.get('DEFAULT_AUTO_FIELD')),
    databases: readDatabases(settings.get('DATABASES'), joinPath(deps.workspaceRoot, deps.project)),
    swappableModels: swappableModels(settings),
    fromEnvironment: [...settings].filter(([, value]) => isOfEnvironment(value)).map(([name]) => name),
    values: readSettingValues(file, deps),
  };
}

/** Settings that name a model, as swappable models and third-party packages have them: `catalog.Book`. */
function swappableModels(settings: Settings): Readonly<Record<string, string>> {
  const named = [...settings].flatMap(([name, value]) => {
    const text = textOf(value);
    return text !== null && /_MODEL$/.test(name) && /^\w+\.\w+$/.test(text) ? [[name, text] as const] : [];
  });
  return Object.fromEntries(named);
}

function evaluateModule(path: string, deps: SettingsDeps, seen: Set<string>): Settings {
  const settings: Settings = new Map();
  const source = deps.files.get(path);
  if (source === null || seen.has(path)) return settings;
  seen.add(path);
  const scope: Scope = { file: `${deps.workspaceRoot}/${path}`, get: (name) => settings.get(name) };
  const context: Run = { path, scope, settings, deps, seen };
  for (const statement of partsOf(source.root)) run(statement, context);
  return settings;
}

interface Run {
  readonly path: string;
  readonly scope: Scope;
  readonly settings: Settings;
  readonly deps: SettingsDeps;
  readonly seen: Set<string>;
}

function run(statement: SyntaxNode, context: Run): void {
  switch (statement.type) {
    case 'import_from_statement': {
      runImport(statement, context);
      return;
    }
    case 'if_statement': {
      runIf(statement, context);
      return;
    }
    case 'try_statement': {
      runTry(statement, context);
      return;
    }
    case 'for_statement':
    case 'while_statement': {
      forgetAssigned(statement, context);
      return;
    }
    case 'with_statement':
    case 'block': {
      const body = statement.type === 'block' ? statement : statement.childForFieldName('body');
      for (const inner of body === null ? [] : partsOf(body)) run(inner, context);
      return;
    }
    case 'expression_statement': {
      runExpression(statement, context);
      return;
    }
    default:
  }
}

function runImport(statement: SyntaxNode, { path, settings, deps, seen }: Run): void {
  const module = statement.childForFieldName('module_name')?.text ?? '';
  const target = deps.resolver.findFrom(path, module);
  if (target === null) return;
  const imported = evaluateModule(target, deps, new Set(seen));
  if (partsOf(statement).some(({ type }) => type === 'wildcard_import')) {
    for (const [name, value] of imported) if (!name.startsWith('_')) settings.set(name, value);
    return;
  }
  for (const item of statement.childrenForFieldName('name')) {
    const name = (item.type === 'aliased_import' ? item.childForFieldName('name') : item)?.text ?? '';
    const value = imported.get(name);
    if (value !== undefined) settings.set(item.childForFieldName('alias')?.text ?? name, value);
  }
}

/** Whether the packages that a `try` imports are there is not known, so neither is what it adds to lists. */
function runTry(statement: SyntaxNode, context: Run): void {
  const body = statement.childForFieldName('body');
  const optional = body !== null && partsOf(body).some((inner) => importsPackage(inner, context));
  if (optional) forgetAssigned(body, context);
  else if (body !== null) run(body, context);
  for (const clause of partsOf(statement)) {
    if (clause.type === 'finally_clause') for (const inner of partsOf(clause)) run(inner, context);
    else if (clause.type !== 'block') forgetAssigned(clause, context);
  }
}

function importsPackage(statement: SyntaxNode, { path, deps }: Run): boolean {
  if (statement.type === 'import_statement') {
    const names = statement.childrenForFieldName('name');
    return names.some((item) => {
      const module = item.type === 'aliased_import' ? item.childForFieldName('name') : item;
      return module !== null && deps.resolver.findModule(module.text) === null;
    });
  }
  const module = statement.childForFieldName('module_name')?.text;
  if (statement.type !== 'import_from_statement' || module === undefined) return false;
  return !module.startsWith('.') && deps.resolver.findFrom(path, module) === null;
}

function runIf(statement: SyntaxNode, context: Run): void {
  const condition = statement.childForFieldName('condition');
  const value = condition === null ? unknownValue(statement) : evaluate(condition, context.scope);
  const holds = truth(value);
  const body = statement.childForFieldName('consequence');
  const others = statement.childrenForFieldName('alternative');
  if (holds === null) {
    forgetAssigned(statement, context);
    return;
  }
  if (holds && body !== null) run(body, context);
  else if (!holds) for (const clause of others) runAlternative(clause, context);
  // Another environment may take the other way.
  if (!isOfEnvironment(value)) return;
  for (const clause of holds ? others : body === null ? [] : [body]) forgetAssigned(clause, context);
}

function runAlternative(clause: SyntaxNode, context: Run): void {
  const inner = clause.type === 'else_clause' ? clause.childForFieldName('body') : null;
  if (inner !== null) run(inner, context);
  else runIf(clause, context);
}

/** Which branch runs is not known: what the branches set is open, not wrong. */
function forgetAssigned(statement: SyntaxNode, { settings }: Run): void {
  for (const node of statement.descendantsOfType(['assignment', 'augmented_assignment', 'call'])) {
    const target = node.type === 'call' ? node.childForFieldName('function') : node.childForFieldName('left');
    const name = /^[A-Za-z_]\w*/.exec(target?.text ?? '')?.[0] ?? '';
    const value = settings.get(name);
    if (value?.kind === 'list') settings.set(name, { ...value, open: true });
    else if (value?.kind === 'dict') settings.set(name, { ...value, open: true });
    else if (node.type === 'assignment' && value === undefined) settings.set(name, unknownValue(node));
  }
}

function runExpression(statement: SyntaxNode, context: Run): void {
  const { scope, settings } = context;
  for (const { target, value } of assignmentsOf(statement)) {
    if (target.type === 'identifier') settings.set(target.text, evaluate(value, scope));
    else if (target.type === 'subscript') setItem(target, evaluate(value, scope), context);
  }
  const node = statement.namedChild(0);
  if (node?.type === 'augmented_assignment') {
    const target = node.childForFieldName('left');
    const value = node.childForFieldName('right');
    if (target?.type !== 'identifier' || value === null || node.childForFieldName('operator')?.text !== '+=')
      return;
    const before = settings.get(target.text) ?? unknownValue(target);
    settings.set(target.text, concatenate(before, evaluate(value, scope)));
  }
  if (node?.type !== 'call') return;
  if (node.childForFieldName('function')?.text === 'include') runInclude(node, context);
  else runListMethod(node, context);
}

/** `include('components/base.py', optional('local.py'))` of django-split-settings runs files in the same names. */
function runInclude(call: SyntaxNode, context: Run): void {
  const { path, deps, scope } = context;
  for (const { value } of argumentsOf(call.childForFieldName('arguments')).positional) {
    const [inner] = argumentsOf(value.childForFieldName('arguments')).positional;
    const name = textOf(evaluate(inner?.value ?? value, scope));
    if (name === null) continue;
    const wanted = joinPath(folderOf(path), name);
    const isWanted = globOf(wanted);
    for (const file of deps.files.paths().filter((each) => isWanted.test(each))) {
      const source = context.seen.has(file) ? null : deps.files.get(file);
      if (source === null) continue;
      context.seen.add(file);
      const inside = { ...scope, file: `${deps.workspaceRoot}/${file}` };
      for (const statement of partsOf(source.root)) run(statement, { ...context, path: file, scope: inside });
    }
  }
}

function globOf(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '[^/]*').replaceAll('?', '[^/]')}$`);
}

/** `DATABASES['default']['NAME'] = …` */
function setItem(target: SyntaxNode, value: Value, { settings, scope }: Run): void {
  const keys: string[] = [];
  let node: SyntaxNode | null = target;
  while (node?.type === 'subscript') {
    const key = node.childForFieldName('subscript');
    keys.unshift((key === null ? null : textOf(evaluate(key, scope))) ?? '');
    node = node.childForFieldName('value');
  }
  if (node?.type !== 'identifier') return;
  settings.set(node.text, withItem(settings.get(node.text), keys, value));
}

function withItem(owner: Value | undefined, keys: readonly string[], value: Value): Value {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  const entries = new Map(owner?.kind === 'dict' ? owner.entries : []);
  entries.set(key, withItem(entries.get(key), rest, value));
  return { kind: 'dict', entries, open: owner?.kind === 'dict' ? owner.open : owner !== undefined };
}

/** `INSTALLED_APPS.append('x')`, `.insert(0, 'x')`, `.extend([…])`, `.remove('x')` */
function runListMethod(call: SyntaxNode, { settings, scope }: Run): void {
  const callee = call.childForFieldName('function');
  const name = callee?.type === 'attribute' ? (callee.childForFieldName('object')?.text ?? '') : '';
  const list = settings.get(name);
  const method = callee?.childForFieldName('attribute')?.text;
  const given = argumentsOf(call.childForFieldName('arguments')).positional;
  const last = given.at(-1);
  if (list?.kind !== 'list' || last === undefined) return;
  const value = evaluate(last.value, scope);
  const items = [...list.items];
  if (method === 'append') items.push(value);
  else if (method === 'extend') return void settings.set(name, concatenate(list, value));
  else if (method === 'insert') {
    const [first] = given;
    const at = first === undefined ? undefined : evaluate(first.value, scope);
    const index = at?.kind === 'literal' && typeof at.value === 'number' ? at.value : items.length;
    items.splice(index, 0, value);
  } else if (method === 'remove') {
    const at = items.findIndex((item) => textOf(item) === textOf(value));
    if (at !== -1) items.splice(at, 1);
  } else return;
  settings.set(name, { ...list, items });
}

/** `folder` is where the project is run, so where Django looks for a relative name. */
function readDatabases(value: Value | undefined, folder: string): readonly DatabaseFacts[] {
  if (value?.kind !== 'dict') return [];
  return [...value.entries].map(([alias, database]): DatabaseFacts => {
    const url = textOf(database);
    if (url !== null) return readDatabaseUrl(alias, url, folder);
    if (database.kind !== 'dict') {
      const code = database.kind === 'unknown' ? database.code : 'an expression';
      return {
        alias,
        engine: null,
        file: null,
        unknown: `The database is made by ${code} when the project runs.`,
      };
    }
    const engine = textOf(database.entries.get('ENGINE'));
    const name = textOf(database.entries.get('NAME'));
    const sqlite = engine?.endsWith('sqlite3') === true;
    const file = sqlite && name !== null ? databasePath(name, folder) : null;
    const unknown =
      engine === null
        ? 'The engine is decided when the project runs.'
        : sqlite && file === null
          ? 'The place of the SQLite file is decided when the project runs.'
          : null;
    return { alias, engine, file, unknown };
  });
}

const ENGINES: Readonly<Record<string, string>> = {
  sqlite: 'sqlite3',
  postgres: 'postgresql',
  postgresql: 'postgresql',
  psql: 'postgresql',
  mysql: 'mysql',
  oracle: 'oracle',
};

/** The absolute path of a SQLite file; null for a database that is no file of its own. */
function databasePath(name: string, folder: string): string | null {
  if (name === '' || name === ':memory:' || name.startsWith('file:')) return null;
  return /^(\/|[A-Za-z]:[\\/])/.test(name) ? name : joinPath(folder, name);
}

/** `env.db()` and dj-database-url take addresses: `sqlite:////srv/db.sqlite3`, `sqlite:///db.sqlite3`. */
function readDatabaseUrl(alias: string, url: string, folder: string): DatabaseFacts {
  const scheme = /^([a-z0-9]+):/.exec(url)?.[1] ?? '';
  const backend = ENGINES[scheme];
  const name = /^sqlite:\/\/\/(.+)$/.exec(url)?.[1];
  const path = name === undefined ? null : databasePath(name, folder);
  const open = backend === 'sqlite3' && path === null;
  return {
    alias,
    engine: backend === undefined ? null : `django.db.backends.${backend}`,
    file: path,
    unknown:
      backend === undefined
        ? 'The engine is decided when the project runs.'
        : open
          ? 'The place of the SQLite file is decided when the project runs.'
          : null,
  };
}
