import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { WebSocket } from 'ws';
import { createClient, type Client } from '../../shared/contract/client.ts';
import type { EventMessage } from '../../shared/contract/contract.ts';
import type { Reply } from '../../shared/contract/failure.ts';
import {
  KEY_PROTOCOL_PREFIX,
  SESSION_PATH,
  SOCKET_PATH,
  SOCKET_PROTOCOL,
  type WebMessage,
} from '../../shared/contract/web-messages.ts';

/** A window of browser mode without a page: the same door, the same socket. */
export interface StudioClient extends Client {
  /** A call as it is, answered as it is. */
  readonly request: (name: string, input: unknown) => Promise<Reply<unknown>>;
  readonly close: () => void;
}

const gone: Reply<unknown> = {
  ok: false,
  failure: { code: 'not-available', message: 'The studio has gone.' },
};

/** Enters a running studio by its link. */
export async function enterStudio(link: string): Promise<StudioClient> {
  const { origin, host, hash } = new URL(link);
  const { cookie, windowKey } = await openSession(origin, hash.slice(1));
  const socket = new WebSocket(
    `ws://${host}${SOCKET_PATH}`,
    [SOCKET_PROTOCOL, KEY_PROTOCOL_PREFIX + windowKey],
    {
      headers: { Origin: origin, Cookie: cookie },
    },
  );
  const waiting = new Map<number, (reply: Reply<unknown>) => void>();
  const listeners = new Set<(message: EventMessage) => void>();
  let lastId = 0;
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString('utf8')) as WebMessage;
    if ('event' in message) {
      for (const listener of listeners) listener(message);
      return;
    }
    waiting.get(message.id)?.(message.reply);
    waiting.delete(message.id);
  });
  socket.on('error', () => undefined); // its close tells everybody who waits
  socket.on('close', () => {
    for (const answer of waiting.values()) answer(gone);
    waiting.clear();
  });
  await once(socket, 'open');
  const ask = (name: string, input: unknown): Promise<Reply<unknown>> => {
    if (socket.readyState !== socket.OPEN) return Promise.resolve(gone);
    return new Promise((resolve) => {
      lastId += 1;
      waiting.set(lastId, resolve);
      socket.send(JSON.stringify({ id: lastId, name, input }));
    });
  };
  const client = createClient({
    request: ask,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onReconnect: () => () => undefined,
  });
  return {
    ...client,
    request: ask,
    close: () => {
      socket.terminate();
    },
  };
}

async function openSession(origin: string, key: string): Promise<{ cookie: string; windowKey: string }> {
  const body = JSON.stringify({ key });
  const asking = request(`${origin}${SESSION_PATH}`, {
    method: 'POST',
    agent: false,
    headers: { Origin: origin, 'Content-Type': 'application/json', 'Content-Length': body.length },
  });
  asking.end(body);
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  const { windowKey } = (await json(response)) as { windowKey: string };
  const [cookie = ''] = response.headers['set-cookie']?.[0]?.split(';') ?? [];
  return { cookie, windowKey };
}
