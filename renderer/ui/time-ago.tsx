import { useEffect, useState } from 'react';
import { relativeTime } from './relative-time.ts';

/** How long ago something was, kept right while it is in sight. */
export function TimeAgo({ time }: { readonly time: number }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 60_000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return <time dateTime={new Date(time).toISOString()}>{relativeTime(time, now)}</time>;
}
