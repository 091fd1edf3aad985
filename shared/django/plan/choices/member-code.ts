import { indentAt } from '../../../python/file-style.ts';
import { pythonString } from '../../../python/python-code.ts';
import type { ImportRequest } from '../../../python/import-edit.ts';
import { readString } from '../../../python/literal.ts';
import { layoutExpression } from '../../../python/layout.ts';
import type { SyntaxNode } from '../../../python/parser.ts';
import { argumentsOf } from '../../../python/syntax.ts';
import type { ChoiceMember } from '../../operations/parts.ts';
import type { SourceText } from '../../project-files.ts';
import { adaptExpression, withExpression, type CodePlace } from '../expression.ts';
import type { NewCode } from '../draft.ts';
import type { ChoicesSource } from './choices-source.ts';

/** How a file writes labels: plain, or marked for translation. */
export interface LabelHabit {
  /** `_`, or null where labels are plain strings. */
  readonly translate: string | null;
  readonly imports: readonly ImportRequest[];
}

/** Whether the choices of a file, or else its other texts, are marked for translation. */
export function labelHabit({ module, text }: SourceText, choices: ChoicesSource | null): LabelHabit {
  const plain: LabelHabit = { translate: null, imports: [] };
  const local = [...module.imports].find(
    ([, { name }]) => name === 'gettext_lazy' || name === 'ugettext_lazy' || name === 'gettext',
  )?.[0];
  if (local === undefined) return plain;
  const labels = (choices?.members ?? []).flatMap(({ label }) => label ?? []);
  const translated =
    labels.length > 0 ? labels.some(({ type }) => type === 'call') : text.includes(`${local}(`);
  return translated ? { translate: local, imports: [] } : plain;
}

/** `DRAFT = "draft", "Draft"` */
export function memberCode(member: ChoiceMember, habit: LabelHabit, place: CodePlace): NewCode {
  const value = adaptExpression(member.value, place);
  const label = member.label === null ? '' : `, ${labelCode(member.label, habit, place)}`;
  return { code: `${member.name} = ${value.code}${label}`, imports: [...value.imports, ...habit.imports] };
}

/** A label as the file writes labels. */
export function labelCode(
  label: string,
  { translate }: LabelHabit,
  { style }: Pick<CodePlace, 'style'>,
): string {
  const text = pythonString(label, style.quote);
  return translate === null ? text : `${translate}(${text})`;
}

/** A label that was there before with another text; what is around it stays. */
export function changedLabel(old: SyntaxNode, label: string, place: Pick<CodePlace, 'style'>): string | null {
  if (readString(old) === label) return null;
  const argument =
    old.type === 'call' ? argumentsOf(old.childForFieldName('arguments')).positional[0]?.value : old;
  if (argument === undefined || readString(argument) === undefined)
    return pythonString(label, place.style.quote);
  if (readString(argument) === label) return null;
  const at = argument.startIndex - old.startIndex;
  const text = pythonString(label, place.style.quote);
  return old.text.slice(0, at) + text + old.text.slice(at + argument.text.length);
}

/** The label of a member as it is shown; null where Django makes it of the name. */
export function labelText(label: SyntaxNode | null): string | null {
  if (label === null) return null;
  const argument =
    label.type === 'call' ? argumentsOf(label.childForFieldName('arguments')).positional[0]?.value : label;
  return argument === undefined ? null : (readString(argument) ?? null);
}

/** An expression in the place of another one, broken where its line gets too long. */
export function inPlaceOf(old: SyntaxNode, code: string, text: string, place: CodePlace): string {
  const indent = indentAt(text, old.startIndex);
  return withExpression(code, place.files, (node) =>
    layoutExpression('', node, place.style, indent).replaceAll('\n', `\n${indent}`),
  );
}
