import { CornerDownRight, Play, ScrollText, Send } from 'lucide-react';
import { useState } from 'react';
import type { IncomingResponse } from '../../../shared/contract/host-calls.ts';
import { CommandButton } from '../../commands/command-button.tsx';
import { shownExchange, type Exchange } from '../../stores/requests-store.ts';
import { useRequests, useServer, useStudio } from '../../stores/studio-context.tsx';
import { durationWords, statusTone } from '../../ui/answer-words.ts';
import { Badge } from '../../ui/badge.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { byteSize } from '../../ui/byte-size.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Spinner } from '../../ui/progress.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { bodyForm, pageTitle, redirectPath } from './response-text.ts';
import { ResponseBody } from './response-body.tsx';

/** What the server answered to the request in sight. */
export function ResponsePane() {
  const exchange = useRequests(shownExchange);
  const sending = useRequests((state) => state.sending);
  const stopped = useServer((state) => state.status.state === 'stopped');
  if (sending) {
    return (
      <EmptyState icon={Send} title="Waiting for the answer">
        <Spinner />
      </EmptyState>
    );
  }
  if (exchange === null) return stopped ? <StartFirst /> : <NothingSent />;
  return <Answer key={exchange.id} exchange={exchange} />;
}

function StartFirst() {
  return (
    <EmptyState
      icon={Play}
      title="The server is not running"
      actions={<CommandButton command="server.start" icon={Play} kind="primary" />}
    >
      Requests go to your own running site. Start it first.
    </EmptyState>
  );
}

function NothingSent() {
  return (
    <EmptyState icon={Send} title="Nothing sent yet">
      Choose a route or type a path, then send the request. <KeyHint shortcut="Mod+Enter" />
    </EmptyState>
  );
}

function Answer({ exchange }: { readonly exchange: Exchange }) {
  const { outcome } = exchange;
  if (outcome.kind === 'failure') {
    return (
      <div className="response">
        <Banner tone="danger">{outcome.failure.message}</Banner>
      </div>
    );
  }
  return <Response response={outcome.response} path={exchange.path} method={exchange.draft.method} />;
}

interface ResponseProps {
  readonly response: IncomingResponse;
  /** What was asked for: redirects may be relative to it. */
  readonly path: string;
}

function Response({ response, path, method }: ResponseProps & { readonly method: string }) {
  const [tab, setTab] = useState('body');
  const { status, reason, headers, sentHeaders, milliseconds, bodyBytes } = response;
  return (
    <section className="response" aria-label="Response">
      <header className="response-head">
        <span className={`response-status response-status-${statusTone(status)}`} role="status">
          {status} {reason}
        </span>
        <span className="response-fact">{durationWords(milliseconds)}</span>
        <span className="response-fact">{byteSize(bodyBytes)}</span>
        <code className="response-asked" title={`${method} ${path}`}>
          {method} {path}
        </code>
        <Onward response={response} path={path} />
      </header>
      <Title response={response} />
      <Tabs
        label="Response"
        value={tab}
        onChange={setTab}
        items={[
          { id: 'body', label: 'Body', content: <ResponseBody response={response} /> },
          {
            id: 'headers',
            label: <Counted words="Headers" count={headers.length} />,
            content: <HeaderTable label="Headers of the response" headers={headers} />,
          },
          {
            id: 'sent',
            label: <Counted words="Added by Samois" count={sentHeaders.length} />,
            content: <SentHeaders headers={sentHeaders} />,
          },
        ]}
      />
    </section>
  );
}

/** Number of entries behind the name of a tab. */
export function Counted({ words, count }: { readonly words: string; readonly count: number }) {
  return (
    <>
      {words}
      {count > 0 && <Badge>{count}</Badge>}
    </>
  );
}

/** On Django's error pages the title names the exception. */
function Title({ response }: Pick<ResponseProps, 'response'>) {
  const title = bodyForm(response) === 'html' ? pageTitle(response.body ?? '') : null;
  if (title === null) return null;
  return (
    <p className="response-title" title={title}>
      {title}
    </p>
  );
}

/** Where an answer leads: on to the target of a redirect, or to the log of what went wrong. */
function Onward({ response, path }: ResponseProps) {
  const { requests, shell } = useStudio();
  const next = redirectPath(response, path);
  if (next !== null) {
    return (
      <Button
        small
        kind="quiet"
        icon={CornerDownRight}
        title={next}
        onClick={() => {
          requests.compose({ pattern: next, methods: ['GET'] }, null);
          void requests.send();
        }}
      >
        Follow the redirect
      </Button>
    );
  }
  if (response.status < 500) return null;
  return (
    <Button
      small
      kind="quiet"
      icon={ScrollText}
      onClick={() => {
        shell.show('server');
      }}
    >
      Show the log
    </Button>
  );
}

interface HeaderTableProps {
  readonly label: string;
  readonly headers: IncomingResponse['headers'];
}

function HeaderTable({ label, headers }: HeaderTableProps) {
  return (
    <table className="response-headers" aria-label={label}>
      <tbody>
        {headers.map(({ name, value }, index) => (
          <tr key={index}>
            <th scope="row">{name}</th>
            <td>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function SentHeaders({ headers }: Pick<HeaderTableProps, 'headers'>) {
  if (headers.length === 0) {
    return (
      <p className="request-remark">Nothing was added to this request: no session, no CSRF token, no type.</p>
    );
  }
  return (
    <>
      <p className="request-remark">
        Sent along with what you wrote, so that the request counts as that of the chosen user and passes
        Django’s CSRF check.
      </p>
      <HeaderTable label="Headers added by Samois" headers={headers} />
    </>
  );
}
