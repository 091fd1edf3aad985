import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import './banner.css';

interface BannerProps {
  readonly tone: 'info' | 'warning' | 'danger';
  readonly actions?: ReactNode;
  /** Stands in a form or dialog, with a border around it. */
  readonly inset?: boolean;
  readonly children: ReactNode;
}

const icons = { info: Info, warning: TriangleAlert, danger: CircleAlert };

/** A sentence about everything that stands below it. */
export function Banner({ tone, actions, inset = false, children }: BannerProps) {
  const Icon = icons[tone];
  return (
    <div
      className={classNames('banner', `banner-${tone}`, inset && 'banner-inset')}
      role={tone === 'danger' ? 'alert' : 'status'}
    >
      <Icon size={15} aria-hidden />
      <div className="banner-text">{children}</div>
      {actions !== undefined && <div className="banner-actions">{actions}</div>}
    </div>
  );
}
