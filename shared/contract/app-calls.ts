import { z } from 'zod';
import { call } from './call.ts';
import type { FailureValue } from './failure.ts';

/** What the window has to know of the program around it. */
export interface AppInfo {
  readonly version: string;
  readonly shell: 'electron' | 'browser';
  readonly platform: 'linux' | 'darwin' | 'win32';
  readonly nativeDialogs: boolean;
  /** Home folder of the user, for the first suggestion of a path. */
  readonly home: string;
  /** What is wrong with the studio's own files, in sentences: damaged, not readable, not writable. */
  readonly notices: readonly string[];
}

/** How one column of a table is shown. */
const columnLayout = z.strictObject({
  name: z.string().max(1000),
  /** In pixels; null for what fits its first values. */
  width: z.number().int().min(10).max(5000).nullable(),
  pinned: z.boolean(),
  hidden: z.boolean(),
});
export type ColumnLayout = z.infer<typeof columnLayout>;

/** What the user chose for the studio itself; kept outside every project. */
export const settingsSchema = z.strictObject({
  theme: z.enum(['system', 'light', 'dark']),
  /** Whether the hunks of a change are shown before it is written. */
  confirmChanges: z.boolean(),
  /** Whether saving in the editor happens by itself after a pause of a second. */
  autoSave: z.boolean(),
  editorFontSize: z.number().int().min(8).max(32),
  /** Wanted port of the user's server; the next free one is offered when it is taken. */
  serverPort: z.number().int().min(0).max(65535),
  /** Sizes of the panes, a list of percentages by name of the pane group. */
  panes: z.record(z.string().max(60), z.record(z.string().max(60), z.number())),
  /** How the columns of a table are shown, from left to right, by folder, database and table. */
  tableColumns: z.record(z.string().max(10_000), z.array(columnLayout).max(2000)),
});
export type Settings = z.infer<typeof settingsSchema>;

/** One long-running work: started by a call, told by events, ended by itself or by `job.cancel`. */
export interface Job {
  readonly id: string;
  /** What it does, for people: "Creating library". */
  readonly title: string;
  readonly state: 'running' | 'succeeded' | 'failed' | 'cancelled';
  /** The step it is at, for people. */
  readonly step: string;
  /** 0 to 1; null where it can't be known. */
  readonly progress: number | null;
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** The result of a job that succeeded; its type is said at the call that starts it. */
  readonly value?: unknown;
  readonly failure?: FailureValue;
}

export const appCalls = {
  'app.info': call<AppInfo>()('none', z.strictObject({})),
  'settings.read': call<Settings>()('none', z.strictObject({})),
  'settings.change': call<Settings>()('none', settingsSchema.partial()),
  'job.list': call<readonly Job[]>()('none', z.strictObject({})),
  'job.log': call<readonly string[]>()('none', z.strictObject({ jobId: z.string().max(100) })),
  'job.cancel': call<null>()('none', z.strictObject({ jobId: z.string().max(100) })),
} as const;

/** What the program itself tells the window unasked. */
export interface AppEvents {
  readonly 'settings.changed': Settings;
  readonly 'job.changed': Job;
  readonly 'job.logged': { readonly jobId: string; readonly lines: readonly string[] };
  /** A line of the native menu was chosen; the window runs the command of that id. */
  readonly 'command.run': { readonly command: string };
}
