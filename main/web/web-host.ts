import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import { WebSocketServer } from 'ws';
import { Failure } from '../../shared/contract/failure.ts';
import {
  LAUNCH_PATH,
  MAX_MESSAGE_BYTES,
  SESSION_PATH,
  SOCKET_PATH,
  SOCKET_PROTOCOL,
} from '../../shared/contract/web-messages.ts';
import type { Services } from '../services/services.ts';
import { protectiveHeaders } from '../services/window-files/content-security-policy.ts';
import type { WindowFile, WindowFiles } from '../services/window-files/window-files.ts';
import { createAccess, type Access, type Door } from './access.ts';
import { LAUNCH_SCRIPT_PATH, launchPage, launchScript, refusalPage } from './pages.ts';
import { createWindowSockets } from './window-sockets.ts';

/** Browser mode, listening. */
export interface WebHost {
  readonly origin: string;
  /** A link that works once. It opens the studio for the browser that follows it. */
  readonly newLaunchLink: () => string;
  readonly close: () => Promise<void>;
}

/** What browser mode serves and to whom. */
export interface WebHostParts {
  readonly services: Pick<Services, 'dispatch' | 'subscribe'>;
  readonly files: WindowFiles;
  /** 0 for any free one. */
  readonly port: number;
  readonly report: (error: unknown) => void;
}

const LONGEST_SESSION_BODY = 1024;

/** Listens on 127.0.0.1 and nowhere else. */
export async function openWebHost(parts: WebHostParts): Promise<WebHost> {
  const server = createServer();
  const port = await listen(server, parts.port);
  const access = createAccess(port);
  const sockets = createWindowSockets(parts.services, parts.report);
  const headers = protectiveHeaders(`ws://127.0.0.1:${String(port)}`);
  const upgrader = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
    handleProtocols: () => SOCKET_PROTOCOL,
  });

  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    handle(request, response, access, parts.files).catch((error: unknown) => {
      parts.report(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy()); // a visitor that hangs up meanwhile
    if (pathOf(request) !== SOCKET_PATH || !access.admits('socket', request.headersDistinct)) {
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    upgrader.handleUpgrade(request, socket, head, (client) => {
      sockets.accept(client);
    });
  });

  return {
    origin: access.origin,
    newLaunchLink: () => `${access.origin}${LAUNCH_PATH}#${access.newLaunchKey()}`,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await sockets.close();
      server.closeAllConnections(); // browsers keep theirs open for later
      await closed;
    },
  };
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  files: WindowFiles,
): Promise<void> {
  const path = pathOf(request);
  const door = doorOf(request.method, path);
  if (path === null || door === null || !access.admits(door, request.headersDistinct)) {
    send(response, 403, 'text/html; charset=utf-8', refusalPage);
  } else if (door === 'session') {
    await openSession(request, response, access);
  } else if (door === 'launch') {
    if (path === LAUNCH_PATH) send(response, 200, 'text/html; charset=utf-8', launchPage);
    else send(response, 200, 'text/javascript; charset=utf-8', launchScript);
  } else {
    await sendFile(response, files.find(path));
  }
}

function doorOf(method: string | undefined, path: string | null): Door | null {
  if (path === SESSION_PATH) return method === 'POST' ? 'session' : null;
  if (method !== 'GET' && method !== 'HEAD') return null;
  return path === LAUNCH_PATH || path === LAUNCH_SCRIPT_PATH ? 'launch' : 'file';
}

/** The path as it was sent: it is compared, never resolved. Null for `http://other/` and the like. */
function pathOf(request: IncomingMessage): string | null {
  const [path = ''] = (request.url ?? '').split('?', 1);
  return path.startsWith('/') ? path : null;
}

async function openSession(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
): Promise<void> {
  const credentials = access.redeem(await readLaunchKey(request));
  if (credentials === null) {
    send(response, 403, 'text/html; charset=utf-8', refusalPage);
    return;
  }
  response.setHeader('Set-Cookie', credentials.setCookie);
  send(
    response,
    200,
    'application/json; charset=utf-8',
    JSON.stringify({ windowKey: credentials.windowKey }),
  );
}

async function readLaunchKey(request: IncomingMessage): Promise<unknown> {
  const length = Number(request.headers['content-length']);
  if (!(length <= LONGEST_SESSION_BODY) || request.headers['content-type'] !== 'application/json')
    return null;
  try {
    const body: unknown = JSON.parse(await text(request));
    return typeof body === 'object' && body !== null && 'key' in body ? body.key : null;
  } catch {
    return null; // not JSON, or the sender hung up
  }
}

async function sendFile(response: ServerResponse, file: WindowFile | undefined): Promise<void> {
  if (file === undefined) {
    send(response, 404, 'text/plain; charset=utf-8', 'The window has no such file.');
    return;
  }
  const cache = file.immutable ? 'private, max-age=31536000, immutable' : 'no-store';
  send(response, 200, file.type, await file.read(), cache);
}

function send(
  response: ServerResponse,
  status: number,
  type: string,
  body: string | Uint8Array,
  cache = 'no-store',
): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': cache,
  });
  response.end(body); // node leaves the body out for HEAD
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<number> {
  server.listen({ host: '127.0.0.1', port, exclusive: true });
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      throw new Failure(
        'port-in-use',
        `Port ${String(port)} is taken by another program. Give another one with --port, or none for a free one.`,
      );
    if (code === 'EACCES')
      throw new Failure(
        'not-allowed',
        `This system does not let you use port ${String(port)}. Choose one from 1024 up.`,
      );
    throw error;
  }
  return (server.address() as AddressInfo).port;
}
