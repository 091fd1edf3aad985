import type { TestsStatus } from '../../../shared/contract/test-calls.ts';
import type { TestCounts, TestRowState } from './test-tree.ts';

/** What a state is called. */
export const stateWords: Readonly<Record<TestRowState, string>> = {
  none: 'Not run',
  waiting: 'Waiting',
  running: 'Running',
  passed: 'Passed',
  skipped: 'Skipped',
  failed: 'Failed',
  error: 'Error',
};

/** "12 passed · 1 failed"; nothing before anything has run. */
export function countWords({ passed, failed, skipped }: TestCounts): string {
  const words = [
    [passed, 'passed'],
    [failed, 'failed'],
    [skipped, 'skipped'],
  ] as const;
  return words
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count.toLocaleString('en')} ${word}`)
    .join(' · ');
}

/** "840 ms", "3.2 s", "2 min 5 s". */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 1) return '<1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** What is done now, in a sentence. */
export function phaseWords({ phase, chosen, running }: TestsStatus, ended: number): string {
  switch (phase) {
    case 'idle':
      return '';
    case 'finding':
      return 'Looking for tests…';
    case 'starting':
      return 'Starting…';
    case 'databases':
      return 'Making the test database…';
    case 'tests': {
      const of = `${ended.toLocaleString('en')} of ${chosen.length.toLocaleString('en')}`;
      const last = running.at(-1);
      return last === undefined ? `Running ${of}` : `Running ${of}: ${last}`;
    }
    case 'cleanup':
      return 'Removing the test database…';
  }
}
