import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import type { Control } from './control.ts';

/** An application that runs on the stand-in. */
export interface RunningApplication {
  readonly process: ChildProcess;
  /** What it has said on its terminal so far. */
  readonly output: () => string;
  /** The page of its first window, once that has been loaded. */
  readonly firstPage: () => Promise<Page>;
  readonly control: <M extends keyof Control>(
    method: M,
    ...given: Parameters<Control[M]>
  ) => Promise<Awaited<ReturnType<Control[M]>>>;
  readonly exit: Promise<number | null>;
  /** Ends it whatever it does. */
  readonly kill: () => Promise<void>;
}

/** What to run. */
export interface ApplicationParts {
  readonly entry: string;
  readonly root: string;
  readonly given?: readonly string[];
  /** Where the single instance lock stands. */
  readonly userData: string;
  readonly environment?: NodeJS.ProcessEnv;
}

const PATIENCE = 30_000;

/** Starts an entry of Electron, unmodified, on the stand-in. */
export function startApplication(parts: ApplicationParts): RunningApplication {
  const child = fork(join(import.meta.dirname, 'run.ts'), [parts.entry, parts.root, ...(parts.given ?? [])], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { ...process.env, STAND_IN_USER_DATA: parts.userData, ...parts.environment },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  let browser: Browser | undefined;
  let lastId = 0;

  const control: RunningApplication['control'] = (method, ...given) => {
    const id = (lastId += 1);
    return new Promise((resolve, reject) => {
      const hear = (reply: { id: number; value?: unknown; error?: string }): void => {
        if (reply.id !== id) return;
        child.off('message', hear);
        if (reply.error === undefined) resolve(reply.value as never);
        else reject(new Error(reply.error));
      };
      child.on('message', hear);
      void exit.then(() => reject(new Error(`The application has ended.\n${output}`)));
      if (child.connected) child.send({ id, method, given });
    });
  };

  const firstPage = async (): Promise<Page> => {
    browser ??= await chromium.connectOverCDP(await control('endpoint'));
    const [context] = browser.contexts();
    const deadline = AbortSignal.timeout(PATIENCE);
    for (;;) {
      const page = context?.pages().find((candidate) => candidate.url().includes('.invalid/'));
      if (page !== undefined) {
        await page.waitForLoadState();
        return page;
      }
      deadline.throwIfAborted();
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };

  return {
    process: child,
    output: () => output,
    firstPage,
    control,
    exit,
    kill: async () => {
      await browser?.close();
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await Promise.race([exit, new Promise((resolve) => setTimeout(resolve, 5_000))]);
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await exit;
    },
  };
}
