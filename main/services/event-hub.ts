import type { Emit, EventMessage, EventName, Events } from '../../shared/contract/contract.ts';

/** Carries events from the services to every window. */
export interface EventHub {
  readonly emit: Emit;
  /** Hears every event; the function that comes back ends it. */
  readonly subscribe: (listener: (message: EventMessage) => void) => () => void;
}

/** Makes the hub; a listener that throws is reported and does not keep the others from hearing. */
export function createEventHub(report: (error: unknown) => void): EventHub {
  const listeners = new Set<(message: EventMessage) => void>();
  return {
    emit: <N extends EventName>(event: N, payload: Events[N]) => {
      for (const listener of listeners) {
        try {
          listener({ event, payload });
        } catch (error) {
          report(error);
        }
      }
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
