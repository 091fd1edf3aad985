import { ContextMenu as BaseContextMenu } from '@base-ui/react/context-menu';
import { Menu as BaseMenu } from '@base-ui/react/menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { classNames } from './class-names.ts';
import { KeyHint } from './key-hint.tsx';
import './popup.css';

/** One line of a menu. */
export type MenuEntry =
  | {
      readonly kind: 'item';
      readonly id: string;
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly shortcut?: string | undefined;
      readonly detail?: string;
      readonly disabled?: boolean;
      readonly danger?: boolean;
      /** Shows a check mark; leave out where nothing is toggled. */
      readonly checked?: boolean;
      readonly onChoose: () => void;
    }
  | { readonly kind: 'separator'; readonly id: string }
  | { readonly kind: 'label'; readonly id: string; readonly label: string };

interface MenuProps {
  readonly entries: readonly MenuEntry[];
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly align?: 'start' | 'end';
  readonly side?: 'top' | 'bottom' | 'right';
}

/** A menu that a button opens. */
export function Menu({ entries, trigger, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner
          className="popup-positioner"
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
        >
          <BaseMenu.Popup className="popup">
            <MenuEntries entries={entries} />
          </BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

interface ContextMenuProps {
  /** Asked when the menu opens. */
  readonly entries: readonly MenuEntry[];
  /** What is pressed with the secondary button or the menu key. */
  readonly children: ReactElement;
}

/** A menu at the pointer for the thing it stands on. */
export function ContextMenu({ entries, children }: ContextMenuProps) {
  return (
    <BaseContextMenu.Root>
      <BaseContextMenu.Trigger render={children} />
      <BaseContextMenu.Portal>
        <BaseContextMenu.Positioner className="popup-positioner" collisionPadding={8}>
          <BaseContextMenu.Popup className="popup">
            <MenuEntries entries={entries} />
          </BaseContextMenu.Popup>
        </BaseContextMenu.Positioner>
      </BaseContextMenu.Portal>
    </BaseContextMenu.Root>
  );
}

function MenuEntries({ entries }: { readonly entries: readonly MenuEntry[] }) {
  const marks = entries.some((entry) => entry.kind === 'item' && entry.checked !== undefined);
  return entries.map((entry) => {
    if (entry.kind === 'separator') {
      return <BaseMenu.Separator key={entry.id} className="popup-separator" />;
    }
    if (entry.kind === 'label') {
      return (
        <div key={entry.id} className="popup-group-label" role="presentation">
          {entry.label}
        </div>
      );
    }
    const { icon: Icon } = entry;
    return (
      <BaseMenu.Item
        key={entry.id}
        className={classNames('popup-item', entry.danger === true && 'popup-item-danger')}
        disabled={entry.disabled ?? false}
        onClick={entry.onChoose}
      >
        {marks && (
          <span className="popup-item-mark">{entry.checked === true && <Check size={13} aria-hidden />}</span>
        )}
        {Icon && <Icon size={14} aria-hidden />}
        <span className="popup-item-label">{entry.label}</span>
        {entry.detail !== undefined && <span className="popup-item-detail">{entry.detail}</span>}
        {entry.shortcut !== undefined && <KeyHint shortcut={entry.shortcut} />}
      </BaseMenu.Item>
    );
  });
}
