import { expect, test } from 'vitest';
import { createDerivations, isSame, type Input } from '../../../../shared/django/derivations.ts';

/** A number from outside that says when it is read and changed. */
function number(input: Input, value: number): { get: () => number; set: (next: number) => void } {
  let current = value;
  return {
    get: () => {
      input.read();
      return current;
    },
    set: (next) => {
      current = next;
      input.change();
    },
  };
}

test('a value is made when it is asked for, and again when what it was made from changes', () => {
  const { input, derive } = createDerivations();
  const [one, other] = [number(input(), 1), number(input(), 10)];
  let made = 0;
  const sum = derive((factor: number) => {
    made += 1;
    return factor * one.get();
  });
  expect([sum(2), sum(2), sum(3), made]).toEqual([2, 2, 3, 2]);
  other.set(11);
  expect([sum(2), made]).toEqual([2, 2]);
  one.set(5);
  expect([sum(2), sum(3), made]).toEqual([10, 15, 4]);
});

test('a value that comes out the same leaves what was made from it alone', () => {
  const { input, derive } = createDerivations();
  const length = number(input(), 12);
  let made = 0;
  const isLong = derive(() => ({ long: length.get() > 10 }));
  const answer = derive(() => {
    made += 1;
    return isLong().long ? 'long' : 'short';
  });
  const first = isLong();
  expect(answer()).toBe('long');
  length.set(13);
  expect([answer(), made]).toEqual(['long', 1]);
  expect(isLong()).toBe(first);
  length.set(3);
  expect([answer(), made]).toEqual(['short', 2]);
});

test('it follows the sources that were read last', () => {
  const { input, derive } = createDerivations();
  const [chosen, one, other] = [number(input(), 1), number(input(), 10), number(input(), 20)];
  const value = derive(() => (chosen.get() === 1 ? one.get() : other.get()));
  expect(value()).toBe(10);
  chosen.set(2);
  expect(value()).toBe(20);
  other.set(21);
  expect(value()).toBe(21);
});

test('a value that could not be made is tried again', () => {
  const { input, derive } = createDerivations();
  const divisor = number(input(), 0);
  const value = derive(() => {
    if (divisor.get() === 0) throw new Error('nothing to divide by');
    return 10 / divisor.get();
  });
  expect(value).toThrow('nothing to divide by');
  expect(value).toThrow('nothing to divide by');
  divisor.set(5);
  expect(value()).toBe(2);
});

test('an input is in use while a value that is right was made from it', () => {
  const derivations = createDerivations();
  const inputs = [derivations.input(), derivations.input()] as const;
  const [chosen, other] = [number(inputs[0], 1), number(inputs[1], 10)];
  const value = derivations.derive(() => (chosen.get() === 1 ? other.get() : 0));
  value();
  expect(inputs.map(derivations.isInUse)).toEqual([true, true]);
  other.set(11);
  expect(inputs.map(derivations.isInUse)).toEqual([false, false]);
  chosen.set(2);
  value();
  expect(inputs.map(derivations.isInUse)).toEqual([true, false]);
});

test('what nobody asks for is forgotten, what is in use is not', () => {
  const { input, derive, forgetUnused } = createDerivations();
  const [changing, stable] = [number(input(), 0), number(input(), 1)];
  let made = 0;
  const value = derive((name: string) => {
    made += 1;
    return `${name} ${String(stable.get())}`;
  });
  value('old');
  for (let round = 1; round <= 300; round += 1) {
    changing.set(round);
    value('used');
    forgetUnused();
  }
  expect(made).toBe(2);
  value('used');
  expect(made).toBe(2);
  value('old');
  expect(made).toBe(3);
});

test('plain data is compared by what it says, everything else by identity', () => {
  expect(isSame({ a: [1, { b: null }] }, { a: [1, { b: null }] })).toBe(true);
  expect(isSame({ a: undefined }, { b: undefined })).toBe(false);
  expect(isSame([1, 2], [1])).toBe(false);
  expect(isSame({ a: 1 }, [1])).toBe(false);
  expect(isSame(new Map(), new Map())).toBe(false);
  expect(isSame(NaN, NaN)).toBe(true);
});
