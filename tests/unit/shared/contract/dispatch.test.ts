import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { call, type CallSpec } from '../../../../shared/contract/call.ts';
import { calls as contract } from '../../../../shared/contract/contract.ts';
import { createDispatch } from '../../../../shared/contract/dispatch.ts';
import { Failure } from '../../../../shared/contract/failure.ts';

const calls = {
  'echo.say': call<string>()(
    'none',
    z.strictObject({ text: z.string().max(5), times: z.number().default(1) }),
  ),
  'echo.run': call<string>()('project', z.strictObject({})),
  'echo.refuse': call<null>()('none', z.strictObject({})),
  'echo.break': call<null>()('none', z.strictObject({})),
  'echo.deep': call<null>()('none', z.strictObject({ value: z.json() })),
} as const;

function set(trusted: boolean | Promise<boolean> = true) {
  const reported: unknown[] = [];
  const ran: unknown[] = [];
  const dispatch = createDispatch({
    calls,
    handlers: {
      'echo.say': (input) => {
        ran.push(input);
        return input.text.repeat(input.times);
      },
      'echo.run': () => {
        ran.push('run');
        return Promise.resolve('ran');
      },
      'echo.refuse': () => {
        throw new Failure('refused', 'No.', { why: 'because' });
      },
      'echo.break': () => {
        throw new Error('secret of /home/somebody');
      },
      'echo.deep': () => null,
    },
    isTrusted: () => trusted,
    report: (error) => reported.push(error),
  });
  return { dispatch, reported, ran };
}

describe('dispatch', () => {
  test('answers with the value of the handler, which gets the parsed input', async () => {
    const { dispatch, ran } = set();
    expect(await dispatch('echo.say', { text: 'hey' })).toEqual({ ok: true, value: 'hey' });
    expect(ran).toEqual([{ text: 'hey', times: 1 }]);
  });

  test.each([
    'constructor',
    '__proto__',
    'toString',
    'hasOwnProperty',
    '',
    'echo.Say',
    'echo.say ',
    'x'.repeat(5000),
  ])('knows no call named %j', async (name) => {
    const reply = await set().dispatch(name, {});
    expect(reply).toMatchObject({ ok: false, failure: { code: 'not-found' } });
    expect(JSON.stringify(reply).length).toBeLessThan(300);
  });

  test.each([
    [undefined],
    [null],
    [7],
    [['echo.say']],
    [{ toString: () => 'echo.say' }],
    [Symbol('echo.say')],
  ])('takes only text as a name: %s', async (name) => {
    expect(await set().dispatch(name, { text: 'hey' })).toMatchObject({
      ok: false,
      failure: { code: 'not-found' },
    });
  });

  test.each([
    [undefined],
    [null],
    [[]],
    ['text'],
    [{ text: 1 }],
    [{ text: 'longer than five' }],
    [{ text: 'a', more: 1 }],
  ])('refuses the input %j before any handler runs', async (input) => {
    const { dispatch, ran, reported } = set();
    const reply = await dispatch('echo.say', input);
    expect(reply).toMatchObject({ ok: false, failure: { code: 'invalid-input' } });
    expect(ran).toEqual([]);
    expect(reported).toEqual([]);
  });

  test('names the field that is wrong', async () => {
    const reply = await set().dispatch('echo.say', { text: 4 });
    if (reply.ok) throw new Error('was admitted');
    expect(reply.failure.message).toBe(
      '“echo.say” can’t use what it was given. text: Invalid input: expected string, received number.',
    );
  });

  test('refuses a call that needs trust, here and not in the window', async () => {
    const { dispatch, ran } = set(Promise.resolve(false));
    expect(await dispatch('echo.run', {})).toMatchObject({ ok: false, failure: { code: 'not-trusted' } });
    expect(ran).toEqual([]);
    expect(await dispatch('echo.say', { text: 'hey' })).toMatchObject({ ok: true });
    expect(await set(true).dispatch('echo.run', {})).toEqual({ ok: true, value: 'ran' });
  });

  test('passes an expected failure on as it is', async () => {
    const { dispatch, reported } = set();
    const failure = { code: 'refused', message: 'No.', detail: { why: 'because' } };
    expect(await dispatch('echo.refuse', {})).toEqual({ ok: false, failure });
    expect(reported).toEqual([]);
  });

  test('reports a bug with its stack and tells the window nothing of it', async () => {
    const { dispatch, reported } = set();
    const reply = await dispatch('echo.break', {});
    expect(reply).toMatchObject({ ok: false, failure: { code: 'internal' } });
    expect(JSON.stringify(reply)).not.toContain('secret');
    expect(reported[0]).toMatchObject({
      message: 'secret of /home/somebody',
      stack: expect.any(String) as string,
    });
  });

  test('never rejects, whatever an input does when it is read', async () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level += 1) deep = [deep];
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new Error('trap');
        },
        ownKeys: () => {
          throw new Error('trap');
        },
      },
    );
    for (const input of [
      deep,
      trap,
      { value: deep },
      {
        get value() {
          throw new Error('trap');
        },
      },
    ]) {
      expect(await set().dispatch('echo.deep', input)).toMatchObject({ ok: false });
    }
  });
});

describe('the contract', () => {
  const specs: Readonly<Record<string, CallSpec>> = contract;
  const names = Object.keys(specs);

  test('names every call <service>.<verb>', () => {
    for (const name of names) expect(name).toMatch(/^[a-z]+\.[a-z][A-Za-z]*$/);
  });

  test.each(names)('%s refuses malformed inputs without running', async (name) => {
    let ran = 0;
    const handlers = Object.fromEntries(names.map((other) => [other, () => (ran += 1)]));
    const dispatch = createDispatch({
      calls: specs,
      handlers,
      isTrusted: () => true,
      report: (error) => {
        throw error instanceof Error ? error : new Error(String(error));
      },
    });
    const wrong = [undefined, null, true, 0, -1, NaN, '', 'text', [], [[]], Symbol('s'), 1n, () => 1];
    const extras = wrong.map((value) => ({ __extra__: value }));
    for (const input of [...wrong, ...extras]) {
      const reply = await dispatch(name, input);
      expect(reply).toMatchObject({ ok: false, failure: { code: 'invalid-input' } });
    }
    expect(ran).toBe(0);
  });
});
