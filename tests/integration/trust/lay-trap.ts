import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { SECRET, type Trap, type TrapSite } from './booby-traps.ts';
import { makeSoundProject } from './sound-project.ts';

/** A sound project with the trap in it, beside a folder that is none of its business. */
export async function layTrap(trap: Trap, parent: string): Promise<TrapSite> {
  const site = {
    project: join(parent, 'shop'),
    outside: join(parent, 'outside'),
    canary: join(parent, 'canary'),
  };
  await mkdir(site.outside, { recursive: true });
  const secret = `class ${SECRET.replaceAll('-', '_')}:\n    x = "${SECRET}"\n`;
  await writeFile(join(site.outside, 'secret'), secret);
  const other = new Database(join(site.outside, 'other.sqlite3'));
  other.exec(`CREATE TABLE t (v); INSERT INTO t VALUES ('${SECRET}')`);
  other.close();
  await makeSoundProject(site.project);
  await trap.lay(site);
  return site;
}

/** Changes when anything in a flat folder does. */
export function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(join(folder, name)));
  return hash.digest('hex');
}
