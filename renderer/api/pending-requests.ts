import { Failure, type Reply } from '../../shared/contract/failure.ts';
import { MAX_MESSAGE_BYTES, type WebReply, type WebRequest } from '../../shared/contract/web-messages.ts';

interface Pending {
  readonly text: string;
  readonly answer: (reply: Reply<unknown>) => void;
  sent: boolean;
}

/** Requests of a window that are on their way: waiting for a socket, or sent and not answered. */
export interface PendingRequests {
  readonly add: (name: string, input: unknown) => Promise<Reply<unknown>>;
  readonly settle: (message: WebReply) => void;
  /** Sends what waits. */
  readonly flush: (send: (text: string) => void) => void;
  /** Fails what was sent over a socket that is gone: whether it was done can't be known. */
  readonly failSent: () => void;
  readonly failAll: (message: string) => void;
}

/** Keeps the requests of one window; one that finds no socket for `patience` milliseconds fails. */
export function createPendingRequests(patience: number): PendingRequests {
  const pending = new Map<number, Pending>();
  let lastId = 0;

  const fail = (id: number, message: string): void => {
    pending.get(id)?.answer({ ok: false, failure: new Failure('not-available', message).toValue() });
    pending.delete(id);
  };

  const add: PendingRequests['add'] = (name, input) => {
    const id = (lastId += 1);
    const text = JSON.stringify({ id, name, input } satisfies WebRequest);
    if (isTooLarge(text)) return Promise.resolve({ ok: false, failure: tooLarge.toValue() });
    return new Promise((answer) => {
      pending.set(id, { text, answer, sent: false });
      setTimeout(() => {
        if (pending.get(id)?.sent === false) fail(id, 'The studio can’t be reached. Is it still running?');
      }, patience);
    });
  };

  return {
    add,
    settle: ({ id, reply }) => {
      pending.get(id)?.answer(reply);
      pending.delete(id);
    },
    flush: (send) => {
      for (const request of pending.values()) {
        if (request.sent) continue;
        request.sent = true;
        send(request.text);
      }
    },
    failSent: () => {
      for (const [id, request] of pending) {
        if (request.sent)
          fail(id, 'The connection to the studio was lost before it answered. Look before you repeat this.');
      }
    },
    failAll: (message) => {
      for (const id of pending.keys()) fail(id, message);
    },
  };
}

const tooLarge = new Failure(
  'invalid-input',
  `This is too large to send: the studio takes up to ${String(MAX_MESSAGE_BYTES / 1024 / 1024)} MB at once.`,
);

function isTooLarge(text: string): boolean {
  if (text.length * 3 <= MAX_MESSAGE_BYTES) return false; // a UTF-16 unit takes three bytes at most
  return new TextEncoder().encode(text).length > MAX_MESSAGE_BYTES;
}
