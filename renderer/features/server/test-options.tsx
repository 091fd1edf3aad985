import type { TestRunner } from '../../../shared/contract/test-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio, useTests } from '../../stores/studio-context.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Select, type Choice } from '../../ui/select.tsx';

const runnerChoices: Readonly<Record<TestRunner, Choice<TestRunner>>> = {
  django: { value: 'django', label: 'Django’s runner' },
  pytest: { value: 'pytest', label: 'pytest' },
};

/** How the next run goes about it. */
export function TestOptions() {
  const { tests: store, notify } = useStudio();
  const { runner, runners, parallel: canBeParallel, phase } = useTests((state) => state.status);
  const parallel = useTests((state) => state.parallel);
  const keepDatabase = useTests((state) => state.keepDatabase);
  return (
    <div className="tests-options">
      {runners.length > 1 && (
        <div className="tests-runner">
          <Select
            small
            label="Runner of the tests"
            choices={runners.map((one) => runnerChoices[one])}
            value={runner}
            disabled={phase !== 'idle'}
            onChange={(next) =>
              void attempt(notify, 'The tests could not be looked for', () => store.find(next))
            }
          />
        </div>
      )}
      <Checkbox
        label="Parallel"
        checked={parallel && canBeParallel}
        disabled={!canBeParallel}
        onChange={(next) => {
          store.choose({ parallel: next });
        }}
      />
      <Checkbox
        label="Keep database"
        checked={keepDatabase}
        onChange={(next) => {
          store.choose({ keepDatabase: next });
        }}
      />
    </div>
  );
}
