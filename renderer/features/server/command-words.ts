import type { CommandArgument } from '../../../shared/contract/command-calls.ts';

/** What the form of a command holds, by the name of the argument: text, or "on" for a switch. */
export type CommandValues = Readonly<Record<string, string>>;

// https://docs.djangoproject.com/en/stable/ref/django-admin/#default-options
const OF_EVERY_COMMAND = new Set([
  ...['--version', '--verbosity', '--settings', '--pythonpath', '--traceback'],
  ...['--no-color', '--force-color', '--skip-checks'],
]);

/** What a command is about stands first, what every command takes stands last. */
export function inFormOrder(form: readonly CommandArgument[]): readonly CommandArgument[] {
  const rank = ({ flag }: CommandArgument): number =>
    flag === null ? 0 : OF_EVERY_COMMAND.has(flag) ? 2 : 1;
  return form.toSorted((one, other) => rank(one) - rank(other));
}

/** What is still missing or can't be right, by the name of the argument. */
export function commandProblems(
  form: readonly CommandArgument[],
  values: CommandValues,
): Readonly<Record<string, string>> {
  const problems: Record<string, string> = {};
  for (const argument of form) {
    const given = givenTo(argument, values);
    if (argument.required && given.length === 0) problems[argument.name] = 'This is needed.';
    else if (argument.kind === 'number' && given.some((value) => !Number.isFinite(Number(value))))
      problems[argument.name] = 'This must be a number.';
  }
  return problems;
}

/** The words that a shell would hand to the command. */
export function commandWords(form: readonly CommandArgument[], values: CommandValues): readonly string[] {
  const flagged: string[] = [];
  const placed: string[] = [];
  for (const argument of form) {
    const { flag, kind, many, repeatsFlag } = argument;
    const given = givenTo(argument, values);
    if (given.length === 0) continue;
    if (flag === null) placed.push(...given);
    else if (kind === 'switch') flagged.push(flag);
    else if (many && !repeatsFlag) flagged.push(flag, ...given);
    // With "=" a value may begin with a dash.
    else flagged.push(...given.map((value) => `${flag}=${value}`));
  }
  // What comes behind "--" is told by its place alone, whatever it begins with.
  return placed.length === 0 ? flagged : [...flagged, '--', ...placed];
}

/** The command line as one would type it, for people to see. */
export function commandLine(name: string, words: readonly string[]): string {
  const quoted = words.map((word) =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  );
  return ['manage.py', name, ...quoted].join(' ');
}

function givenTo({ name, many, kind }: CommandArgument, values: CommandValues): readonly string[] {
  const value = values[name] ?? '';
  if (kind === 'switch') return value === 'on' ? ['on'] : [];
  const parts = many ? value.split('\n').map((line) => line.trim()) : [value];
  return parts.filter((part) => part !== '');
}
