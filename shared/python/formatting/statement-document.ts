import { sortNames } from '../import-edit.ts';
import type { SyntaxNode } from '../parser.ts';
import { partsOf, unwrap } from '../syntax.ts';
import { group, ifBroken, indent, inOneLine, join, softLine, spaceLine, type Document } from './document.ts';
import {
  chainDocument,
  expressionDocument,
  isFluentChain,
  operandsOf,
  type FormatterStyle,
} from './expression-document.ts';

/** Ways to lay out a statement, the best one first; the first that fits counts, else the last. */
export type Layouts = readonly Document[];

/** How Black and ruff lay out a simple statement, the header of a block or a decorator; null where it stays as it is. */
export function statementLayouts(node: SyntaxNode, style: FormatterStyle): Layouts | null {
  const behind = (head: Document, value: SyntaxNode | null | undefined, tail = ''): Layouts | null =>
    value === null || value === undefined ? null : valueLayouts(head, value, tail, style);
  switch (node.type) {
    case 'expression_statement': {
      const [only, ...others] = partsOf(node);
      // A string that is a statement is documentation.
      if (only === undefined || others.length > 0 || only.type === 'string') return null;
      if (/assignment$/.test(only.type)) return assignmentLayouts(only, style);
      if (only.type === 'yield') {
        const [value] = partsOf(only);
        return /^yield\s+from\b/.test(only.text) ? null : behind('yield ', value);
      }
      // Brackets of the formatter's stand only where there is a value to put them around.
      return only.type === 'call' ? [chainDocument(only, style, false)] : null;
    }
    case 'return_statement':
      return behind('return ', partsOf(node)[0]);
    case 'raise_statement':
      return partsOf(node).length === 1 ? behind('raise ', partsOf(node)[0]) : null;
    case 'decorator':
      return behind('@', partsOf(node)[0]);
    case 'if_statement':
      return behind('if ', node.childForFieldName('condition'), ':');
    case 'elif_clause':
      return behind('elif ', node.childForFieldName('condition'), ':');
    case 'while_statement':
      return behind('while ', node.childForFieldName('condition'), ':');
    case 'for_statement': {
      const [left, right] = [node.childForFieldName('left'), node.childForFieldName('right')];
      const keyword = node.text.startsWith('async') ? 'async for' : 'for';
      if (left === null || right === null) return null;
      return [[`${keyword} ${left.text} in `, expressionDocument(right, style), ':']];
    }
    case 'with_statement':
      return withLayouts(node, style);
    case 'class_definition':
      return classLayouts(node, style);
    case 'function_definition':
      return functionLayouts(node, style);
    case 'import_from_statement':
      return importLayouts(node, style);
    default:
      return null;
  }
}

/** One context manager; how several are broken depends on the versions of Python a project is for. */
function withLayouts(node: SyntaxNode, style: FormatterStyle): Layouts | null {
  const clause = node.namedChildren.find(({ type }) => type === 'with_clause');
  const items = clause === undefined ? [] : partsOf(clause);
  const isBracketed = clause?.text.startsWith('(') === true;
  const value = items[0]?.childForFieldName('value') ?? null;
  if (items.length !== 1 || isBracketed || value === null) return null;
  return [[node.text.startsWith('async') ? 'async with ' : 'with ', expressionDocument(value, style), ':']];
}

function classLayouts(node: SyntaxNode, style: FormatterStyle): Layouts | null {
  if (node.childForFieldName('type_parameters') !== null) return null;
  const bases = node.childForFieldName('superclasses');
  const list = bases === null || partsOf(bases).length === 0 ? '' : expressionDocument(bases, style);
  return [['class ', node.childForFieldName('name')?.text ?? '', list, ':']];
}

function functionLayouts(node: SyntaxNode, style: FormatterStyle): Layouts | null {
  const [name, list, type] = ['name', 'parameters', 'return_type'].map((each) =>
    node.childForFieldName(each),
  );
  if (name === null || name === undefined || list === null || list === undefined) return null;
  if (node.childForFieldName('type_parameters') !== null) return null;
  const head = `${node.text.startsWith('async') ? 'async ' : ''}def ${name.text}`;
  const arrow = type === null || type === undefined ? '' : [' -> ', expressionDocument(type, style)];
  const parameters = partsOf(list).map(({ text }) => text);
  if (parameters.length === 0) return [[head, '()', arrow, ':']];
  const isMagic = /,\s*\)$/.test(list.text) && style.keepsTrailingCommas;
  const lines: Document = [join(parameters, [',', spaceLine]), ifBroken(',')];
  // A single one ends with a comma, for it has its line to itself.
  const inside = parameters.length === 1 ? lines : group(lines, isMagic);
  return [[head, group(['(', indent([softLine, inside]), softLine, ')'], isMagic), arrow, ':']];
}

function importLayouts(node: SyntaxNode, style: FormatterStyle): Layouts | null {
  const written = node.childrenForFieldName('name').map(({ text }) => text.replaceAll(/\s+/g, ' '));
  const names = style.sortsImports ? sortNames(written) : written;
  if (names.length === 0) return null;
  const head = `from ${node.childForFieldName('module_name')?.text ?? ''} import `;
  const last = node.children.findLast(({ type }) => type !== ')');
  const isMagic = last?.type === ',' && style.keepsTrailingCommas;
  const lines = [softLine, join(names, [',', spaceLine]), ifBroken(',')];
  return [group([head, ifBroken('('), indent(lines), softLine, ifBroken(')')], isMagic)];
}

function assignmentLayouts(node: SyntaxNode, style: FormatterStyle): Layouts | null {
  const [left, right, type] = ['left', 'right', 'type'].map((name) => node.childForFieldName(name));
  if (left === null || left === undefined) return null;
  const typed = type === null || type === undefined ? '' : [': ', expressionDocument(type, style)];
  if (right === null || right === undefined) return [[expressionDocument(left, style), typed]];
  if (right.type === 'assignment') return chainLayouts(node, style);
  const operator = node.childForFieldName('operator')?.text ?? '=';
  const head = [expressionDocument(left, style), typed, ` ${operator} `];
  if (left.type !== 'subscript') return valueLayouts(head, right, '', style);
  // The value is broken rather than what it is assigned to.
  const target = [inOneLine(expressionDocument(left, style)), typed, ` ${operator} `];
  const layouts = valueLayouts(target, right, '', style);
  return [...layouts, [target, inBrackets(expressionDocument(unwrap(right), style))], ...layouts];
}

/** `a = b = 1`: the value is laid out behind all of its targets. */
function chainLayouts(node: SyntaxNode, style: FormatterStyle): Layouts | null {
  const targets: SyntaxNode[] = [];
  let value: SyntaxNode | null = node;
  while (value?.type === 'assignment') {
    const left = value.childForFieldName('left');
    if (left === null || !/^(identifier|attribute)$/.test(left.type)) return null;
    if (value.childForFieldName('type') !== null) return null;
    targets.push(left);
    value = value.childForFieldName('right');
  }
  const head = targets.map((target) => `${target.text} = `).join('');
  return value === null ? null : valueLayouts(head, value, '', style);
}

/** Code in brackets that are there only where it is broken. */
function inBrackets(code: Document): Document {
  return group([ifBroken('('), indent([softLine, code]), softLine, ifBroken(')')]);
}

/** Code behind `head`; formatters put brackets around it where that alone makes it fit. */
function valueLayouts(head: Document, value: SyntaxNode, tail: string, style: FormatterStyle): Layouts {
  if (value.type === 'parenthesized_expression') {
    const [inside] = partsOf(value);
    // These brackets are the formatter's own; those around `yield` and `:=` are needed.
    if (inside !== undefined && !/^(yield|named_expression)$/.test(inside.type))
      return valueLayouts(head, inside, tail, style);
  }
  if (value.type === 'expression_list') return listLayouts(head, value, tail, style);
  const code = expressionDocument(value, style);
  const plain = [head, code, tail];
  const bracketed = [head, inBrackets(code), tail];
  switch (needOfBrackets(value)) {
    case 'none':
      return [plain];
    case 'if that helps':
      return [plain, bracketed, plain];
    case 'if it breaks':
      return [bracketed];
    case 'if its own do not do':
      return [[head, firmOperation(value, style), tail], bracketed];
  }
}

/** Values one behind the other, without brackets of their own. */
function listLayouts(head: Document, list: SyntaxNode, tail: string, style: FormatterStyle): Layouts {
  const values = partsOf(list);
  const codes = values.map((item) => expressionDocument(item, style));
  const last = values.at(-1);
  const end = values.length === 1 ? ',' : ifBroken(',');
  const bracketed = [head, inBrackets([join(codes, [',', spaceLine]), end]), tail];
  const isFirm = values.length === 2 && last !== undefined && hasBrackets(last);
  return isFirm ? [[head, join(codes, ', '), tail], bracketed] : [bracketed];
}

/** An operation that is broken only within the brackets of its operands. */
function firmOperation(value: SyntaxNode, style: FormatterStyle): Document {
  if (value.type === 'not_operator') {
    return ['not ', ...partsOf(value).map((operand) => firmOperation(operand, style))];
  }
  if (!isOperation(value)) return expressionDocument(value, style);
  return operandsOf(value).map(({ operator, node }) => [
    operator === '' ? '' : ` ${operator} `,
    firmOperation(node, style),
  ]);
}

function isOperation({ type }: SyntaxNode): boolean {
  return /^(binary|boolean|comparison)_operator$/.test(type);
}

type NeedOfBrackets = 'none' | 'if that helps' | 'if it breaks' | 'if its own do not do';

function needOfBrackets(value: SyntaxNode): NeedOfBrackets {
  switch (value.type) {
    case 'call':
    case 'subscript':
    case 'attribute':
      return isFluentChain(value) ? 'if it breaks' : 'if that helps';
    case 'await':
    case 'identifier':
    case 'string':
    case 'integer':
    case 'float':
      return 'if that helps';
    case 'conditional_expression':
    case 'concatenated_string':
      return 'if it breaks';
    case 'not_operator':
    case 'unary_operator': {
      const inner = value.childForFieldName('argument');
      return inner === null || isOperation(inner) ? 'if it breaks' : needOfBrackets(inner);
    }
    case 'binary_operator':
    case 'boolean_operator':
    case 'comparison_operator': {
      const [first, second, third] = operandsOf(value);
      const isBracketed =
        first !== undefined &&
        second !== undefined &&
        third === undefined &&
        (hasBrackets(second.node) || /^[([{]/.test(first.node.text));
      return isBracketed ? 'if its own do not do' : 'if it breaks';
    }
    default:
      return 'none';
  }
}

/** Whether it ends with brackets that hold something. */
function hasBrackets(node: SyntaxNode): boolean {
  if (node.type === 'call') return node.childForFieldName('arguments')?.namedChildCount !== 0;
  if (node.type === 'not_operator' || isOperation(node)) {
    const last = partsOf(node).at(-1);
    return last !== undefined && hasBrackets(last);
  }
  const isBracketed = /^(list|tuple|set|dictionary|parenthesized_expression|\w+_comprehension)$/.test(
    node.type,
  );
  return isBracketed && node.namedChildCount > 0;
}
