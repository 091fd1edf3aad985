/**
 * What the window may load: its own bundle, and nothing of anybody else. Monaco and Base UI put styles
 * in at run time, hence inline styles; scripts never are. `socket` is the one further address it may
 * connect to.
 */
export function contentSecurityPolicy(socket?: string): string {
  const rules = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self' 'unsafe-inline'",
    'img-src': "'self' data:",
    'font-src': "'self' data:",
    'connect-src': socket === undefined ? "'self'" : `'self' ${socket}`,
    'worker-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return Object.entries(rules)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

/** The headers of everything a shell serves: no framing, no guessing of types, nothing for other origins. */
export function protectiveHeaders(socket?: string): Readonly<Record<string, string>> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(socket),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
}
