import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { Failure } from '../../../shared/contract/failure.ts';

/** More than any project's Python has. */
const MOST_BYTES = 256 * 1024 * 1024;
const TIMEOUT_MILLISECONDS = 60_000;

/**
 * A repository may belong to somebody who is not trusted: nothing of its settings may start a program, and
 * nothing is fetched. Only commands that read objects and names are run.
 */
const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'protocol.allow=never'];

/** Runs one reading git command in a folder; fails with a sentence where there is no git or no repository. */
export async function git(
  folder: string,
  args: readonly string[],
  input: string | null = null,
): Promise<Buffer> {
  const env = {
    ...process.env,
    GIT_OPTIONAL_LOCKS: '0',
    GIT_NO_LAZY_FETCH: '1',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
  };
  // From elsewhere: on Windows a `git.exe` in the working folder would be the one that starts.
  const child = spawn('git', [...SAFE, '-C', folder, ...args], {
    cwd: tmpdir(),
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    timeout: TIMEOUT_MILLISECONDS,
  });
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let said = '';
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_BYTES) child.kill();
      else chunks.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      if (said.length < 10_000) said += chunk;
    });
    child.stdin.on('error', () => undefined); // it has ended already, and says why itself
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new Failure('not-available', 'git is not installed, or not in PATH: install it, then try again.')
          : error,
      );
    });
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(chunks));
      else reject(gitFailure(said, size));
    });
    child.stdin.end(input ?? '');
  });
}

function gitFailure(said: string, size: number): Failure {
  if (size > MOST_BYTES)
    return new Failure('refused', 'That revision holds more than 256 MB of source: it was not read.');
  if (/not a git repository/i.test(said))
    return new Failure(
      'not-available',
      'This folder is in no git repository, so there is nothing to compare with.',
    );
  if (/dubious ownership/i.test(said))
    return new Failure(
      'refused',
      'git does not read this repository, since its folder belongs to another user. See safe.directory of git.',
    );
  const reason =
    said
      .trim()
      .split('\n')
      .at(-1)
      ?.replace(/^fatal: /, '') ?? '';
  return new Failure(
    'tool-failed',
    `git could not read the repository${reason === '' ? '.' : `: ${reason}`}`,
  );
}
