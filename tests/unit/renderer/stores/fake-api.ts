import type { Api } from '../../../../renderer/api/client.ts';
import type {
  CallInput,
  CallName,
  CallOutput,
  EventName,
  Events,
} from '../../../../shared/contract/contract.ts';
import { Failure } from '../../../../shared/contract/failure.ts';

type Answers = { [N in CallName]?: (input: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>> };

/** A main process of answers: stores are tested against it without a process. */
export interface FakeApi extends Api {
  readonly answers: Answers;
  /** Names of the calls so far. */
  readonly called: readonly CallName[];
  readonly tell: <N extends EventName>(event: N, payload: Events[N]) => void;
  readonly reconnect: () => void;
}

/** Makes an API that answers with what it is given. */
export function createFakeApi(answers: Answers): FakeApi {
  const listeners = new Set<(event: EventName, payload: unknown) => void>();
  const reconnects = new Set<() => void>();
  const called: CallName[] = [];
  return {
    answers,
    called,
    call: async <N extends CallName>(name: N, input: CallInput<N>) => {
      called.push(name);
      await Promise.resolve();
      const answer: ((given: CallInput<N>) => CallOutput<N> | Promise<CallOutput<N>>) | undefined =
        answers[name];
      if (answer === undefined) throw new Failure('not-available', `Nothing answers ${name}.`);
      return answer(input);
    },
    subscribe: (event, listener) => {
      const hear = (name: EventName, payload: unknown): void => {
        if (name === event) listener(payload as never);
      };
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    onReconnect: (listener) => {
      reconnects.add(listener);
      return () => reconnects.delete(listener);
    },
    connection: () => connected,
    onConnection: () => () => undefined,
    tell: (event, payload) => {
      for (const listener of listeners) listener(event, payload);
    },
    reconnect: () => {
      for (const listener of reconnects) listener();
    },
  };
}

const connected = { kind: 'connected' } as const;
