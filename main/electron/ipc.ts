import { ipcMain, type WebContents } from 'electron';
import { EVENT_CHANNEL, REQUEST_CHANNEL } from '../../shared/contract/bridge.ts';
import type { EventMessage } from '../../shared/contract/contract.ts';
import type { Dispatch } from '../../shared/contract/dispatch.ts';
import { Failure } from '../../shared/contract/failure.ts';
import { ORIGIN } from './addresses.ts';

/** What is looked at in the frame that sent a request. */
export interface SendingFrame {
  readonly origin: string;
  readonly parent: unknown;
}

/** Whether a frame is the window's own page: its origin, and no frame inside another. */
export function isOurs(frame: SendingFrame | null): boolean {
  return frame !== null && frame.origin === ORIGIN && frame.parent === null;
}

const refusal = new Failure('not-allowed', 'Only the studio’s own window may ask this.');

/** Answers the requests of the window. */
export function answerRequests(dispatch: Dispatch): void {
  ipcMain.handle(REQUEST_CHANNEL, (event, name: unknown, input: unknown) =>
    isOurs(event.senderFrame) ? dispatch(name, input) : { ok: false, failure: refusal.toValue() },
  );
}

/** Tells a window something. */
export function tell(contents: WebContents, message: EventMessage): void {
  if (!contents.isDestroyed()) contents.send(EVENT_CHANNEL, message);
}
