import type { CallInput, CallName, CallOutput, EventMessage, EventName, Events } from './contract.ts';
import { Failure, type Reply } from './failure.ts';

/** The way from a window to the main process, whatever it is made of. */
export interface Transport {
  /** Never rejects: a way that is broken answers with a failure too. */
  readonly request: (name: string, input: unknown) => Promise<Reply<unknown>>;
  readonly subscribe: (listener: (message: EventMessage) => void) => () => void;
  /** Tells that the way is there again after a loss: events were missed, so state is to be read anew. */
  readonly onReconnect: (listener: () => void) => () => void;
}

/** What the window speaks to: the contract, typed. */
export interface Client {
  /** Answers with the call's value, or throws its `Failure`. */
  readonly call: <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>;
  /** Hears one kind of event; the function that comes back ends it. */
  readonly subscribe: <N extends EventName>(event: N, listener: (payload: Events[N]) => void) => () => void;
  /** Tells when events were missed and state is to be read anew. */
  readonly onReconnect: (listener: () => void) => () => void;
}

/** Puts the types of the contract on a transport. */
export function createClient(transport: Transport): Client {
  return {
    call: async <N extends CallName>(name: N, input: CallInput<N>) => {
      const reply = await transport.request(name, input);
      if (!reply.ok) throw Failure.fromValue(reply.failure);
      return reply.value as CallOutput<N>;
    },
    subscribe: <N extends EventName>(event: N, listener: (payload: Events[N]) => void) =>
      transport.subscribe((message) => {
        if (message.event === event) listener(message.payload as Events[N]);
      }),
    onReconnect: transport.onReconnect,
  };
}
