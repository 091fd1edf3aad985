import type { CallOutput, Emit } from '../../../shared/contract/contract.ts';
import type { RuntimeLens } from '../../../shared/django/runtime-lens.ts';
import type { HostService } from '../host/host-service.ts';
import type { FileNotice } from '../source/source-service.ts';
import { isServedCode } from './reload-rule.ts';

/** The call `runtime.read`: what Django itself says of the project, served or not. */
export interface RuntimeService {
  readonly read: () => Promise<CallOutput<'runtime.read'>>;
  /** What is served is other code by now. */
  readonly served: (generation: number) => void;
  readonly filesChanged: (changes: readonly FileNotice[]) => void;
  /** Another interpreter, or other packages in it: the same code may be something else now. */
  readonly environmentChanged: () => void;
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
  /** A change of code is followed by a reload, which tells of itself. */
  readonly isServed: () => boolean;
}): RuntimeService {
  let known: Promise<RuntimeLens> | null = null;
  let generation = 0;

  const forget = (): void => {
    known = null;
  };
  const tell = (): void => {
    deps.emit('runtime.changed', { generation });
    deps.emit('migrations.changed', null);
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
    served: (served) => {
      generation = served;
      forget();
      tell();
    },
    filesChanged: (changes) => {
      if (!changes.some((change) => isServedCode(change.place))) return;
      forget();
      if (!deps.isServed()) tell();
    },
    environmentChanged: () => {
      forget();
      tell();
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
