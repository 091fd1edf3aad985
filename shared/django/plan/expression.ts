import { Failure } from '../../contract/failure.ts';
import type { FileStyle } from '../../python/file-style.ts';
import type { ImportRequest } from '../../python/import-edit.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { BUILTINS } from '../../python/python-code.ts';
import type { PythonModule } from '../../python/python-module.ts';
import { partsOf, visitNodes } from '../../python/syntax.ts';
import type { ProjectFiles } from '../project-files.ts';
import type { NewCode } from './draft.ts';
import type { NameFinder } from './named-imports.ts';

/** Where new code will stand. */
export interface CodePlace {
  readonly file: string;
  readonly style: FileStyle;
  /** null for a file that is made new. */
  readonly module: PythonModule | null;
  /** Names that are known there beside those of the module: other members of the class. */
  readonly known: ReadonlySet<string>;
  readonly files: ProjectFiles;
  /** Names that other modules of the project or its packages have, where they may be meant. */
  readonly find?: NameFinder;
}

const FROM: Readonly<Record<string, readonly string[]>> = {
  'django.utils': ['timezone'],
  'django.conf': ['settings'],
  'django.contrib.auth': ['get_user_model'],
  decimal: ['Decimal'],
  functools: ['partial'],
  'django.core.serializers.json': ['DjangoJSONEncoder'],
  'django.core.validators': [
    'DecimalValidator',
    'EmailValidator',
    'FileExtensionValidator',
    'MaxLengthValidator',
    'MaxValueValidator',
    'MinLengthValidator',
    'MinValueValidator',
    'ProhibitNullCharactersValidator',
    'RegexValidator',
    'StepValueValidator',
    'URLValidator',
    'int_list_validator',
    'validate_comma_separated_integer_list',
    'validate_email',
    'validate_image_file_extension',
    'validate_integer',
    'validate_ipv4_address',
    'validate_ipv46_address',
    'validate_ipv6_address',
    'validate_slug',
    'validate_unicode_slug',
  ],
  // https://docs.djangoproject.com/en/5.2/ref/models/database-functions/
  'django.db.models.functions': (
    'Abs Cast Ceil Chr Coalesce Collate Concat ConcatPair Cot Extract ExtractDay ExtractHour ExtractIsoWeekDay ' +
    'ExtractIsoYear ExtractMinute ExtractMonth ExtractQuarter ExtractSecond ExtractWeek ExtractWeekDay ExtractYear ' +
    'Floor Greatest JSONArray JSONObject LPad Least Left Length Lower LTrim MD5 Mod Now NullIf Ord Pi Power RPad ' +
    'RTrim Radians Random Repeat Replace Reverse Right Round SHA1 SHA256 SHA512 Sign Sqrt StrIndex Substr Trim ' +
    'Trunc TruncDate TruncDay TruncHour TruncMinute TruncMonth TruncQuarter TruncSecond TruncTime TruncWeek ' +
    'TruncYear Upper'
  ).split(' '),
  'django.contrib.postgres.indexes': [
    'BloomIndex',
    'BrinIndex',
    'BTreeIndex',
    'GinIndex',
    'GistIndex',
    'HashIndex',
    'OpClass',
    'SpGistIndex',
  ],
  'django.contrib.postgres.constraints': ['ExclusionConstraint'],
  'django.contrib.postgres.fields': ['RangeBoundary', 'RangeOperators'],
};
const KNOWN: ReadonlyMap<string, ImportRequest> = new Map<string, ImportRequest>([
  ...Object.entries(FROM).flatMap(([module, names]) =>
    names.map((name): [string, ImportRequest] => [name, { module, name }]),
  ),
  ...['uuid', 'datetime', 'json', 're', 'os', 'decimal', 'random', 'secrets'].map(
    (module): [string, ImportRequest] => [module, { module, name: null }],
  ),
  ['_', { module: 'django.utils.translation', name: 'gettext_lazy as _' }],
]);
/** Members of django.db.models that people type without their module. */
const MODELS_MEMBERS = new Set(
  (
    'CASCADE PROTECT RESTRICT SET_NULL SET_DEFAULT SET DO_NOTHING F Q Value Func Case When Count Sum Avg Max Min ' +
    'Index UniqueConstraint CheckConstraint Deferrable TextChoices IntegerChoices Exists Expression ' +
    'ExpressionWrapper OuterRef Subquery FilteredRelation OrderBy Prefetch'
  ).split(' '),
);

/** An expression a person typed, as it may stand in the file, with what it has to import. */
export function adaptExpression(typed: string, place: CodePlace): NewCode {
  const code = typed.trim();
  return withExpression(code, place.files, (argument) => importsFor(argument, code, place));
}

/** Looks at the syntax tree of an expression; fails where the code is not one expression. */
export function withExpression<T>(
  code: string,
  files: Pick<ProjectFiles, 'parse'>,
  use: (expression: SyntaxNode) => T,
): T {
  const tree = files.parse(`f(${code}\n)`);
  try {
    const argument = onlyArgument(tree.rootNode);
    if (argument === null) throw notAnExpression(code);
    return use(argument);
  } finally {
    tree.delete();
  }
}

function notAnExpression(code: string): Failure {
  return new Failure('invalid-input', `“${code}” is not one expression of Python.`, { code });
}

function onlyArgument(root: SyntaxNode): SyntaxNode | null {
  const [statement, ...others] = root.namedChildren;
  const call = statement?.namedChild(0);
  if (root.hasError || others.length > 0 || statement?.namedChildCount !== 1 || call?.type !== 'call')
    return null;
  const list = call.childForFieldName('arguments');
  const inside = list === null ? [] : list.namedChildren;
  const [only] = inside;
  const single = inside.length === 1 && list?.children.every(({ type }) => type !== ',') === true;
  const plain =
    only !== undefined &&
    !['keyword_argument', 'list_splat', 'dictionary_splat', 'comment'].includes(only.type);
  // `x.y(1)` in place of the callee would be another statement than the one that is asked about.
  return single && plain && call.childForFieldName('function')?.text === 'f' ? only : null;
}

/** Names an expression takes from around it. */
export function freeNames(expression: SyntaxNode): ReadonlySet<string> {
  const used = new Set<string>();
  const bound = new Set<string>();
  visitNodes(expression, (node) => {
    if (node.type === 'attribute') {
      const object = node.childForFieldName('object');
      if (object !== null) for (const name of freeNames(object)) used.add(name);
      return false;
    }
    if (node.type === 'keyword_argument') {
      const value = node.childForFieldName('value');
      if (value !== null) for (const name of freeNames(value)) used.add(name);
      return false;
    }
    if (
      node.type === 'lambda_parameters' ||
      (node.type === 'for_in_clause' && node.childForFieldName('left') !== null)
    ) {
      const target = node.type === 'for_in_clause' ? node.childForFieldName('left') : node;
      for (const name of target?.descendantsOfType('identifier') ?? []) bound.add(name.text);
    }
    if (node.type === 'identifier') used.add(node.text);
    return true;
  });
  return new Set([...used].filter((name) => !bound.has(name)));
}

function importsFor(argument: SyntaxNode, code: string, place: CodePlace): NewCode {
  const imports: ImportRequest[] = [];
  const renames = new Map<string, string>();
  for (const name of freeNames(argument)) {
    if (isBound(name, place)) continue;
    if (name === 'models') {
      imports.push(modelsImport(place));
      const local = modelsName(place);
      if (local !== 'models') renames.set(name, local);
    } else if (MODELS_MEMBERS.has(name)) {
      imports.push(modelsImport(place));
      renames.set(name, `${modelsName(place)}.${name}`);
    } else {
      const known = KNOWN.get(name);
      const found = known === undefined ? (place.find?.(name) ?? null) : { code: name, imports: [known] };
      if (found === null) throw unknownName(name, code, place.file);
      imports.push(...found.imports);
      if (found.code !== name) renames.set(name, found.code);
    }
  }
  return { code: rename(requote(argument, place.style), argument, renames), imports };
}

function isBound(name: string, { module, known }: CodePlace): boolean {
  if (BUILTINS.has(name) || known.has(name)) return true;
  if (module === null) return false;
  return (
    module.imports.has(name) ||
    module.variables.has(name) ||
    module.classes.some((each) => each.name === name) ||
    module.functions.some((each) => each.name === name) ||
    // A star import may bring any name: Django's own check says more once the file is there.
    module.starImports.length > 0
  );
}

function unknownName(name: string, code: string, file: string): Failure {
  return new Failure(
    'invalid-input',
    `“${name}” in “${code}” is not known in ${file}: import or define it there first.`,
    {
      file,
      name,
    },
  );
}

const MODELS_PACKAGE = /^django\.(contrib\.gis\.)?db$/;

/** The import that makes Django's `models` known, under the name the file has for it. */
export function modelsImport(place: Pick<CodePlace, 'module'>): ImportRequest {
  for (const [local, { module, name }] of place.module?.imports ?? []) {
    if (name !== 'models' || !MODELS_PACKAGE.test(module)) continue;
    return { module, name: local === 'models' ? name : `models as ${local}` };
  }
  return { module: 'django.db', name: 'models' };
}

/** The name a file knows `django.db.models` by. */
export function modelsName(place: Pick<CodePlace, 'module'>): string {
  return modelsImport(place).name?.replace(/^models as /, '') ?? 'models';
}

/** Plain string literals in the quotes of the file; everything else as it was typed. */
function requote(argument: SyntaxNode, { quote }: FileStyle): string {
  let code = argument.text;
  const other = quote === '"' ? "'" : '"';
  visitNodes(argument, (node) => {
    if (node.type !== 'string') return node.type !== 'interpolation';
    const { text } = node;
    const simple =
      partsOf(node).length <= 3 &&
      text.startsWith(other) &&
      !text.startsWith(other.repeat(3)) &&
      !text.slice(1, -1).includes(quote) &&
      !text.includes('\\');
    const start = node.startIndex - argument.startIndex;
    if (simple)
      code = code.slice(0, start) + quote + text.slice(1, -1) + quote + code.slice(start + text.length);
    return false;
  });
  return code;
}

function rename(code: string, argument: SyntaxNode, names: ReadonlyMap<string, string>): string {
  if (names.size === 0) return code;
  const edits: { start: number; end: number; text: string }[] = [];
  visitNodes(argument, (node) => {
    const to = node.type === 'identifier' ? names.get(node.text) : undefined;
    const parent = node.parent;
    const isName = parent?.type === 'attribute' && parent.childForFieldName('object')?.id !== node.id;
    const isKeyword = parent?.type === 'keyword_argument' && parent.childForFieldName('name')?.id === node.id;
    if (to !== undefined && !isName && !isKeyword) {
      const start = node.startIndex - argument.startIndex;
      edits.push({ start, end: start + node.text.length, text: to });
    }
    return true;
  });
  return edits.reduceRight(
    (text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end),
    code,
  );
}
