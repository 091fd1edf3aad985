import type { ReactNode } from 'react';
import type { Operation } from '../../shared/django/operations.ts';
import { ProposalProblem } from './proposal-problem.tsx';
import { useProposal } from '../stores/use-proposal.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import './proposal-dialog.css';

interface ProposalDialogProps {
  readonly title: string;
  readonly description?: ReactNode;
  readonly width?: 'narrow' | 'medium' | 'wide';
  /** What is proposed; null while the form is not complete. */
  readonly operations: readonly Operation[] | null;
  /** Something was typed that a stray press must not throw away. */
  readonly touched?: boolean;
  readonly onClose: () => void;
  /** Called before the hunks are shown. */
  readonly onProposed?: () => void;
  /** Called once the change is written. */
  readonly onWritten: () => void;
  readonly children: ReactNode;
}

/** A form that ends in a change to the source: it stands back while the hunks are shown, and says what can't be planned. */
export function ProposalDialog(props: ProposalDialogProps) {
  const { title, description, width, operations, touched = false, onClose, children } = props;
  const proposal = useProposal();
  const { propose, waiting, busy } = proposal;
  const submit = async (): Promise<void> => {
    if (operations === null) return;
    props.onProposed?.();
    if (await propose(operations)) props.onWritten();
  };
  return (
    <Dialog
      open={!waiting}
      onClose={onClose}
      keepOpen={touched}
      title={title}
      description={description}
      {...(width === undefined ? {} : { width })}
      foot={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" busy={busy} disabled={operations === null} onClick={() => void submit()}>
            Show the change…
          </Button>
        </>
      }
    >
      <form
        className="proposal-form"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <ProposalProblem of={proposal} />
        {children}
        {/* Enter sends the form; the buttons stand in the foot of the dialog. */}
        <button type="submit" className="visually-hidden" tabIndex={-1} aria-hidden />
      </form>
    </Dialog>
  );
}
