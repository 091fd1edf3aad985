import { sortNames } from '../import-edit.ts';
import type { SyntaxNode } from '../parser.ts';
import { partsOf } from '../syntax.ts';
import { group, ifBroken, indent, join, softLine, spaceLine, type Document } from './document.ts';
import { expressionDocument, isFluentChain, operandsOf, type FormatterStyle } from './expression-document.ts';

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
      return /assignment$/.test(only.type) ? assignmentLayouts(only, style) : behind('', only);
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
  // In `a = b = 1` the targets stay as they are.
  if (right.type === 'assignment') return null;
  const operator = node.childForFieldName('operator')?.text ?? '=';
  return valueLayouts([expressionDocument(left, style), typed, ` ${operator} `], right, '', style);
}

/** Code behind `head`; formatters put brackets around it where that alone makes it fit. */
function valueLayouts(head: Document, value: SyntaxNode, tail: string, style: FormatterStyle): Layouts {
  if (value.type === 'parenthesized_expression') {
    const [inside] = partsOf(value);
    // These brackets are the formatter's own; those around `yield` and `:=` are needed.
    if (inside !== undefined && !/^(yield|named_expression|concatenated_string)$/.test(inside.type))
      return valueLayouts(head, inside, tail, style);
  }
  if (value.type === 'expression_list') {
    const items = join(
      partsOf(value).map((item) => expressionDocument(item, style)),
      [',', spaceLine],
    );
    const end = partsOf(value).length === 1 ? ',' : ifBroken(',');
    return [[head, group([ifBroken('('), indent([softLine, items, end]), softLine, ifBroken(')')]), tail]];
  }
  const code = expressionDocument(value, style);
  const plain = [head, code, tail];
  const inBrackets = group([ifBroken('('), indent([softLine, code]), softLine, ifBroken(')')]);
  switch (needOfBrackets(value)) {
    case 'none':
      return [plain];
    case 'if that helps':
      return [plain, [head, inBrackets, tail], plain];
    case 'if it breaks':
      return [[head, inBrackets, tail]];
    case 'if its own do not do':
      return [
        [head, firmOperation(value, style), tail],
        [head, inBrackets, tail],
      ];
  }
}

/** An operation that is broken only within the brackets of its operands. */
function firmOperation(value: SyntaxNode, style: FormatterStyle): Document {
  return operandsOf(value).map(({ operator, node }) => [
    operator === '' ? '' : ` ${operator} `,
    expressionDocument(node, style),
  ]);
}

type NeedOfBrackets = 'none' | 'if that helps' | 'if it breaks' | 'if its own do not do';

function needOfBrackets(value: SyntaxNode): NeedOfBrackets {
  switch (value.type) {
    case 'call':
    case 'subscript':
      return isFluentChain(value) ? 'if it breaks' : 'none';
    case 'attribute':
      if (isFluentChain(value)) return 'if it breaks';
      return value.descendantsOfType(['call', 'subscript']).length > 0 ? 'none' : 'if that helps';
    case 'identifier':
    case 'string':
    case 'integer':
    case 'float':
      return 'if that helps';
    case 'conditional_expression':
    case 'await':
      return 'if it breaks';
    case 'not_operator':
    case 'unary_operator': {
      const inner = value.childForFieldName('argument');
      return inner !== null && hasBrackets(inner) ? 'none' : 'if it breaks';
    }
    case 'binary_operator':
    case 'boolean_operator':
    case 'comparison_operator': {
      const operands = operandsOf(value);
      const isPair = operands.length === 2;
      const ends = [operands[0], operands.at(-1)];
      const bracketed = ends.some((operand) => operand !== undefined && hasBrackets(operand.node));
      return isPair && bracketed ? 'if its own do not do' : 'if it breaks';
    }
    default:
      return 'none';
  }
}

function hasBrackets(node: SyntaxNode): boolean {
  if (node.type === 'call') return node.childForFieldName('arguments')?.namedChildCount !== 0;
  return (
    /^(list|tuple|set|dictionary|parenthesized_expression|\w+_comprehension)$/.test(node.type) &&
    node.namedChildCount > 0
  );
}
