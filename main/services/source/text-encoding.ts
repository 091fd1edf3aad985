/** One way of writing characters as bytes. */
export interface TextEncoding {
  /** As the file names it. */
  readonly name: string;
  /** Null for bytes that are no text in it. */
  readonly decode: (bytes: Uint8Array) => string | null;
  /** Fails with the character that it has no bytes for. */
  readonly encode: (text: string) => Uint8Array | { readonly missing: string };
}

const utf8Names = new Set(['utf-8', 'utf8', 'u8', 'utf', 'utf-8-sig']);
const asciiNames = new Set(['ascii', 'us-ascii', '646']);

// Python's names that the Encoding Standard (https://encoding.spec.whatwg.org) does not know.
const otherNames = new Map([
  ['latin-1', 'iso-8859-1'],
  ['latin', 'iso-8859-1'],
  ['l1', 'iso-8859-1'],
  ['cp819', 'iso-8859-1'],
  ['iso-latin-1', 'iso-8859-1'],
  ['latin-9', 'iso-8859-15'],
  ['cp932', 'shift_jis'],
  ['cp949', 'euc-kr'],
  ['cp866', 'ibm866'],
  ['mac-roman', 'macintosh'],
]);

const singleByte = /^(?:ibm866|iso-8859-\d+i?|koi8-[ru]|macintosh|windows-\d+|x-mac-cyrillic)$/;

/** Where a file says nothing else. */
export const utf8: TextEncoding = {
  name: 'utf-8',
  decode: (bytes) => decodeWith('utf-8', bytes),
  encode: (text) => Buffer.from(text, 'utf8'),
};

const ascii: TextEncoding = {
  name: 'ascii',
  decode: utf8.decode, // to be read all the same; Python says what is wrong with the rest
  encode: (text) => {
    const missing = /[^\0-\x7f]/u.exec(text)?.[0];
    return missing === undefined ? utf8.encode(text) : { missing };
  },
};

/**
 * The encoding that a coding line names (https://docs.python.org/3/library/codecs.html#standard-encodings), where it
 * can be written too: UTF-8, and those of one byte a character. Null for any other.
 */
export function encodingNamed(name: string): TextEncoding | null {
  if (utf8Names.has(name)) return utf8;
  if (asciiNames.has(name)) return ascii;
  const label = labelOf(name);
  const canonical = canonicalName(label);
  return canonical !== null && singleByte.test(canonical) ? singleByteEncoding(name, label, canonical) : null;
}

/** The text of bytes in an encoding that can be read and not written; null where it is not even that. */
export function decodeAs(name: string, bytes: Uint8Array): string | null {
  return decodeWith(labelOf(name), bytes);
}

function singleByteEncoding(name: string, label: string, canonical: string): TextEncoding {
  const characters = charactersOf(label, canonical);
  const bytesOf = new Map(
    characters.flatMap((character, byte) => (character === null ? [] : [[character, byte]])),
  );
  return {
    name,
    decode: (bytes) => {
      const text = Array.from(bytes, (byte) => characters[byte] ?? null);
      return text.includes(null) ? null : text.join('');
    },
    encode: (text) => {
      const bytes = new Uint8Array(text.length);
      for (let at = 0; at < text.length; at += 1) {
        const byte = bytesOf.get(text.charAt(at));
        if (byte === undefined) return { missing: String.fromCodePoint(text.codePointAt(at) ?? 0) };
        bytes[at] = byte;
      }
      return bytes;
    },
  };
}

/** What each of the 256 bytes means; null for nothing. */
function charactersOf(label: string, canonical: string): readonly (string | null)[] {
  return Array.from({ length: 256 }, (_, byte) => {
    // The Encoding Standard reads some ISO encodings as Windows ones, which differ in these; Python does not.
    const isControl = byte < 0x80 || (byte < 0xa0 && label.startsWith('iso-8859'));
    return isControl ? String.fromCharCode(byte) : decodeWith(canonical, Uint8Array.of(byte));
  });
}

function labelOf(name: string): string {
  const windows = /^(?:cp|windows-)?(125\d)$/.exec(name)?.[1];
  if (windows !== undefined) return `windows-${windows}`;
  return (otherNames.get(name) ?? name).replace(/^(?:iso-?|latin-?)?8859-?(?=\d)/, 'iso-8859-');
}

function canonicalName(label: string): string | null {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null; // JavaScript does not know it
  }
}

function decodeWith(label: string, body: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null; // not this encoding, or one that JavaScript does not know
  }
}
