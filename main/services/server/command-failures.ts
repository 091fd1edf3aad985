import { readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';

/** A command that ended by itself: how, and what it said last. */
export function commandEnded(
  code: number | null,
  signal: NodeJS.Signals | null,
  lines: readonly string[],
  folder: string,
): ProjectFailure {
  const how = signal === null ? `with the exit code ${String(code)}` : `by ${signal}`;
  const said = lines.filter((line) => line.trim() !== '');
  const last = said.at(-1)?.trim() ?? '';
  const why = last === '' ? 'It printed nothing.' : `The last it printed: ${last}`;
  const missing = /ModuleNotFoundError: No module named '([\w.]+)'/.exec(lines.join('\n'))?.[1];
  return {
    type: 'Command ended',
    message: `The command ended ${how}. ${why}`,
    ...placeIn(lines, folder),
    traceback: lines.join('\n').trim(),
    frames: [],
    ...(missing === undefined ? {} : { missingModule: missing }),
  };
}

/** A command that runs, and whose port nobody answers at. */
export function commandSilent(command: string, port: number): ProjectFailure {
  const way = command.includes('{port}')
    ? 'Look at its log.'
    : 'The command does not say {port}: write it where the port belongs, or set the port that it takes.';
  const message = `The command runs, but nothing answers HTTP at port ${port}. ${way}`;
  const nowhere = { file: null, line: null, text: null };
  return { type: 'No answer', message, ...nowhere, traceback: '', frames: [] };
}

/** The deepest line of the project that a traceback names. */
function placeIn(lines: readonly string[], folder: string): Pick<ProjectFailure, 'file' | 'line' | 'text'> {
  for (const line of lines.toReversed()) {
    const [, file = '', number = '0'] = /^\s*File "([^"<>]+)", line (\d+)/.exec(line) ?? [];
    const way = relative(folder, file);
    const own = file !== '' && isAbsolute(file) && !way.startsWith('..') && !/(site|dist)-packages/.test(way);
    if (own) return { file, line: Number(number), text: textOf(file, Number(number)) };
  }
  return { file: null, line: null, text: null };
}

function textOf(file: string, line: number): string | null {
  try {
    return readFileSync(file, 'utf8').split('\n')[line - 1] ?? null;
  } catch {
    return null; // it is gone by now; the place says enough
  }
}
