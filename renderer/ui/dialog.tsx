import { Dialog as BaseDialog } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { KeyboardEventHandler, ReactNode, RefObject } from 'react';
import { classNames } from './class-names.ts';
import './dialog.css';

interface DialogProps {
  readonly open: boolean;
  /** Escape, the cross, or a press outside. */
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly width?: 'narrow' | 'medium' | 'wide';
  /** Buttons, the most important one last. */
  readonly foot?: ReactNode;
  /** What gets the focus first; otherwise the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null>;
  /** While true only the dialog's own buttons close it, so that what was typed is not lost by a stray press. */
  readonly keepOpen?: boolean;
  readonly onKeyDown?: KeyboardEventHandler;
  readonly children: ReactNode;
}

/** A modal dialog: the focus stays in it and returns where it was when it closes. */
export function Dialog(props: DialogProps) {
  const { open, onClose, title, description, width = 'narrow', foot, keepOpen = false, children } = props;
  return (
    <BaseDialog.Root
      open={open}
      disablePointerDismissal={keepOpen}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
    >
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className="dialog-backdrop" />
        <BaseDialog.Popup
          className={classNames('dialog', `dialog-${width}`)}
          initialFocus={props.initialFocus}
          onKeyDown={props.onKeyDown}
        >
          <header className="dialog-head">
            <div className="dialog-heading">
              <BaseDialog.Title className="dialog-title">{title}</BaseDialog.Title>
              {description !== undefined && (
                <BaseDialog.Description className="dialog-description">{description}</BaseDialog.Description>
              )}
            </div>
          </header>
          <div className="dialog-body">{children}</div>
          {foot !== undefined && <footer className="dialog-foot">{foot}</footer>}
          {/* Last in the order of the keyboard: the first control of the contents gets the focus. */}
          <button type="button" className="dialog-close" aria-label="Close" onClick={onClose}>
            <X size={15} aria-hidden />
          </button>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  );
}
