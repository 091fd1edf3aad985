import type { ImportRequest } from '../../../python/import-edit.ts';
import type { PythonClass } from '../../../python/python-module.ts';
import { findFieldType } from '../../field-catalogue.ts';
import type { FieldFacts, ModelFacts } from '../../project-model.ts';
import type { PlanContext } from '../plan-context.ts';

/** A value for a field that differs with the variable `number`, as code for the ORM and for a JSON payload. */
export interface SampleValue {
  readonly orm: string;
  /** null where a request can't carry it. */
  readonly json: string | null;
  readonly imports: readonly ImportRequest[];
}

/** The code of an option, also where it is given by position. */
export function optionCodeOf(field: FieldFacts, name: string): string | null {
  const named = field.options.find((option) => option.name === name);
  if (named !== undefined) return named.code;
  const at = findFieldType(field.type)?.positional.indexOf(name) ?? -1;
  return at === -1 ? null : (field.positional[at] ?? null);
}

/** Whether an object can't be made without a value for this field. */
export function needsValue(field: FieldFacts): boolean {
  const is = (name: string): boolean => optionCodeOf(field, name) === 'True';
  if (
    [
      'GeneratedField',
      'GenericRelation',
      'GenericForeignKey',
      'ManyToManyField',
      'CompositePrimaryKey',
    ].includes(field.type)
  )
    return false;
  if (field.relation?.kind === 'many-to-many' || /AutoField$/.test(field.type)) return false;
  const given = ['default', 'db_default'].some((name) => optionCodeOf(field, name) !== null);
  if (given || is('null') || is('auto_now') || is('auto_now_add')) return false;
  const empty =
    is('blank') &&
    ['CharField', 'TextField', 'SlugField', 'EmailField', 'URLField', 'FileField', 'ImageField'].includes(
      field.type,
    );
  return !(empty && !is('unique'));
}

/** A value that Django accepts for the field; null where only the author of the model knows one. */
export function sampleValue(field: FieldFacts, model: ModelFacts, context: PlanContext): SampleValue | null {
  const choice = firstChoice(field, model, context);
  if (choice === undefined) return null;
  if (choice !== null) return both(choice);
  const constraint = checkBounds(model)?.get(field.name) ?? ANY;
  const validators = optionCodeOf(field, 'validators');
  const digits = /^\[RegexValidator\(r?['"]\^\\d\{(\d+)\}\$['"]/.exec(validators ?? '')?.[1];
  if (digits !== undefined) return both(`f'{number:0${digits}}'`);
  const bounds = validators === null ? ANY : boundsOf(validators);
  const value = typedValue(field, narrow(bounds ?? ANY, constraint), timeZone(context));
  // The ORM does not run validators, requests do.
  return bounds === null && value !== null ? { ...value, json: null } : value;
}

const ANY: Bounds = { low: 1, high: Infinity };

function narrow(a: Bounds, b: Bounds): Bounds {
  return { low: Math.max(a.low, b.low), high: Math.min(a.high, b.high) };
}

/** What the check constraints of a model ask of single fields; null where they ask for more than bounds. */
export function checkBounds(model: ModelFacts): ReadonlyMap<string, Bounds> | null {
  const bounds = new Map<string, Bounds>();
  const code = model.meta.find(({ name }) => name === 'constraints')?.code ?? '';
  for (const part of code.split(/CheckConstraint\s*\(/).slice(1)) {
    const condition = /(?:condition|check)\s*=\s*(?:[\w.]*\.)?Q\(([^()]*(?:\([^()]*\))?[^()]*)\)\s*,/.exec(
      `${part},`,
    )?.[1];
    if (condition === undefined) return null;
    for (const term of condition.split(/,(?![^(]*\))/).filter((each) => each.trim() !== '')) {
      const found = /^\s*(\w+?)__(gte|gt|lte|lt|range)\s*=\s*\(?\s*(-?\d+)\s*(?:,\s*(-?\d+)\s*\))?\s*$/.exec(
        term,
      );
      const [, field = '', lookup = '', first = '', second = first] = found ?? [];
      if (found === null) return null;
      const low = { gte: Number(first), gt: Number(first) + 1, range: Number(first) }[lookup] ?? 1;
      const high = { lte: Number(first), lt: Number(first) - 1, range: Number(second) }[lookup] ?? Infinity;
      bounds.set(field, narrow(bounds.get(field) ?? ANY, { low, high }));
    }
  }
  return bounds;
}

/** SQLite takes no time zone where the project works without them. */
function timeZone({ snapshot, files }: PlanContext): string {
  const settings = files.get(snapshot.settings?.file ?? '')?.text ?? '';
  return /^USE_TZ\s*=\s*False/m.test(settings) ? '' : 'Z';
}

function both(code: string, imports: readonly ImportRequest[] = []): SampleValue {
  return { orm: code, json: code, imports };
}

interface Bounds {
  readonly low: number;
  readonly high: number;
}

function typedValue(field: FieldFacts, bounds: Bounds, zone: string): SampleValue | null {
  switch (field.type) {
    case 'CharField':
    case 'TextField':
      return textValue(field);
    case 'SlugField':
      return both("f'slug-{number}'");
    case 'EmailField':
      return both("f'person{number}@example.com'");
    case 'URLField':
      return both("f'https://example.com/{number}'");
    case 'UUIDField':
      return {
        orm: 'uuid.UUID(int=number)',
        json: 'str(uuid.UUID(int=number))',
        imports: [{ module: 'uuid', name: null }],
      };
    case 'GenericIPAddressField':
      return both("f'192.0.2.{number % 250}'");
    case 'BooleanField':
      return both('True');
    case 'FloatField':
      return both(numberCode(bounds));
    case 'DecimalField':
      return decimalValue(field, bounds);
    case 'DateField':
      return both("f'{2000 + number}-01-15'");
    case 'DateTimeField':
      return both(`f'{2000 + number}-01-15T12:00:00${zone}'`);
    case 'TimeField':
      return both("f'12:{number % 60:02}'");
    case 'DurationField':
      return {
        orm: 'timedelta(hours=number % 24)',
        json: "f'{number % 24:02}:00:00'",
        imports: [{ module: 'datetime', name: 'timedelta' }],
      };
    case 'JSONField':
      return both("{'number': number}");
    case 'FileField':
    case 'ImageField':
      return { orm: "f'file-{number}.png'", json: null, imports: [] };
    case 'BinaryField':
      return { orm: "b'data'", json: null, imports: [] };
    default:
      return /IntegerField$/.test(field.type) ? both(numberCode(bounds)) : null;
  }
}

/** Numbers inside the bounds of the validators. */
function numberCode({ low, high }: Bounds): string {
  const span = high - low + 1;
  if (span < 2) return String(low);
  const inside = span > 1000 ? 'number' : `number % ${String(span)}`;
  return low === 0 || (low === 1 && span > 1000) ? inside : `${String(low)} + ${inside}`;
}

function textValue(field: FieldFacts): SampleValue {
  const longest = Number(optionCodeOf(field, 'max_length') ?? 200);
  const words = field.name.replaceAll('_', ' ');
  const long = `${words.charAt(0).toUpperCase()}${words.slice(1)} {number}`;
  return both(longest >= long.length ? `f'${long}'` : "f'{number}'");
}

function decimalValue(field: FieldFacts, bounds: Bounds): SampleValue | null {
  const digits = Number(optionCodeOf(field, 'max_digits'));
  const places = Number(optionCodeOf(field, 'decimal_places'));
  if (Number.isNaN(digits) || Number.isNaN(places)) return null;
  const whole = digits - places;
  const high = Math.min(bounds.high, 10 ** Math.min(whole, 9) - 1);
  if (whole === 0) return bounds.low > 1 ? null : both(`'0.${'5'.padEnd(places, '0')}'`);
  if (high < bounds.low) return null;
  return both(`str(${numberCode({ low: bounds.low, high })})`);
}

/** Bounds that MinValueValidator and MaxValueValidator set; null for validators that ask for something else. */
function boundsOf(code: string): Bounds | null {
  const inside = code.replace(/^\s*\[|\]\s*$/g, '').trim();
  const calls = inside.split(/,\s*(?=[\w.]*Validator|$)/).filter((part) => part.trim() !== '');
  let [low, high] = [1, Infinity];
  for (const call of calls) {
    const found =
      /^\s*(?:[\w.]*\.)?(Min|Max)ValueValidator\((?:Decimal\()?['"]?(-?[\d.]+)['"]?\)?\)\s*$/.exec(call);
    const limit = Number(found?.[2]);
    if (found?.[1] === 'Min') low = Math.max(low, Math.ceil(limit));
    else if (found?.[1] === 'Max') high = Math.min(high, Math.floor(limit));
    else return null;
  }
  return high < low ? null : { low, high };
}

/** Code of the first choice; null without choices, undefined where they can't be read. */
function firstChoice(
  field: FieldFacts,
  model: ModelFacts,
  { files, resolver }: PlanContext,
): string | null | undefined {
  const code = optionCodeOf(field, 'choices');
  if (code === null || code === 'None') return null;
  const literal = /^[[(]\s*[[(]\s*((['"])[^'"\\]*\2|-?\d+)\s*,/.exec(code)?.[1];
  if (literal !== undefined) return literal.replace(/^"(.*)"$/, "'$1'");
  const name = /^([A-Za-z_][\w.]*?)(\.choices)?$/.exec(code)?.[1];
  if (name === undefined) return undefined;
  const path = field.place.file;
  const owner = files.get(path)?.module.classes.find((each) => each.name === model.name);
  const nested = owner?.classes.find((each) => each.name === name);
  const found = nested === undefined ? resolver.resolve(path, name) : null;
  return firstMember(nested ?? (found?.kind === 'class' ? found.facts : null));
}

/** The value of the first member of TextChoices or IntegerChoices. */
function firstMember(facts: PythonClass | null): string | undefined {
  const value = facts?.attributes.find(({ name }) => !name.startsWith('_'))?.value;
  if (value === undefined) return undefined;
  const { literal } = value;
  const first: unknown = Array.isArray(literal) ? literal[0] : literal;
  if (typeof first === 'string' && !/['\\\n]/.test(first)) return `'${first}'`;
  return typeof first === 'number' ? String(first) : undefined;
}
