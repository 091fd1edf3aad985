import { readString } from '../../python/literal.ts';
import type { SyntaxNode } from '../../python/parser.ts';
import { argumentsOf, dottedName, partsOf, unwrap, type Arguments } from '../../python/syntax.ts';
import type { PatternPart, PatternText } from './url-entry.ts';

/** A translated pattern, `_('about/')`, is taken in its source language. */
const TRANSLATIONS = /^(_|gettext|gettext_lazy|ugettext_lazy|pgettext_lazy)$/;

/** A pattern put together from strings and the names of constants; null where more is computed. */
export function patternText(expression: SyntaxNode): PatternText {
  const node = unwrap(expression);
  const plain = readString(node);
  if (plain !== undefined) return [plain];
  switch (node.type) {
    case 'identifier':
    case 'attribute': {
      const dotted = dottedName(node);
      return dotted === null ? null : [{ dotted }];
    }
    case 'string':
      return formattedString(node);
    case 'concatenated_string':
      return joined(partsOf(node).map(patternText));
    case 'binary_operator':
      return operatorText(node);
    case 'call':
      return callText(node);
    case 'conditional_expression':
      return choiceText(node);
    default:
      return null;
  }
}

function joined(texts: readonly PatternText[]): PatternText {
  const known = texts.filter((text) => text !== null);
  return known.length === texts.length ? known.flat() : null;
}

function formattedString(node: SyntaxNode): PatternText {
  const prefix = node.namedChild(0)?.text ?? '';
  if (!/^r?fr?['"]/i.test(prefix)) return null;
  const parts: PatternText[] = node.namedChildren.slice(1, -1).map((part) => {
    if (part.type !== 'interpolation') return [part.text.replaceAll('{{', '{').replaceAll('}}', '}')];
    const expression = part.childForFieldName('expression');
    return expression === null || part.namedChildCount > 1 ? null : patternText(expression);
  });
  return joined(parts);
}

function operatorText(node: SyntaxNode): PatternText {
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator')?.text;
  if (left === null || right === null) return null;
  if (operator === '+') return joined([patternText(left), patternText(right)]);
  const template = readString(left);
  if (operator !== '%' || template === undefined) return null;
  const value = unwrap(right);
  const values = value.type === 'tuple' ? partsOf(value) : [value];
  return filled(template.split(/%s/), values.map(patternText));
}

/** `'/' if settings.APPEND_SLASH else ''` */
function choiceText(node: SyntaxNode): PatternText {
  const [yes, test, no] = partsOf(node);
  const setting = /(^|\.)settings\.(\w+)$/.exec(test?.text ?? '')?.[2];
  if (yes === undefined || no === undefined || setting === undefined) return null;
  return [{ setting, yes: patternText(yes), no: patternText(no) }];
}

function callText(node: SyntaxNode): PatternText {
  const callee = node.childForFieldName('function');
  const given = argumentsOf(node.childForFieldName('arguments'));
  const dotted = dottedName(callee) ?? '';
  const first = given.positional[0]?.value;
  if (TRANSLATIONS.test(dotted)) {
    const text = dotted.startsWith('pgettext') ? given.positional[1]?.value : first;
    return text === undefined ? null : patternText(text);
  }
  if (dotted === 'str' && first !== undefined) return patternText(first);
  const object = callee?.type === 'attribute' ? callee.childForFieldName('object') : null;
  const template = object === null ? undefined : readString(object);
  const method = callee?.type === 'attribute' ? callee.childForFieldName('attribute')?.text : null;
  return template !== undefined && method === 'format' ? formatText(template, given) : null;
}

function formatText(template: string, given: Arguments): PatternText {
  const fields = [...template.matchAll(/\{(\w*)\}/g)];
  const values = fields.map(([, field = ''], at): PatternText => {
    const index = field === '' ? at : Number(field);
    const argument = Number.isInteger(index)
      ? given.positional[index]
      : given.keywords.find(({ name }) => name === field);
    return argument === undefined ? null : patternText(argument.value);
  });
  return filled(template.split(/\{\w*\}/), values);
}

function filled(texts: readonly string[], values: readonly PatternText[]): PatternText {
  if (texts.length !== values.length + 1) return null;
  const parts: PatternText[] = texts.flatMap((text, at) => {
    const value = values[at];
    const part: readonly PatternPart[] = text === '' ? [] : [text];
    return value === undefined ? [part] : [part, value];
  });
  return joined(parts);
}
