import { z } from 'zod';
import { call } from '../../../shared/contract/call.ts';
import type { EventMessage } from '../../../shared/contract/contract.ts';
import { createDispatch } from '../../../shared/contract/dispatch.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import type { CreateServices, Services, ServicesOptions } from '../../../main/services/services.ts';

const calls = {
  'app.info': call<{ readonly version: string; readonly shell: string }>()('none', z.strictObject({})),
  'workspace.open': call<null>()('none', z.strictObject({ path: z.string() })),
  'workspace.pickFolder': call<string | null>()('none', z.strictObject({ title: z.string().max(200) })),
  'note.write': call<number>()('none', z.strictObject({ text: z.string() })),
  'note.list': call<readonly string[]>()('none', z.strictObject({})),
  'note.wait': call<null>()('none', z.strictObject({})),
  'note.refuse': call<null>()('none', z.strictObject({})),
  'note.odd': call<unknown>()('none', z.strictObject({})),
  'note.run': call<null>()('project', z.strictObject({})),
} as const;

/** A handful of real calls behind the real dispatcher, so that a shell can be tried without the studio. */
export interface SmallServices extends Services {
  /** Everything that was written: what an attack must not reach. */
  readonly written: readonly string[];
  readonly tell: (message: EventMessage) => void;
  /** Answers every `note.wait`. */
  readonly release: () => void;
  readonly disposals: () => number;
}

/** Builds them. */
export function createSmallServices(
  options: Pick<ServicesOptions, 'version' | 'shell' | 'pickFolder'> = {
    version: '1.2.3',
    shell: 'browser',
    pickFolder: null,
  },
): SmallServices {
  const written: string[] = [];
  const listeners = new Set<(message: EventMessage) => void>();
  const waiting = new Set<(value: null) => void>();
  let disposals = 0;

  const tell = (message: EventMessage): void => {
    for (const listener of listeners) listener(message);
  };
  const dispatch = createDispatch({
    calls,
    handlers: {
      'app.info': () => ({ version: options.version, shell: options.shell }),
      'workspace.open': ({ path }) => {
        console.log(`opened ${path}`);
        return null;
      },
      'workspace.pickFolder': ({ title }) => options.pickFolder?.(title) ?? null,
      'note.write': ({ text }) => {
        const count = written.push(text);
        tell({ event: 'database.changed', payload: { database: text.slice(0, 100) } });
        return count;
      },
      'note.list': () => written,
      'note.wait': () => new Promise<null>((resolve) => waiting.add(resolve)),
      'note.refuse': () => {
        throw new Failure('refused', 'The small studio refuses this.', { why: 'a test' });
      },
      'note.odd': () => ({ big: 1n }),
      'note.run': () => null,
    },
    isTrusted: () => false,
    report: (error) => {
      throw error instanceof Error ? error : new Error(String(error));
    },
  });
  return {
    dispatch,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    dispose: () => {
      disposals += 1;
      return Promise.resolve();
    },
    written,
    tell,
    release: () => {
      for (const resolve of waiting) resolve(null);
      waiting.clear();
    },
    disposals: () => disposals,
  };
}

/** The same as a shell wires it; says on the terminal when it is disposed of. */
export const createSpokenServices: CreateServices = (options) => {
  const services = createSmallServices(options);
  const dispose = (): Promise<void> => {
    console.log('disposed');
    return services.dispose();
  };
  return Promise.resolve({ ...services, dispose });
};
