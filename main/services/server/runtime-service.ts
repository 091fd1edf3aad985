import type { CallOutput, Emit } from '../../../shared/contract/contract.ts';
import type { RuntimeLens } from '../../../shared/django/runtime-lens.ts';
import type { HostService } from '../host/host-service.ts';
import type { FileNotice } from '../source/source-service.ts';
import { isServedCode } from './reload-rule.ts';

/** The call `runtime.read`: what Django itself says of the project, whether it is served or not. */
export interface RuntimeService {
  readonly read: () => Promise<CallOutput<'runtime.read'>>;
  /** What is served is other code by now. */
  readonly served: (generation: number) => void;
  readonly filesChanged: (changes: readonly FileNotice[]) => void;
  /** The project was closed. */
  readonly reset: () => void;
}

type HostLens = Omit<RuntimeLens, 'databases'> & {
  readonly databases: readonly (Omit<RuntimeLens['databases'][number], 'vendor'> & {
    readonly vendor: string | null;
  })[];
};

/** Keeps the answer until code changes: a job boots the whole project. */
export function createRuntimeService(deps: {
  readonly emit: Emit;
  readonly host: HostService;
}): RuntimeService {
  let known: Promise<RuntimeLens> | null = null;

  const forget = (): void => {
    known = null;
  };
  return {
    read: () => {
      if (known !== null) return known;
      const asked = deps.host.job<HostLens>('runtime.read').then(toLens);
      known = asked;
      // What failed is asked anew; whoever asked is told why.
      asked.catch(() => {
        if (known === asked) known = null;
      });
      return asked;
    },
    served: (generation) => {
      forget();
      deps.emit('runtime.changed', { generation });
    },
    filesChanged: (changes) => {
      if (changes.some((change) => isServedCode(change.place))) forget();
    },
    reset: forget,
  };
}

function toLens(lens: HostLens): RuntimeLens {
  return {
    ...lens,
    databases: lens.databases.map((database) => ({
      ...database,
      vendor: database.vendor ?? 'unknown',
      host: database.host || null,
      port: database.port || null,
    })),
  };
}
