import { ListChecks, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Job } from '../../shared/contract/app-calls.ts';
import { attempt } from '../stores/notices.ts';
import { useJobs, useRememberedPanes, useStudio } from '../stores/studio-context.tsx';
import { Badge, type Tone } from '../ui/badge.tsx';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { LogView } from '../ui/log-view.tsx';
import { Pane } from '../ui/pane.tsx';
import { ProgressBar } from '../ui/progress.tsx';
import { SplitPanes } from '../ui/split-panes.tsx';
import './bottom-panel.css';

/** Long work that runs or ran: progress, what it says, and a way to stop it. */
export function JobsPanel() {
  const { shell } = useStudio();
  const jobs = useJobs((state) => state.jobs);
  const [chosen, setChosen] = useState<string | null>(null);
  const panes = useRememberedPanes('jobs');
  const job = jobs.find(({ id }) => id === chosen) ?? jobs[0];
  const close = <IconButton icon={X} label="Close the panel" onClick={shell.closePanel} />;
  if (job === undefined) {
    return (
      <Pane title="Jobs" label="Jobs" actions={close}>
        <EmptyState icon={ListChecks} title="No jobs yet">
          Work that takes a while is listed here: creating a project, installing packages, applying
          migrations, exporting.
        </EmptyState>
      </Pane>
    );
  }
  const list = (
    <Pane title="Jobs" detail={jobs.length} label="Jobs" side>
      <ul className="jobs-list">
        {jobs.map((each) => (
          <li key={each.id}>
            <JobRow
              job={each}
              current={each.id === job.id}
              onChoose={() => {
                setChosen(each.id);
              }}
            />
          </li>
        ))}
      </ul>
    </Pane>
  );
  return (
    <SplitPanes
      {...panes}
      panes={[
        { id: 'list', content: list, size: 300, min: 200, fixed: true },
        { id: 'log', content: <JobLog key={job.id} job={job} close={close} />, min: 240 },
      ]}
    />
  );
}

const states: Readonly<Record<Job['state'], { readonly word: string; readonly tone: Tone }>> = {
  running: { word: 'running', tone: 'info' },
  succeeded: { word: 'done', tone: 'success' },
  failed: { word: 'failed', tone: 'danger' },
  cancelled: { word: 'cancelled', tone: 'neutral' },
};

interface JobRowProps {
  readonly job: Job;
  readonly current: boolean;
  readonly onChoose: () => void;
}

function JobRow({ job, current, onChoose }: JobRowProps) {
  const { word, tone } = states[job.state];
  return (
    <button type="button" className="job-row" aria-current={current} onClick={onChoose}>
      <span className="job-row-head">
        <span className="job-row-title">{job.title}</span>
        <Badge tone={tone}>{word}</Badge>
      </span>
      {job.state === 'running' && (
        <>
          <span className="job-row-step">{job.step}</span>
          <ProgressBar label={job.title} value={job.progress} />
        </>
      )}
    </button>
  );
}

function JobLog({ job, close }: { readonly job: Job; readonly close: React.ReactNode }) {
  const { jobs, notify } = useStudio();
  const lines = useJobs((state) => state.logs[job.id]);
  useEffect(() => {
    jobs.readLog(job.id).catch(reportError);
  }, [jobs, job.id]);
  return (
    <Pane
      title={job.title}
      label={`Log of ${job.title}`}
      detail={job.state === 'running' ? job.step : undefined}
      actions={
        <>
          {job.state === 'running' && (
            <Button
              small
              onClick={() => void attempt(notify, 'The job was not stopped', () => jobs.cancel(job.id))}
            >
              Cancel
            </Button>
          )}
          {close}
        </>
      }
    >
      {job.failure !== undefined && job.state === 'failed' && (
        <Banner tone="danger">{job.failure.message}</Banner>
      )}
      <LogView label={`Log of ${job.title}`} lines={lines ?? []} />
    </Pane>
  );
}
