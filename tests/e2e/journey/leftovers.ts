import { readdir, readFile, readlink } from 'node:fs/promises';
import { createConnection } from 'node:net';
import { sep } from 'node:path';
import type { Home } from './home.ts';

/** Processes that the studio started or that work in its folders, as "pid command"; Linux alone can tell. */
export async function processesOf(home: Home): Promise<readonly string[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid);
  const found = await Promise.all(pids.map((pid) => describe(pid, home)));
  return found.filter((line) => line !== null);
}

async function describe(pid: string, home: Home): Promise<string | null> {
  // Any process may end while it is looked at.
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  const [environment, command] = [await read('environ'), await read('cmdline')];
  const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '');
  const inside = `${home.folder}${sep}`;
  const ours =
    environment.split('\0').includes(`SAMOIS_STATE_FOLDER=${home.stateFolder}`) ||
    `${cwd}${sep}`.startsWith(inside) ||
    command.includes(inside);
  return ours ? `${pid} ${command.replaceAll('\0', ' ').trim()}` : null;
}

/** Whether somebody listens at this address. */
export function isListening(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = createConnection({ host: hostname, port: Number(port) });
    socket.on('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => {
      resolve(false);
    });
  });
}
