import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { Trace } from '../../../shared/contract/trace-calls.ts';
import type { HostService } from '../host/host-service.ts';

/** The calls `traces.*`: what each request to the user's server did. The host keeps them, in its memory alone. */
export interface TracesService {
  readonly list: () => Promise<CallOutput<'traces.list'>>;
  readonly read: (input: CallParsed<'traces.read'>) => Promise<Trace>;
  readonly clear: () => Promise<null>;
  readonly switchTo: (input: CallParsed<'traces.switch'>) => Promise<null>;
  readonly explain: (input: CallParsed<'traces.explain'>) => Promise<CallOutput<'traces.explain'>>;
  readonly dispose: () => void;
}

/** Asks the host of the open project, and passes on what it tells. */
export function createTracesService(deps: {
  readonly emit: Emit;
  readonly host: HostService;
}): TracesService {
  const { emit, host } = deps;
  // A new host traces unless it is told not to.
  let on = true;
  const forget = host.onEvent((event) => {
    if (event.event === 'traces') emit('traces.added', { traces: event.added });
    else if (event.event === 'lost' || event.event === 'ended') emit('traces.cleared', null);
    else if (event.event === 'serve.state' && event.state === 'booting' && event.generation === 1 && !on)
      void tellHost();
  });
  const tellHost = async (): Promise<void> => {
    try {
      await host.call('traces.switch', { on });
    } catch (error) {
      if (!(error instanceof Failure)) throw error; // the host has just ended: the next one is told
    }
  };
  const read = async ({ id }: { readonly id: number }): Promise<Trace> => {
    if (!host.isRunning()) throw gone();
    return (await host.call('traces.read', { id })) as Trace;
  };
  return {
    list: async () => {
      if (!host.isRunning()) return { on, traces: [] };
      return { ...((await host.call('traces.list')) as CallOutput<'traces.list'>), on };
    },
    read,
    clear: async () => {
      if (host.isRunning()) await host.call('traces.clear');
      emit('traces.cleared', null);
      return null;
    },
    switchTo: async (input) => {
      on = input.on;
      if (host.isRunning()) await tellHost();
      return null;
    },
    explain: async ({ id, query: index }) => {
      const { queries, statements } = await read({ id });
      const query = queries[index];
      const sql = query === undefined ? undefined : statements[query.statement];
      if (query === undefined || sql === undefined) throw gone();
      return host.job('queries.explain', { sql, alias: query.alias, params: query.params });
    },
    dispose: () => {
      forget();
    },
  };
}

function gone(): Failure {
  return new Failure('not-found', 'That request is not kept any more. Choose a newer one.');
}
