import { type IncomingMessage, request as httpRequest } from 'node:http';
import type { CallOutput, CallParsed } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { IncomingResponse, OutgoingRequest, ServerStatus } from '../../../shared/contract/host-calls.ts';
import type { HostService } from '../host/host-service.ts';
import { readBody } from './incoming.ts';
import { addedHeaders, givenHeaders, type Header, isSafe, wirePath } from './outgoing.ts';
import { createSenders, type Credentials } from './senders.ts';

/** The calls `users.*` and `requests.*`: trying out the running server, as anybody. */
export interface RequestsService {
  readonly listUsers: (input: CallParsed<'users.list'>) => Promise<CallOutput<'users.list'>>;
  readonly createSuperuser: (
    input: CallParsed<'users.createSuperuser'>,
  ) => Promise<CallOutput<'users.createSuperuser'>>;
  readonly send: (input: CallParsed<'requests.send'>) => Promise<CallOutput<'requests.send'>>;
  /** Sessions may be gone: rows were changed, migrations ran, another project is open. */
  readonly forgetSessions: () => void;
}

const ANSWER_MILLISECONDS = 60_000;

/** Sends to the running server of the project and to nobody else. */
export function createRequestsService(deps: {
  readonly host: HostService;
  readonly serverStatus: () => ServerStatus;
}): RequestsService {
  const { host } = deps;
  const senders = createSenders(host);

  const portOfServer = (): number => {
    const { port, state } = deps.serverStatus();
    if (port === null || state === 'stopped') {
      throw new Failure('not-available', 'The server is not running. Start it, then send the request.');
    }
    return port;
  };

  const credentialsFor = (request: OutgoingRequest): Promise<Credentials> | null =>
    request.as.kind === 'anonymous' && isSafe(request) ? null : senders.credentialsOf(request.as);

  // What a fresh session may not do either is no sign of an old one.
  const deniedAnyway = new Set<string>();

  /** Sends; true beside the answer when the session was an old one that is no longer accepted. */
  const sendOnce = async (
    request: OutgoingRequest,
  ): Promise<{ response: IncomingResponse; stale: boolean }> => {
    const port = portOfServer();
    const given = givenHeaders(request);
    const credentials = await credentialsFor(request);
    const added = addedHeaders(request, given, `http://localhost:${port}`, credentials);
    const response = await exchange(port, request, [...given, ...added]);
    const key = JSON.stringify([request.as, request.method, request.path]);
    const refused = credentials !== null && isRefused(response);
    if (refused && !credentials.used) deniedAnyway.add(key);
    const stale = refused && credentials.used && !deniedAnyway.has(key);
    if (stale) senders.forget(request.as);
    return { response: { ...response, sentHeaders: added }, stale };
  };

  return {
    listUsers: async ({ search }) => {
      const { users, total, usernameField } = await host.job<CallOutput<'users.list'>>('users.list', {
        search,
      });
      return { users, total, usernameField };
    },
    createSuperuser: async ({ username, email, password }) => {
      const { id, username: name } = await host.job<{ id: string; username: string }>(
        'users.createSuperuser',
        {
          username,
          email,
          password,
        },
      );
      return { id, username: name, label: name, isStaff: true, isSuperuser: true, isActive: true };
    },
    send: async (request) => {
      const { response, stale } = await sendOnce(request);
      return stale && isSafe(request) ? (await sendOnce(request)).response : response;
    },
    forgetSessions: () => {
      senders.forget();
      deniedAnyway.clear();
    },
  };
}

/** Refused, or sent to the login page. */
function isRefused({ status, headers }: Pick<IncomingResponse, 'status' | 'headers'>): boolean {
  if (status === 401 || status === 403) return true;
  const location = headers.find((header) => header.name.toLowerCase() === 'location')?.value ?? '';
  return status >= 300 && status < 400 && /login|signin/i.test(location);
}

async function exchange(
  port: number,
  request: OutgoingRequest,
  headers: readonly Header[],
): Promise<Omit<IncomingResponse, 'sentHeaders'>> {
  const signal = AbortSignal.timeout(ANSWER_MILLISECONDS);
  const began = performance.now();
  const response = await ask(port, request, headers, signal);
  const body = await readBody(response, signal);
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    headers: pairsOf(response.rawHeaders),
    body: body.text,
    bodyBytes: body.bytes,
    truncated: body.truncated,
    milliseconds: Math.round((performance.now() - began) * 10) / 10,
  };
}

function ask(
  port: number,
  { method, path, body }: OutgoingRequest,
  headers: readonly Header[],
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const bytes = body === null ? null : Buffer.from(body, 'utf8');
  const host = headers.some((header) => header.name.toLowerCase() === 'host');
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest({
      // The address, not a name: nothing that the request says can lead it to another machine.
      host: '127.0.0.1',
      port,
      method,
      path: wirePath(path),
      agent: false,
      setHost: false,
      signal,
      headers: [
        ...(host ? [] : ['Host', `localhost:${port}`]),
        ...headers.flatMap(({ name, value }) => [name, value]),
        ...(bytes === null ? [] : ['Content-Length', String(bytes.length)]),
      ],
    });
    outgoing.once('response', resolve);
    outgoing.once('error', (error) => {
      reject(noAnswer(error, port));
    });
    outgoing.end(bytes ?? undefined);
  });
}

function noAnswer(error: Error, port: number): Failure {
  if (error.name === 'AbortError' || error.name === 'TimeoutError') {
    const seconds = ANSWER_MILLISECONDS / 1000;
    return new Failure('not-available', `The server did not answer within ${seconds} seconds.`);
  }
  const { code = error.message } = error as NodeJS.ErrnoException;
  return new Failure(
    'not-available',
    `The server on port ${port} did not answer (${code}). Look at its log.`,
  );
}

function pairsOf(raw: readonly string[]): IncomingResponse['headers'] {
  return raw.flatMap((name, index) => (index % 2 === 0 ? [{ name, value: raw[index + 1] ?? '' }] : []));
}
