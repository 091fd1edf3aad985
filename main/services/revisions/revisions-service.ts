import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CallOutput, CallParsed } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { ModelFacts } from '../../../shared/django/project-model.ts';
import { workerUrl } from '../worker-url.ts';
import { git } from './git.ts';
import { commitOf, filesOf } from './revision-files.ts';
import type { RevisionStart } from './revision-worker.ts';

/** Reads the project as git remembers it; changes nothing. */
export interface RevisionsService {
  /** Answers `revisions.list`. */
  readonly list: () => Promise<CallOutput<'revisions.list'>>;
  /** Answers `revisions.models`. */
  readonly models: (input: CallParsed<'revisions.models'>) => Promise<CallOutput<'revisions.models'>>;
}

interface RevisionsServiceDeps {
  /** The open folder and the project in it; null when none is open. */
  readonly workspace: () => { readonly realPath: string; readonly project: string | null } | null;
}

const NEWEST_COMMITS = 30;
const MOST_NAMES = 200;

/** Makes the service of the project's revisions. */
export function createRevisionsService({ workspace }: RevisionsServiceDeps): RevisionsService {
  const opened = () => {
    const current = workspace();
    if (current === null) throw new Failure('not-available', 'No folder is open. Open a project first.');
    return current;
  };
  return {
    list: async () => {
      const { realPath } = opened();
      const format = '--format=%(refname:short)%00%(objectname:short)%00%(committerdate:unix)%00%(subject)';
      const refs = ['for-each-ref', '--sort=-committerdate', `--count=${String(MOST_NAMES)}`, format];
      const names = await git(realPath, [...refs, 'refs/heads', 'refs/tags', 'refs/remotes']);
      const commits = await git(realPath, [
        'rev-list',
        `--max-count=${String(NEWEST_COMMITS)}`,
        '--no-commit-header',
        '--format=%h%x00%h%x00%ct%x00%s',
        '--all',
      ]).catch(() => Buffer.alloc(0)); // a repository without a commit has none to list
      return [...entriesOf(names, 'name'), ...entriesOf(commits, 'commit')];
    },
    models: async ({ revision }) => {
      const { realPath, project } = opened();
      const commit = await commitOf(realPath, revision);
      const files = await filesOf(realPath, commit);
      return { commit, models: await parse({ files, root: realPath, project }) };
    },
  };
}

async function parse(start: RevisionStart): Promise<readonly ModelFacts[]> {
  const worker = new Worker(workerUrl('revision-worker', import.meta.url), { workerData: start });
  try {
    const [models] = (await once(worker, 'message')) as [readonly ModelFacts[]];
    return models;
  } finally {
    await worker.terminate();
  }
}

function entriesOf(answer: Buffer, kind: 'name' | 'commit'): CallOutput<'revisions.list'> {
  return answer
    .toString('utf8')
    .split('\n')
    .flatMap((line) => {
      const [name, commit, at, subject] = line.split('\0');
      if (name === undefined || commit === undefined || subject === undefined) return [];
      // A commit is said by its hash alone, a tag of something else has no date.
      return [{ kind, name, commit, at: at === '' ? null : Number(at) * 1000, subject }];
    });
}
