import { app, session, shell, type WebContents } from 'electron';
import { externalAddress, ORIGIN, PAGE } from './addresses.ts';

/** Holds every page of the application to the rules of SECURITY.md, whoever opened it. */
export function secureContents(report: (error: unknown) => void): void {
  app.on('web-contents-created', (_event, contents) => {
    confine(contents, report);
  });
}

/** Grants no page anything but what the studio itself needs: to put text on the clipboard. */
export function denyPermissions(): void {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide, { requestingUrl }) => {
    decide(isGranted(permission, requestingUrl));
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  defaultSession.setDevicePermissionHandler(() => false);
}

/** Whether a page of this address may have this permission. */
export function isGranted(permission: string, address: string): boolean {
  return permission === 'clipboard-sanitized-write' && (address === ORIGIN || address.startsWith(PAGE));
}

function confine(contents: WebContents, report: (error: unknown) => void): void {
  const stay = (event: { readonly url: string; preventDefault: () => void }): void => {
    if (event.url !== PAGE) event.preventDefault(); // its own page again is a reload
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url);
    if (address !== null) shell.openExternal(address).catch(report);
    return { action: 'deny' };
  });
}
