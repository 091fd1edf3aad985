const steps: readonly { readonly unit: Intl.RelativeTimeFormatUnit; readonly seconds: number }[] = [
  { unit: 'year', seconds: 31_536_000 },
  { unit: 'month', seconds: 2_592_000 },
  { unit: 'week', seconds: 604_800 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
];

/** How long ago something was: "3 hours ago". */
export function relativeTime(then: number, now: number): string {
  const seconds = Math.max((now - then) / 1000, 0);
  const step = steps.find((each) => seconds >= each.seconds);
  if (step === undefined) return 'just now';
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  return format.format(-Math.floor(seconds / step.seconds), step.unit);
}
