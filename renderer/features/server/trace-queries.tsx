import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Trace, TracePlan, TraceQuery } from '../../../shared/contract/trace-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useSource, useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { PlaceLink } from './place-link.tsx';
import { indexOperation } from './trace-cures.ts';
import { RepeatedQueries } from './trace-group.tsx';
import { parameterWords, shortStatement, statementOf } from './trace-words.ts';

/** The queries of a request: first what is asked again and again, then each in its order. */
export function TraceQueries({ trace }: { readonly trace: Trace }) {
  const [open, setOpen] = useState<number | null>(null);
  if (trace.queries.length === 0)
    return <p className="trace-nothing">The request asked the database nothing.</p>;
  const slowest = Math.max(...trace.queries.map(({ milliseconds }) => milliseconds));
  const left = trace.queryCount - trace.queries.length;
  return (
    <div className="trace-queries">
      {trace.groups.map((group, index) => (
        <RepeatedQueries key={index} trace={trace} group={group} />
      ))}
      <ol aria-label="Queries">
        {trace.queries.map((query, index) => (
          <li key={index}>
            <QueryLine
              sql={statementOf(trace, query)}
              query={query}
              share={slowest === 0 ? 0 : query.milliseconds / slowest}
              open={open === index}
              onOpen={() => {
                setOpen(open === index ? null : index);
              }}
            />
            {open === index && <QueryDetail sql={statementOf(trace, query)} query={query} index={index} />}
          </li>
        ))}
      </ol>
      {left > 0 && <p className="trace-nothing">{left} more queries were counted and not kept.</p>}
    </div>
  );
}

interface QueryLineProps {
  readonly sql: string;
  readonly query: TraceQuery;
  /** Of the slowest one. */
  readonly share: number;
  readonly open: boolean;
  readonly onOpen: () => void;
}

function QueryLine({ sql, query, share, open, onOpen }: QueryLineProps) {
  return (
    <button type="button" className="trace-query" aria-expanded={open} onClick={onOpen}>
      <ChevronRight size={12} aria-hidden className={classNames(open && 'trace-open')} />
      <code className={classNames(query.failed !== undefined && 'trace-failed')}>{shortStatement(sql)}</code>
      <span className="trace-bar" aria-hidden>
        <span style={{ width: `${Math.max(share * 100, 2)}%` }} />
      </span>
      <span className="trace-number">{query.milliseconds.toFixed(2)} ms</span>
    </button>
  );
}

interface QueryDetailProps {
  readonly sql: string;
  readonly query: TraceQuery;
  readonly index: number;
}

function QueryDetail({ sql, query, index }: QueryDetailProps) {
  const { traces, notify } = useStudio();
  const [plan, setPlan] = useState<TracePlan | null>(null);
  const words = parameterWords(query.params);
  return (
    <div className="trace-query-detail">
      <CodeBlock wrap label="SQL of the query" text={sql} maxHeight={220} />
      {words !== '' && (
        <p>
          <span className="trace-faint">with</span> <code>{words}</code>
        </p>
      )}
      {query.failed !== undefined && <p className="trace-failed">{query.failed}</p>}
      {plan !== null && <Explained plan={plan} />}
      <div className="trace-query-actions">
        {query.file === null ? (
          <span className="trace-faint">asked by a library, at no line of the project</span>
        ) : (
          <PlaceLink file={query.file} line={query.line} />
        )}
        <span className="trace-faint">
          {query.alias} · after {query.start.toFixed(1)} ms
        </span>
        <Button
          small
          kind="quiet"
          onClick={() =>
            void attempt(notify, 'The query could not be explained', async () => {
              setPlan(await traces.explain(index));
            })
          }
        >
          Explain
        </Button>
      </div>
    </div>
  );
}

/** How the database carries a query out, and what would spare it a scan. */
function Explained({ plan: { plan, missingIndexes } }: { readonly plan: TracePlan }) {
  return (
    <>
      <CodeBlock label="Plan of the query" text={plan.join('\n')} maxHeight={220} />
      {missingIndexes.map((index) => (
        <MissingIndex key={index.model} index={index} />
      ))}
    </>
  );
}

function MissingIndex({ index }: { readonly index: TracePlan['missingIndexes'][number] }) {
  const { plan, notify } = useStudio();
  const isOwn = useSource(({ snapshot }) => snapshot?.models.some(({ id }) => id === index.model) === true);
  return (
    <p className="trace-missing-index">
      The database reads every row of {index.model}. An index on <code>{index.fields.join(', ')}</code> would
      spare it that.
      {isOwn && (
        <Button
          small
          onClick={() =>
            void attempt(notify, 'The index was not added', () => plan.propose(indexOperation(index)))
          }
        >
          Add index…
        </Button>
      )}
    </p>
  );
}
