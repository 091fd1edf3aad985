import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../shared/contract/failure.ts';
import { CHANGES, writeProject } from './fault-project.ts';
import { leftovers, makeFolder, openStudio, operation, treeHash, type Studio } from './studio.ts';

/** What the faults came to. */
export interface FaultCounts {
  readonly runs: number;
  /** The sentence that each fault was answered with. */
  readonly sentences: Readonly<Record<string, string>>;
  /** Faults that this machine does not let anybody make, with what it said. */
  readonly skipped: readonly string[];
}

/** One way in which the system refuses a save, met between a plan and its save. */
interface Fault {
  /** Makes the fault; answers with what takes it away again. */
  readonly make: (place: Place) => () => void;
  /** What the window is told. */
  readonly says: RegExp;
  /** Somebody else's change: the failure has both texts. */
  readonly conflict?: boolean;
  readonly moves?: true;
}

interface Place {
  readonly root: string;
  readonly storage: string;
  /** On the disk of the project, and not in it. */
  readonly beside: string;
  /** The file of the plan that is met: the first one, one in the middle, the last one. */
  readonly file: string;
}

const run = (command: string, ...args: string[]): void => {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
};
const immutable = (path: string): (() => void) => {
  run('chattr', '+i', path);
  return () => {
    run('chattr', '-i', path);
  };
};
const mode = (path: string, faulty: number, good: number): (() => void) => {
  chmodSync(path, faulty);
  return () => {
    chmodSync(path, good);
  };
};
/** Leaves no more than a few kilobytes of the small disk that a folder is on. */
const fill = (folder: string): (() => void) => {
  const filler = join(folder, 'filler.bin');
  const { bavail, bsize } = statfsSync(folder);
  writeFileSync(filler, Buffer.alloc(Math.max(0, (bavail - 6) * bsize)));
  return () => {
    rmSync(filler);
  };
};
/** Puts something else in the place of a file, and the file back. */
const instead =
  (make: (path: string, place: Place) => void) =>
  (place: Place): (() => void) => {
    const path = join(place.root, place.file);
    renameSync(path, join(place.beside, 'kept'));
    make(path, place);
    return () => {
      rmSync(path, { recursive: true, force: true });
      renameSync(join(place.beside, 'kept'), path);
    };
  };

const faults: Readonly<Record<string, Fault>> = {
  'disk full': { make: ({ root }) => fill(root), says: /was not saved: the disk is full/ },
  'no room for undo': { make: ({ storage }) => fill(storage), says: /needs for undo: the disk is full/ },
  'immutable file': { make: ({ root, file }) => immutable(join(root, file)), says: /is read-only/ },
  'immutable folder': { make: ({ root }) => immutable(join(root, 'shop')), says: /shop.*read-only/ },
  'read-only file': { make: ({ root, file }) => mode(join(root, file), 0o444, 0o644), says: /is read-only/ },
  'read-only folder': { make: ({ root }) => mode(join(root, 'shop'), 0o555, 0o755), says: /shop.*read-only/ },
  'append-only file': {
    make: ({ root, file }) => {
      run('chattr', '+a', join(root, file));
      return () => {
        run('chattr', '-a', join(root, file));
      };
    },
    says: /permission to write there is missing|read-only/,
  },
  'mount over a file': {
    make: ({ root, file, storage }) => {
      const path = join(root, file);
      run('cp', path, join(storage, 'mounted'));
      run('mount', '--bind', join(storage, 'mounted'), path);
      return () => {
        run('umount', path);
      };
    },
    says: /is the place of a mount/,
  },
  'another disk': {
    make: ({ root }) => {
      mkdirSync(join(root, 'apps'));
      run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', join(root, 'apps'));
      return () => {
        run('umount', join(root, 'apps'));
        rmSync(join(root, 'apps'), { recursive: true });
      };
    },
    says: /would have to go to another disk/,
    moves: true,
  },
  'a folder instead': { make: instead((path) => mkdirSync(path)), says: /is a folder/, conflict: true },
  'a pipe instead': { make: instead((path) => run('mkfifo', path)), says: /is a pipe/, conflict: true },
  'a link that leads out': {
    make: instead((path) => {
      symlinkSync('/etc/hostname', path);
    }),
    says: /not a path inside/,
    conflict: true,
  },
  'a link that leads nowhere': {
    make: instead((path) => {
      symlinkSync('nowhere', path);
    }),
    says: /leads nowhere/,
    conflict: true,
  },
  'bytes instead of a text': {
    make: instead((path) => {
      writeFileSync(path, Buffer.alloc(100));
    }),
    says: /holds zero bytes/,
    conflict: true,
  },
  'far too large': {
    make: instead((path) => {
      writeFileSync(path, Buffer.alloc(6_000_000, 'x'));
    }),
    says: /has 6 MB/,
    conflict: true,
  },
  'file removed': { make: instead(() => undefined), says: /was removed by another program/, conflict: true },
  'file changed': {
    make: instead((path) => {
      appendFileSync(path, 'theirs = 1\n');
    }),
    says: /was changed by another program/,
    conflict: true,
  },
  'folder removed': {
    make: ({ root, beside }) => {
      renameSync(join(root, 'shop'), join(beside, 'shop'));
      return () => {
        renameSync(join(beside, 'shop'), join(root, 'shop'));
      };
    },
    says: /was removed by another program|was removed or renamed by another program/,
    conflict: true,
  },
};

const EDITED = Object.keys(CHANGES).filter((path) => !path.startsWith('api/'));

/**
 * Lets the system refuse saves in every way that can be had here: fails where a byte was changed, where something is
 * left behind, where the sentence does not say why, and where the same save does not succeed once the fault is gone,
 * or can't be taken back. Each fault is met at several files.
 */
export async function meetFaults(
  names: readonly string[] = Object.keys(faults),
  files: readonly string[] = EDITED,
): Promise<FaultCounts> {
  const counts = { runs: 0, sentences: {} as Record<string, string>, skipped: [] as string[] };
  for (const name of names) {
    const fault = faults[name];
    if (fault === undefined) throw new Error(`There is no fault called ${name}.`);
    for (const file of fault.moves === true ? ['shop'] : files) {
      try {
        counts.sentences[name] = await meetFault(name, fault, file);
        counts.runs += 1;
      } catch (error) {
        if (!(error instanceof NotToBeMade)) throw error;
        counts.skipped.push(`${name}: ${error.message}`);
        console.warn(`SKIPPED “${name}”: this machine does not let anybody make it. ${error.message}`);
        break;
      }
    }
  }
  return counts;
}

class NotToBeMade extends Error {}

async function meetFault(
  name: string,
  { make, says, conflict, moves }: Fault,
  file: string,
): Promise<string> {
  const folder = makeFolder();
  const unmount = mountSmallDisk(folder);
  const beside = join(folder, 'disk');
  const place = { root: join(beside, 'project'), storage: join(folder, 'storage/own'), beside, file };
  let studio: Studio | null = null;
  try {
    writeProject(place.root);
    mkdirSync(place.storage, { recursive: true });
    const before = treeHash(place.root);
    studio = await openStudio(place.root, place.storage);
    studio.index.intend(CHANGES, moves === true ? { folderMoves: [{ from: 'shop', to: 'apps/store' }] } : {});
    const plan = await studio.source.plan(operation);
    const relieve = attempt(() => make(place));
    const faulty = treeHash(place.root);
    let message = '';
    try {
      message = await refusalOf(studio, plan.id, conflict === true);
    } finally {
      const found = treeHash(place.root);
      relieve();
      if (found !== faulty) throw new Error(`${name} at ${file}: a file was changed. ${message}`);
    }
    if (!says.test(message)) throw new Error(`${name} at ${file}: it only says “${message}”`);
    if (treeHash(place.root) !== before)
      throw new Error(`${name} at ${file}: the test itself changed something.`);
    const left = [...leftovers(place.root), ...leftovers(join(place.storage, 'journal'))];
    if (left.length > 0) throw new Error(`${name} at ${file}: there is left ${left.join(', ')}.`);
    await untilPlanned(studio, plan.id);
    await studio.source.apply(operation, plan.id);
    await studio.source.undo();
    if (treeHash(place.root) !== before)
      throw new Error(`${name} at ${file}: undo does not lead to the start.`);
    return message;
  } finally {
    await studio?.source.close();
    unmount();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The studio has seen that the files are the old ones again. */
async function untilPlanned({ source }: Studio, planId: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const id = await source.plan(operation).then(
      (plan) => plan.id,
      () => null,
    );
    if (id === planId) return;
    if (Date.now() > deadline)
      throw new Error('The files are the old ones again, and the studio does not see it.');
    await wait(5);
  }
}

async function refusalOf({ source }: Studio, planId: string, conflict: boolean): Promise<string> {
  try {
    await source.apply(operation, planId);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { code, detail } = error;
    const hasTexts = 'yours' in (detail ?? {}) && 'theirs' in (detail ?? {});
    if (conflict && (code !== 'changed-outside' || !hasTexts)) throw error;
    return error.message;
  }
  throw new Error('It was saved all the same.');
}

/** Two small disks of their own, for the project and for the studio's storage; only some may mount. */
function mountSmallDisk(folder: string): () => void {
  const disks = ['disk', 'storage'].map((name) => join(folder, name));
  const mounted: string[] = [];
  for (const disk of disks) {
    mkdirSync(disk);
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]);
    if (status === 0) mounted.push(disk);
  }
  return () => {
    for (const disk of mounted) run('umount', '-l', disk);
  };
}

function attempt(make: () => () => void): () => void {
  try {
    return make();
  } catch (error) {
    const { stderr } = error as { readonly stderr?: string };
    throw new NotToBeMade((stderr ?? String(error)).trim());
  }
}
