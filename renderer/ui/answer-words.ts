import type { Tone } from './badge.tsx';

/** What the class of a status code says. */
export function statusTone(status: number): Tone {
  if (status >= 500) return 'danger';
  if (status >= 400) return 'warning';
  if (status >= 300) return 'info';
  return status >= 200 ? 'success' : 'neutral';
}

/** `12.5 ms`, `1.25 s`. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 100) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(2)} s`;
}
