import type { Transport } from '../../shared/contract/client.ts';

/** Whether the window can reach the main process. */
export type Connection =
  | { readonly kind: 'connected' }
  /** Being made, or made again after a loss; calls wait for it a while. */
  | { readonly kind: 'connecting' }
  /** It will not come back; the message says what to do. */
  | { readonly kind: 'ended'; readonly message: string };

/** A transport of the window, with what the status bar shows of it. */
export interface WindowTransport extends Transport {
  readonly connection: () => Connection;
  readonly onConnection: (listener: (connection: Connection) => void) => () => void;
}
