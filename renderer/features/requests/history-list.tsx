import { CircleX, Trash2 } from 'lucide-react';
import { useRequests, useStudio } from '../../stores/studio-context.tsx';
import type { Exchange } from '../../stores/requests-store.ts';
import { durationWords, statusTone } from '../../ui/answer-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { classNames } from '../../ui/class-names.ts';
import { TimeAgo } from '../../ui/time-ago.tsx';

/** The requests of this session; a press takes one up again, with its answer. */
export function HistoryList() {
  const { requests } = useStudio();
  const history = useRequests((state) => state.history);
  const shown = useRequests((state) => state.shown);
  if (history.length === 0) return <p className="request-remark">Requests you send appear here.</p>;
  return (
    <>
      <ul className="request-history" aria-label="Requests of this session">
        {history.map((exchange) => (
          <li key={exchange.id}>
            <button
              type="button"
              aria-current={exchange.id === shown || undefined}
              className={classNames('request-past', exchange.id === shown && 'request-past-shown')}
              onClick={() => {
                requests.recall(exchange.id);
              }}
            >
              <span className="request-past-method">{exchange.draft.method}</span>
              <span className="request-past-path" title={exchange.path}>
                {exchange.path}
              </span>
              <Outcome outcome={exchange.outcome} />
              <span className="request-past-time">
                <TimeAgo time={exchange.at} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      <div className="request-history-foot">
        <Button small kind="quiet" icon={Trash2} onClick={requests.forget}>
          Forget these requests
        </Button>
      </div>
    </>
  );
}

function Outcome({ outcome }: Pick<Exchange, 'outcome'>) {
  if (outcome.kind === 'failure') return <CircleX size={14} role="img" aria-label="not answered" />;
  const { status, milliseconds } = outcome.response;
  return (
    <>
      <span className="request-past-time">{durationWords(milliseconds)}</span>
      <Badge tone={statusTone(status)}>{status}</Badge>
    </>
  );
}
