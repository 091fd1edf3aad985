import { useEffect, useState } from 'react';
import { CommandButton } from '../../commands/command-button.tsx';
import { hasBody, parametersOf } from '../../stores/request-draft.ts';
import { useRememberedPanes, useRequests, useServer, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { BodyForm } from './body-form.tsx';
import { HistoryList } from './history-list.tsx';
import { PairTable } from './pair-table.tsx';
import { ParameterForm } from './parameter-form.tsx';
import { RequestBar } from './request-bar.tsx';
import { Counted, ResponsePane } from './response-pane.tsx';
import './requests.css';

/** Requests to the user's own server: writing one, sending it as anybody, reading the answer. */
export function RequestsView() {
  const { runtime } = useStudio();
  const panes = useRememberedPanes('requests');
  useEffect(() => {
    runtime.need();
  }, [runtime]);
  return (
    <div className="requests-view">
      <RequestBar />
      <StoppedBanner />
      <div className="requests-panes">
        <SplitPanes
          {...panes}
          panes={[
            { id: 'request', size: '42%', min: 260, content: <RequestForm /> },
            { id: 'response', min: 300, content: <ResponsePane /> },
          ]}
        />
      </div>
    </div>
  );
}

/** Says why nothing can be sent while an earlier answer is in sight. */
function StoppedBanner() {
  const stopped = useServer((state) => state.status.state === 'stopped');
  const answered = useRequests((state) => state.shown !== null);
  if (!stopped || !answered) return null;
  return (
    <Banner tone="warning" actions={<CommandButton command="server.start" small />}>
      The server is not running.
    </Banner>
  );
}

function RequestForm() {
  const { requests } = useStudio();
  const draft = useRequests((state) => state.draft);
  const history = useRequests((state) => state.history.length);
  const [tab, setTab] = useState('parameters');
  return (
    <Tabs
      label="Request"
      value={tab}
      onChange={setTab}
      items={[
        {
          id: 'parameters',
          label: <Counted words="Parameters" count={parametersOf(draft.path).length + draft.query.length} />,
          content: <ParameterForm />,
        },
        {
          id: 'headers',
          label: <Counted words="Headers" count={draft.headers.length} />,
          content: (
            <div className="request-form">
              <PairTable
                thing="header"
                pairs={draft.headers}
                onChange={(headers) => {
                  requests.edit({ headers });
                }}
              />
            </div>
          ),
        },
        {
          id: 'body',
          label: (
            <BodyLabel written={hasBody(draft.method) && (draft.body !== '' || draft.form.length > 0)} />
          ),
          content: <BodyForm />,
        },
        { id: 'history', label: <Counted words="History" count={history} />, content: <HistoryList /> },
      ]}
    />
  );
}

function BodyLabel({ written }: { readonly written: boolean }) {
  return (
    <>
      Body
      {written && <span className="request-written" role="img" aria-label="written" />}
    </>
  );
}
