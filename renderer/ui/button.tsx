import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { Spinner } from './progress.tsx';
import './button.css';

/** How much a button asks for attention. */
export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends ComponentProps<'button'> {
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  readonly icon?: LucideIcon;
  /** Shows that the click is being worked on; further clicks do nothing. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

/** The button of every form, dialog and toolbar. */
export function Button({
  kind = 'secondary',
  small = false,
  icon: Icon,
  busy = false,
  className,
  children,
  disabled,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      className={classNames('button', `button-${kind}`, small && 'button-small', className)}
    >
      {busy ? <Spinner /> : Icon && <Icon size={small ? 13 : 14} aria-hidden />}
      {children}
    </button>
  );
}
