import { z } from 'zod';
import { call } from './call.ts';

/** An absolute path of the machine the studio runs on. */
export const absolutePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((path) => !path.includes('\0'), 'A path has no zero byte in it.');

/** The folder the user opened, and what is known of it before anything runs. */
export interface Workspace {
  /** The path as the user chose it. */
  readonly path: string;
  /** With every symbolic link resolved: trust and locks belong to this one. */
  readonly realPath: string;
  readonly name: string;
  readonly trusted: boolean;
  /** Every `manage.py` found, relative to the workspace; the studio works on `project`. */
  readonly projects: readonly string[];
  /** Folder of the chosen `manage.py`, relative to the workspace ('' when it is the workspace itself); null when there is none. */
  readonly project: string | null;
  /** The interpreter that runs this project; null until one is known. */
  readonly interpreter: string | null;
  /** Why the folder is no project that can run, in a sentence; null when it is one. */
  readonly problem: string | null;
}

/** A line of the list on the welcome page. */
export interface RecentWorkspace {
  readonly path: string;
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  readonly exists: boolean;
}

/** An entry of a folder, as the folder dialog of the browser mode shows it. */
export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  /** Whether the folder holds a `manage.py`. */
  readonly isProject: boolean;
}

/** One folder with its sub-folders. */
export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly writable: boolean;
  readonly isProject: boolean;
  readonly folders: readonly FolderEntry[];
  /** Where looking for a folder usually starts: home, what stands in it by custom, the drives. */
  readonly places: readonly FolderEntry[];
}

/** What is wrong with one field of a form, beside which the sentence is shown. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** The database of a new project. */
export const newDatabase = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('sqlite') }),
  z.strictObject({ kind: z.literal('postgresql'), url: z.string().max(2000) }),
]);

/** The account that may enter the admin of a new project. */
export const superuser = z.strictObject({
  username: z.string().max(150),
  email: z.string().max(254),
  password: z.string().max(4096),
});

/** Everything the "new project" form asks. */
export const newProject = z.strictObject({
  name: z.string().max(200),
  /** The folder in which the project's own folder is made. */
  parent: absolutePath,
  interpreter: absolutePath,
  template: z.enum(['blank', 'example']),
  database: newDatabase,
  /** Where packages come from: the package index, or a folder of wheels on this machine. */
  packages: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('index') }),
    z.strictObject({ kind: z.literal('wheels'), folder: absolutePath }),
  ]),
  superuser: superuser.nullable(),
});
export type NewProject = z.infer<typeof newProject>;
export type NewDatabase = z.infer<typeof newDatabase>;

/** One Python interpreter of this machine. */
export interface Interpreter {
  readonly path: string;
  /** `3.12.1`; null where it could not be read. */
  readonly version: string | null;
  readonly source:
    'venv' | 'path' | 'pyenv' | 'uv' | 'conda' | 'homebrew' | 'py-launcher' | 'system' | 'given';
  /** Why it is in the list: "first python3 on PATH", "pyenv version 3.12.1". */
  readonly reason: string;
  /** The newest supported Django series this interpreter runs, `5.2`; null where it runs none. */
  readonly django: string | null;
  /** Why it can't be used, in a sentence; null when it can. */
  readonly problem: string | null;
}

export const workspaceCalls = {
  'workspace.current': call<Workspace | null>()('none', z.strictObject({})),
  'workspace.open': call<Workspace>()(
    'none',
    z.strictObject({ path: absolutePath, project: z.string().max(4096).optional() }),
  ),
  'workspace.close': call<null>()('none', z.strictObject({})),
  'workspace.recent': call<readonly RecentWorkspace[]>()('none', z.strictObject({})),
  'workspace.forget': call<null>()('none', z.strictObject({ path: absolutePath })),
  /** The native dialog; only where `app.info` says that there is one. */
  'workspace.pickFolder': call<string | null>()('none', z.strictObject({ title: z.string().max(200) })),
  'workspace.listFolder': call<FolderListing>()(
    'none',
    z.strictObject({ path: absolutePath.nullable(), showHidden: z.boolean() }),
  ),
  'workspace.createFolder': call<string>()(
    'none',
    z.strictObject({ parent: absolutePath, name: z.string().max(255) }),
  ),
  /** Problems of a half-filled form; an empty list means that the project can be made. */
  'workspace.checkNew': call<readonly FieldProblem[]>()('none', newProject),
  /** A job; its value is `{ path }` of the new project. The user made it, so it starts trusted. */
  'workspace.create': call<{ readonly jobId: string }>()('none', newProject),
  /** Removes what a failed or cancelled `workspace.create` left behind; refuses any other folder. */
  'workspace.removeUnfinished': call<null>()('none', z.strictObject({ path: absolutePath })),

  'trust.grant': call<Workspace>()('none', z.strictObject({})),
  'trust.revoke': call<null>()('none', z.strictObject({ path: absolutePath })),
  'trust.list': call<readonly { readonly path: string; readonly grantedAt: number }[]>()(
    'none',
    z.strictObject({}),
  ),

  'python.interpreters': call<readonly Interpreter[]>()('none', z.strictObject({})),
  /** Looks at an interpreter that was typed or picked by hand. */
  'python.inspect': call<Interpreter>()('none', z.strictObject({ path: absolutePath })),
  /** Chooses the interpreter of the open project. */
  'python.choose': call<Workspace>()('project', z.strictObject({ path: absolutePath })),
  /** A job: installs what the project's requirements name into its environment. */
  'python.installRequirements': call<{ readonly jobId: string }>()('project', z.strictObject({})),
} as const;

/** What the workspace services tell the window unasked. */
export interface WorkspaceEvents {
  readonly 'workspace.changed': Workspace | null;
}
