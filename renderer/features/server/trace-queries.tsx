import { ChevronRight, Repeat } from 'lucide-react';
import { useState } from 'react';
import type { Trace, TraceGroup, TraceQuery } from '../../../shared/contract/trace-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useStudio } from '../../stores/studio-context.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { CodeBlock } from '../../ui/code-block.tsx';
import { PlaceLink } from './place-link.tsx';
import { cureCode, parameterWords, shortStatement, statementOf } from './trace-words.ts';

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
        <Group key={index} group={group} />
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

/** An N+1: what happens, and the words that end it. */
function Group({ group }: { readonly group: TraceGroup }) {
  const { notify } = useStudio();
  const { cure, count, milliseconds, file, line } = group;
  const copy = async (code: string): Promise<void> => {
    await navigator.clipboard.writeText(code);
    notify({ kind: 'done', title: `Copied ${code}` });
  };
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
          <p>
            Add <code className="trace-cure">{cureCode(cure)}</code> where {cure.model} is fetched
            {cure.file === null ? '' : ':'}
            {cure.file !== null && <PlaceLink file={cure.file} line={cure.line} />}
            <Button
              small
              kind="quiet"
              onClick={() => void attempt(notify, 'It was not copied', () => copy(cureCode(cure)))}
            >
              Copy
            </Button>
          </p>
        )}
      </div>
    </article>
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
  const [plan, setPlan] = useState<readonly string[] | null>(null);
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
      {plan !== null && <CodeBlock label="Plan of the query" text={plan.join('\n')} maxHeight={220} />}
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
