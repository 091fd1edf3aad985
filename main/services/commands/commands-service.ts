import type { CallOutput, CallParsed } from '../../../shared/contract/contract.ts';
import type { HostService } from '../host/host-service.ts';
import type { JobService } from '../jobs/job-service.ts';
import { createLineSplitter } from '../line-splitter.ts';

/** The calls `commands.*`: whatever `manage.py` can do, from the window. */
export interface CommandsService {
  readonly list: () => Promise<CallOutput<'commands.list'>>;
  readonly describe: (input: CallParsed<'commands.describe'>) => Promise<CallOutput<'commands.describe'>>;
  readonly run: (input: CallParsed<'commands.run'>) => CallOutput<'commands.run'>;
}

/** Has the host ask Django, and run what the user chose. */
export function createCommandsService(deps: {
  readonly host: HostService;
  readonly jobs: JobService;
  /** A command ended, well or not: rows, migrations and sessions may be others by now. */
  readonly onRan: () => void;
}): CommandsService {
  const { host, jobs } = deps;
  return {
    list: async () => {
      const { commands } = await host.job<{ readonly commands: CallOutput<'commands.list'> }>(
        'commands.list',
      );
      return commands;
    },
    describe: ({ name }) => host.job('commands.describe', { name }),
    run: (input) =>
      jobs.start(
        `manage.py ${input.name}`,
        async ({ signal, log }) => {
          const output = createLineSplitter(log);
          try {
            return await host.job('commands.run', input, { signal, onOutput: output.push });
          } finally {
            output.end();
            deps.onRan();
          }
        },
        'project',
      ),
  };
}
