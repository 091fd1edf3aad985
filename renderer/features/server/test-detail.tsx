import { FlaskConical, Play } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { TestDetail } from '../../../shared/contract/test-calls.ts';
import { attempt } from '../../stores/notices.ts';
import { useJobs, useStudio, useTests } from '../../stores/studio-context.tsx';
import { Badge, type Tone } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { parseAnsi } from './ansi.ts';
import { FailurePanel } from './failure-panel.tsx';
import { LinkedText } from './linked-text.tsx';
import { PlaceLink } from './place-link.tsx';
import type { TestRow, TestRowState } from './test-tree.ts';
import { countWords, durationWords, stateWords } from './test-words.ts';

const tones: Readonly<Record<TestRowState, Tone>> = {
  none: 'neutral',
  waiting: 'neutral',
  running: 'info',
  passed: 'success',
  skipped: 'neutral',
  failed: 'danger',
  error: 'danger',
};

/** What came of the chosen test, and what the whole run printed. */
export function TestDetailPane({ row }: { readonly row: TestRow | null }) {
  const [tab, setTab] = useState('result');
  return (
    <Tabs
      label="Test"
      value={tab}
      onChange={setTab}
      items={[
        { id: 'result', label: 'Result', content: row === null ? <NoneChosen /> : <Result row={row} /> },
        { id: 'output', label: 'Output of the run', content: <RunOutput /> },
      ]}
    />
  );
}

function NoneChosen() {
  return (
    <EmptyState icon={FlaskConical} title="Choose a test">
      What it found, where it failed and what it printed appears here.
    </EmptyState>
  );
}

function Result({ row }: { readonly row: TestRow }) {
  const { tests, notify } = useStudio();
  const idle = useTests((state) => state.status.phase === 'idle');
  const known = useTests((state) => state.detail);
  const detail = known !== null && known.test === row.test?.id ? known : null;
  const { test, failure } = row;
  return (
    <div className="test-result">
      <header className="test-title">
        <Badge tone={tones[row.state]}>{stateWords[row.state]}</Badge>
        <code>{test === null ? row.label : [test.group, test.name].filter(Boolean).join('.')}</code>
        <Button
          small
          icon={Play}
          disabled={!idle}
          onClick={() => void attempt(notify, 'The tests were not run', () => tests.run(row.labels))}
        >
          Run
        </Button>
      </header>
      <p className="test-facts">
        {test !== null && test.file !== null && <PlaceLink file={test.file} line={test.line} />}
        {test === null && <span>{countWords(row.counts) || `${row.counts.total} tests`}</span>}
        {detail !== null && <span>{durationWords(detail.milliseconds)}</span>}
        {detail !== null && detail.reason !== null && <span>{detail.reason}</span>}
      </p>
      {failure !== null && (
        <FailurePanel failure={failure} lastGood={false} label={`Why ${row.label} can’t begin`} />
      )}
      {detail !== null && <Findings detail={detail} />}
      {test !== null && row.state === 'none' && <p className="test-nothing">It has not been run yet.</p>}
    </div>
  );
}

function Findings({ detail }: { readonly detail: TestDetail }) {
  return (
    <>
      {detail.failures.map(({ title, failure }, index) => (
        <section key={index} className="test-finding">
          {title !== null && <h3>Subtest: {title}</h3>}
          <FailurePanel failure={failure} lastGood={false} label={title ?? 'Why the test failed'} />
        </section>
      ))}
      {detail.output !== '' && (
        <section className="test-output" aria-label="Output of the test">
          <h3>Output</h3>
          <Printed text={detail.output} />
        </section>
      )}
    </>
  );
}

/** Printed text with its colors and its links into the code. */
function Printed({ text }: { readonly text: string }) {
  const lines = useMemo(() => text.replace(/\n$/, '').split('\n'), [text]);
  return (
    <pre>
      {lines.map((line, index) => {
        const parts = parseAnsi(line);
        const plain = parts.map((part) => part.text).join('');
        return (
          <div key={index}>
            <LinkedText row={{ text: plain, parts }} search="" />
            {plain === '' && ' '}
          </div>
        );
      })}
    </pre>
  );
}

function RunOutput() {
  const jobId = useTests((state) => state.status.jobId);
  const lines = useJobs((state) => (jobId === null ? undefined : state.logs[jobId]));
  const text = useMemo(() => (lines ?? []).slice(-2000).join('\n'), [lines]);
  if (text === '') {
    return (
      <EmptyState icon={FlaskConical} title="Nothing printed">
        What the runner itself prints appears here, as in a terminal.
      </EmptyState>
    );
  }
  return (
    <div className="test-output test-run-output" role="log" aria-label="Output of the run" tabIndex={0}>
      <Printed text={text} />
    </div>
  );
}
