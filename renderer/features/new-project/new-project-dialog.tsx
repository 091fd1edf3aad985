import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Job } from '../../../shared/contract/app-calls.ts';
import type { NewProject } from '../../../shared/contract/workspace-calls.ts';
import { attempt, failureOf } from '../../stores/notices.ts';
import { useShell, useStudio } from '../../stores/studio-context.tsx';
import type { Studio } from '../../stores/studio.ts';
import { CreationProgress } from './creation-progress.tsx';
import { emptyForm, leftFolder, type NewProjectForm } from './new-project-form.ts';
import { NewProjectSheet } from './new-project-sheet.tsx';
import './new-project.css';

/** Makes a new project: first the questions, then the work. */
export function NewProjectDialog() {
  const template = useShell(({ dialog }) => (dialog?.kind === 'new-project' ? dialog.template : null));
  return template === null ? null : <NewProjectSteps key={template} template={template} />;
}

/** A project that is being made. */
interface Creation {
  readonly project: NewProject;
  readonly jobId: string;
}

function NewProjectSteps({ template }: { readonly template: 'blank' | 'example' }) {
  const studio = useStudio();
  const { api, jobs, shell } = studio;
  const home = studio.workspace.state.getState().info?.home ?? '';
  const [form, setForm] = useState<NewProjectForm>(() => emptyForm(template, home));
  const [creation, setCreation] = useState<Creation | null>(null);
  const [ended, setEnded] = useState<Job | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const shown = useIsShown();

  const create = async (project: NewProject): Promise<void> => {
    setProblem(null);
    setEnded(null);
    try {
      const { jobId } = await api.call('workspace.create', project);
      setCreation({ project, jobId });
      const job = await jobs.ended(jobId);
      if (!shown.current) tellEnd(studio, project, job);
      else if (job.state === 'succeeded') await openCreated(studio, project, job);
      else setEnded(job);
    } catch (error) {
      setProblem(failureOf(error).message);
      setCreation(null);
    }
  };

  if (creation === null) {
    return (
      <NewProjectSheet
        form={form}
        problem={problem}
        onChange={(change) => {
          setForm((before) => ({ ...before, ...change }));
        }}
        onCreate={create}
        onClose={shell.closeDialog}
      />
    );
  }
  return (
    <CreationProgress
      project={creation.project}
      jobId={creation.jobId}
      ended={ended}
      onRetry={() => create(creation.project)}
      onBack={() => {
        setCreation(null);
        setEnded(null);
      }}
      onClose={() => {
        if (ended !== null) tellEnd(studio, creation.project, ended);
        shell.closeDialog();
      }}
      onRemoved={shell.closeDialog}
    />
  );
}

/** Whether the component is still in the window, for work that outlives it. */
function useIsShown(): RefObject<boolean> {
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => {
      shown.current = false;
    };
  }, []);
  return shown;
}

function createdPath(job: Job): string {
  return (job.value as { readonly path: string }).path;
}

async function openCreated(studio: Studio, project: NewProject, job: Job): Promise<void> {
  const path = createdPath(job);
  await studio.workspace.open(path);
  studio.shell.closeDialog();
  studio.shell.show('models');
  studio.notify({ kind: 'done', title: `${project.name} is ready`, description: path });
}

/** Tells the end of work whose dialog was closed: a half project is never left unmentioned. */
function tellEnd(studio: Studio, project: NewProject, job: Job): void {
  const { api, notify } = studio;
  if (job.state === 'succeeded') {
    const open = () =>
      attempt(notify, `${project.name} could not be opened`, () => openCreated(studio, project, job));
    notify({
      kind: 'done',
      title: `${project.name} is ready`,
      description: createdPath(job),
      action: { label: 'Open', onChoose: () => void open() },
    });
    return;
  }
  const path = leftFolder(job, project);
  const remove = () =>
    attempt(notify, 'Nothing was removed', () => api.call('workspace.removeUnfinished', { path }));
  notify({
    kind: 'problem',
    title: `${project.name} was not created`,
    description: `${job.failure?.message ?? 'It was cancelled.'} What was made so far stands in ${path}.`,
    action: { label: 'Remove it', onChoose: () => void remove() },
  });
}
