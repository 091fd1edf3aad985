import { createHash } from 'node:crypto';
import type { SourceFile } from '../../../shared/contract/source-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';

/** The text of a file, and what is needed to give the same bytes back. */
export interface DecodedText {
  readonly text: string;
  readonly bom: boolean;
  /** Why the file can't be edited here, in a sentence; null when it can. */
  readonly readOnly: string | null;
  /** The text is what Python would read: false for a file that is shown with replacement signs. */
  readonly exact: boolean;
}

const BOM = [0xef, 0xbb, 0xbf];
// The two names of UTF-8 and the one of its subset; everything else is another encoding.
const utf8Names = new Set(['utf-8', 'utf8', 'u8', 'utf', 'utf-8-sig', 'ascii', 'us-ascii']);

// Python's names that the Encoding Standard (https://encoding.spec.whatwg.org) does not know.
const otherNames = new Map([
  ['latin-1', 'latin1'],
  ['iso-latin-1', 'latin1'],
  ['cp932', 'shift_jis'],
  ['cp949', 'euc-kr'],
  ['mac-roman', 'macintosh'],
]);

/** Reads bytes as Python would (https://peps.python.org/pep-0263/): BOM, coding cookie, else UTF-8. */
export function decodeText(path: string, bytes: Uint8Array): DecodedText {
  const bom = BOM.every((byte, index) => bytes[index] === byte);
  const body = bom ? bytes.subarray(BOM.length) : bytes;
  if (body.includes(0)) {
    return unreadable(`${path} holds zero bytes: it is no text file and can't be edited here.`);
  }
  const cookie = /\.pyi?$/.test(path) ? codingCookie(body) : null;
  if (cookie !== null && !utf8Names.has(cookie)) {
    const readOnly =
      `${path} is written in ${cookie}, and the studio edits UTF-8 only, so that it can't damage it. ` +
      'Convert the file to UTF-8 and remove its coding line to edit it here.';
    const text = decodeWith(cookie, body);
    return { text: text ?? lossy(body), bom, readOnly, exact: text !== null };
  }
  const text = decodeWith('utf-8', body);
  if (text !== null) return { text, bom, readOnly: null, exact: true };
  const readOnly =
    `${path} is not UTF-8, and nothing in it says what else it is, so it can't be edited here. ` +
    'Convert it to UTF-8.';
  return { text: lossy(body), bom, readOnly, exact: false };
}

/** The bytes of a text, with the mark at its start where the file had one. */
export function encodeText(path: string, text: string, bom: boolean): Uint8Array {
  // Half of a surrogate pair has no bytes: writing it would put a replacement sign in its place.
  if (!text.isWellFormed()) {
    throw new Failure('invalid-input', `${path} was not saved: its text has half a character in it.`);
  }
  return Buffer.concat([Uint8Array.from(bom ? BOM : []), Buffer.from(text, 'utf8')]);
}

/** SHA-256 of bytes, as the contract names them. */
export function hashBytes(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Which line endings a text has. */
export function lineEndingOf(text: string): SourceFile['lineEnding'] {
  const crlf = text.match(/\r\n/g)?.length ?? 0;
  const lf = (text.match(/\n/g)?.length ?? 0) - crlf;
  if (crlf > 0 && lf > 0) return 'mixed';
  return crlf > 0 ? 'crlf' : 'lf';
}

function unreadable(readOnly: string): DecodedText {
  return { text: '', bom: false, readOnly, exact: false };
}

function codingCookie(body: Uint8Array): string | null {
  const lines = Buffer.from(body.subarray(0, 1000))
    .toString('latin1')
    .split(/\r\n|\r|\n/);
  for (const line of lines.slice(0, 2)) {
    const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/.exec(line)?.[1];
    if (name !== undefined) return name.toLowerCase().replaceAll('_', '-');
    // A cookie in the second line counts only below a comment or a blank line.
    if (!/^[ \t\f]*(?:#.*)?$/.test(line)) return null;
  }
  return null;
}

function decodeWith(encoding: string, body: Uint8Array): string | null {
  try {
    return new TextDecoder(otherNames.get(encoding) ?? encoding, { fatal: true, ignoreBOM: true }).decode(
      body,
    );
  } catch {
    return null; // not this encoding, or one that JavaScript does not know
  }
}

function lossy(body: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}
