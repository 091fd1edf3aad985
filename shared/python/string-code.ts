/** Reads a plain string literal without prefix; null for all other code. */
export function readString(code: string): string | null {
  const parts = /^(['"])((?:\\.|(?!\1)[^\\\n])*)\1$/su.exec(code.trim());
  const body = parts?.[2];
  if (body === undefined) return null;
  const escapes: Readonly<Record<string, string>> = {
    n: '\n',
    t: '\t',
    r: '\r',
    '\\': '\\',
    "'": "'",
    '"': '"',
  };
  const escaped = [...body.matchAll(/\\(.)/gsu)].map(([, letter = '']) => letter);
  if (!escaped.every((letter) => Object.hasOwn(escapes, letter))) return null;
  return body.replaceAll(/\\(.)/gsu, (_, letter: string) => escapes[letter] ?? letter);
}
