import { Repeat } from 'lucide-react';
import type { Trace, TraceCure, TraceGroup } from '../../../shared/contract/trace-calls.ts';
import { ProposalProblem } from '../../fields/proposal-problem.tsx';
import { attempt } from '../../stores/notices.ts';
import { useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { useProposal } from '../../stores/use-proposal.ts';
import { pathInWorkspace } from '../../stores/workspace-store.ts';
import { Button } from '../../ui/button.tsx';
import { PlaceLink } from './place-link.tsx';
import { cureOperation } from './trace-cures.ts';
import { cureCode, shortStatement } from './trace-words.ts';

interface RepeatedQueriesProps {
  readonly trace: Trace;
  readonly group: TraceGroup;
}

/** An N+1: what happens, and the change that ends it. */
export function RepeatedQueries({ trace, group }: RepeatedQueriesProps) {
  const { cure, count, milliseconds, file, line } = group;
  return (
    <article className="trace-group">
      <Repeat size={15} aria-hidden />
      <div>
        <p>
          <strong>The same query {count} times</strong> · {milliseconds.toFixed(1)} ms
          {file !== null && <PlaceLink file={file} line={line} />}
        </p>
        <code className="trace-group-sql" title={group.sql}>
          {shortStatement(group.sql)}
        </code>
        {cure === null ? (
          <p className="trace-faint">It is asked in a loop: ask once before it, and look the rows up.</p>
        ) : (
          <Cure trace={trace} cure={cure} />
        )}
      </div>
    </article>
  );
}

interface CureProps {
  readonly trace: Trace;
  readonly cure: TraceCure;
}

function Cure({ trace, cure }: CureProps) {
  const { notify } = useStudio();
  const workspace = useWorkspace((state) => state.workspace);
  const proposal = useProposal();
  const code = cureCode(cure);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(code);
    notify({ kind: 'done', title: `Copied ${code}` });
  };
  const pathOf = (file: string): string | null => workspace && pathInWorkspace(workspace, file);
  return (
    <>
      <p>
        Add <code className="trace-cure">{code}</code> where {cure.model} is fetched
        {cure.file === null ? '' : ':'}
        {cure.file !== null && <PlaceLink file={cure.file} line={cure.line} />}
        <Button
          small
          kind="primary"
          disabled={proposal.busy || proposal.waiting}
          onClick={() => void proposal.propose([cureOperation(trace, cure, pathOf)])}
        >
          Apply…
        </Button>
        <Button small kind="quiet" onClick={() => void attempt(notify, 'It was not copied', copy)}>
          Copy
        </Button>
      </p>
      <ProposalProblem of={proposal} />
    </>
  );
}
