import { expect, it } from 'vitest';
import {
  commandLine,
  commandProblems,
  commandWords,
  inFormOrder,
} from '../../../../../renderer/features/server/command-words.ts';
import type { CommandArgument } from '../../../../../shared/contract/command-calls.ts';

function argument(name: string, more: Partial<CommandArgument> = {}): CommandArgument {
  return {
    ...{ name, flag: `--${name}`, kind: 'text', many: false, repeatsFlag: false },
    ...{ required: false, choices: [], default: null, help: '' },
    ...more,
  };
}

const form = [
  argument('shops', { flag: null, many: true, required: true }),
  argument('limit', { kind: 'number' }),
  argument('tag', { many: true, repeatsFlag: true }),
  argument('fields', { many: true }),
  argument('dry-run', { kind: 'switch' }),
];

it('asks first for what the command is about, and last for what every command takes', () => {
  const names = inFormOrder([argument('verbosity'), argument('limit'), argument('shops', { flag: null })]);
  expect(names.map(({ name }) => name)).toEqual(['shops', 'limit', 'verbosity']);
});

it('gives nothing for what was left out', () => {
  expect(commandWords(form, { limit: '', tag: '\n', 'dry-run': '' })).toEqual([]);
});

it('puts flags first and keeps values that begin with a dash from being flags', () => {
  const values = { shops: ' -one \ntwo words\n', limit: '-3', tag: 'a\nb', fields: 'x\ny', 'dry-run': 'on' };
  const flags = ['--limit=-3', '--tag=a', '--tag=b', '--fields', 'x', 'y', '--dry-run'];
  expect(commandWords(form, values)).toEqual([...flags, '--', '-one', 'two words']);
});

it('names what is missing and what is no number', () => {
  expect(Object.keys(commandProblems(form, { limit: 'many' }))).toEqual(['shops', 'limit']);
  expect(commandProblems(form, { shops: 'one', limit: '1.5' })).toEqual({});
});

it('shows the line as one would type it', () => {
  expect(commandLine('stock', ["it's", '--a=1', ''])).toBe(`manage.py stock 'it'\\''s' --a=1 ''`);
});
