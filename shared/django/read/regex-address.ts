const NON_CAPTURING = /\(\?:/g;
const NAMED = /\(\?P<(\w+)>/g;
const UNNAMED = /\((?!\?)/g;
/** `?`, `*`, `^` and the like, with the backslashes before them. */
const METACHARACTER = /((?:^|(?<!\\))(?:\\\\)*)(\\?)([?*+^$]|\\[bBAZ])/g;

/**
 * A regular expression as an address with `<name>` for its groups, the way Django's admin documentation
 * writes it and the runtime lens has it: `^books/(?P<pk>\d+)/$` is `books/<pk>/`.
 */
export function regexAddress(expression: string): string {
  const plain = replaceGroups(expression, NON_CAPTURING, () => '');
  const named = replaceGroups(plain, NAMED, (name) => `<${name ?? ''}>`);
  const unnamed = replaceGroups(named, UNNAMED, () => '<var>');
  return unnamed
    .replace(METACHARACTER, (_whole, before: string, escape: string, character: string) =>
      escape === '' ? before : before + character,
    )
    .replace(/\\(\W)/g, '$1')
    .replace(/^\//, '');
}

/** Replaces the groups that start like this, with what is nested in them. */
function replaceGroups(
  expression: string,
  start: RegExp,
  replacement: (name: string | undefined) => string,
): string {
  let result = '';
  let done = 0;
  for (const match of expression.matchAll(start)) {
    const end = groupEnd(expression, match.index + match[0].length);
    if (match.index < done || end === null || isEscaped(expression, match.index)) continue;
    result += expression.slice(done, match.index) + replacement(match[1]);
    done = end;
  }
  return result + expression.slice(done);
}

function groupEnd(expression: string, from: number): number | null {
  let open = 1;
  for (let at = from; at < expression.length; at += 1) {
    if (isEscaped(expression, at)) continue;
    if (expression[at] === '(') open += 1;
    else if (expression[at] === ')') open -= 1;
    if (open === 0) return at + 1;
  }
  return null;
}

function isEscaped(expression: string, at: number): boolean {
  return expression[at - 1] === '\\' && expression[at - 2] !== '\\';
}
