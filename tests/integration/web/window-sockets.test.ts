import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createWindowSockets, type WindowSockets } from '../../../main/web/window-sockets.ts';
import { createSmallServices, type SmallServices } from '../../support/small-studio/small-services.ts';

// Long enough for a busy machine to carry a ping and its answer.
const HEARTBEAT = 400;

let server: WebSocketServer;
let sockets: WindowSockets;
let services: SmallServices;

beforeEach(async () => {
  services = createSmallServices();
  sockets = createWindowSockets(services, (error) => expect.fail(String(error)), HEARTBEAT);
  server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => sockets.accept(socket));
  await once(server, 'listening');
});
afterEach(async () => {
  await sockets.close();
  server.close();
});

async function connect(autoPong: boolean): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`, { autoPong });
  await once(socket, 'open');
  return socket;
}

test('a window that is no longer there is let go, one that answers stays', async () => {
  const awake = await connect(true);
  const asleep = await connect(false);
  let pings = 0;
  awake.on('ping', () => (pings += 1));
  await once(asleep, 'close');
  await expect.poll(() => pings, { timeout: 10_000 }).toBeGreaterThan(2);
  expect(awake.readyState).toBe(awake.OPEN);
});

test('every window hears an event, and all hear the end', async () => {
  const windows = [await connect(true), await connect(true)];
  const heard = Promise.all(
    windows.map(async (socket) => String(((await once(socket, 'message')) as [Buffer])[0])),
  );
  services.tell({ event: 'command.run', payload: { command: 'view.palette' } });
  expect(await heard).toEqual(Array(2).fill('{"event":"command.run","payload":{"command":"view.palette"}}'));
  const ends = Promise.all(windows.map(async (socket) => ((await once(socket, 'close')) as [number])[0]));
  await sockets.close();
  expect(await ends).toEqual([4001, 4001]);
});
