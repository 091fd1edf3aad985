import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
const LOOK_MILLISECONDS = 3000;
const POLL_MILLISECONDS = 50;
const PORTS_TRIED = 200;
const LAST_PORT = 65535;

/** Who listens on a TCP port of this machine, "nginx (pid 812)"; null where the system does not tell. */
export async function findPortHolder(port: number): Promise<string | null> {
  try {
    if (process.platform === 'linux') return await holderOnLinux(port);
    if (process.platform === 'win32') return await holderOnWindows(port);
    return lsofHolder((await look('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])).stdout);
  } catch {
    return null; // the tool is missing, or sees only what belongs to this user
  }
}

/** Waits, for a moment, until the processes that held a port have gone. */
export async function untilPortIsFree(port: number): Promise<void> {
  const deadline = Date.now() + LOOK_MILLISECONDS;
  while (!(await isFree(port)) && Date.now() < deadline) await wait(POLL_MILLISECONDS);
}

/** The first port from `from` on that both loopback addresses can listen on; 0 when there is none. */
export async function nextFreePort(from: number): Promise<number> {
  for (let port = from; port < Math.min(from + PORTS_TRIED, LAST_PORT); port += 1) {
    if (await isFree(port)) return port;
  }
  return 0;
}

/** The inodes of sockets that listen on a port, from the text of `/proc/net/tcp` or `tcp6`. */
export function listeningInodes(table: string, port: number): readonly string[] {
  const LISTEN = '0A';
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  return table.split('\n').flatMap((line) => {
    const [, local, , state, , , , , , inode] = line.trim().split(/\s+/);
    return local?.endsWith(`:${wanted}`) && state === LISTEN && inode !== undefined ? [inode] : [];
  });
}

/** The first process in the output of `lsof -Fpc`. */
export function lsofHolder(output: string): string | null {
  const pid = /^p(\d+)$/m.exec(output)?.[1];
  const name = /^c(.+)$/m.exec(output)?.[1];
  return pid === undefined ? null : holder(name, pid);
}

/** The pid that listens on a port, from the output of `netstat -ano`; the words in it are translated, so they are not read. */
export function netstatPid(output: string, port: number): string | null {
  for (const line of output.split('\n')) {
    const [protocol, local, remote, , pid] = line.trim().split(/\s+/);
    const listens = remote === '0.0.0.0:0' || remote === '[::]:0';
    if (protocol === 'TCP' && local?.endsWith(`:${port}`) && listens && pid !== undefined) return pid;
  }
  return null;
}

async function holderOnLinux(port: number): Promise<string | null> {
  const tables = await Promise.all(
    ['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8').catch(() => '')),
  );
  const sockets = new Set(
    tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return null;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    if (!(await holdsSocket(pid, sockets))) continue;
    return holder(await programName(pid), pid);
  }
  return null;
}

/** A process names its threads as it likes (Node's is "MainThread"): people know the program by its file. */
async function programName(pid: string): Promise<string> {
  const file = await readlink(`/proc/${pid}/exe`).catch(() => '');
  if (file !== '') return basename(file.replace(/ \(deleted\)$/, ''));
  return (await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => '')).trim();
}

async function holdsSocket(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  // Processes of other users do not show their files, and any process may end meanwhile.
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  for (const file of files) {
    if (sockets.has(await readlink(`/proc/${pid}/fd/${file}`).catch(() => ''))) return true;
  }
  return false;
}

async function holderOnWindows(port: number): Promise<string | null> {
  const pid = netstatPid((await look('netstat', ['-ano', '-p', 'TCP'])).stdout, port);
  if (pid === null) return null;
  const { stdout } = await look('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH']);
  return holder(/^"([^"]+)"/m.exec(stdout)?.[1], pid);
}

function look(command: string, args: readonly string[]): Promise<{ stdout: string }> {
  return run(command, args, { timeout: LOOK_MILLISECONDS, windowsHide: true });
}

function holder(name: string | undefined, pid: string): string {
  return name === undefined || name === '' ? `pid ${pid}` : `${name} (pid ${pid})`;
}

async function isFree(port: number): Promise<boolean> {
  return (await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'));
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      // A machine without IPv6 has no ::1 that somebody else could hold.
      resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT');
    });
    server.listen({ port, host, exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
