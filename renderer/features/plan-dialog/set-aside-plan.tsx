import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';

/** The way back to a change that waits while the user looks something up. */
export function SetAsidePlan({ title }: { readonly title: string }) {
  const { plan, notify } = useStudio();
  return (
    <div className="plan-aside" role="region" aria-label="A change waits">
      <span className="plan-aside-title">{title}</span>
      <Button small kind="quiet" onClick={plan.cancel}>
        Cancel
      </Button>
      <Button
        small
        kind="primary"
        autoFocus
        onClick={() => void attempt(notify, 'The change could not be planned again', plan.resume)}
      >
        Back to the change
      </Button>
    </div>
  );
}
