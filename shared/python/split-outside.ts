const OPENING = '([{';
const CLOSING = ')]}';

/** Splits a text at a character where it stands outside of quotes and brackets; the parts are trimmed. */
export function splitOutside(text: string, separator: string): readonly string[] {
  const parts: string[] = [];
  let part = '';
  let depth = 0;
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at] ?? '';
    if (quote !== '') {
      if (letter === '\\') {
        part += letter + (text[at + 1] ?? '');
        at += 1;
        continue;
      }
      if (letter === quote) quote = '';
    } else if (letter === "'" || letter === '"') quote = letter;
    else if (OPENING.includes(letter)) depth += 1;
    else if (CLOSING.includes(letter)) depth -= 1;
    if (quote === '' && depth === 0 && letter === separator) {
      parts.push(part.trim());
      part = '';
    } else part += letter;
  }
  return [...parts, part.trim()];
}
