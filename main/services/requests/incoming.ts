import type { IncomingMessage } from 'node:http';

/** What was read of a response's body. */
export interface IncomingBody {
  /** null when it is not text. */
  readonly text: string | null;
  readonly bytes: number;
  readonly truncated: boolean;
}

/** More of a body is not shown. */
export const LARGEST_BODY = 2 * 1024 * 1024;

// A stream of events never ends: what came until then is shown.
const STREAM_MILLISECONDS = 5000;
const TEXT_TYPES =
  /^(?:text\/|application\/(?:[\w.-]+\+)?(?:json|xml|yaml|x-yaml|javascript|ecmascript|graphql|toml|sql|x-www-form-urlencoded|x-ndjson)\b|image\/svg\+xml)/i;

/** Reads a body up to 2 MB, then lets go of the connection. */
export async function readBody(response: IncomingMessage, signal: AbortSignal): Promise<IncomingBody> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  let complete = false;
  const isStream = /^text\/event-stream/i.test(response.headers['content-type'] ?? '');
  const timer = isStream ? setTimeout(() => response.destroy(), STREAM_MILLISECONDS) : undefined;
  const stop = (): void => {
    response.destroy();
  };
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > LARGEST_BODY) break;
    }
    complete = response.complete && bytes <= LARGEST_BODY;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // The server ended it, or we did: what has come is shown as a part.
    if (code !== 'ECONNRESET' && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
    response.destroy();
  }
  const body = Buffer.concat(chunks).subarray(0, LARGEST_BODY);
  const whole = Number(response.headers['content-length'] ?? NaN);
  return {
    text: textOf(body, response.headers),
    bytes: complete || Number.isNaN(whole) ? bytes : whole,
    truncated: !complete,
  };
}

function textOf(body: Uint8Array, headers: IncomingMessage['headers']): string | null {
  const type = headers['content-type'] ?? '';
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity' || body.includes(0)) return null;
  if (type !== '' && !TEXT_TYPES.test(type)) return null;
  const charset = /charset="?([\w.-]+)/i.exec(type)?.[1] ?? 'utf-8';
  try {
    // As a stream, so that a letter that was cut in two at the end is left out instead of shown as damage.
    return new TextDecoder(charset, { fatal: type === '' }).decode(body, { stream: true });
  } catch {
    return null; // no text, or in an encoding that nobody knows
  }
}
