import { useEffect, useState } from 'react';
import type { Job } from '../../../shared/contract/app-calls.ts';
import type { NewProject } from '../../../shared/contract/workspace-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useJobs, useStudio } from '../../stores/studio-context.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { LogView } from '../../ui/log-view.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { leftFolder, targetOf } from './new-project-form.ts';

interface CreationProgressProps {
  readonly project: NewProject;
  readonly jobId: string;
  /** How it ended, where it did not succeed; null while it runs. */
  readonly ended: Job | null;
  readonly onRetry: () => Promise<void>;
  /** Back to the form. */
  readonly onBack: () => void;
  readonly onClose: () => void;
  /** What was made is gone again. */
  readonly onRemoved: () => void;
}

/** What is being done for the new project; after a failure its cause and the ways on. */
export function CreationProgress(props: CreationProgressProps) {
  const { project, jobId, ended, onRetry, onBack, onClose, onRemoved } = props;
  const { api, jobs, notify } = useStudio();
  const job = useJobs((state) => state.jobs.find(({ id }) => id === jobId));
  const lines = useJobs((state) => state.logs[jobId]);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState<'retry' | 'remove' | 'back' | null>(null);
  const running = ended === null;

  useEffect(() => {
    jobs.readLog(jobId).catch(reportError);
  }, [jobs, jobId]);

  const removed = async (): Promise<boolean> => {
    try {
      await api.call('workspace.removeUnfinished', { path: leftFolder(ended, project) });
      return true;
    } catch (error) {
      const failure = failureOf(error);
      // Nothing was left behind: as good as removed.
      if (failure.code === 'not-found') return true;
      setProblem(failure.message);
      return false;
    }
  };
  const removeThen = async (kind: 'remove' | 'back', go: () => void): Promise<void> => {
    setBusy(kind);
    setProblem(null);
    if (await removed()) go();
    else setBusy(null);
  };
  // Nothing is removed: what was done already (the environment above all) is not done twice.
  const retry = async (): Promise<void> => {
    setBusy('retry');
    await onRetry();
    setBusy(null);
  };

  return (
    <Dialog
      open
      keepOpen
      onClose={onClose}
      width="medium"
      title={running ? `Creating ${project.name}` : `${project.name} was not created`}
      description={targetOf(project)}
      foot={
        running ? (
          <>
            <div className="dialog-foot-start">
              <Button kind="quiet" small onClick={onClose}>
                Continue in the background
              </Button>
            </div>
            <Button
              onClick={() => void attempt(notify, 'The work was not stopped', () => jobs.cancel(jobId))}
            >
              Cancel
            </Button>
          </>
        ) : (
          <>
            <div className="dialog-foot-start">
              <Button
                kind="quiet"
                busy={busy === 'remove'}
                onClick={() => void removeThen('remove', onRemoved)}
              >
                Remove what was made
              </Button>
            </div>
            <Button busy={busy === 'back'} onClick={() => void removeThen('back', onBack)}>
              Back to the form
            </Button>
            <Button kind="primary" busy={busy === 'retry'} onClick={() => void retry()}>
              Try again
            </Button>
          </>
        )
      }
    >
      <div className="new-project-progress">
        {ended !== null && (
          <Banner tone={ended.state === 'cancelled' ? 'warning' : 'danger'} inset>
            {ended.failure?.message ?? 'It was cancelled. A part of the project may have been made already.'}
          </Banner>
        )}
        {problem !== null && (
          <Banner tone="danger" inset>
            {problem}
          </Banner>
        )}
        {running && (
          <>
            <div className="new-project-step" role="status">
              <span className="truncate">{job?.step ?? 'Starting…'}</span>
              {job !== undefined && <Elapsed since={job.startedAt} />}
            </div>
            <ProgressBar label="Progress" value={job?.progress ?? null} />
          </>
        )}
        <div className="new-project-log">
          <LogView label="Log" lines={lines ?? []} />
        </div>
      </div>
    </Dialog>
  );
}

function Elapsed({ since }: { readonly since: number }) {
  const [now, setNow] = useState(since);
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return <span className="new-project-elapsed">{Math.max(Math.round((now - since) / 1000), 0)} s</span>;
}
