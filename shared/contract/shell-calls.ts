import { z } from 'zod';
import { call } from './call.ts';
import type { FailureValue } from './failure.ts';

/** How the Django shell is. */
export interface ShellStatus {
  readonly phase: 'closed' | 'starting' | 'ready' | 'busy';
  /** "3.12.1"; null until it has started first. */
  readonly python: string | null;
  /** What is imported by itself. */
  readonly names: readonly string[];
  /** The code of the project is another one by now. */
  readonly stale: boolean;
  /** Why it did not start, or ended. */
  readonly failure: FailureValue | null;
}

/** A shell that does not run. */
export const closedShell: ShellStatus = {
  phase: 'closed',
  python: null,
  names: [],
  stale: false,
  failure: null,
};

/** A piece of what stands in the shell. */
export interface ShellEntry {
  readonly id: number;
  readonly kind: 'input' | 'stdout' | 'stderr' | 'note';
  readonly text: string;
}

/** What could come next. */
export interface ShellOption {
  readonly text: string;
  readonly kind: 'name' | 'function' | 'field' | 'lookup';
}

const text = z.string().max(100_000);

export const shellCalls = {
  'shell.read': call<{
    readonly status: ShellStatus;
    readonly entries: readonly ShellEntry[];
    /** What was typed, oldest first; of all shells of this project. */
    readonly history: readonly string[];
  }>()('none', z.strictObject({})),
  /** Starts it where none runs; answers when it can be typed in. */
  'shell.open': call<ShellStatus>()('project', z.strictObject({})),
  /** Ends it and starts another one, with the code as it is now. */
  'shell.restart': call<ShellStatus>()('project', z.strictObject({})),
  'shell.close': call<null>()('none', z.strictObject({})),
  /** False when more has to follow; `whole` runs it as it stands. */
  'shell.run': call<{ readonly ran: boolean }>()('project', z.strictObject({ text, whole: z.boolean() })),
  /** `text` is what stands before the cursor; `start` is where the completed word begins in it. */
  'shell.complete': call<{ readonly start: number; readonly options: readonly ShellOption[] }>()(
    'project',
    z.strictObject({ text }),
  ),
  /** As Ctrl+C in a terminal. */
  'shell.interrupt': call<null>()('none', z.strictObject({})),
  'shell.clear': call<null>()('none', z.strictObject({})),
} as const;

/** What is told of the shell unasked. */
export interface ShellEvents {
  readonly 'shell.changed': ShellStatus;
  readonly 'shell.wrote': { readonly entries: readonly ShellEntry[] };
}
