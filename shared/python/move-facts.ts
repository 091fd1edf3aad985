import type { ExpressionFacts, NamedExpression, PythonClass, PythonFunction, Span } from './python-module.ts';

/** Says where a range stands after an edit of its text. */
export type Move = (span: Span) => Span;

/** A class with its places where they are now. */
export function moveClass(facts: PythonClass, move: Move): PythonClass {
  return {
    ...facts,
    span: move(facts.span),
    bases: facts.bases.map((base) => moveExpression(base, move)),
    attributes: facts.attributes.map((attribute) => moveNamed(attribute, move)),
    classes: facts.classes.map((inner) => moveClass(inner, move)),
    methods: facts.methods.map((method) => moveFunction(method, move)),
    decorators: facts.decorators.map((decorator) => moveExpression(decorator, move)),
  };
}

/** A function with its places where they are now. */
export function moveFunction(facts: PythonFunction, move: Move): PythonFunction {
  return {
    ...facts,
    span: move(facts.span),
    decorators: facts.decorators.map((d) => moveExpression(d, move)),
  };
}

function moveNamed(facts: NamedExpression, move: Move): NamedExpression {
  return { ...facts, span: move(facts.span), value: moveExpression(facts.value, move) };
}

/** An expression with its places where they are now. */
export function moveExpression(facts: ExpressionFacts, move: Move): ExpressionFacts {
  const { call } = facts;
  if (call === null) return facts;
  return {
    ...facts,
    call: {
      ...call,
      positional: call.positional.map((argument) => moveExpression(argument, move)),
      keywords: call.keywords.map((keyword) => moveNamed(keyword, move)),
    },
  };
}
