import type { Emit } from '../../../shared/contract/contract.ts';
import type { ShellEntry } from '../../../shared/contract/shell-calls.ts';

/** What stands in the shell: the newest of it is kept, and told in batches. */
export interface Transcript {
  readonly add: (kind: ShellEntry['kind'], text: string) => void;
  readonly entries: () => readonly ShellEntry[];
  readonly clear: () => void;
  readonly dispose: () => void;
}

const KEPT_ENTRIES = 2000;
const KEPT_TEXT = 2_000_000;
const BATCH_MILLISECONDS = 30;

/** Makes an empty transcript. */
export function createTranscript(emit: Emit): Transcript {
  let entries: ShellEntry[] = [];
  let length = 0;
  let fresh: ShellEntry[] = [];
  let lastId = 0;
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    timer = undefined;
    emit('shell.wrote', { entries: fresh });
    fresh = [];
  };
  const forgetOld = (): void => {
    while (entries.length > KEPT_ENTRIES || length > KEPT_TEXT) {
      length -= entries[0]?.text.length ?? 0;
      entries = entries.slice(1);
    }
  };
  return {
    add: (kind, text) => {
      lastId += 1;
      const entry = { id: lastId, kind, text };
      entries.push(entry);
      length += text.length;
      forgetOld();
      fresh.push(entry);
      timer ??= setTimeout(tell, BATCH_MILLISECONDS);
    },
    entries: () => [...entries],
    clear: () => {
      entries = [];
      fresh = [];
      length = 0;
    },
    dispose: () => {
      clearTimeout(timer);
    },
  };
}
