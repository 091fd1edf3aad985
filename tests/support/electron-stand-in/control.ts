import { app } from './application.ts';
import { BrowserWindow, chromiumHost } from './browser-window.ts';
import { receive } from './ipc-main.ts';
import { clickMenu, recorded } from './system-parts.ts';

/** What a test can do to a running application from outside its pages. */
export const control = {
  /** Where Chromium's own protocol is spoken. */
  endpoint: async () => (await chromiumHost()).endpoint,
  windows: () =>
    BrowserWindow.getAllWindows().map((window) => ({ options: window.options, visible: window.isVisible() })),
  closeWindows: () => {
    for (const window of BrowserWindow.getAllWindows()) window.close();
    return null;
  },
  menu: () => JSON.parse(JSON.stringify(recorded.menu)) as unknown,
  clickMenu: (id: string) => clickMenu(id),
  external: () => recorded.external,
  dialogs: () => recorded.dialogs,
  answerDialog: (paths: string[]) => recorded.dialogAnswers.push(paths),
  quit: () => {
    app.quit();
    return null;
  },
  /** What a page of this address would be granted. */
  permission: (name: string, url: string) => {
    let granted: boolean | undefined;
    recorded.permissionRequest?.({}, name, (decision) => (granted = decision), { requestingUrl: url });
    return {
      requested: granted,
      checked: recorded.permissionCheck?.({}, name, url),
      device: recorded.devicePermission?.(),
    };
  },
  /** A message as a page sends it that has broken out of its frame's rules. */
  forge: (frame: { origin: string; parent: object | null } | null, channel: string, given: unknown[]) => {
    const senderFrame = frame === null ? null : { ...frame, url: `${frame.origin}/` };
    return receive(channel, { sender: {}, senderFrame }, given);
  },
} as const;

export type Control = typeof control;

interface Message {
  readonly id: number;
  readonly method: keyof Control;
  readonly given: unknown[];
}

/** Listens on the channel that the test's process opened. */
export function listenForControl(): void {
  process.on('message', ({ id, method, given }: Message) => {
    const run = control[method] as (...given: unknown[]) => unknown;
    Promise.resolve()
      .then(() => run(...given))
      .then(
        (value) => process.send?.({ id, value }),
        (error: unknown) => process.send?.({ id, error: String(error) }),
      );
  });
}
