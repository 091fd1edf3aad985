import { get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Asks an address with a new connection every 10 ms until the body fits; gives the milliseconds it
 * took and how many connections were refused or cut on the way.
 */
export async function untilAnswer(
  address: string,
  fits: (body: string, status: number) => boolean,
  seconds = 60,
): Promise<{ readonly milliseconds: number; readonly refused: number }> {
  const start = performance.now();
  let refused = 0;
  for (;;) {
    const answer = await ask(address);
    if (answer === null) refused += 1;
    else if (fits(answer.body, answer.status)) return { milliseconds: performance.now() - start, refused };
    if (performance.now() - start > seconds * 1000) {
      throw new Error(
        `${address} did not give the expected answer within ${seconds} s; last: ${answer?.body.slice(0, 500) ?? 'refused'}`,
      );
    }
    await pause(10);
  }
}

function ask(address: string): Promise<{ readonly status: number; readonly body: string } | null> {
  return new Promise((resolve) => {
    const request = get(address, { agent: false, timeout: 5000 }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', () => resolve(null));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
  });
}
