import { attempt } from '../stores/notices.ts';
import { useStudio } from '../stores/studio-context.tsx';
import type { Proposal } from '../stores/use-proposal.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

interface ProposalProblemProps {
  readonly of: Proposal;
  /** Stands from edge to edge of its pane. */
  readonly wide?: boolean;
}

/** Why a change could not be planned, with the way to the line that is in its way. */
export function ProposalProblem({ of: { problem, place }, wide = false }: ProposalProblemProps) {
  const { editor, notify } = useStudio();
  if (problem === null) return null;
  return (
    <Banner
      tone="danger"
      inset={!wide}
      actions={
        place === null ? undefined : (
          <Button
            small
            onClick={() => void attempt(notify, 'The code can’t be shown', () => editor.reveal(place))}
          >
            Show in code
          </Button>
        )
      }
    >
      {problem}
    </Banner>
  );
}
