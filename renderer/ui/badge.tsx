import type { ReactNode } from 'react';
import './badge.css';

/** What a color says; never the only thing that says it. */
export type Tone = 'neutral' | 'success' | 'warning' | 'danger' | 'info';

/** A short word or count beside a name. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: Tone;
  readonly children: ReactNode;
}) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
