import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { ButtonKind } from './button.tsx';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';
import './button.css';

export interface IconButtonProps extends Omit<ComponentProps<'button'>, 'children'> {
  readonly icon: LucideIcon;
  /** Its accessible name, also shown as the tooltip. */
  readonly label: string;
  /** Shown in the tooltip: `Mod+S`. */
  readonly shortcut?: string | undefined;
  readonly kind?: ButtonKind;
  readonly small?: boolean;
  /** Whether a toggle is on; leave out for a button that only acts. */
  readonly pressed?: boolean;
}

/** A button that is an icon; its name stands in a tooltip. */
export function IconButton({
  icon: Icon,
  label,
  shortcut,
  kind = 'quiet',
  small = true,
  pressed,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tooltip label={label} shortcut={shortcut}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        {...rest}
        className={classNames(
          'button',
          'button-icon-only',
          `button-${kind}`,
          small && 'button-small',
          className,
        )}
      >
        <Icon size={small ? 14 : 16} aria-hidden />
      </button>
    </Tooltip>
  );
}
