import type { EventMessage } from '../../shared/contract/contract.ts';
import {
  ENDED_CODE,
  KEY_PROTOCOL_PREFIX,
  SOCKET_PATH,
  SOCKET_PROTOCOL,
  WINDOW_KEY_ITEM,
  type WebMessage,
} from '../../shared/contract/web-messages.ts';
import { createPendingRequests } from './pending-requests.ts';
import type { Connection, WindowTransport } from './transport.ts';

const PATIENCE = 15_000;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 4_000;
const ENDED =
  'This page belongs to a studio that has ended. Start Samois again, or open the link that its terminal printed.';

/**
 * Browser mode: calls and events over one WebSocket. It is made again after the machine slept or the
 * network changed; calls made meanwhile wait, calls that were under way fail and say so.
 */
export function createWebTransport(): WindowTransport {
  const messages = new Set<(message: EventMessage) => void>();
  const reconnects = new Set<() => void>();
  const connections = new Set<(connection: Connection) => void>();
  const requests = createPendingRequests(PATIENCE);
  let connection: Connection = { kind: 'connecting' };
  let socket: WebSocket | undefined;
  let wasConnected = false;
  let asking = false;
  let pause = FIRST_PAUSE;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const change = (next: Connection): void => {
    connection = next;
    for (const listener of connections) listener(next);
  };

  const end = (): void => {
    change({ kind: 'ended', message: ENDED });
    requests.failAll(ENDED);
  };

  const opened = (): void => {
    pause = FIRST_PAUSE;
    change({ kind: 'connected' });
    flush();
    if (wasConnected) for (const listener of reconnects) listener();
    wasConnected = true;
  };

  const heard = (event: MessageEvent<string>): void => {
    const message = JSON.parse(event.data) as WebMessage;
    if ('id' in message) requests.settle(message);
    else for (const listener of messages) listener(message);
  };

  const closed = (event: CloseEvent): void => {
    socket = undefined;
    requests.failSent();
    if (event.code === ENDED_CODE) {
      end();
      return;
    }
    if (connection.kind === 'connected') change({ kind: 'connecting' });
    retry = setTimeout(() => void connectAgain(), pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
  };

  const connect = (): void => {
    const key = localStorage.getItem(WINDOW_KEY_ITEM);
    if (key === null) {
      end();
      return;
    }
    const address = `ws://${location.host}${SOCKET_PATH}`;
    socket = new WebSocket(address, [SOCKET_PROTOCOL, `${KEY_PROTOCOL_PREFIX}${key}`]);
    socket.addEventListener('open', opened);
    socket.addEventListener('message', heard);
    socket.addEventListener('close', closed);
  };

  // A socket does not tell why it was refused; a plain request does.
  const connectAgain = async (): Promise<void> => {
    if (asking || socket !== undefined) return;
    asking = true;
    const refused = await isRefused();
    asking = false;
    if (refused) end();
    else connect();
  };

  const flush = (): void => {
    const current = socket;
    if (current?.readyState === WebSocket.OPEN)
      requests.flush((text) => {
        current.send(text);
      });
  };

  // After sleep or a network change there is no reason to wait for the rest of a pause.
  const hurry = (): void => {
    if (socket !== undefined || connection.kind !== 'connecting' || document.visibilityState === 'hidden')
      return;
    clearTimeout(retry);
    pause = FIRST_PAUSE;
    void connectAgain();
  };
  addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  connect();

  return {
    request: (name, input) => {
      if (connection.kind === 'ended') {
        return Promise.resolve({
          ok: false,
          failure: { code: 'not-available', message: connection.message },
        });
      }
      const reply = requests.add(name, input);
      flush();
      return reply;
    },
    subscribe: (listener) => listen(messages, listener),
    onReconnect: (listener) => listen(reconnects, listener),
    connection: () => connection,
    onConnection: (listener) => listen(connections, listener),
  };
}

function listen<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

async function isRefused(): Promise<boolean> {
  try {
    const response = await fetch('/', { method: 'HEAD', cache: 'no-store' });
    return response.status === 403;
  } catch {
    return false; // not reachable at all: it may come back
  }
}
