import { createClient, type Client } from '../../shared/contract/client.ts';
import { bridgeOf, createElectronTransport } from './electron-transport.ts';
import type { Connection, WindowTransport } from './transport.ts';
import { createWebTransport } from './web-transport.ts';

/** The typed way to the main process, and whether it stands. */
export interface Api extends Client {
  readonly connection: () => Connection;
  readonly onConnection: (listener: (connection: Connection) => void) => () => void;
}

/** Builds the API on a given transport; tests bring their own. */
export function createApi(transport: WindowTransport): Api {
  return {
    ...createClient(transport),
    connection: transport.connection,
    onConnection: transport.onConnection,
  };
}

let connected: Api | undefined;

/** Connects on first use, so that importing this file does nothing. */
function connect(): Api {
  const bridge = bridgeOf(globalThis);
  connected ??= createApi(bridge === undefined ? createWebTransport() : createElectronTransport(bridge));
  return connected;
}

/** The way to the main process of this window: Electron's where a preload script offers it, else the browser's. */
export const api: Api = {
  call: (name, input) => connect().call(name, input),
  subscribe: (event, listener) => connect().subscribe(event, listener),
  onReconnect: (listener) => connect().onReconnect(listener),
  connection: () => connect().connection(),
  onConnection: (listener) => connect().onConnection(listener),
};
