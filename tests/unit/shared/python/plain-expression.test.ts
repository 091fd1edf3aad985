import { beforeAll, describe, expect, test } from 'vitest';
import type { PythonParser } from '../../../../shared/python/parser.ts';
import {
  readPlainAssignment,
  readPlainExpression,
  readPlainHeader,
  readPlainSignature,
  readPlainText,
} from '../../../../shared/python/plain-expression.ts';
import type { ExpressionFacts } from '../../../../shared/python/python-module.ts';
import { readBindings } from '../../../../shared/python/read-bindings.ts';
import { testParser } from '../source-fixture.ts';

let parser: PythonParser;
beforeAll(async () => {
  parser = await testParser();
});

/** What the tree says of the value of `x = …`. */
function readByTree(code: string): ExpressionFacts | null {
  const tree = parser.parse(code);
  const [statement] = tree.rootNode.namedChildren;
  const [binding] = statement === undefined ? [] : readBindings(statement);
  tree.delete();
  return binding?.kind === 'variable' ? binding.value : null;
}

describe('an expression that is written plainly', () => {
  test.each([
    'models.CharField()',
    'models.CharField(max_length=200, blank=True)',
    "models.ForeignKey('auth.User', models.CASCADE, related_name='+', null=None)",
    "CharField(\n    'title',\n    max_length = 20,\n    choices=[('new', _('New')), ('done', 'Done'),],\n    default=new.value,\n)",
    "f((), [], ('a',), (1, 'b', False), g(h(x=1), y))",
  ])('says the same as its tree: %s', (code) => {
    // A comment is not plain, so that of this one the tree is asked.
    const behind = `x = ${code.slice(0, -1)}\n#\n)`;
    const plain = readPlainAssignment(`x = ${code}`, { offset: 0, line: 1 });
    expect(plain?.name).toBe('x');
    expect({ ...plain?.value, code: '' }).toEqual({ ...readByTree(behind), code: '' });
    expect(plain?.value.code).toBe(code);
  });

  test('knows where its arguments stand', () => {
    const facts = readPlainExpression('f(1,\n  a=2)', { offset: 100, line: 7 });
    expect(facts?.call?.keywords[0]?.span).toEqual({ start: 107, end: 110, line: 8 });
  });
});

test.each([
  'f(*args)',
  'f(**options)',
  'f(x for x in y)',
  'f(a + b)',
  'f(a).b',
  'f(a)(b)',
  'f(lambda: 0)',
  'not(a)',
  'lambda(a)',
  "'a' 'b'",
  "f('a' 'b')",
  "'''a'''",
  "''''''",
  "r'a'",
  "f'{a}'",
  "'a\\n'",
  "'a",
  '1.5',
  '-1',
  '0x1F',
  '01',
  '1_000',
  '(a)',
  '(1)',
  '[x for x in y]',
  '{}',
  'a[0]',
  'a if b else c',
  'a  # why',
  'f(a,\n# why\n)',
  'f(,)',
  'f(a b)',
  'f(a',
  'größe',
  '',
])('the tree is asked for %s', (code) => {
  expect(readPlainExpression(code, { offset: 0, line: 1 })).toBeNull();
});

test.each(['x: int = 1', 'x = y = 1', 'x == 1', 'x.y = 1', 'x += 1', 'x'])(
  'the tree is asked for the statement %s',
  (code) => {
    expect(readPlainAssignment(code, { offset: 0, line: 1 })).toBeNull();
  },
);

describe('the head of a definition', () => {
  test('is read where it is plain', () => {
    const place = { offset: 0, line: 1 };
    const read = (code: string) => {
      const head = readPlainHeader(code, place);
      return head === null ? null : [head.name, ...head.bases.map(({ dotted }) => dotted)];
    };
    expect(read('class A:\n    x: int = 1')).toEqual(['A']);
    expect(read('class A(B, c.D, metaclass=E):\n    pass')).toEqual(['A', 'B', 'c.D']);
    expect(read('class A[T](B):\n    pass')).toBeNull();
    expect(read('class A(B[int]):\n    pass')).toBeNull();
    expect(read('class A(B) :\n    pass')).toBeNull();
  });

  test('of a function has the names of its parameters', () => {
    expect(readPlainSignature('async def f(self, *args: int, key=None, **options):\n    pass')).toEqual({
      name: 'f',
      parameters: ['self', 'args', 'key', 'options'],
    });
    expect(readPlainSignature("def f(a='b'):\n    pass")).toBeNull();
    expect(readPlainSignature('def f[T](a):\n    pass')).toBeNull();
  });
});

test('a text in three quotes is read where nothing in it is escaped', () => {
  expect(readPlainText('"""One\r\n"thing"."""')).toBe('One\n"thing".');
  expect(readPlainText("''''''")).toBe('');
  expect(readPlainText('"""a\\n"""')).toBeNull();
  expect(readPlainText('"""a""" """b"""')).toBeNull();
  expect(readPlainText('"one"')).toBeNull();
  expect(readPlainText('"""""')).toBeNull();
});
