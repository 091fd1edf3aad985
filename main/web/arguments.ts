import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Failure } from '../../shared/contract/failure.ts';

/** What browser mode was started with. */
export interface BrowserModeArguments {
  /** 0 for any free one. */
  readonly port: number;
  readonly opensBrowser: boolean;
  /** The folder to open at once; absolute. */
  readonly folder?: string;
}

const USAGE = 'Usage: npm start -- --web [--port N] [--no-open] [FOLDER]';

/** Reads the command line; a wrong one is refused with the right form. */
export function readArguments(given: readonly string[]): BrowserModeArguments {
  const { values, positionals } = parse(given);
  if (positionals.length > 1)
    throw new Failure('invalid-input', `Samois opens one folder at a time. ${USAGE}`);
  const [folder] = positionals;
  return {
    port: readPort(values.port ?? '0'),
    opensBrowser: values['no-open'] !== true,
    ...(folder === undefined ? {} : { folder: resolve(folder) }),
  };
}

function parse(given: readonly string[]) {
  try {
    const options = { port: { type: 'string' }, 'no-open': { type: 'boolean' } } as const;
    return parseArgs({ args: [...given], options, allowPositionals: true });
  } catch (error) {
    throw new Failure('invalid-input', `${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port >= 0 && port <= 65535) return port;
  throw new Failure('invalid-input', `“${text}” is no port: give a number from 0 to 65535. ${USAGE}`);
}
