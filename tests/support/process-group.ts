import { readdirSync, readFileSync } from 'node:fs';

/** A process of a group. */
export interface GroupProcess {
  readonly pid: number;
  /** Processor time since it began. */
  readonly seconds: number;
}

// Of every Linux that Node runs on: https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
const TICKS_A_SECOND = 100;

/** The processes of a process group. Linux, which tells of others' processes. */
export function processesOfGroup(leader: number): readonly GroupProcess[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const text = readFileSync(`/proc/${name}/stat`, 'utf8');
      // The name of the program comes before, in brackets, and may hold anything.
      const fields = text
        .slice(text.lastIndexOf(')') + 2)
        .split(' ')
        .map(Number);
      const [, , group, , , , , , , , , user = 0, system = 0] = fields;
      return group === leader ? [{ pid: Number(name), seconds: (user + system) / TICKS_A_SECOND }] : [];
    } catch {
      return []; // it has just ended
    }
  });
}
