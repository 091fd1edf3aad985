import { Failure } from '../../../contract/failure.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { readLiteral, type Literal } from '../../../python/literal.ts';
import { pythonString } from '../../../python/python-code.ts';
import type { SourceText } from '../../project-files.ts';
import type { OperationOf } from '../../operations.ts';
import { requireSettings, settingsFiles } from '../apps/plan-app.ts';
import { layoutCode } from '../class-attributes.ts';
import type { Draft, NewCode } from '../draft.ts';
import type { PlanContext } from '../plan-context.ts';
import { assertSetting, isSecret, readsEnvironment } from './plan-setting.ts';
import { settingAssignment } from './setting-statements.ts';

/** How the project reads its environment. */
type Reader =
  /** django-environ or environs, by the name of its object. */
  | { readonly kind: 'env'; readonly name: string; readonly imports: readonly ImportRequest[] }
  /** A module of the project with a function a kind of value, as new projects have it. */
  | {
      readonly kind: 'own';
      readonly name: string;
      readonly functions: ReadonlySet<string>;
      readonly imports: readonly ImportRequest[];
    }
  | { readonly kind: 'decouple'; readonly name: string; readonly imports: readonly ImportRequest[] }
  /** `os.environ`, or `environ` where that is imported. */
  | { readonly kind: 'os'; readonly name: string; readonly imports: readonly ImportRequest[] };

const PLAIN: Reader = { kind: 'os', name: 'os.environ', imports: [{ module: 'os', name: null }] };

/** Reads a setting from the environment, the way the project reads others. */
export function planSettingsFromEnvironment(
  { setting, variable, keepDefault }: OperationOf<'settings.fromEnvironment'>,
  context: PlanContext,
  draft: Draft,
): void {
  assertSetting(setting);
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(variable))
    throw new Failure(
      'invalid-input',
      `“${variable}” can’t be the name of a variable: use letters, digits and underscores.`,
      { variable },
    );
  const present = settingAssignment(setting, context, draft);
  if (present === null)
    throw new Failure('not-found', `No settings module of the project gives ${setting} a value.`);
  const { source, assignment } = present;
  const { value, target } = assignment;
  if (readsEnvironment(value))
    throw new Failure('refused', `${setting} is read from the environment already.`, {
      file: source.path,
      line: value.startPosition.row + 1,
    });
  const current = readLiteral(value);
  const style = draft.style(source.path);
  const reader = readerOf(source, context);
  const made = environmentCode(reader, variable, current, keepDefault ? value.text : null, style.quote);
  if (made === null) {
    const message = `${setting} is ${value.text.slice(0, 60)}: only texts, numbers, yes or no, and lists of texts can be read from a variable.`;
    throw new Failure('refused', message, { file: source.path, line: value.startPosition.row + 1 });
  }
  const head = source.text.slice(target.startIndex, value.startIndex);
  const laidOut = layoutCode(head, made.code, '', source.path, context, draft);
  draft.edit(source.path, [
    { start: value.startIndex, end: value.endIndex, text: laidOut.slice(head.length) },
  ]);
  draft.require(source.path, [...reader.imports, ...made.imports]);
  if (!keepDefault) draft.note(`The project does not start any more where ${variable} is not set.`);
  else if (isSecret(setting))
    draft.note(
      `The value that stands in the source is known to everybody who has it: choose another one for ${variable}.`,
    );
}

/** The object other settings are read with; `os.environ` where none is. */
function readerOf(source: SourceText, context: PlanContext): Reader {
  const paths = settingsFiles(requireSettings(context).file, context);
  const modules = [source.path, ...paths.filter((path) => path !== source.path)];
  for (const path of modules) {
    const module = context.files.get(path)?.module;
    for (const [name, value] of module?.variables ?? []) {
      if (/^(environ\.)?(Env|FileAwareEnv)$/.test(value.call?.callee ?? '')) {
        const isHere = path === source.path || source.module.starImports.length > 0;
        if (isHere) return { kind: 'env', name, imports: [] };
      }
    }
    for (const [name, imported] of module?.imports ?? []) {
      if (imported.module === 'decouple' && imported.name === 'config')
        return {
          kind: 'decouple',
          name,
          imports: path === source.path ? [] : [{ module: 'decouple', name: 'config' }],
        };
    }
  }
  for (const [name, imported] of source.module.imports) {
    const definition = context.resolver.resolve(source.path, name);
    const functions = definition?.kind === 'module' ? functionsOf(definition.path, context) : null;
    if (functions?.has('text') === true && source.text.includes(`${name}.text(`)) {
      return { kind: 'own', name, functions, imports: [] };
    }
    if (imported.module === 'os' && imported.name === 'environ') return { kind: 'os', name, imports: [] };
  }
  return PLAIN;
}

function functionsOf(path: string, { files }: PlanContext): ReadonlySet<string> {
  return new Set(files.get(path)?.module.functions.map(({ name }) => name));
}

type ValueKind = 'text' | 'texts' | 'bool' | 'int' | 'float';

function kindOf(value: Literal | undefined): ValueKind | null {
  if (typeof value === 'string') return 'text';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return Array.isArray(value) && value.every((item) => typeof item === 'string') ? 'texts' : null;
}

/** What a variable would hold for the value there is now. */
function asVariable(value: Literal | undefined): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? '' : String(value);
}

/** The expression that reads a variable as the kind of value there is now; null where there is none. */
function environmentCode(
  reader: Reader,
  variable: string,
  current: Literal | undefined,
  fallback: string | null,
  quote: "'" | '"',
): NewCode | null {
  const q = (text: string): string => pythonString(text, quote);
  const kind = kindOf(current);
  if (kind === null) return null;
  if (reader.kind === 'env') {
    const method = { text: '', texts: '.list', bool: '.bool', int: '.int', float: '.float' }[kind];
    const args = [q(variable), ...(fallback === null ? [] : [`default=${fallback}`])];
    return { code: `${reader.name}${method}(${args.join(', ')})`, imports: [] };
  }
  if (reader.kind === 'own') {
    const method = { text: 'text', texts: 'words', bool: 'boolean', int: 'integer', float: '' }[kind];
    // Words have no default there, numbers and yes or no must have one.
    const fits = kind === 'texts' ? (fallback ?? '[]') === '[]' : kind === 'text' || fallback !== null;
    if (reader.functions.has(method) && fits) {
      const args = [q(variable), ...(fallback === null || kind === 'texts' ? [] : [`default=${fallback}`])];
      return { code: `${reader.name}.${method}(${args.join(', ')})`, imports: [] };
    }
    const plain = environmentCode(PLAIN, variable, current, fallback, quote);
    return plain === null ? null : { ...plain, imports: [...plain.imports, ...PLAIN.imports] };
  }
  if (reader.kind === 'decouple') {
    const cast = { text: null, texts: 'Csv()', bool: 'bool', int: 'int', float: 'float' }[kind];
    const given = kind === 'texts' ? q(asVariable(current)) : fallback;
    const args = [
      q(variable),
      ...(fallback === null ? [] : [`default=${String(given)}`]),
      ...(cast === null ? [] : [`cast=${cast}`]),
    ];
    const imports = kind === 'texts' ? [{ module: 'decouple', name: 'Csv' }] : [];
    return { code: `${reader.name}(${args.join(', ')})`, imports };
  }
  const read = (text: string): string =>
    fallback === null ? `${reader.name}[${q(variable)}]` : `${reader.name}.get(${q(variable)}, ${text})`;
  return { code: fromText(kind, read, current, fallback, q), imports: [] };
}

/** The value of a kind from the text that `os.environ` has. */
function fromText(
  kind: ValueKind,
  read: (fallback: string) => string,
  current: Literal | undefined,
  fallback: string | null,
  q: (text: string) => string,
): string {
  switch (kind) {
    case 'text':
      return read(String(fallback));
    case 'int':
    case 'float':
      return `${kind}(${read(q(asVariable(current)))})`;
    case 'bool':
      return `${read(q(asVariable(current)))}.lower() in (${['1', 'true', 'yes', 'on'].map(q).join(', ')})`;
    case 'texts':
      // An empty text split at commas is a list with one empty text.
      return `[item for item in ${read(q(asVariable(current)))}.split(${q(',')}) if item]`;
  }
}
