/** What a handler gets of the sender. */
export interface InvokeEvent {
  readonly sender: unknown;
  readonly senderFrame: {
    readonly origin: string;
    readonly url: string;
    readonly parent: object | null;
  } | null;
}

type Handler = (event: InvokeEvent, ...given: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

/** Electron's `ipcMain`, as far as it is used. */
export const ipcMain = {
  handle: (channel: string, handler: Handler): void => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
};

/** Calls a handler as a message from a page does. */
export async function receive(
  channel: string,
  event: InvokeEvent,
  given: readonly unknown[],
): Promise<unknown> {
  const handler = handlers.get(channel);
  if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
  return structuredClone(await handler(event, ...given));
}
