import { CircleAlert, CircleCheck, CircleDashed, Info, TriangleAlert } from 'lucide-react';
import type { CheckIssue } from '../../../shared/contract/host-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useServer, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';

const icons = {
  debug: Info,
  info: Info,
  warning: TriangleAlert,
  error: CircleAlert,
  critical: CircleAlert,
} as const;

/** What Django's system checks say of the code that serves. */
export function ChecksPane() {
  const checks = useServer((state) => state.status.checks);
  const state = useServer((server) => server.status.state);
  if (checks.length === 0) {
    return (
      <EmptyState
        icon={state === 'serving' ? CircleCheck : CircleDashed}
        title={state === 'serving' ? 'No issues' : 'No checks yet'}
      >
        {state === 'serving'
          ? 'Django’s system checks complain about nothing.'
          : 'Django’s system checks run once the project serves.'}
      </EmptyState>
    );
  }
  return (
    <ul className="server-checks" aria-label="System checks">
      {checks.map((issue, index) => (
        <li key={index} className={`server-check server-check-${issue.level}`}>
          <Check issue={issue} />
        </li>
      ))}
    </ul>
  );
}

function Check({ issue }: { readonly issue: CheckIssue }) {
  const { editor, notify } = useStudio();
  const Icon = icons[issue.level];
  const { file, line } = issue;
  return (
    <>
      <Icon size={15} role="img" aria-label={issue.level} />
      <div className="server-check-words">
        <p>{issue.message}</p>
        {issue.hint !== null && <p className="server-check-hint">{issue.hint}</p>}
        <p className="server-check-origin">{[issue.id, issue.object].filter(Boolean).join(' · ')}</p>
      </div>
      {file !== null && (
        <Button
          small
          kind="quiet"
          onClick={() =>
            void attempt(notify, 'The file could not be opened', () => editor.reveal({ file, line }))
          }
        >
          {file.split(/[\\/]/).slice(-2).join('/')}
          {line === null ? '' : `:${line}`}
        </Button>
      )}
    </>
  );
}
