/** Puts pieces of output together into lines. */
export interface LineSplitter {
  readonly push: (text: string) => void;
  /** Gives out a last line that has no end. */
  readonly end: () => void;
}

/** Calls `onLine` for each complete line. */
export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  let rest = '';
  return {
    push: (text) => {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    },
    end: () => {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}
