import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { KEY_PROTOCOL_PREFIX, SOCKET_PROTOCOL } from '../../shared/contract/web-messages.ts';

/** The ways into browser mode; each has its own rules. */
export type Door = 'launch' | 'session' | 'file' | 'socket';

/** Headers of a request, each with all its values: a header that was sent twice must not pass by its first. */
export type DistinctHeaders = Readonly<Record<string, readonly string[] | undefined>>;

/** What a browser gets for the key of a launch link. */
export interface Credentials {
  readonly setCookie: string;
  readonly windowKey: string;
}

/** Who may use browser mode: pure policy, no sockets. */
export interface Access {
  /** The only address the studio answers to. */
  readonly origin: string;
  /** Makes a key for one launch link; an older one that was not used is void from now on. */
  readonly newLaunchKey: () => string;
  /** Trades a launch key, once. */
  readonly redeem: (key: unknown) => Credentials | null;
  /** Whether a request may enter by this door. It is not told why not: an attacker would learn from it. */
  readonly admits: (door: Door, headers: DistinctHeaders) => boolean;
}

const MOST_COOKIES = 64;

/**
 * The rules of SECURITY.md for one start of the studio: an exact `Host`, `Origin` and `Sec-Fetch-Site`
 * wherever they are sent, a cookie, and for everything that acts a second secret that is no cookie
 * (cookies go to every port of 127.0.0.1, so a program behind another port sees them).
 */
export function createAccess(port: number): Access {
  const origin = new URL(`http://127.0.0.1:${String(port)}`).origin;
  const cookieName = `samois-${String(port)}`;
  const cookieSecret = newSecret();
  const windowKey = newSecret();
  let launchKey: string | null = null;

  const hasCookie = (headers: DistinctHeaders): boolean =>
    (headers['cookie'] ?? [])
      .flatMap((line) => line.split(';', MOST_COOKIES))
      .map((pair) => pair.trim())
      // Another port may have set one of the same name: any that is right will do.
      .some(
        (pair) => pair.startsWith(`${cookieName}=`) && same(pair.slice(cookieName.length + 1), cookieSecret),
      );

  const hasWindowKey = (headers: DistinctHeaders): boolean => {
    const protocols = (only(headers, 'sec-websocket-protocol') ?? '').split(',').map((part) => part.trim());
    const [name, key = '', ...more] = protocols;
    if (name !== SOCKET_PROTOCOL || more.length > 0 || !key.startsWith(KEY_PROTOCOL_PREFIX)) return false;
    return same(key.slice(KEY_PROTOCOL_PREFIX.length), windowKey);
  };

  const rules: Readonly<Record<Door, (headers: DistinctHeaders) => boolean>> = {
    // Holds no secret and may be reached by a link; the key stands behind the `#`, which is never sent.
    launch: (headers) =>
      isAbsentOr(headers, 'origin', origin) && (isNavigation(headers) || isFromHere(headers)),
    session: (headers) => only(headers, 'origin') === origin && isFromHere(headers),
    file: (headers) =>
      isAbsentOr(headers, 'origin', origin) &&
      (isFromHere(headers) || isTyped(headers)) &&
      hasCookie(headers),
    socket: (headers) =>
      only(headers, 'origin') === origin &&
      isFromHere(headers) &&
      hasCookie(headers) &&
      hasWindowKey(headers),
  };

  return {
    origin,
    newLaunchKey: () => (launchKey = newSecret()),
    redeem: (key) => {
      if (launchKey === null || typeof key !== 'string' || !same(key, launchKey)) return null;
      launchKey = null;
      return { setCookie: `${cookieName}=${cookieSecret}; Path=/; HttpOnly; SameSite=Strict`, windowKey };
    },
    admits: (door, headers) => only(headers, 'host') === new URL(origin).host && rules[door](headers),
  };
}

/** 256 bit, fresh at every start. */
function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** Takes the same time whatever differs. */
function same(given: string, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** The value of a header that was sent exactly once. */
function only(headers: DistinctHeaders, name: string): string | undefined {
  const values = headers[name];
  return values?.length === 1 ? values[0] : undefined;
}

function isAbsentOr(headers: DistinctHeaders, name: string, wanted: string): boolean {
  return headers[name] === undefined || only(headers, name) === wanted;
}

function isFromHere(headers: DistinctHeaders): boolean {
  return isAbsentOr(headers, 'sec-fetch-site', 'same-origin');
}

/** Typed, reloaded or opened from a bookmark: no page can cause this. */
function isTyped(headers: DistinctHeaders): boolean {
  return only(headers, 'sec-fetch-site') === 'none';
}

/** A whole tab goes there: no frame, no image, no fetch. */
function isNavigation(headers: DistinctHeaders): boolean {
  return only(headers, 'sec-fetch-mode') === 'navigate' && only(headers, 'sec-fetch-dest') === 'document';
}
