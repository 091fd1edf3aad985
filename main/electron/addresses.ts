/** The scheme of the window's own files; no other program and no page of the web can serve it. */
export const SCHEME = 'samois';

/** The only origin that may speak to the main process. */
export const ORIGIN = `${SCHEME}://app`;

/** The page of the window. */
export const PAGE = `${ORIGIN}/`;

const EXTERNAL = new Set(['http:', 'https:', 'mailto:']);

/**
 * The address as it may go to the system's browser or mail program; null for everything else: other
 * schemes start other programs, and credentials in an address are for nobody to see.
 */
export function externalAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  if (!EXTERNAL.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  return url.href;
}
