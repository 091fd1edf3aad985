import { Failure } from '../../../shared/contract/failure.ts';

interface Cause {
  readonly pattern: RegExp;
  readonly sentence: (address: string, database: string) => string;
}

// In the words of libpq and of the server.
const CAUSES: readonly Cause[] = [
  {
    pattern: /database ".*" does not exist/u,
    sentence: (_address, database) =>
      `PostgreSQL has no database "${database}". Make it first, with "createdb ${database}".`,
  },
  {
    pattern: /password authentication failed|no password supplied|role ".*" does not exist/u,
    sentence: (address) => `PostgreSQL at ${address} does not accept this user and password.`,
  },
  {
    pattern: /Connection refused|No such file or directory/u,
    sentence: (address) => `No PostgreSQL answers at ${address}. Start it, or correct the address.`,
  },
  {
    pattern: /resolve host|translate host name|Name or service not known/u,
    sentence: (address) => `The host of ${address} is not known on this network. Correct the address.`,
  },
  {
    pattern: /timeout expired|timed out|No route to host|Network is unreachable/u,
    sentence: (address) =>
      `PostgreSQL at ${address} could not be reached. Check the network and the address.`,
  },
  {
    pattern: /too many (?:clients|connections)|remaining connection slots/u,
    sentence: (address) => `PostgreSQL at ${address} has no free connection. Try again later.`,
  },
];

/** Why a new project's database can't be used, without the password that stands in its address. */
export function databaseFailure(url: string, tail: readonly string[]): Failure {
  const parsed = new URL(url);
  const address = parsed.host === '' ? 'the local socket' : parsed.host;
  const database = decodeURIComponent(parsed.pathname.slice(1));
  const output = tail.join('\n');
  const cause = CAUSES.find(({ pattern }) => pattern.test(output));
  const last = tail.at(-1)?.replace(/^[\w.]+Error:\s*/u, '') ?? 'no reason was given';
  const message = cause?.sentence(address, database) ?? `PostgreSQL at ${address} can't be used: ${last}`;
  return new Failure('tool-failed', message, { output: tail.slice(-10) });
}
