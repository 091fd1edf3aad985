/** A string in the quotes of the formatter, unless it would need more escapes in them. */
export function stringCode(code: string, quote: "'" | '"' | null): string {
  const [, prefix = '', open = ''] = /^([a-zA-Z]*)("""|'''|"|')/.exec(code) ?? [];
  if (quote === null || open === quote || open.length === 3 || open === '') return code;
  const body = code.slice(prefix.length + 1, -1);
  return /['"]/.test(body) ? code : prefix + quote + body + quote;
}
