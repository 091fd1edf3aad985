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
  /** Broken, but the last good code still answers. */
  readonly lastGood: boolean;
  /** How long the last boot or reload took. */
  readonly bootMilliseconds: number | null;
  /** Counts the reloads. */
  readonly generation: number;
  readonly checks: readonly CheckIssue[];
}

/** A server that does not run. */
export const stoppedServer: ServerStatus = {
  state: 'stopped',
  port: null,
  address: null,
  failure: null,
  lastGood: false,
  bootMilliseconds: null,
  generation: 0,
  checks: [],
};

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

/** One operation of a planned or written migration. */
export interface MigrationOperation {
  readonly kind: string;
  /** Django's own words: "Add field isbn to book". */
  readonly description: string;
  readonly code: string;
  readonly sql: readonly string[] | null;
  /** Why there is no SQL; null where there is. */
  readonly sqlMissing: string | null;
  /** Rows or values would be lost. */
  readonly destructive: boolean;
}

/** A migration that `makemigrations` would write. */
export interface PlannedMigration {
  readonly app: string;
  readonly name: string;
  readonly file: string;
  readonly code: string;
  readonly operations: readonly MigrationOperation[];
}

/** Something Django's autodetector can't know and asks. */
export interface MigrationQuestion {
  readonly id: string;
  readonly kind:
    | 'rename_field'
    | 'rename_model'
    | 'not_null_default'
    | 'not_null_alteration'
    | 'unique_callable_default'
    | 'auto_now_add_default';
  readonly app: string;
  readonly model: string;
  readonly field: string | null;
  readonly message: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly default: string | null;
}

/** What `makemigrations` would write now. */
export interface MigrationPlan {
  readonly migrations: readonly PlannedMigration[];
  readonly questions: readonly MigrationQuestion[];
}

/** State of every migration of every app. */
export interface MigrationState {
  readonly apps: readonly {
    readonly label: string;
    /** The code of the app stands in this project. */
    readonly project: boolean;
    readonly migrations: readonly {
      readonly name: string;
      /** null where the database could not be asked. */
      readonly applied: boolean | null;
      readonly file: string;
    }[];
  }[];
  readonly conflicts: readonly { readonly app: string; readonly names: readonly string[] }[];
  readonly databaseError: string | null;
}

const answers = z.array(z.strictObject({ id: z.string().max(500), answer: z.string().max(5000) })).max(500);
const migrationTarget = z.strictObject({
  app: z.string().max(200).optional(),
  name: z.string().max(300).optional(),
});

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
  /** Whether browser tabs of the site reload by themselves; they do unless somebody says no. */
  'server.tabs': call<null>()('none', z.strictObject({ on: z.boolean() })),
  /** The newest lines, oldest first, and how many were dropped before them. */
  'server.log': call<{ readonly lines: readonly LogLine[]; readonly dropped: number }>()(
    'none',
    z.strictObject({}),
  ),
  'server.clearLog': call<null>()('none', z.strictObject({})),

  'runtime.read': call<RuntimeLens>()('project', z.strictObject({})),

  'migrations.state': call<MigrationState>()('project', z.strictObject({})),
  'migrations.plan': call<MigrationPlan>()('project', z.strictObject({ answers })),
  'migrations.make': call<{ readonly written: readonly string[] }>()('project', z.strictObject({ answers })),
  'migrations.sql': call<{ readonly sql: string }>()(
    'project',
    z.strictObject({ app: z.string().max(200), name: z.string().max(300) }),
  ),
  /** What `migrations.apply` would run, in its order. */
  'migrations.preview': call<
    readonly {
      readonly app: string;
      readonly name: string;
      readonly backwards: boolean;
      readonly operations: readonly string[];
    }[]
  >()('project', migrationTarget),
  /** A job. */
  'migrations.apply': call<{ readonly jobId: string }>()('project', migrationTarget),

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
