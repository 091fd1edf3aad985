import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, resolve } from 'node:path';
import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { RecentWorkspace, Workspace } from '../../../shared/contract/workspace-calls.ts';
import type { PythonService } from '../python/python-service.ts';
import type { TrustService } from '../trust/trust-service.ts';
import { reasonOf } from './file-errors.ts';
import { findProjects } from './find-projects.ts';
import type { RecentWorkspaces } from './recent-workspaces.ts';
import { readMarker } from './unfinished-marker.ts';

/** What other services do when the open project changes; each is waited for before the next step. */
export interface WorkspaceHooks {
  readonly onOpened: (workspace: Workspace) => Promise<void> | void;
  /** Also before another workspace is opened. Ends everything that belongs to this one. */
  readonly onClosed: (workspace: Workspace) => Promise<void> | void;
  readonly onTrusted: (workspace: Workspace) => Promise<void> | void;
  /** Ends every child that runs code of the project. */
  readonly onRevoked: (workspace: Workspace) => Promise<void> | void;
  readonly onInterpreterChosen: (workspace: Workspace) => Promise<void> | void;
}

/** The one open workspace: opening, closing, trusting, its interpreter. */
export interface WorkspaceService {
  readonly current: () => Workspace | null;
  /** Asks the file system again whether the open folder is the one that was trusted. */
  readonly isTrusted: () => Promise<boolean>;
  /** The open folder, if it is not trusted at this moment; null when it is, or when none is open. */
  readonly untrusted: () => Promise<string | null>;
  readonly open: (input: CallParsed<'workspace.open'>) => Promise<Workspace>;
  readonly close: () => Promise<null>;
  readonly recent: () => Promise<readonly RecentWorkspace[]>;
  readonly forget: (input: CallParsed<'workspace.forget'>) => Promise<null>;
  readonly grantTrust: () => Promise<Workspace>;
  readonly revokeTrust: (input: CallParsed<'trust.revoke'>) => Promise<null>;
  readonly listTrusted: () => Promise<CallOutput<'trust.list'>>;
  readonly chooseInterpreter: (input: CallParsed<'python.choose'>) => Promise<Workspace>;
  readonly dispose: () => Promise<void>;
}

/** Everything that changes the open workspace goes through one queue: two quick clicks can't interleave. */
export function createWorkspaceService(deps: {
  readonly trust: TrustService;
  readonly recent: RecentWorkspaces;
  readonly python: Pick<PythonService, 'choose' | 'inspect'>;
  readonly emit: Emit;
  readonly hooks: WorkspaceHooks;
  /** Hears of what goes wrong while nobody waits. */
  readonly report: (error: unknown) => void;
}): WorkspaceService {
  let opened: Workspace | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const inOrder = <R>(work: () => Promise<R>): Promise<R> => {
    const next = queue.then(work, work);
    queue = next.catch(() => undefined); // the caller gets the error; the queue goes on
    return next;
  };

  const become = (workspace: Workspace | null): void => {
    opened = workspace;
    deps.emit('workspace.changed', workspace);
  };

  const openedOrFail = (): Workspace => {
    if (opened === null) throw new Failure('not-found', 'No project is open. Open a folder first.');
    return opened;
  };

  const closeOpened = async (): Promise<void> => {
    const closing = opened;
    if (closing === null) return;
    opened = { ...closing, trusted: false }; // no call that needs trust may start while children end
    await deps.hooks.onClosed(closing);
    become(null);
  };

  const look = async (path: string, wanted: string | undefined): Promise<Workspace> => {
    const realPath = await folderAt(path);
    const projects = await findProjects(realPath);
    if (wanted !== undefined && !projects.includes(wanted))
      throw new Failure('not-found', `There is no manage.py in ${join(path, wanted)}.`, { projects });
    const remembered = await deps.recent.choices(path);
    const chosen = wanted ?? remembered.project ?? '';
    const project = projects.includes(chosen) ? chosen : projects[0];
    const folders = [...new Set([join(realPath, project ?? ''), realPath])];
    return {
      path,
      realPath,
      name: basename(path) || path,
      trusted: await deps.trust.isTrusted(realPath),
      projects,
      project: project ?? null,
      interpreter: (await stillThere(remembered.interpreter)) ?? (await deps.python.choose(folders)),
      problem: await problemOf(path, realPath, projects),
    };
  };

  const open: WorkspaceService['open'] = (input) =>
    inOrder(async () => {
      if (!isAbsolute(input.path))
        throw new Failure('invalid-input', `${input.path} is not an absolute path.`);
      const path = resolve(input.path);
      const workspace = await look(path, input.project); // a wrong path leaves the open project open
      await closeOpened();
      await deps.recent.remember(path, input.project === undefined ? {} : { project: input.project });
      become(workspace);
      await deps.hooks.onOpened(workspace);
      return workspace;
    });

  /** Ends what runs when the folder is not the one any more that was trusted; the user is asked again. */
  const loseTrust = (): Promise<void> =>
    inOrder(async () => {
      if (opened === null || !opened.trusted || (await deps.trust.isTrusted(opened.realPath))) return;
      const workspace = { ...opened, trusted: false };
      become(workspace); // first: no call that needs trust may start while children end
      await deps.hooks.onRevoked(workspace);
    });

  const isTrusted = async (): Promise<boolean> => {
    if (opened === null || !opened.trusted) return false;
    if (await deps.trust.isTrusted(opened.realPath)) return true;
    loseTrust().catch(deps.report); // it was replaced, or another studio revoked the trust
    return false;
  };

  const grantTrust = (): Promise<Workspace> =>
    inOrder(async () => {
      const before = openedOrFail();
      await deps.trust.grant(before.realPath);
      if (before.trusted) return before;
      const workspace = { ...before, trusted: true };
      become(workspace);
      await deps.hooks.onTrusted(workspace);
      return workspace;
    });

  const revokeTrust: WorkspaceService['revokeTrust'] = async ({ path }) => {
    try {
      await deps.trust.revoke(path);
    } finally {
      await loseTrust(); // also where the state folder can't be written to
    }
    return null;
  };

  const chooseInterpreter: WorkspaceService['chooseInterpreter'] = ({ path }) =>
    inOrder(async () => {
      const before = openedOrFail();
      const interpreter = await deps.python.inspect({ path });
      if (interpreter.problem !== null) throw new Failure('refused', interpreter.problem, { path });
      const workspace = { ...before, interpreter: interpreter.path };
      await deps.recent.remember(before.path, { interpreter: interpreter.path });
      become(workspace);
      await deps.hooks.onInterpreterChosen(workspace);
      return workspace;
    });

  return {
    current: () => opened,
    isTrusted,
    untrusted: async () => (opened === null || (await isTrusted()) ? null : opened.realPath),
    open,
    close: () => inOrder(async () => (await closeOpened(), null)),
    recent: () => deps.recent.list(),
    forget: async ({ path }) => {
      await deps.recent.forget(path);
      return null;
    },
    grantTrust,
    revokeTrust,
    listTrusted: () => deps.trust.list(),
    chooseInterpreter,
    dispose: () => inOrder(closeOpened),
  };
}

async function folderAt(path: string): Promise<string> {
  try {
    const real = await realpath(path);
    if ((await stat(real)).isDirectory()) return real;
  } catch (error) {
    throw new Failure('not-found', `${path} can't be opened: ${reasonOf(error)}.`, { path });
  }
  throw new Failure('not-found', `${path} is a file. Open the folder it stands in.`, { path });
}

async function stillThere(interpreter: string | null): Promise<string | null> {
  if (interpreter === null) return null;
  return stat(interpreter).then(
    () => interpreter,
    () => null, // removed since: choose again
  );
}

async function problemOf(
  path: string,
  realPath: string,
  projects: readonly string[],
): Promise<string | null> {
  if ((await readMarker(realPath)) !== null)
    return 'This project was not completed: its making was interrupted. Create it again under the same name to continue, or remove it.';
  if (projects.length === 0)
    return `There is no manage.py in ${path} or in its folders, so it is not a Django project that can run. Open the folder that holds manage.py, or create a new project.`;
  return null;
}
