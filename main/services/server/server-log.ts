import type { Emit } from '../../../shared/contract/contract.ts';
import type { LogLine } from '../../../shared/contract/host-calls.ts';

/** The server's log: the newest lines are kept, and told in batches. */
export interface ServerLog {
  readonly add: (line: Omit<LogLine, 'id'>) => void;
  /** Something the studio itself has to say. */
  readonly note: (level: LogLine['level'], text: string) => void;
  /** Lines that were left out before they came here. */
  readonly countDropped: (lines: number) => void;
  readonly read: () => { readonly lines: readonly LogLine[]; readonly dropped: number };
  readonly clear: () => void;
  readonly dispose: () => void;
}

const KEPT_LINES = 10_000;
// A flood must not keep the window busy: at most 20 events a second.
const BATCH_MILLISECONDS = 50;

/** Keeps 10,000 lines and counts what it had to leave out. */
export function createServerLog(emit: Emit): ServerLog {
  let lines: LogLine[] = [];
  let dropped = 0;
  let lastId = 0;
  let told = 0;
  let timer: NodeJS.Timeout | undefined;

  const kept = (): readonly LogLine[] => {
    if (lines.length > KEPT_LINES) {
      dropped += lines.length - KEPT_LINES;
      lines = lines.slice(-KEPT_LINES);
    }
    return lines;
  };
  const tell = (): void => {
    timer = undefined;
    const fresh = lastId - told;
    told = lastId;
    emit('server.logged', { lines: fresh === 0 ? [] : kept().slice(-fresh), dropped });
  };
  const tellSoon = (): void => {
    timer ??= setTimeout(tell, BATCH_MILLISECONDS);
  };
  const add: ServerLog['add'] = (line) => {
    lastId += 1;
    lines.push({ id: lastId, ...line });
    // Cutting in large steps: one line at a time would copy the list for each of them.
    if (lines.length > KEPT_LINES * 2) kept();
    tellSoon();
  };

  return {
    add,
    note: (level, text) => {
      add({ time: Date.now(), stream: 'studio', level, logger: null, text });
    },
    countDropped: (count) => {
      dropped += count;
      tellSoon();
    },
    read: () => ({ lines: [...kept()], dropped }),
    clear: () => {
      lines = [];
      dropped = 0;
    },
    dispose: () => {
      clearTimeout(timer);
    },
  };
}
