import { createHash } from 'node:crypto';
import type { SourceFile } from '../../../shared/contract/source-calls.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { decodeAs, encodingNamed, utf8 } from './text-encoding.ts';

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
// Two lines of this length would be a strange place for a coding line.
const COOKIE_REACH = 1000;

/** Reads bytes as Python would (https://peps.python.org/pep-0263/): BOM, coding cookie, else UTF-8. */
export function decodeText(path: string, bytes: Uint8Array): DecodedText {
  const bom = BOM.every((byte, index) => bytes[index] === byte);
  const body = bom ? bytes.subarray(BOM.length) : bytes;
  if (body.includes(0)) {
    return unreadable(`${path} holds zero bytes: it is no text file and can't be edited here.`);
  }
  const cookie = codingCookie(path, Buffer.from(body.subarray(0, COOKIE_REACH)).toString('latin1'));
  const encoding = cookie === null ? utf8 : encodingNamed(cookie);
  if (cookie !== null && (encoding === null || (bom && encoding !== utf8))) {
    const readOnly =
      `${path} is written in ${cookie}, which the studio can't write, so that it can't damage it. ` +
      'Convert the file to UTF-8 and remove its coding line to edit it here.';
    const text = decodeAs(cookie, body);
    return { text: text ?? lossy(body), bom, readOnly, exact: text !== null };
  }
  const text = encoding?.decode(body) ?? null;
  if (text !== null) return { text, bom, readOnly: null, exact: true };
  const readOnly =
    cookie === null
      ? `${path} is not UTF-8, and nothing in it says what else it is, so it can't be edited here. Convert it to UTF-8.`
      : `${path} says that it is written in ${cookie} and is not, so it can't be edited here. Mend its coding line.`;
  return { text: lossy(body), bom, readOnly, exact: false };
}

/** The bytes of a text in the encoding that it names itself, with the mark at its start where the file had one. */
export function encodeText(path: string, text: string, bom: boolean): Uint8Array {
  // Half of a surrogate pair has no bytes: writing it would put a replacement sign in its place.
  if (!text.isWellFormed()) {
    throw new Failure('invalid-input', `${path} was not saved: its text has half a character in it.`);
  }
  const cookie = codingCookie(path, text.slice(0, COOKIE_REACH));
  const encoding = cookie === null ? utf8 : encodingNamed(cookie);
  if (encoding === null) {
    throw new Failure(
      'refused',
      `${path} was not saved: its coding line says ${String(cookie)}, which the studio can't write.`,
      { path },
    );
  }
  const body = encoding.encode(text);
  if ('missing' in body) {
    throw new Failure(
      'refused',
      `${path} was not saved: it is written in ${encoding.name}, which has no “${body.missing}”. ` +
        'Change its coding line to utf-8, or the character.',
      { path },
    );
  }
  return Buffer.concat([Uint8Array.from(bom ? BOM : []), body]);
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

/** What a file of Python says of its encoding; null for nothing. */
function codingCookie(path: string, start: string): string | null {
  if (!/\.pyi?$/.test(path)) return null;
  for (const line of start.split(/\r\n|\r|\n/).slice(0, 2)) {
    const name = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/.exec(line)?.[1];
    if (name !== undefined) return name.toLowerCase().replaceAll('_', '-');
    // A cookie in the second line counts only below a comment or a blank line.
    if (!/^[ \t\f]*(?:#.*)?$/.test(line)) return null;
  }
  return null;
}

function lossy(body: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
}
