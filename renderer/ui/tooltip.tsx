import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { KeyHint } from './key-hint.tsx';
import './tooltip.css';

interface TooltipProps {
  readonly label: ReactNode;
  /** `Mod+S`; shown behind the label the way this platform writes it. */
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
  /** The element that is explained; it takes the tooltip's handlers and its ref. */
  readonly children: ReactElement<Record<string, unknown>>;
}

/** A hint that appears on hover and on keyboard focus. */
export function Tooltip({ label, shortcut, side = 'bottom', children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner
          className="tooltip-positioner"
          side={side}
          sideOffset={6}
          collisionPadding={6}
        >
          <BaseTooltip.Popup className="tooltip">
            {label}
            {shortcut !== undefined && <KeyHint shortcut={shortcut} />}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  );
}

/** Lets neighbouring tooltips follow one another without a new delay. */
export function TooltipGroup({ children }: { readonly children: ReactNode }) {
  return (
    <BaseTooltip.Provider delay={500} closeDelay={0} timeout={400}>
      {children}
    </BaseTooltip.Provider>
  );
}
