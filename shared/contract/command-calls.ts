import { z } from 'zod';
import { call } from './call.ts';

/** A management command of the project, as `manage.py help` lists it. */
export interface ManagementCommand {
  readonly name: string;
  /** The app that brings it: "django.core", "catalog". */
  readonly app: string;
  /** Its code stands in this project. */
  readonly project: boolean;
}

/** One argument of a command, as its own parser describes it. */
export interface CommandArgument {
  readonly name: string;
  /** "--limit"; null for one that is told by its place. */
  readonly flag: string | null;
  readonly kind: 'text' | 'number' | 'choice' | 'switch';
  /** It takes several values, one a line. */
  readonly many: boolean;
  /** The flag stands before each of several values. */
  readonly repeatsFlag: boolean;
  readonly required: boolean;
  readonly choices: readonly string[];
  readonly default: string | null;
  readonly help: string;
}

/** What a command is for and what it can be told. */
export interface CommandForm {
  readonly name: string;
  readonly help: string;
  readonly arguments: readonly CommandArgument[];
}

const name = z.string().min(1).max(200);

export const commandCalls = {
  /** Without those that never end or need a terminal: `runserver`, `shell`, `dbshell`. */
  'commands.list': call<readonly ManagementCommand[]>()('project', z.strictObject({})),
  'commands.describe': call<CommandForm>()('project', z.strictObject({ name })),
  /** A job; its log is what the command prints. `arguments` are words, as in a shell. */
  'commands.run': call<{ readonly jobId: string }>()(
    'project',
    z.strictObject({ name, arguments: z.array(z.string().max(20_000)).max(500) }),
  ),
} as const;
