import { z } from 'zod';
import type { CallOutput, CallParsed, Emit } from '../../../shared/contract/contract.ts';
import { Failure } from '../../../shared/contract/failure.ts';
import { closedShell, type ShellOption, type ShellStatus } from '../../../shared/contract/shell-calls.ts';
import type { HostService } from '../host/host-service.ts';
import { createTranscript } from './transcript.ts';

/** The calls `shell.*`: a Django shell that keeps its state from input to input. */
export interface ShellService {
  readonly read: () => CallOutput<'shell.read'>;
  readonly open: () => Promise<ShellStatus>;
  readonly restart: () => Promise<ShellStatus>;
  readonly close: () => Promise<null>;
  readonly run: (input: CallParsed<'shell.run'>) => Promise<CallOutput<'shell.run'>>;
  readonly complete: (input: CallParsed<'shell.complete'>) => Promise<CallOutput<'shell.complete'>>;
  readonly interrupt: () => Promise<null>;
  readonly clear: () => null;
  /** What Python loads of the project is another text by now. */
  readonly codeChanged: () => void;
  /** The project was closed: forgets everything of it. */
  readonly reset: () => void;
  readonly dispose: () => Promise<void>;
}

const report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready'), names: z.array(z.string()), python: z.string() }),
  z.object({ kind: z.literal('output'), stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({ kind: z.literal('incomplete'), number: z.number() }),
  z.object({ kind: z.literal('running'), number: z.number() }),
  z.object({ kind: z.literal('done'), number: z.number(), leftOut: z.number() }),
  z.object({
    kind: z.literal('completions'),
    number: z.number(),
    start: z.number(),
    options: z.array(z.custom<ShellOption>()),
  }),
]);
type Report = z.infer<typeof report>;

interface Running {
  readonly abort: AbortController;
  readonly ready: Promise<null>;
  readonly ended: Promise<void>;
  tell: (message: unknown) => Promise<unknown>;
}

interface Waiting {
  readonly text: string;
  readonly resolve: (answer: Report | null) => void;
}

const KEPT_INPUTS = 500;

/** Runs at most one shell, as a job of the host. */
export function createShellService(deps: { readonly emit: Emit; readonly host: HostService }): ShellService {
  const { emit, host } = deps;
  const transcript = createTranscript(emit);
  const waiting = new Map<number, Waiting>();
  let status = closedShell;
  let running: Running | null = null;
  let history: string[] = [];
  let lastNumber = 0;

  const change = (patch: Partial<ShellStatus>): void => {
    status = { ...status, ...patch };
    emit('shell.changed', status);
  };

  const hear = (answer: Report): void => {
    if (answer.kind === 'ready') {
      change({ phase: 'ready', names: answer.names, python: answer.python, stale: false });
    } else if (answer.kind === 'output') transcript.add(answer.stream, answer.text);
    else {
      if (answer.kind === 'done' && answer.leftOut > 0) {
        transcript.add('note', `${answer.leftOut.toLocaleString('en')} more characters were left out.`);
      }
      if (answer.kind === 'done') change({ phase: 'ready' });
      const asked = waiting.get(answer.number);
      waiting.delete(answer.number);
      // Here and not where the answer is waited for: what it prints may be heard in the same moment.
      if (answer.kind === 'running') {
        remember(asked?.text ?? '');
        change({ phase: 'busy' });
      }
      asked?.resolve(answer);
    }
  };

  const start = (): Running => {
    const abort = new AbortController();
    const begun = Promise.withResolvers<null>();
    change({ ...closedShell, phase: 'starting' });
    const job = host.job(
      'shell.open',
      {},
      {
        signal: abort.signal,
        onOutput: (text) => {
          if (running === started) transcript.add('stdout', text);
        },
        onReport: (value) => {
          const parsed = report.safeParse(value);
          if (!parsed.success || running !== started) return;
          hear(parsed.data);
          if (parsed.data.kind === 'ready') begun.resolve(null);
        },
        onBegin: (tell) => {
          started.tell = tell;
        },
      },
    );
    const finish = (error: unknown): void => {
      if (running === started) {
        running = null;
        for (const { resolve } of waiting.values()) resolve(null);
        waiting.clear();
        const failure = error instanceof Failure && error.code !== 'cancelled' ? error.toValue() : null;
        transcript.add(
          'note',
          failure === null ? 'The shell has ended.' : `The shell has ended. ${failure.message}`,
        );
        change({ ...closedShell, failure });
      }
      begun.reject(error ?? new Failure('cancelled', 'The shell ended before it was ready.'));
    };
    const started: Running = {
      abort,
      ready: begun.promise,
      ended: job.then(() => {
        finish(null);
      }, finish),
      tell: () => Promise.reject(notOpen()),
    };
    begun.promise.catch(() => undefined); // whoever waits for it is told; the others have the status
    running = started;
    return started;
  };

  const ask = async (kind: 'input' | 'complete', text: string, whole: boolean): Promise<Report | null> => {
    if (running === null || status.phase === 'starting') throw notOpen();
    lastNumber += 1;
    const number = lastNumber;
    const answer = new Promise<Report | null>((resolve) => waiting.set(number, { text, resolve }));
    await running.tell({ kind, number, text, whole });
    return answer;
  };

  const open = async (): Promise<ShellStatus> => {
    await (running ?? start()).ready;
    return status;
  };

  const close = async (): Promise<void> => {
    const ending = running;
    ending?.abort.abort();
    await ending?.ended;
  };

  const remember = (text: string): void => {
    transcript.add('input', text);
    if (text.trim() !== '' && history.at(-1) !== text) history = [...history, text].slice(-KEPT_INPUTS);
  };

  return {
    read: () => ({ status, entries: transcript.entries(), history }),
    open,
    restart: async () => {
      await close();
      return open();
    },
    close: async () => {
      await close();
      return null;
    },
    run: async ({ text, whole }) => {
      if (status.phase === 'busy') throw busy();
      const answer = await ask('input', text, whole);
      return { ran: answer?.kind !== 'incomplete' };
    },
    complete: async ({ text }) => {
      if (status.phase !== 'ready') return { start: text.length, options: [] };
      const answer = await ask('complete', text, false);
      return answer?.kind === 'completions' ? answer : { start: text.length, options: [] };
    },
    interrupt: async () => {
      await running?.tell({ kind: 'interrupt' });
      return null;
    },
    clear: () => {
      transcript.clear();
      return null;
    },
    codeChanged: () => {
      if (running !== null && !status.stale) change({ stale: true });
    },
    reset: () => {
      running?.abort.abort();
      running = null;
      history = [];
      transcript.clear();
      change(closedShell);
    },
    dispose: async () => {
      await close();
      transcript.dispose();
    },
  };
}

function notOpen(): Failure {
  return new Failure('not-available', 'The shell is not running. Start it first.');
}

function busy(): Failure {
  return new Failure(
    'conflict',
    'The shell is still busy with the last input. Interrupt it, or wait for it.',
  );
}
