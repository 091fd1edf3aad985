import type { SyntaxNode } from '../parser.ts';
import { partsOf } from '../syntax.ts';
import { group, ifBroken, indent, join, softLine, spaceLine, type Document } from './document.ts';
import { joinedStrings, stringCode } from './string-quotes.ts';

/** What a formatter is told. */
export interface FormatterStyle {
  /** The quotes that strings get; null leaves them as they are. */
  readonly quote: "'" | '"' | null;
  /** Whether a comma behind the last item keeps every item in a line of its own. */
  readonly keepsTrailingCommas: boolean;
  /** Whether the names of an import stand in isort's order. */
  readonly sortsImports: boolean;
  /** Whether strings that stand side by side become one where they fit into one line: ruff does, Black does not. */
  readonly joinsStrings: boolean;
  /** A list that is broken ends with a comma though it has one entry: code that is new expects more of them. */
  readonly endsLists?: true;
}

/** An expression with the places where Black and ruff break it, outermost brackets first. */
export function expressionDocument(node: SyntaxNode, style: FormatterStyle): Document {
  const of = (child: SyntaxNode | null): Document => (child === null ? '' : expressionDocument(child, style));
  const field = (name: string): Document => of(node.childForFieldName(name));
  switch (node.type) {
    case 'string':
      return stringCode(node.text, style.quote);
    case 'concatenated_string':
      return stringsDocument(node, style);
    case 'as_pattern':
      return [of(partsOf(node)[0] ?? null), ` as ${node.childForFieldName('alias')?.text ?? ''}`];
    case 'attribute':
    case 'call':
      return chainDocument(node, style);
    case 'subscript':
      return [field('value'), inLines('[', node.childrenForFieldName('subscript'), ']', node, style)];
    case 'argument_list':
      return inLines('(', partsOf(node), ')', node, style);
    case 'list':
    case 'set':
    case 'dictionary':
    case 'tuple':
      return bracketed(node.text[0] ?? '', partsOf(node), node.text.at(-1) ?? '', node, style);
    case 'pair':
      return [field('key'), ': ', field('value')];
    case 'keyword_argument':
      return [field('name'), '=', field('value')];
    case 'list_splat':
      return ['*', ...partsOf(node).map(of)];
    case 'dictionary_splat':
      return ['**', ...partsOf(node).map(of)];
    case 'parenthesized_expression':
      return group(['(', indent([softLine, ...partsOf(node).map(of)]), softLine, ')']);
    case 'await':
      return ['await ', ...partsOf(node).map(of)];
    case 'not_operator':
      return ['not ', field('argument')];
    case 'unary_operator':
      return [node.childForFieldName('operator')?.text ?? '', field('argument')];
    case 'binary_operator':
    case 'boolean_operator':
    case 'comparison_operator':
      return group(operationDocument(node, style));
    case 'conditional_expression':
      return group(join(branchesOf(node, style), spaceLine));
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression': {
      const clauses = join(partsOf(node).map(of), spaceLine);
      return group([
        node.text[0] ?? '',
        indent([softLine, group(clauses)]),
        softLine,
        node.text.at(-1) ?? '',
      ]);
    }
    case 'for_in_clause': {
      const keyword = node.text.startsWith('async') ? 'async for ' : 'for ';
      return [keyword, field('left'), ' in ', field('right')];
    }
    case 'if_clause':
      return ['if ', ...partsOf(node).map(of)];
    case 'pattern_list':
      return join(partsOf(node).map(of), ', ');
    default:
      return node.text;
  }
}

/** Strings side by side: in one line, or each in its own. */
function stringsDocument(node: SyntaxNode, { quote, joinsStrings }: FormatterStyle): Document {
  const codes = partsOf(node).map(({ text }) => stringCode(text, quote));
  const pieces = joinsStrings ? joinedStrings(codes) : null;
  if (pieces === null) return group(join(codes, spaceLine));
  // The quotes between them are there only where the strings stand in lines of their own.
  const mark = codes[0]?.[0] ?? '';
  return group([mark, join(pieces, [ifBroken(mark), softLine, ifBroken(mark)]), mark]);
}

/** A value, its condition and what there is otherwise, which may be the next value with a condition. */
function branchesOf(node: SyntaxNode, style: FormatterStyle): readonly Document[] {
  const [value, condition, otherwise] = partsOf(node);
  if (value === undefined || condition === undefined || otherwise === undefined) return [node.text];
  const [first = '', ...others] =
    otherwise.type === 'conditional_expression'
      ? branchesOf(otherwise, style)
      : [expressionDocument(otherwise, style)];
  return [
    expressionDocument(value, style),
    ['if ', expressionDocument(condition, style)],
    ['else ', first],
    ...others,
  ];
}

/** The comma behind the last item, where its author has written one. */
function hasTrailingComma(list: SyntaxNode): boolean {
  // The comma of a tuple with one item is its syntax.
  if (list.type === 'tuple' && partsOf(list).length === 1) return false;
  const last = list.children.findLast(({ type }) => type !== 'comment' && !/^[)\]}]$/.test(type));
  return last?.type === ',';
}

/** What stands behind the last item: a comma where there are more of them, or one is there already. */
function endOfItems(list: SyntaxNode, count: number): Document {
  return count > 1 || hasTrailingComma(list) ? ifBroken(',') : '';
}

/** Items that stand in one line, else each in its own. */
function bracketed(
  open: string,
  items: readonly SyntaxNode[],
  close: string,
  list: SyntaxNode,
  style: FormatterStyle,
): Document {
  if (items.length === 0) return open + close;
  const codes = items.map((item) => expressionDocument(item, style));
  const isSingle = list.type === 'tuple' && items.length === 1;
  const ending = style.endsLists === true ? ifBroken(',') : endOfItems(list, items.length);
  const end = isSingle ? ',' : ending;
  const inside = [softLine, join(codes, [',', spaceLine]), end];
  return group([open, indent(inside), softLine, close], style.keepsTrailingCommas && hasTrailingComma(list));
}

/** Arguments also stand together in a line below the bracket; only in lines of their own they end with a comma. */
function inLines(
  open: string,
  items: readonly SyntaxNode[],
  close: string,
  list: SyntaxNode,
  style: FormatterStyle,
): Document {
  if (items.length === 0) return open + close;
  const codes = items.map((item) => expressionDocument(item, style));
  const lines = group(
    [join(codes, [',', spaceLine]), endOfItems(list, items.length)],
    style.keepsTrailingCommas && hasTrailingComma(list),
  );
  return group([open, indent([softLine, lines]), softLine, close]);
}

/** Attributes and calls one behind the other; a fluent one is broken before the dots, where it stands in brackets. */
export function chainDocument(
  node: SyntaxNode,
  style: FormatterStyle,
  isFluent = isFluentChain(node),
): Document {
  const links: Document[] = [];
  let inner = node;
  for (let next: SyntaxNode | null = node; next !== null;) {
    inner = next;
    if (inner.type === 'attribute') {
      const object = inner.childForFieldName('object');
      const name = `.${inner.childForFieldName('attribute')?.text ?? ''}`;
      links.push(isFluent && isCall(object) ? [softLine, name] : name);
      next = object;
    } else if (inner.type === 'call') {
      const list = inner.childForFieldName('arguments');
      links.push(list === null ? '' : expressionDocument(list, style));
      next = inner.childForFieldName('function');
    } else {
      links.push(expressionDocument(inner, style));
      next = null;
    }
  }
  const parts = links.reverse();
  return isFluent ? group(parts) : parts;
}

function isCall(node: SyntaxNode | null): boolean {
  return node?.type === 'call' || node?.type === 'subscript' || node?.type === 'parenthesized_expression';
}

/** Whether formatters break a chain before its dots: two of them follow calls. */
export function isFluentChain(node: SyntaxNode): boolean {
  let count = 0;
  for (let next: SyntaxNode | null = node; next !== null;) {
    if (next.type === 'attribute') {
      const object = next.childForFieldName('object');
      if (isCall(object)) count += 1;
      next = object;
    } else if (next.type === 'call') next = next.childForFieldName('function');
    else next = next.type === 'subscript' ? next.childForFieldName('value') : null;
  }
  return count > 1;
}

/** Operands of one precedence, each with the operator before it. */
export function operandsOf(
  node: SyntaxNode,
): readonly { readonly operator: string; readonly node: SyntaxNode }[] {
  const operators = precedenceOf(node);
  if (node.type === 'comparison_operator') {
    let operator = '';
    return node.children.flatMap((child) => {
      if (!child.isNamed) {
        operator = operator === '' ? child.text : `${operator} ${child.text}`;
        return [];
      }
      const operand = { operator, node: child };
      operator = '';
      return [operand];
    });
  }
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  const operator = node.childForFieldName('operator')?.text ?? '';
  if (left === null || right === null) return [];
  const first = precedenceOf(left) === operators ? operandsOf(left) : [{ operator: '', node: left }];
  // `a or b and c`: formatters break before both.
  const isAlike = operators !== null && precedenceOf(right) === operators;
  const [next, ...others] = isAlike ? operandsOf(right) : [];
  return next === undefined
    ? [...first, { operator, node: right }]
    : [...first, { operator, node: next.node }, ...others];
}

/** Operators that bind alike; null for what is no operation. */
function precedenceOf(node: SyntaxNode): string | null {
  if (node.type !== 'binary_operator' && node.type !== 'boolean_operator') return null;
  const operator = node.childForFieldName('operator')?.text ?? '';
  return (
    ['and or', '+ -', '* / // % @', '<< >>'].find((alike) => alike.split(' ').includes(operator)) ?? operator
  );
}

function operationDocument(node: SyntaxNode, style: FormatterStyle): Document {
  const operands = operandsOf(node);
  const isTight = operands.every(
    ({ operator, node: operand }) =>
      (operator === '**' || operator === '') && /^-?[\w.]+$/.test(operand.text),
  );
  return operands.map(({ operator, node: operand }) => {
    const code = expressionDocument(operand, style);
    if (operator === '') return code;
    return isTight ? [operator, code] : [spaceLine, operator, ' ', code];
  });
}
