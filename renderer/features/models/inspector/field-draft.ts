import { Failure } from '../../../../shared/contract/failure.ts';
import type { FieldType } from '../../../../shared/django/catalogue/field-type.ts';
import { findFieldType } from '../../../../shared/django/field-catalogue.ts';
import type { Operation } from '../../../../shared/django/operations.ts';
import { assertOptions } from '../../../../shared/django/plan/fields/field-rules.ts';
import { assertFieldName, takenFieldNames } from '../../../../shared/django/plan/names.ts';
import type { FieldFacts, ModelFacts } from '../../../../shared/django/project-model.ts';

/** A field as the form holds it: options as Python code by name. */
export interface FieldDraft {
  readonly name: string;
  readonly type: string;
  readonly to: string | null;
  readonly options: Readonly<Record<string, string>>;
}

/** What is wrong with a draft: a sentence by the part of the form it belongs to. */
export interface DraftProblems {
  readonly name?: string;
  readonly type?: string;
  readonly to?: string;
  /** By option name. */
  readonly options: Readonly<Record<string, string>>;
}

/** What a new field starts with. */
export const NEW_FIELD: FieldDraft = {
  name: '',
  type: 'CharField',
  to: null,
  options: { max_length: '200' },
};

/** Values that Django asks for, as most projects have them. */
const USUAL: Readonly<Record<string, string>> = {
  max_length: '200',
  max_digits: '10',
  decimal_places: '2',
  on_delete: 'models.CASCADE',
};

/** The draft that says what the source says. Arguments given by position get their names from the catalogue. */
export function draftOf(field: FieldFacts): FieldDraft {
  const type = findFieldType(field.type);
  const positional = type?.positional ?? [];
  const byPosition = field.positional.flatMap((code, at): readonly (readonly [string, string])[] => {
    const name = positional[at];
    return name === undefined || name === 'to' || name === 'name' ? [] : [[name, code]];
  });
  const named = field.options
    .filter((option) => !(option.name === 'to' && field.relation !== null))
    .map((option) => [option.name, option.code] as const);
  return {
    name: field.name,
    type: field.type,
    to: targetOf(field),
    options: Object.fromEntries([...byPosition, ...named]),
  };
}

/** The code of a field, to see whether it is still the one a form was begun with. */
export function codeOf(field: FieldFacts): string {
  const options = field.options.map((option) => `${option.name}=${option.code}`);
  return [field.typeCode, ...field.positional, ...options].join(',');
}

function targetOf(field: FieldFacts): string | null {
  if (field.relation === null || field.relation.kind === 'generic') return null;
  const code = field.relation.targetCode.replaceAll(/^['"]|['"]$/g, '');
  if (code === 'self' || code.endsWith('AUTH_USER_MODEL'))
    return code === 'self' ? code : 'settings.AUTH_USER_MODEL';
  return field.relation.target ?? code;
}

/** The draft with another type: options that the new type knows too are kept, what it needs is filled in. */
export function withType(draft: FieldDraft, type: FieldType): FieldDraft {
  const known = new Set(type.options.map((option) => option.name));
  const kept = Object.entries(draft.options).filter(([name]) => known.has(name));
  const needed = type.options
    .filter((option) => option.required && !Object.hasOwn(draft.options, option.name))
    .flatMap((option) => {
      const usual = USUAL[option.name];
      return usual === undefined ? [] : [[option.name, usual] as const];
    });
  return {
    ...draft,
    type: type.name,
    to: type.relation ? draft.to : null,
    options: Object.fromEntries([...kept, ...needed]),
  };
}

/** The draft with an option set to this code; null leaves the option out. */
export function withOption(draft: FieldDraft, name: string, code: string | null): FieldDraft {
  const options = Object.entries(draft.options).filter(([other]) => other !== name);
  return { ...draft, options: Object.fromEntries(code === null ? options : [...options, [name, code]]) };
}

/** Everything that is wrong with a draft of a field of this model; `original` is the field it changes. */
export function problemsOf(draft: FieldDraft, model: ModelFacts, original: FieldFacts | null): DraftProblems {
  const others = model.fields.filter((field) => field.name !== original?.name);
  const type = findFieldType(draft.type);
  const named =
    draft.name === original?.name
      ? null
      : failureOf(() => {
          assertFieldName(draft.name, takenFieldNames(others), model.methods);
        });
  const option = type === null ? null : optionFailure(type, draft);
  return {
    ...(named === null ? {} : { name: named.message }),
    ...(type === null && original?.type !== draft.type
      ? { type: `“${draft.type}” is not a field of Django: add it in the editor.` }
      : {}),
    ...(type?.relation === true && (draft.to ?? '') === ''
      ? { to: 'Choose the model the relation leads to.' }
      : {}),
    options: option === null ? {} : { [optionNamed(option)]: option.message },
  };
}

/** Whether nothing stands against proposing the draft. */
export function isSound(problems: DraftProblems): boolean {
  return (
    problems.name === undefined &&
    problems.type === undefined &&
    problems.to === undefined &&
    Object.keys(problems.options).length === 0
  );
}

function optionFailure(type: FieldType, draft: FieldDraft): Failure | null {
  const known = new Set(type.options.map((option) => option.name));
  // What the catalogue does not know stands in the source already and is kept as it is.
  const codes = new Map(Object.entries(draft.options).filter(([name]) => known.has(name)));
  return failureOf(() => {
    assertOptions(type, codes, [...codes.keys()]);
  });
}

/** The option that a failure is about, as the rules name it. */
function optionNamed({ detail }: Failure): string {
  const name = detail?.['option'];
  return typeof name === 'string' ? name : '';
}

function failureOf(check: () => void): Failure | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

/** What to propose so that the source says what the draft says; empty when it does already. */
export function operationsFor(
  model: string,
  draft: FieldDraft,
  original: FieldFacts | null,
  /** A new field stands behind this one; null: behind the last one. */
  after: string | null = null,
): readonly Operation[] {
  if (original === null) {
    const { name, type, to, options } = draft;
    return [{ kind: 'field.add', model, field: { name, type, to, options: { ...options } }, after }];
  }
  const before = draftOf(original);
  const set = Object.entries(draft.options).filter(([name, code]) => before.options[name] !== code);
  const unset = Object.keys(before.options).filter((name) => !Object.hasOwn(draft.options, name));
  const changed = draft.type !== before.type || draft.to !== before.to || set.length > 0 || unset.length > 0;
  const operations: Operation[] = [];
  if (changed) {
    operations.push({
      kind: 'field.change',
      model,
      field: original.name,
      type: draft.type,
      to: draft.to,
      set: Object.fromEntries(set),
      unset,
    });
  }
  if (draft.name !== original.name) {
    operations.push({ kind: 'field.rename', model, field: original.name, name: draft.name });
  }
  return operations;
}
