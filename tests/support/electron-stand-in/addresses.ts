const SUFFIX = '.invalid';

/** `samois://app/x` as the page has it: `https://app.samois.invalid/x`. Other addresses stay. */
export function toPage(url: string): string {
  const parts = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]+)(.*)$/.exec(url);
  if (parts === null || ['http', 'https', 'ws', 'wss', 'file'].includes(parts[1] ?? '')) return url;
  return `https://${parts[2] ?? ''}.${parts[1] ?? ''}${SUFFIX}${parts[3] ?? ''}`;
}

/** The other way. */
export function fromPage(url: string): string {
  const parts = /^https:\/\/([^/?#]+)\.([a-z][a-z0-9+-]*)\.invalid(.*)$/.exec(url);
  return parts === null ? url : `${parts[2] ?? ''}://${parts[1] ?? ''}${parts[3] ?? ''}`;
}
