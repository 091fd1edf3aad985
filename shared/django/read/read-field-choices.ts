import type { ExpressionFacts, PythonClass } from '../../python/python-module.ts';
import { splitOutside } from '../../python/split-outside.ts';
import { readString } from '../../python/string-code.ts';
import type { ModuleResolver } from '../module-resolver.ts';
import type { FieldChoices } from '../project-model.ts';

/**
 * What the option `choices` of a field offers: an inline list, a list that is named in the class or the module,
 * or a choices class; null where the source does not tell.
 * https://docs.djangoproject.com/en/5.2/ref/models/fields/#choices
 */
export function readFieldChoices(
  path: string,
  model: PythonClass,
  value: ExpressionFacts,
  resolver: ModuleResolver,
): FieldChoices | null {
  const inline = membersOf(value);
  if (inline !== null) return { kind: 'list', name: null, members: inline };
  const dotted =
    value.dotted?.replace(/\.choices$/, '') ?? value.call?.callee?.replace(/\.choices$/, '') ?? null;
  if (dotted === null) return null;
  const inClass = model.attributes.findLast(({ name }) => name === dotted)?.value;
  if (inClass !== undefined) return named(dotted, inClass);
  if (model.classes.some(({ name }) => name === dotted)) return { kind: 'class', name: dotted, file: path };
  const found = resolver.resolve(path, dotted);
  if (found?.kind === 'variable') return named(dotted, found.value);
  if (found?.kind === 'class') return { kind: 'class', name: found.facts.name, file: found.path };
  return nestedChoices(path, dotted, resolver);
}

function named(name: string, value: ExpressionFacts): FieldChoices | null {
  const members = membersOf(value);
  return members === null ? null : { kind: 'list', name, members };
}

/** `Book.Genre`: a class in another model. */
function nestedChoices(path: string, dotted: string, resolver: ModuleResolver): FieldChoices | null {
  const dot = dotted.lastIndexOf('.');
  const owner = dot === -1 ? null : resolver.resolve(path, dotted.slice(0, dot));
  if (owner?.kind !== 'class') return null;
  const last = dotted.slice(dot + 1);
  if (owner.facts.classes.some(({ name }) => name === last)) {
    return { kind: 'class', name: last, file: owner.path };
  }
  const value = owner.facts.attributes.findLast(({ name }) => name === last)?.value;
  return value === undefined ? null : named(dotted, value);
}

type Members = Extract<FieldChoices, { kind: 'list' }>['members'];

/** The pairs of a list, tuple or dictionary display; null for any other expression. */
function membersOf({ code }: ExpressionFacts): Members | null {
  const inside = /^[[({]([^]*)[\])}]$/.exec(code.trim())?.[1];
  if (inside === undefined) return null;
  const entries = splitOutside(withoutComments(inside), ',').filter((entry) => entry !== '');
  const members = entries.map(code.trim().startsWith('{') ? keyed : pair);
  return members.some((member) => member === null) ? null : members.filter((member) => member !== null);
}

function pair(entry: string): Members[number] | null {
  const inside = /^[[(]([^]*)[\])]$/.exec(entry)?.[1];
  const [value, label, ...more] = inside === undefined ? [] : splitOutside(inside, ',').filter(Boolean);
  return value === undefined || label === undefined || more.length > 0 ? null : member(value, label);
}

function keyed(entry: string): Members[number] | null {
  const [value, label, ...more] = splitOutside(entry, ':');
  return value === undefined || label === undefined || more.length > 0 ? null : member(value, label);
}

/** The label's text is known where it is plain, also below a call of gettext. */
function member(value: string, labelCode: string): Members[number] {
  const inside = /^[\w.]+\(([^]*)\)$/.exec(labelCode)?.[1] ?? labelCode;
  return { value, labelCode, label: readString(inside.replace(/,\s*$/, '')) };
}

/** Comments behind an entry; a `#` in a text stays. */
function withoutComments(code: string): string {
  return code.replaceAll(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|#[^\n]*/g,
    (_, text?: string) => text ?? '',
  );
}
