import { decode, encode } from './wire.ts';

// Everything in this file but the last function runs inside the page, by its source text.

/** How a value crosses from world to world. */
type Crossing =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [string, Crossing])[] }
  | { readonly kind: 'error'; readonly message: string };

interface Ask {
  readonly target: number;
  readonly arguments: readonly Crossing[];
}

interface Settled {
  readonly id: number;
  readonly ok: boolean;
  readonly value: unknown;
}

/** The page's own world: what `contextBridge` exposes appears here. */
function mainWorld(secret: string): void {
  if (window !== window.top) return;
  const callbacks = new Map<number, (...given: unknown[]) => unknown>();
  const pending = new Map<number, (settled: Settled) => void>();
  const hear = (name: string, listener: (detail: never) => void): void => {
    addEventListener(secret + name, (event) => listener((event as CustomEvent<never>).detail));
  };
  let answer: Crossing = { kind: 'value', value: undefined };
  hear('answer', (detail: Crossing) => (answer = detail));

  const outgoing = (value: unknown): Crossing => {
    if (typeof value !== 'function') return { kind: 'value', value: structuredClone(value) };
    const id = callbacks.size + 1;
    callbacks.set(id, value as (...given: unknown[]) => unknown);
    return { kind: 'function', id };
  };
  const incoming = (crossing: Crossing): unknown => {
    switch (crossing.kind) {
      case 'value':
        return crossing.value;
      case 'error':
        throw new Error(crossing.message);
      case 'object':
        return Object.freeze(
          Object.fromEntries(crossing.entries.map(([name, inner]) => [name, incoming(inner)])),
        );
      case 'promise':
        return new Promise((resolve, reject) => {
          pending.set(crossing.id, ({ ok, value }) => {
            if (ok) resolve(value);
            else reject(new Error(String(value)));
          });
        });
      case 'function':
        return (...given: unknown[]) => {
          const detail: Ask = { target: crossing.id, arguments: given.map(outgoing) };
          dispatchEvent(new CustomEvent(`${secret}ask`, { detail })); // runs the other side at once
          return incoming(answer);
        };
    }
  };
  hear('settled', (settled: Settled) => {
    pending.get(settled.id)?.(settled);
    pending.delete(settled.id);
  });
  hear('callback', ({ id, given }: { id: number; given: unknown[] }) => callbacks.get(id)?.(...given));
  hear('expose', ({ name, value }: { name: string; value: Crossing }) => {
    Object.defineProperty(window, name, { value: incoming(value), enumerable: true });
  });
}

/** The preload script's world: it has `require('electron')`, and a way to the main process. */
function preloadWorld(
  secret: string,
  wire: { encode: (value: unknown) => string; decode: (text: string) => unknown },
  preload: (require: (name: string) => unknown, module: object, exports: object) => void,
): void {
  if (window !== window.top) return; // nodeIntegrationInSubFrames is off
  type Fn = (...given: unknown[]) => unknown;
  const functions = new Map<number, Fn>();
  const invocations = new Map<number, (ok: boolean, value: unknown) => void>();
  const listeners = new Map<string, Set<Fn>>();
  const scope = globalThis as unknown as Record<string, unknown>;
  const send = scope[secret] as (text: string) => void;
  let lastPromise = 0;
  const fire = (name: string, detail: unknown): void => {
    dispatchEvent(new CustomEvent(secret + name, { detail }));
  };

  const outgoing = (value: unknown): Crossing => {
    if (typeof value === 'function') {
      const id = functions.size + 1;
      functions.set(id, value as Fn);
      return { kind: 'function', id };
    }
    if (value instanceof Promise) {
      const id = (lastPromise += 1);
      value.then(
        (settled: unknown) => fire('settled', { id, ok: true, value: structuredClone(settled) }),
        (error: unknown) =>
          fire('settled', { id, ok: false, value: error instanceof Error ? error.message : String(error) }),
      );
      return { kind: 'promise', id };
    }
    return { kind: 'value', value: structuredClone(value) };
  };
  const incoming = (crossing: Crossing): unknown => {
    if (crossing.kind === 'value') return crossing.value;
    if (crossing.kind !== 'function') throw new Error(`A page can’t pass a ${crossing.kind}.`);
    return (...given: unknown[]) => fire('callback', { id: crossing.id, given: structuredClone(given) });
  };
  addEventListener(`${secret}ask`, (event) => {
    const asked = (event as CustomEvent<Ask>).detail;
    let answer: Crossing;
    try {
      answer = outgoing(functions.get(asked.target)?.(...asked.arguments.map(incoming)));
    } catch (error) {
      answer = { kind: 'error', message: error instanceof Error ? error.message : String(error) };
    }
    fire('answer', answer);
  });

  const contextBridge = {
    exposeInMainWorld: (name: string, api: Record<string, unknown>): void => {
      const entries = Object.entries(api).map(([key, value]) => [key, outgoing(value)] as const);
      fire('expose', { name, value: { kind: 'object', entries } });
    },
  };
  const ipcRenderer = {
    invoke: (channel: string, ...given: unknown[]): Promise<unknown> => {
      const sent = wire.encode(structuredClone(given)); // a function is refused here, as in Electron
      return new Promise((resolve, reject) => {
        const id = invocations.size + 1;
        invocations.set(id, (ok, value) => {
          if (ok) resolve(value);
          else reject(new Error(`Error invoking remote method '${channel}': ${String(value)}`));
        });
        send(JSON.stringify({ id, channel, given: sent }));
      });
    },
    on: (channel: string, listener: Fn): void => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
    },
    off: (channel: string, listener: Fn): void => {
      listeners.get(channel)?.delete(listener);
    },
  };
  // Called by the main process, in this world.
  scope[`${secret}settle`] = (id: number, ok: boolean, text: string): void => {
    invocations.get(id)?.(ok, wire.decode(text));
  };
  scope[`${secret}receive`] = (channel: string, text: string): void => {
    const given = wire.decode(text) as unknown[];
    for (const listener of listeners.get(channel) ?? []) listener({ sender: ipcRenderer }, ...given);
  };
  const require = (name: string): unknown => {
    if (name === 'electron') return { contextBridge, ipcRenderer };
    throw new Error(`module not found: ${name}`); // as a sandboxed preload script says it
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

/** Source texts for the two worlds of a page. */
export function worldSources(
  secret: string,
  preload: string,
): { readonly main: string; readonly preload: string } {
  const name = JSON.stringify(secret);
  const wire = `{ encode: ${encode.toString()}, decode: ${decode.toString()} }`;
  return {
    main: `(${mainWorld.toString()})(${name});`,
    preload: `(${preloadWorld.toString()})(${name}, ${wire}, function (require, module, exports) {\n${preload}\n});`,
  };
}
