import { CircleAlert, CircleCheck, TriangleAlert, X } from 'lucide-react';
import { attempt } from '../stores/notices.ts';
import { useStudio } from '../stores/studio-context.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Pane } from '../ui/pane.tsx';
import { useProblems, type Problem } from './problems.ts';
import './bottom-panel.css';

/** Everything that is wrong with the project; a press goes there. */
export function ProblemsPanel() {
  const { shell } = useStudio();
  const problems = useProblems();
  return (
    <Pane
      title="Problems"
      detail={problems.length > 0 ? problems.length : undefined}
      label="Problems"
      actions={<IconButton icon={X} label="Close the panel" onClick={shell.closePanel} />}
    >
      {problems.length === 0 ? (
        <EmptyState icon={CircleCheck} title="No problems">
          Neither the source nor Django’s checks complain about anything.
        </EmptyState>
      ) : (
        <ul className="panel-list">
          {problems.map((problem) => (
            <li key={problem.id}>
              <ProblemRow problem={problem} />
            </li>
          ))}
        </ul>
      )}
    </Pane>
  );
}

function ProblemRow({ problem }: { readonly problem: Problem }) {
  const { editor, notify } = useStudio();
  const { target } = problem;
  const Icon = problem.severity === 'error' ? CircleAlert : TriangleAlert;
  const line = target?.line ?? null;
  return (
    <button
      type="button"
      className={`problem-row problem-row-${problem.severity}`}
      disabled={target === null}
      onClick={() => {
        if (target !== null) {
          void attempt(notify, 'The file could not be opened', () => editor.reveal(target));
        }
      }}
    >
      <Icon size={13} aria-label={problem.severity} />
      <span className="problem-message">{problem.message}</span>
      <span className="problem-place">
        {target === null
          ? problem.origin
          : `${target.file.split(/[\\/]/).slice(-2).join('/')}${line === null ? '' : `:${line}`}`}
      </span>
    </button>
  );
}
