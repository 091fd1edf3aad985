import { AlertDialog as BaseAlertDialog } from '@base-ui/react/alert-dialog';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import './dialog.css';

/** One way out of the question; the first one is the safe one. */
export interface Answer {
  readonly label: string;
  readonly kind?: 'primary' | 'secondary' | 'danger';
  readonly onChoose: () => void;
}

interface AlertDialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly description: ReactNode;
  /** Escape chooses this one. */
  readonly cancel: Answer;
  /** The others, the most important one last. */
  readonly answers: readonly Answer[];
}

/** A question that must be answered before anything else goes on. */
export function AlertDialog({ open, title, description, cancel, answers }: AlertDialogProps) {
  return (
    <BaseAlertDialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) cancel.onChoose();
      }}
    >
      <BaseAlertDialog.Portal>
        <BaseAlertDialog.Backdrop className="dialog-backdrop" />
        <BaseAlertDialog.Popup className="dialog dialog-alert">
          <header className="dialog-head">
            <div className="dialog-heading">
              <BaseAlertDialog.Title className="dialog-title">{title}</BaseAlertDialog.Title>
              <BaseAlertDialog.Description className="dialog-description" render={<div />}>
                {description}
              </BaseAlertDialog.Description>
            </div>
          </header>
          <footer className="dialog-foot">
            <Button onClick={cancel.onChoose}>{cancel.label}</Button>
            {answers.map((answer) => (
              <Button key={answer.label} kind={answer.kind ?? 'primary'} onClick={answer.onChoose}>
                {answer.label}
              </Button>
            ))}
          </footer>
        </BaseAlertDialog.Popup>
      </BaseAlertDialog.Portal>
    </BaseAlertDialog.Root>
  );
}
