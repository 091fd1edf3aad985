/** A string in the quotes of the formatter, unless it would need more escapes in them. */
export function stringCode(code: string, quote: "'" | '"' | null): string {
  const [, prefix = '', open = ''] = /^([a-zA-Z]*)("""|'''|"|')/.exec(code) ?? [];
  if (quote === null || open === quote || open.length === 3 || open === '') return code;
  const body = code.slice(prefix.length + 1, -1);
  return /['"]/.test(body) ? code : prefix + quote + body + quote;
}

/** The texts of plain strings in the same quotes, which can be one string; null for others. */
export function joinedStrings(codes: readonly string[]): readonly string[] | null {
  const [first = ''] = codes;
  const isPlain = codes.every((code) => /^(["'])(?!\1\1)[^\\]*\1$/.test(code) && code[0] === first[0]);
  return isPlain ? codes.map((code) => code.slice(1, -1)) : null;
}
