import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/contract/client.ts';
import type { FailureValue } from '../../shared/contract/failure.ts';
import type { IncomingResponse } from '../../shared/contract/host-calls.ts';
import type { RuntimeRoute } from '../../shared/django/runtime-lens.ts';
import { failureOf } from './notices.ts';
import {
  draftProblem,
  firstDraft,
  METHODS,
  toOutgoing,
  type Method,
  type RequestDraft,
} from './request-draft.ts';

/** A request that was sent, and what came back. */
export interface Exchange {
  readonly id: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly draft: RequestDraft;
  /** With its parts filled in, and its query. */
  readonly path: string;
  readonly outcome:
    | { readonly kind: 'response'; readonly response: IncomingResponse }
    | { readonly kind: 'failure'; readonly failure: FailureValue };
}

/** The request that is being written, and those of this session. */
export interface RequestsState {
  readonly draft: RequestDraft;
  readonly sending: boolean;
  /** The newest first. */
  readonly history: readonly Exchange[];
  /** The exchange whose answer is in sight. */
  readonly shown: number | null;
}

/** Writes requests and sends them to the user's server. */
export interface RequestsStore {
  readonly state: StoreApi<RequestsState>;
  readonly edit: (change: Partial<RequestDraft>) => void;
  /** Begins a request to a route; who sends it and its headers stay. */
  readonly compose: (route: Pick<RuntimeRoute, 'pattern' | 'methods'>, body: string | null) => void;
  /** Takes a former request up again, with its answer. */
  readonly recall: (id: number) => void;
  /** Does nothing while the draft has a problem or a request is on its way. */
  readonly send: () => Promise<void>;
  readonly forget: () => void;
  readonly clear: () => void;
}

const KEPT_EXCHANGES = 50;
const nothing: RequestsState = { draft: firstDraft, sending: false, history: [], shown: null };

/** Makes the store of requests. */
export function createRequestsStore(api: Client): RequestsStore {
  const state = createStore<RequestsState>(() => nothing);
  let lastId = 0;
  let epoch = 0;

  const ask = async (draft: RequestDraft): Promise<Exchange['outcome']> => {
    try {
      return { kind: 'response', response: await api.call('requests.send', toOutgoing(draft)) };
    } catch (error) {
      return { kind: 'failure', failure: failureOf(error) };
    }
  };

  return {
    state,
    edit: (change) => {
      state.setState(({ draft }) => ({ draft: { ...draft, ...change } }));
    },
    compose: ({ pattern, methods }, body) => {
      state.setState(({ draft }) => ({
        draft: {
          ...firstDraft,
          as: draft.as,
          headers: draft.headers,
          path: pattern,
          method: firstMethod(methods),
          body: body ?? '',
        },
        shown: null,
      }));
    },
    recall: (id) => {
      const exchange = state.getState().history.find((candidate) => candidate.id === id);
      if (exchange !== undefined) state.setState({ draft: exchange.draft, shown: id });
    },
    send: async () => {
      const { draft, sending } = state.getState();
      if (sending || draftProblem(draft) !== null) return;
      const mine = epoch;
      state.setState({ sending: true });
      const outcome = await ask(draft);
      // Another project was opened meanwhile.
      if (mine !== epoch) return;
      lastId += 1;
      const exchange: Exchange = { id: lastId, at: Date.now(), draft, path: toOutgoing(draft).path, outcome };
      state.setState(({ history }) => ({
        sending: false,
        history: [exchange, ...history].slice(0, KEPT_EXCHANGES),
        shown: exchange.id,
      }));
    },
    forget: () => {
      state.setState({ history: [], shown: null });
    },
    clear: () => {
      epoch += 1;
      state.setState(nothing);
    },
  };
}

/** GET where the view takes it, or whatever it takes. */
export function firstMethod(methods: readonly string[] | null): Method {
  return METHODS.find((method) => methods === null || methods.includes(method)) ?? 'GET';
}

/** The exchange that is in sight. */
export function shownExchange({ history, shown }: RequestsState): Exchange | null {
  return history.find(({ id }) => id === shown) ?? null;
}
