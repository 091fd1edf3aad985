import { PackageOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Job } from '../../../shared/contract/app-calls.ts';
import type { ExportFile, ExportResult } from '../../../shared/contract/data-calls.ts';
import { failureOf } from '../../stores/notices.ts';
import { useRememberedPanes, useStudio, useWorkspace } from '../../stores/studio-context.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { SplitPanes } from '../../ui/split-panes.tsx';
import { ExportFiles } from './export-files.tsx';
import {
  newExportForm,
  optionsOf,
  problemsOf,
  targetOf,
  type ExportForm,
  type ExportOutcome,
} from './export-form.ts';
import { ExportOptionsPane } from './export-options.tsx';
import './export.css';

/** The project with everything it needs to be deployed: what it will hold, and writing it. */
export function ExportView() {
  const workspace = useWorkspace((state) => state.workspace);
  const home = useWorkspace((state) => state.info?.home ?? '');
  if (workspace === null) {
    return (
      <EmptyState icon={PackageOpen} title="Export">
        Open a project to export it.
      </EmptyState>
    );
  }
  return <ExportOf key={workspace.realPath} name={workspace.name} home={home} />;
}

function ExportOf({ name, home }: { readonly name: string; readonly home: string }) {
  const { api, jobs } = useStudio();
  const [form, setForm] = useState(() => newExportForm(name, home));
  const [outcome, setOutcome] = useState<ExportOutcome | null>(null);
  const [running, setRunning] = useState<string | null>(null);
  const panes = useRememberedPanes('export');
  const preview = usePreview(form);

  const run = async (): Promise<void> => {
    setOutcome(null);
    setRunning('');
    try {
      const { jobId } = await api.call('export.run', { options: optionsOf(form), target: targetOf(form) });
      setRunning(jobId);
      setOutcome(outcomeOf(await jobs.ended(jobId)));
    } catch (error) {
      setOutcome({ kind: 'failed', message: failureOf(error).message });
    } finally {
      setRunning(null);
    }
  };

  return (
    <SplitPanes
      {...panes}
      panes={[
        {
          id: 'options',
          size: 380,
          min: 300,
          fixed: true,
          content: (
            <ExportOptionsPane
              {...{ form, outcome, running }}
              problems={problemsOf(form)}
              onChange={(change) => {
                setForm((before) => ({ ...before, ...change }));
              }}
              onExport={() => void run()}
            />
          ),
        },
        { id: 'files', min: 300, content: <ExportFiles {...preview} /> },
      ]}
    />
  );
}

function outcomeOf(job: Job): ExportOutcome | null {
  if (job.state === 'succeeded') return { kind: 'done', result: job.value as ExportResult };
  if (job.state === 'cancelled') return null;
  return { kind: 'failed', message: job.failure?.message ?? 'The export failed without saying why.' };
}

const PAUSE = 400;

/** What the export would hold, read again a moment after the form changed. */
function usePreview(form: ExportForm) {
  const { api } = useStudio();
  const [files, setFiles] = useState<readonly ExportFile[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const valid = problemsOf(form).hosts === undefined;
  const options = JSON.stringify(optionsOf(form));
  useEffect(() => {
    if (!valid) return;
    let stale = false;
    const timer = setTimeout(() => {
      api.call('export.preview', JSON.parse(options) as ReturnType<typeof optionsOf>).then(
        (found) => {
          if (stale) return;
          setFiles(found);
          setProblem(null);
        },
        (error: unknown) => {
          if (!stale) setProblem(failureOf(error).message);
        },
      );
    }, PAUSE);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [api, options, valid]);
  return { files, problem };
}
