import { protocol } from 'electron';
import { protectiveHeaders } from '../services/window-files/content-security-policy.ts';
import type { WindowFiles } from '../services/window-files/window-files.ts';
import { ORIGIN, SCHEME } from './addresses.ts';

/** Makes the scheme one of standing, like https. Works only before the application is ready. */
export function declareScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Serves the window's bundle under the scheme, and nothing else of this machine. */
export function serveWindowFiles(files: WindowFiles): void {
  protocol.handle(SCHEME, (request) => answer(request, files));
}

/** What the scheme answers to one request. */
export async function answer(
  request: Pick<Request, 'method' | 'url'>,
  files: WindowFiles,
): Promise<Response> {
  const headers = new Headers(protectiveHeaders());
  const path = pathOf(request.url);
  const file = request.method === 'GET' && path !== null ? files.find(path) : undefined;
  if (file === undefined) return new Response('The window has no such file.', { status: 404, headers });
  headers.set('Content-Type', file.type);
  return new Response(await file.read(), { headers });
}

/** The path as it was sent: it is compared with a list and never resolved. */
function pathOf(url: string): string | null {
  if (!url.startsWith(`${ORIGIN}/`)) return null;
  return url.slice(ORIGIN.length).split(/[?#]/, 1)[0] ?? null;
}
