import type { EventMessage } from './contract.ts';
import type { Reply } from './failure.ts';

/** The name under which the preload script offers the bridge to the page. */
export const BRIDGE_NAME = 'samois';

/** Electron's two channels. */
export const REQUEST_CHANNEL = 'samois:request';
export const EVENT_CHANNEL = 'samois:event';

/** All that the preload script gives to the page. */
export interface Bridge {
  readonly request: (name: string, input: unknown) => Promise<Reply<unknown>>;
  readonly subscribe: (listener: (message: EventMessage) => void) => () => void;
}
