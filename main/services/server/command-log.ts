import type { LogLine } from '../../../shared/contract/host-calls.ts';
import { createLineSplitter } from '../line-splitter.ts';
import type { ServerLog } from './server-log.ts';

/** Puts what a command prints into the log, bounded in size and in rate. */
export interface CommandLog {
  readonly push: (stream: 'stdout' | 'stderr', text: string) => void;
  readonly end: () => void;
  /** The last lines, to say why it ended. */
  readonly last: () => readonly string[];
}

const LINES_A_SECOND = 1000;
const BURST_SECONDS = 3;
const LONGEST_LINE = 16_384;
const KEPT_LINES = 80;

/** Uvicorn's "INFO:", gunicorn's "[INFO]", logging's "WARNING ". */
const LEVEL = /^(?:\[[^\]]*\] )*\[?(DEBUG|INFO|WARNING|ERROR|CRITICAL)\b/;

/** Reads both streams into lines; a flood is counted instead of shown. */
export function createCommandLog(log: Pick<ServerLog, 'add' | 'countDropped'>): CommandLog {
  let allowance = LINES_A_SECOND * BURST_SECONDS;
  let refilled = Date.now();
  let kept: string[] = [];

  const admit = (): boolean => {
    const now = Date.now();
    const more = ((now - refilled) / 1000) * LINES_A_SECOND;
    allowance = Math.min(allowance + Math.max(more, 0), LINES_A_SECOND * BURST_SECONDS);
    refilled = now;
    if (allowance < 1) return false;
    allowance -= 1;
    return true;
  };
  const add = (stream: 'stdout' | 'stderr') => (line: string) => {
    const text = line.slice(0, LONGEST_LINE);
    kept.push(text);
    if (kept.length > KEPT_LINES * 2) kept = kept.slice(-KEPT_LINES);
    if (admit()) log.add({ time: Date.now(), stream, level: levelOf(text), logger: null, text });
    else log.countDropped(1);
  };
  const splitters = {
    stdout: createLineSplitter(add('stdout')),
    stderr: createLineSplitter(add('stderr')),
  };
  return {
    push: (stream, text) => {
      splitters[stream].push(text);
    },
    end: () => {
      splitters.stdout.end();
      splitters.stderr.end();
    },
    last: () => kept.slice(-KEPT_LINES),
  };
}

/** Many servers print all they say to stderr: what they call it counts. */
function levelOf(text: string): LogLine['level'] {
  const word = LEVEL.exec(text)?.[1]?.toLowerCase();
  return (word as LogLine['level'] | undefined) ?? (text.startsWith('Traceback (') ? 'error' : 'info');
}
