import type { EventMessage } from './contract.ts';
import type { Reply } from './failure.ts';

/** Browser mode: where the window's socket, its session and the page of the launch link are. */
export const SOCKET_PATH = '/socket';
export const SESSION_PATH = '/session';
export const LAUNCH_PATH = '/launch';

/** The protocol a window's socket speaks; a second one, `key.…`, carries the window's key in the same header. */
export const SOCKET_PROTOCOL = 'samois';
export const KEY_PROTOCOL_PREFIX = 'key.';

/** Where the page keeps its key: storage belongs to one origin with its port, cookies do not. */
export const WINDOW_KEY_ITEM = 'samois.windowKey';

/** How the studio closes a socket when it ends for good. */
export const ENDED_CODE = 4001;

/** No message may be larger: a whole source file fits, a flood does not. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

/** From the window: one call. */
export interface WebRequest {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

/** To the window: the answer to one call. */
export interface WebReply {
  readonly id: number;
  readonly reply: Reply<unknown>;
}

/** Everything that comes to the window. */
export type WebMessage = WebReply | EventMessage;
