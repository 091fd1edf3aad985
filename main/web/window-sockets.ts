import { once } from 'node:events';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { EventMessage } from '../../shared/contract/contract.ts';
import { ENDED_CODE, type WebMessage } from '../../shared/contract/web-messages.ts';
import type { Services } from '../services/services.ts';

/** The open windows of browser mode. */
export interface WindowSockets {
  readonly accept: (socket: WebSocket) => void;
  /** Tells every window that the studio has ended, and waits a moment for them to hear it. */
  readonly close: () => Promise<void>;
}

const HEARTBEAT = 20_000;
/** A window that reads so slowly is cut off; it comes back and reads its state anew. */
const MOST_BUFFERED = 64 * 1024 * 1024;

/** How long a window may take to say goodbye. */
const GRACE = 500;

const POLICY_VIOLATION = 1008;

const requestSchema = z.strictObject({
  id: z.number().int().nonnegative(),
  name: z.unknown(),
  input: z.unknown(),
});

/** Carries calls and events between the services and every window that was admitted. */
export function createWindowSockets(
  services: Pick<Services, 'dispatch' | 'subscribe'>,
  report: (error: unknown) => void,
  heartbeat = HEARTBEAT,
): WindowSockets {
  /** The value says whether the window was heard of since the last heartbeat. */
  const sockets = new Map<WebSocket, boolean>();

  const sendText = (socket: WebSocket, text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > MOST_BUFFERED) socket.terminate();
    else socket.send(text);
  };

  const answer = async (socket: WebSocket, text: string): Promise<void> => {
    const request = requestSchema.safeParse(parseJson(text));
    if (!request.success) {
      socket.close(POLICY_VIOLATION, 'not a request');
      return;
    }
    const { id, name, input } = request.data;
    const reply = await services.dispatch(name, input);
    sendText(socket, JSON.stringify({ id, reply } satisfies WebMessage));
  };

  const unsubscribe = services.subscribe((message: EventMessage) => {
    const text = JSON.stringify(message satisfies WebMessage);
    for (const socket of sockets.keys()) sendText(socket, text);
  });

  // A machine that slept leaves sockets that nobody closes.
  const beat = setInterval(() => {
    for (const [socket, heard] of sockets) {
      if (!heard) socket.terminate();
      else {
        sockets.set(socket, false);
        socket.ping();
      }
    }
  }, heartbeat);

  return {
    accept: (socket) => {
      sockets.set(socket, true);
      socket.on('pong', () => sockets.set(socket, true));
      socket.on('error', () => socket.terminate()); // too large, not UTF-8, torn: the window connects again
      socket.on('close', () => sockets.delete(socket));
      socket.on('message', (data: Buffer, isBinary: boolean) => {
        if (isBinary) socket.close(POLICY_VIOLATION, 'not a request');
        else
          answer(socket, data.toString('utf8')).catch((error: unknown) => {
            report(error); // an answer that JSON can't carry; the window must not wait for it
            socket.terminate();
          });
      });
    },
    close: async () => {
      clearInterval(beat);
      unsubscribe();
      const open = [...sockets.keys()];
      for (const socket of open) socket.close(ENDED_CODE, 'the studio has ended');
      const grace = AbortSignal.timeout(GRACE);
      await Promise.allSettled(open.map((socket) => once(socket, 'close', { signal: grace })));
      for (const socket of open) socket.terminate(); // a window that sleeps must not hold the studio
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it
  }
}
