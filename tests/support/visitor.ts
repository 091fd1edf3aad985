import { get } from 'node:http';

/** Opens a new connection every 10 ms, as many visitors do, and keeps what became of each. */
export interface Visitor {
  readonly refused: () => number;
  readonly cut: () => number;
  /** Resolves once an answer that was asked for from now on has this body; gives the milliseconds it took. */
  readonly until: (body: string, seconds?: number) => Promise<number>;
  readonly end: () => void;
}

const EVERY_MILLISECONDS = 10;
const AT_ONCE = 30;

/** Starts visiting. */
export function visit(address: string): Visitor {
  let refused = 0;
  let cut = 0;
  let open = 0;
  let last = '';
  let waiting: ((body: string) => void) | null = null;

  const ask = (): void => {
    if (open >= AT_ONCE) return;
    open += 1;
    let began = false;
    let done = false;
    const finish = (): void => {
      if (!done) open -= 1;
      done = true;
    };
    const request = get(address, { agent: false, timeout: 10_000 }, (response) => {
      began = true;
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => {
        if (!response.complete) cut += 1;
        last = body;
        waiting?.(body);
        finish();
      });
      response.on('error', finish);
    });
    request.on('timeout', () => request.destroy());
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (!done && error.code === 'ECONNREFUSED') refused += 1;
      else if (!done) cut += began || error.code === 'ECONNRESET' ? 1 : 0;
      finish();
    });
  };

  const timer = setInterval(ask, EVERY_MILLISECONDS);
  return {
    refused: () => refused,
    cut: () => cut,
    until: (body, seconds = 60) => {
      const start = performance.now();
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      const late = setTimeout(() => {
        waiting = null;
        reject(
          new Error(`${address} did not say "${body}" within ${seconds} s; last: "${last.slice(0, 300)}"`),
        );
      }, seconds * 1000);
      waiting = (found) => {
        if (found !== body) return;
        waiting = null;
        clearTimeout(late);
        resolve(performance.now() - start);
      };
      return promise;
    },
    end: () => {
      clearInterval(timer);
    },
  };
}
