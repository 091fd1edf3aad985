import type { FailureValue } from '../../../shared/contract/failure.ts';
import type { ProjectFailure } from '../../../shared/contract/host-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { FailurePanel } from './failure-panel.tsx';

/** Why tests could not be found or run, and what leads on. */
export function TestsFailure({ failure }: { readonly failure: FailureValue }) {
  const { tests, notify } = useStudio();
  const raised = failure.detail?.['failure'] as ProjectFailure | undefined;
  if (raised !== undefined) {
    return <FailurePanel failure={raised} lastGood={false} label="Why the tests can’t be run" />;
  }
  if (failure.detail?.['reason'] !== 'test-database-exists') {
    return <Banner tone="danger">{failure.message}</Banner>;
  }
  const again = (database: 'delete' | 'keep'): void => {
    void attempt(notify, 'The tests were not run', () => tests.runAgain(database));
  };
  return (
    <Banner
      tone="warning"
      actions={
        <>
          <Button
            small
            kind="danger"
            onClick={() => {
              again('delete');
            }}
          >
            Delete it and run
          </Button>
          <Button
            small
            onClick={() => {
              again('keep');
            }}
          >
            Keep using it
          </Button>
        </>
      }
    >
      {failure.message}
    </Banner>
  );
}
