import { z } from 'zod';
import type { RuntimeLens } from '../django/runtime-lens.ts';
import { call } from './call.ts';

/** Why the project's code failed, as Python told it. */
export interface ProjectFailure {
  readonly type: string;
  readonly message: string;
  /** Deepest place in the project's own code; absolute path. */
  readonly file: string | null;
  readonly line: number | null;
  /** The source line itself. */
  readonly text: string | null;
  readonly traceback: string;
  readonly frames: readonly {
    readonly file: string;
    readonly line: number;
    readonly name: string;
    readonly text: string | null;
    readonly project: boolean;
  }[];
  readonly missingModule?: string;
  readonly missingVariable?: string;
}

/** One finding of Django's system checks. */
export interface CheckIssue {
  readonly id: string | null;
  readonly level: 'debug' | 'info' | 'warning' | 'error' | 'critical';
  readonly message: string;
  readonly hint: string | null;
  readonly object: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** State of the user's own server. */
export interface ServerStatus {
  readonly state: 'stopped' | 'booting' | 'serving' | 'broken';
  readonly port: number | null;
  /** `http://localhost:8000/`; null when stopped. */
  readonly address: string | null;
  readonly failure: ProjectFailure | null;
  /** What a start that takes long stands at; null while it does not. */
  readonly slow: ProjectFailure | null;
  /** Broken, but the last good code still answers. */
  readonly lastGood: boolean;
  /** How long the last boot or reload took. */
  readonly bootMilliseconds: number | null;
  /** Counts the reloads. */
  readonly generation: number;
  readonly checks: readonly CheckIssue[];
  /** Where a command of the user's own serves, and not the studio: without reloads, traces and checks by it. */
  readonly command?: string | undefined;
}

/** A server that does not run. */
export const stoppedServer: ServerStatus = {
  state: 'stopped',
  port: null,
  address: null,
  failure: null,
  slow: null,
  lastGood: false,
  bootMilliseconds: null,
  generation: 0,
  checks: [],
};

/** What the host's processes hold, and what is kept loaded to make the next reload fast. */
export interface HostFootprint {
  readonly processes: readonly {
    readonly kind: 'supervisor' | 'server' | 'boot' | 'leaving' | 'checkpoint' | 'spare' | 'job';
    readonly pid: number;
    /** Memory shared with others counts by its share; null where the system does not tell. */
    readonly kilobytes: number | null;
    readonly threads: number | null;
  }[];
  readonly preloaded: readonly { readonly package: string; readonly modules: number }[];
  /** Files before whose import the project stands ready; absolute paths. */
  readonly checkpoints: readonly string[];
}

/** One record of the server's log. */
export interface LogLine {
  readonly id: number;
  readonly time: number;
  readonly stream: 'stdout' | 'stderr' | 'studio';
  readonly level: 'debug' | 'info' | 'warning' | 'error' | 'critical';
  readonly logger: string | null;
  readonly text: string;
}

/** Who holds a port that is wanted. */
export interface PortConflict {
  readonly port: number;
  /** "nginx (pid 812)"; null where the system does not tell. */
  readonly holder: string | null;
  /** The next port that is free. */
  readonly free: number;
}

/** A user of the project's own database, to send requests as. */
export interface ProjectUser {
  readonly id: string;
  readonly username: string;
  readonly label: string;
  readonly isStaff: boolean;
  readonly isSuperuser: boolean;
  readonly isActive: boolean;
}

/** Who a request is sent as. */
export const sender = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('anonymous') }),
  z.strictObject({ kind: z.literal('user'), id: z.string().max(200) }),
]);
export type Sender = z.infer<typeof sender>;

/** A request to the running server of the project; the address is always that server's own. */
export const outgoingRequest = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']),
  /** Path and query: `/api/books/?page=2`. */
  path: z.string().startsWith('/').max(8000),
  headers: z.array(z.strictObject({ name: z.string().max(200), value: z.string().max(8000) })).max(100),
  body: z.string().max(5_000_000).nullable(),
  as: sender,
});
export type OutgoingRequest = z.infer<typeof outgoingRequest>;

/** What came back. */
export interface IncomingResponse {
  readonly status: number;
  readonly reason: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** Text of the body; null when it is not text. Cut at 2 MB. */
  readonly body: string | null;
  readonly bodyBytes: number;
  readonly truncated: boolean;
  readonly milliseconds: number;
  /** What the studio added for session and CSRF, for people to see. */
  readonly sentHeaders: readonly { readonly name: string; readonly value: string }[];
}

export const hostCalls = {
  'server.status': call<ServerStatus>()('none', z.strictObject({})),
  /** Fails with `port-in-use` and a `PortConflict` as detail when the wanted port is taken. */
  'server.start': call<ServerStatus>()(
    'project',
    z.strictObject({ port: z.number().int().min(0).max(65535).optional() }),
  ),
  'server.stop': call<ServerStatus>()('none', z.strictObject({})),
  'server.restart': call<ServerStatus>()('project', z.strictObject({})),
  /** The command that runs the project instead of the studio's server; null where none does. */
  'server.runMode': call<{ readonly command: string | null }>()('none', z.strictObject({})),
  /** `{port}` in it becomes the port. A running server is not touched. */
  'server.setRunMode': call<{ readonly command: string | null }>()(
    'project',
    z.strictObject({ command: z.string().trim().min(1).max(2000).nullable() }),
  ),
  /** Whether browser tabs of the site reload by themselves; they do unless somebody says no. */
  'server.tabs': call<null>()('none', z.strictObject({ on: z.boolean() })),
  /** No processes while no host runs. */
  'server.processes': call<HostFootprint>()('none', z.strictObject({})),
  /** The newest lines, oldest first, and how many were dropped before them. */
  'server.log': call<{ readonly lines: readonly LogLine[]; readonly dropped: number }>()(
    'none',
    z.strictObject({}),
  ),
  'server.clearLog': call<null>()('none', z.strictObject({})),

  'runtime.read': call<RuntimeLens>()('project', z.strictObject({})),

  'users.list': call<{
    readonly users: readonly ProjectUser[];
    readonly total: number;
    readonly usernameField: string;
  }>()('project', z.strictObject({ search: z.string().max(200) })),
  /** Fails with `invalid-input` and `detail.fields` (a list of messages by field). */
  'users.createSuperuser': call<ProjectUser>()(
    'project',
    z.strictObject({
      username: z.string().max(254),
      email: z.string().max(254),
      password: z.string().max(4096),
    }),
  ),
  'requests.send': call<IncomingResponse>()('project', outgoingRequest),
} as const;

/** What the host services tell the window unasked. */
export interface HostEvents {
  readonly 'server.changed': ServerStatus;
  readonly 'server.logged': { readonly lines: readonly LogLine[]; readonly dropped: number };
  /** The runtime lens is another one by now: ask again when it is shown. */
  readonly 'runtime.changed': { readonly generation: number };
  readonly 'migrations.changed': null;
}
