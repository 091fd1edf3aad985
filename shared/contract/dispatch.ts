import type { z } from 'zod';
import type { CallSpec } from './call.ts';
import { Failure, type FailureValue, type Reply } from './failure.ts';

type Specs = Readonly<Record<string, CallSpec>>;

/** What a dispatcher is made of. */
export interface DispatchParts<S extends Specs> {
  readonly calls: S;
  readonly handlers: { readonly [N in keyof S]: (input: z.output<S[N]['input']>) => unknown };
  /** Whether the user has trusted the open project; asked at every call that needs it. */
  readonly isTrusted: () => boolean | Promise<boolean>;
  /** Hears of every error that is a bug and not an expected failure. */
  readonly report: (error: unknown, name: string) => void;
}

/** Answers a call from a window; never rejects. */
export type Dispatch = (name: unknown, input: unknown) => Promise<Reply<unknown>>;

/** The one door to the services: own names only, every input parsed, trust checked here and not in the window. */
export function createDispatch<S extends Specs>(parts: DispatchParts<S>): Dispatch {
  const run = async (name: string, input: unknown): Promise<unknown> => {
    const spec = ownValue(parts.calls, name);
    const handler = ownValue(parts.handlers as Readonly<Record<string, (input: unknown) => unknown>>, name);
    if (spec === undefined || handler === undefined) throw unknownCall(name);
    const parsed = await spec.input.safeParseAsync(input);
    if (!parsed.success) throw invalidInput(name, parsed.error.issues);
    if (spec.trust === 'project' && !(await parts.isTrusted())) throw notTrusted();
    return await handler(parsed.data);
  };

  return async (name, input) => {
    try {
      if (typeof name !== 'string') throw unknownCall(typeof name);
      return { ok: true, value: await run(name, input) };
    } catch (error) {
      if (error instanceof Failure) return { ok: false, failure: error.toValue() };
      parts.report(error, typeof name === 'string' ? name : typeof name);
      return { ok: false, failure: internal };
    }
  };
}

/** Names such as `constructor` are no calls, though every object has them. */
function ownValue<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

const LONGEST_NAME = 100;
const MOST_ISSUES = 5;

function unknownCall(name: string): Failure {
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return new Failure('not-found', `The studio has no call named “${shown}”.`);
}

function notTrusted(): Failure {
  return new Failure(
    'not-trusted',
    'This would run code of the project, and you have not trusted it. Trust the project first, if you know where it comes from.',
  );
}

function invalidInput(name: string, issues: readonly z.core.$ZodIssue[]): Failure {
  const told = issues.slice(0, MOST_ISSUES).map((issue) => {
    const place = issue.path.map(String).join('.');
    return place === '' ? issue.message : `${place}: ${issue.message}`;
  });
  const more = issues.length > MOST_ISSUES ? `; and ${String(issues.length - MOST_ISSUES)} more` : '';
  return new Failure('invalid-input', `“${name}” can’t use what it was given. ${told.join('; ')}${more}.`);
}

// The window learns that there was a bug, never its message or stack: those may quote the project.
const internal: FailureValue = {
  code: 'internal',
  message: 'Something went wrong inside the studio. Its log says more.',
};
