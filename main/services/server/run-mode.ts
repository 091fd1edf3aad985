import { z } from 'zod';
import type { CallOutput, CallParsed } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { writeFileAtomically } from '../storage/atomic-write.ts';
import { readRegularFile } from '../storage/regular-file.ts';
import { resolveInside } from '../storage/workspace-path.ts';

/** How the project is run: by the studio's server, or by a command of its own. */
export interface RunMode {
  readonly read: () => CallOutput<'server.runMode'>;
  readonly write: (input: CallParsed<'server.setRunMode'>) => Promise<CallOutput<'server.runMode'>>;
}

const FILE = '.samois/run.json';
const stored = z.object({ commands: z.record(z.string(), z.string().max(2000)) });
type Commands = z.infer<typeof stored>['commands'];

/** Remembers it in `.samois/run.json` of the workspace, by the folder of the project. */
export function createRunMode(deps: {
  /** The open workspace and the folder of its project; null when none is open. */
  readonly opened: () => { readonly root: string; readonly project: string } | null;
}): RunMode {
  const read = (): CallOutput<'server.runMode'> => {
    const opened = deps.opened();
    if (opened === null) return { command: null };
    return { command: commandsOf(opened.root)[opened.project || '.'] ?? null };
  };
  const write: RunMode['write'] = async ({ command }) => {
    const opened = deps.opened();
    if (opened === null) throw new Failure('not-available', 'No project is open. Open a folder first.');
    const { root, project } = opened;
    const others = Object.entries(commandsOf(root)).filter(([folder]) => folder !== (project || '.'));
    const own = command === null ? [] : [[project || '.', command.trim()] as const];
    const sorted = [...others, ...own].sort(([one], [other]) => (one < other ? -1 : 1));
    try {
      const text = `${JSON.stringify({ commands: Object.fromEntries(sorted) }, null, 2)}\n`;
      await writeFileAtomically(resolveInside(root, FILE), text);
    } catch (error) {
      if (error instanceof Failure) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new Failure('tool-failed', `The command could not be remembered: ${reason}`);
    }
    return read();
  };
  return { read, write };
}

/** The file is safe to lose: what is damaged counts as not there. */
function commandsOf(root: string): Commands {
  try {
    const found = readRegularFile(resolveInside(root, FILE));
    if (found === null) return {};
    const parsed = stored.safeParse(JSON.parse(new TextDecoder().decode(found.bytes)));
    return parsed.success ? parsed.data.commands : {};
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof Failure) return {};
    throw error;
  }
}
