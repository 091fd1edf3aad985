import { api } from '../../../renderer/api/client.ts';
import type { EventMessage } from '../../../shared/contract/contract.ts';

/** What a test finds on the page of the small studio. */
export interface SmallPage {
  /** Asks by name: the small studio has calls of its own. */
  readonly ask: (name: string, input: unknown) => Promise<unknown>;
  readonly heard: EventMessage[];
  readonly connections: string[];
  readonly reconnects: number[];
}

const ask = api.call as (name: string, input: unknown) => Promise<unknown>;
const heard: EventMessage[] = [];
const connections: string[] = [api.connection().kind];
const reconnects: number[] = [];

api.subscribe('database.changed', (payload) => heard.push({ event: 'database.changed', payload }));
api.subscribe('command.run', (payload) => heard.push({ event: 'command.run', payload }));
api.onConnection((connection) => connections.push(connection.kind));
api.onReconnect(() => reconnects.push(Date.now()));

const small: SmallPage = {
  ask: async (name, input) => {
    try {
      return { value: await ask(name, input) };
    } catch (error) {
      const { code, message, detail } = error as { code: string; message: string; detail: unknown };
      return { code, message, detail };
    }
  },
  heard,
  connections,
  reconnects,
};
Object.assign(globalThis, { small });
