import type { z } from 'zod';
import { appCalls, type AppEvents } from './app-calls.ts';
import type { CallSpec } from './call.ts';
import { commandCalls } from './command-calls.ts';
import { changeCalls } from './database-changes.ts';
import { modelCalls } from './database-model-calls.ts';
import { transferCalls } from './database-transfer-calls.ts';
import { dataCalls, type DataEvents } from './data-calls.ts';
import { hostCalls, type HostEvents } from './host-calls.ts';
import { migrationCalls } from './migration-calls.ts';
import { queryCalls } from './query-calls.ts';
import { sourceCalls, type SourceEvents } from './source-calls.ts';
import { shellCalls, type ShellEvents } from './shell-calls.ts';
import { testCalls, type TestEvents } from './test-calls.ts';
import { traceCalls, type TraceEvents } from './trace-calls.ts';
import { workspaceCalls, type WorkspaceEvents } from './workspace-calls.ts';

/** THE list of everything the window may ask of the main process. */
export const calls = {
  ...appCalls,
  ...workspaceCalls,
  ...sourceCalls,
  ...hostCalls,
  ...migrationCalls,
  ...traceCalls,
  ...commandCalls,
  ...testCalls,
  ...shellCalls,
  ...dataCalls,
  ...changeCalls,
  ...modelCalls,
  ...transferCalls,
  ...queryCalls,
} as const satisfies Record<string, CallSpec>;

export type Calls = typeof calls;
export type CallName = keyof Calls;
/** What a caller gives. */
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
/** What a handler gets: parsed, with defaults filled in. */
export type CallParsed<N extends CallName> = z.output<Calls[N]['input']>;
/** What the answer holds. */
export type CallOutput<N extends CallName> = NonNullable<Calls[N]['output']> | NullOf<Calls[N]['output']>;
type NullOf<T> = null extends T ? null : never;

/** THE list of everything the main process tells the window unasked. */
export type Events = AppEvents &
  WorkspaceEvents &
  SourceEvents &
  HostEvents &
  TraceEvents &
  DataEvents &
  TestEvents &
  ShellEvents;
export type EventName = keyof Events;

/** One handler a call: a missing or wrong one fails the type-check. */
export type Handlers = {
  readonly [N in CallName]: (input: CallParsed<N>) => Promise<CallOutput<N>> | CallOutput<N>;
};

/** How services tell the window something. */
export type Emit = <N extends EventName>(name: N, payload: Events[N]) => void;

/** What an event looks like on the wire. */
export interface EventMessage<N extends EventName = EventName> {
  readonly event: N;
  readonly payload: Events[N];
}
