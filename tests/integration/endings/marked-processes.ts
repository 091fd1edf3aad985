import { readdirSync, readFileSync } from 'node:fs';

/** A variable of the environment that a studio and everything it starts inherit. */
export const MARKER = 'SAMOIS_TEST_MARKER';

/** Every process that has the marker in its environment, with what it runs. Linux only. */
export function markedProcesses(
  marker: string,
): readonly { readonly pid: number; readonly command: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const environment = readFileSync(`/proc/${name}/environ`, 'latin1');
      if (!environment.split('\0').includes(`${MARKER}=${marker}`)) return [];
      const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 200);
      return [{ pid: Number(name), command }];
    } catch {
      return []; // it has just ended, or is another user's
    }
  });
}
