import { cp, mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testEnvironment, testWheels } from '../../support/python-environment.ts';

/** A home folder of the journey's own, with everything it makes; removed at the end. */
export interface Home {
  readonly folder: string;
  readonly stateFolder: string;
  /** An interpreter that no search finds: it is given by its path. */
  readonly python: string;
  /** A folder of wheels, so that nothing needs a network. */
  readonly wheels: string;
  /** What the studio is started with: a user who installs packages from a folder of theirs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Puts the wheels there. */
  readonly bringWheels: () => Promise<void>;
  readonly remove: () => Promise<void>;
}

/** Whether this run renews the pictures of the guide. */
export const takesPictures = process.env['SAMOIS_PICTURES'] === '1';

/** Makes the home; for pictures always at the same place, so that they differ only where the studio does. */
export async function makeHome(): Promise<Home> {
  const folder = takesPictures ? join(tmpdir(), 'samois') : await mkdtemp(join(tmpdir(), 'samois-journey-'));
  // Fails where the place is taken: nobody else's folder may be removed at the end.
  if (takesPictures) await mkdir(folder);
  const home = await realpath(folder);
  const wheels = join(home, 'wheels');
  await symlink(testEnvironment, join(home, 'python'));
  const stateFolder = join(home, '.samois-state');
  return {
    folder: home,
    stateFolder,
    python: join(home, 'python', process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python'),
    wheels,
    environment: {
      HOME: home,
      // Pictures list the interpreters that everybody's system has.
      ...(takesPictures ? { PATH: '/usr/local/bin:/usr/bin:/bin', PYENV_ROOT: join(home, '.pyenv') } : {}),
      SAMOIS_STATE_FOLDER: stateFolder,
      PIP_FIND_LINKS: wheels,
      PIP_NO_INDEX: '1',
      UV_FIND_LINKS: wheels,
      UV_NO_INDEX: '1',
    },
    // No link: pip names the real place in its log, and the pictures show that.
    bringWheels: () => cp(testWheels, wheels, { recursive: true }),
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
