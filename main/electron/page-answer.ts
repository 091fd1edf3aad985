import { protectiveHeaders } from '../services/window-files/content-security-policy.ts';
import type { WindowFiles } from '../services/window-files/window-files.ts';
import { ORIGIN } from './addresses.ts';

/** What the scheme answers to one request. */
export async function answerPage(
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
