import { BRIDGE_NAME, type Bridge } from '../../shared/contract/bridge.ts';
import { Failure } from '../../shared/contract/failure.ts';
import type { Connection, WindowTransport } from './transport.ts';

// One object for ever: React asks again and again whether it is still the same.
const connected: Connection = { kind: 'connected' };

/** The bridge that the preload script put on the window; undefined outside Electron. */
export function bridgeOf(scope: object): Bridge | undefined {
  return (scope as { readonly [BRIDGE_NAME]?: Bridge })[BRIDGE_NAME];
}

/** Electron's own channels: they live as long as the window, so the connection never changes. */
export function createElectronTransport(bridge: Bridge): WindowTransport {
  return {
    request: async (name, input) => {
      try {
        return await bridge.request(name, input);
      } catch (error) {
        const message = `The studio could not take this request: ${error instanceof Error ? error.message : String(error)}`;
        return { ok: false, failure: new Failure('internal', message).toValue() };
      }
    },
    subscribe: bridge.subscribe,
    onReconnect: () => () => undefined,
    connection: () => connected,
    onConnection: () => () => undefined,
  };
}
