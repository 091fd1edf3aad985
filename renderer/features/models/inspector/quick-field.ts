import { Failure } from '../../../../shared/contract/failure.ts';
import type { FieldType } from '../../../../shared/django/catalogue/field-type.ts';
import { fieldCatalogue, findFieldType } from '../../../../shared/django/field-catalogue.ts';
import type { FieldInput } from '../../../../shared/django/operations/parts.ts';
import { isIdentifier } from '../../../../shared/python/python-code.ts';
import { splitOutside } from '../../../../shared/python/split-outside.ts';
import { wordsOf } from './quick-words.ts';

/** What a typed line means: a field, or a sentence that says what is wrong with it. */
export type QuickField =
  { readonly ok: true; readonly field: FieldInput } | { readonly ok: false; readonly problem: string };

/** The models a line can point to, and the app it is typed in. */
export interface QuickContext {
  readonly models: readonly string[];
  readonly app: string;
}

/** Short names beside those that only leave out `Field`. */
const ALIASES: Readonly<Record<string, string>> = {
  str: 'CharField',
  string: 'CharField',
  int: 'IntegerField',
  bool: 'BooleanField',
  money: 'DecimalField',
  fk: 'ForeignKey',
  foreignkey: 'ForeignKey',
  o2o: 'OneToOneField',
  onetoone: 'OneToOneField',
  m2m: 'ManyToManyField',
  manytomany: 'ManyToManyField',
  ip: 'GenericIPAddressField',
};

const FLAGS: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  unique: [['unique', 'True']],
  null: [['null', 'True']],
  blank: [['blank', 'True']],
  optional: [['null', 'True'], ['blank', 'True']],
  index: [['db_index', 'True']],
  pk: [['primary_key', 'True']],
  primary: [['primary_key', 'True']],
  cascade: [['on_delete', 'models.CASCADE']],
  protect: [['on_delete', 'models.PROTECT']],
  restrict: [['on_delete', 'models.RESTRICT']],
  set_null: [['on_delete', 'models.SET_NULL'], ['null', 'True'], ['blank', 'True']],
  auto_now: [['auto_now', 'True']],
  auto_now_add: [['auto_now_add', 'True']],
}; // prettier-ignore

/** What is filled in where a line leaves out what Django needs. */
const FILLED: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  CharField: [['max_length', '200']],
  DecimalField: [['max_digits', '10'], ['decimal_places', '2']],
  ForeignKey: [['on_delete', 'models.CASCADE']],
  OneToOneField: [['on_delete', 'models.CASCADE']],
}; // prettier-ignore

/** The order of numbers in brackets: `Decimal(8, 2)`. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  DecimalField: ['max_digits', 'decimal_places'],
};

/**
 * Reads a field from one line: `title: Char(200) unique`, `price: Decimal(8, 2)?`, `author: FK Author protect`,
 * `author -> Author`, `tags: Tag[]`, `status: Char(20) default='draft'`.
 */
export function parseQuickField(line: string, context: QuickContext): QuickField {
  try {
    return { ok: true, field: readLine(line.trim(), context) };
  } catch (error) {
    if (error instanceof Failure) return { ok: false, problem: error.message };
    throw error;
  }
}

function readLine(line: string, context: QuickContext): FieldInput {
  const head = /^([^\s:>-]*)\s*(:|->|→|\s)\s*(.*)$/u.exec(line);
  const name = head?.[1] ?? line;
  if (!isIdentifier(name))
    throw wrong(`“${name}” can’t be the name of a field. Write name: Type, like title: Char(200).`);
  const rest = head?.[3] ?? '';
  if (rest === '') throw wrong(`Which type is ${name}? Write ${name}: Char(200) or ${name}: FK Author.`);
  const arrow = head?.[2] === '->' || head?.[2] === '→';
  const [first = '', ...words] = wordsOf(rest);
  const { type, to, args, nullable, used } = readType(arrow ? `FK(${first})` : first, words, context);
  const options = new Map<string, string>();
  readArguments(type, args, options);
  const flags = words.slice(used).filter((word) => word.toLowerCase() !== 'optional');
  for (const word of flags) readWord(word, type, options);
  for (const [option, code] of FILLED[type.name] ?? []) if (!options.has(option)) options.set(option, code);
  if (nullable || flags.length < words.length - used) makeOptional(type, options);
  return { name, type: type.name, to, options: Object.fromEntries(options) };
}

/**
 * What a careful developer types for a value that may be missing: texts are empty and not NULL, unless
 * they are unique: https://docs.djangoproject.com/en/5.2/ref/models/fields/#null
 */
function makeOptional(type: FieldType, options: Map<string, string>): void {
  const known = new Set(type.options.map((option) => option.name));
  const text = type.group === 'text' && options.get('unique') !== 'True';
  const wanted = text ? ['blank'] : ['null', 'blank'];
  for (const name of wanted) if (known.has(name) && !options.has(name)) options.set(name, 'True');
}

interface TypePart {
  readonly type: FieldType;
  readonly to: string | null;
  /** What stands in the brackets, without a relation's target. */
  readonly args: readonly string[];
  readonly nullable: boolean;
  /** How many of the words behind it belong to it. */
  readonly used: number;
}

function readType(word: string, words: readonly string[], context: QuickContext): TypePart {
  const parts = /^([\w.]+)(\[\])?(?:\((.*)\))?(\[\])?(\?)?$/su.exec(word);
  if (parts === null) throw wrong(`“${word}” is no field type: write Char(200), Date or FK Author.`);
  const [, written = '', listed, inBrackets, listedLate, question] = parts;
  const args = splitOutside(inBrackets ?? '', ',').filter((arg) => arg !== '');
  const nullable = question !== undefined;
  const many = listed !== undefined || listedLate !== undefined;
  const type = typeNamed(written);
  if (type === null || many) {
    const to = modelNamed(written, context);
    if (to === null) throw unknownType(written, context);
    return { type: relationType(many), to, args, nullable, used: 0 };
  }
  if (!type.relation) return { type, to: null, args, nullable, used: 0 };
  const [inside, ...others] = args;
  const target = inside ?? words[0];
  if (target === undefined) throw wrong(`Which model does ${written} lead to? Write ${written} Author.`);
  const bare = target.replace(/\?$/, '');
  const to = modelNamed(bare, context);
  if (to === null)
    throw wrong(`There is no model “${bare}” to lead to.${suggestion(bare, shortNames(context))}`);
  return {
    type,
    to,
    args: others,
    nullable: nullable || bare !== target,
    used: inside === undefined ? 1 : 0,
  };
}

function readArguments(type: FieldType, args: readonly string[], options: Map<string, string>): void {
  const numbers = NUMBERS[type.name] ?? ['max_length'];
  args.forEach((arg, at) => {
    const named = /^(\w+)\s*=\s*(.+)$/su.exec(arg);
    const name = named?.[1] ?? numbers[at];
    if (name === undefined || (named === null && !/^\d+$/.test(arg))) {
      throw wrong(`“${arg}” in the brackets of ${type.name} needs its name: option=${arg}.`);
    }
    setOption(type, name, named?.[2] ?? arg, options);
  });
}

function readWord(word: string, type: FieldType, options: Map<string, string>): void {
  const named = /^(\w+)=(.+)$/su.exec(word);
  if (named !== null) {
    setOption(type, named[1] ?? '', named[2] ?? '', options);
    return;
  }
  const lower = word.toLowerCase();
  if (!Object.hasOwn(FLAGS, lower)) {
    const known = [...Object.keys(FLAGS), 'optional', ...type.options.map((option) => `${option.name}=`)];
    throw wrong(`“${word}” is no option of ${type.name}.${suggestion(word, known)}`);
  }
  for (const [name, code] of FLAGS[lower] ?? []) setOption(type, name, code, options);
}

function setOption(type: FieldType, name: string, code: string, options: Map<string, string>): void {
  if (!type.options.some((option) => option.name === name)) {
    throw wrong(
      `${type.name} has no option ${name}.${suggestion(
        name,
        type.options.map((option) => option.name),
      )}`,
    );
  }
  options.set(name, code);
}

function typeNamed(written: string): FieldType | null {
  const lower = written.toLowerCase();
  if (Object.hasOwn(ALIASES, lower)) return findFieldType(ALIASES[lower] ?? '');
  return (
    fieldCatalogue.find(
      ({ name }) => name.toLowerCase() === lower || name.toLowerCase() === `${lower}field`,
    ) ?? null
  );
}

function relationType(many: boolean): FieldType {
  const type = findFieldType(many ? 'ManyToManyField' : 'ForeignKey');
  if (type === null) throw new Error('The catalogue has no relations.');
  return type;
}

/** `Author`, `catalog.Author`, `self` or `User` as the model it names; the own app comes first. */
function modelNamed(written: string, { models, app }: QuickContext): string | null {
  if (written.toLowerCase() === 'self') return 'self';
  const lower = written.toLowerCase();
  const whole = models.find((id) => id.toLowerCase() === lower);
  if (whole !== undefined) return whole;
  const named = models.filter((id) => id.split('.').at(-1)?.toLowerCase() === lower);
  const own = named.find((id) => id.startsWith(`${app}.`));
  if (own !== undefined) return own;
  if (named.length > 1) throw wrong(`More than one app has a model ${written}: write ${named.join(' or ')}.`);
  if (named[0] !== undefined) return named[0];
  return lower === 'user' ? 'settings.AUTH_USER_MODEL' : null;
}

function unknownType(written: string, context: QuickContext): Failure {
  const names = [...fieldCatalogue.map(({ name }) => name.replace(/Field$/, '')), ...shortNames(context)];
  return wrong(`There is no field type and no model “${written}”.${suggestion(written, names)}`);
}

function shortNames({ models }: QuickContext): readonly string[] {
  return models.map((id) => id.split('.').at(-1) ?? id);
}

/** ` Did you mean Char?` where something is near to what was typed. */
function suggestion(typed: string, names: readonly string[]): string {
  const nearest = names
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (nearest === undefined || nearest.distance > Math.max(1, Math.floor(typed.length / 3))) return '';
  return ` Did you mean ${nearest.name}?`;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function wrong(message: string): Failure {
  return new Failure('invalid-input', message);
}
